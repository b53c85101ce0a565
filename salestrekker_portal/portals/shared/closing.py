"""What lies open over a page and closes when another one begins. The frame knows no page: each says it for itself."""

from collections.abc import Callable
from typing import Any

import reflex as rx

_CLOSES: list[tuple[type[rx.State], Callable[[Any], None]]] = []


def closes_with_page(close: Callable[[Any], None]) -> Callable:
    """Mark a State that has something open: `close` is called with it when a page of the firm's people begins."""

    def mark(state: type[rx.State]) -> type[rx.State]:
        _CLOSES.append((state, close))
        return state

    return mark


async def close_what_lay_open(page: rx.State) -> None:
    """Called by the frame as a page begins."""
    for state, close in _CLOSES:
        close(await page.get_state(state))
