"""What may be pressed and typed on a profile page, written once: each portal's State says that its own people may.

save = pressed_by(Portal.CLIENT, handlers.save)
"""

from collections.abc import Callable
from typing import Any

import reflex as rx

from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.tables.access import Portal

SAVED_AGAIN = "an answer is a value: saved again it stays"


def pressed_by(portal: Portal, handler: Callable) -> Any:
    """The handler for the State of one portal. `allow` wraps it, so two portals can have the same."""
    return rx.event(allow(portal)(handler))


@repeatable(SAVED_AGAIN)
async def save(self, field: str, text: str, version: int, number: str):
    return await self._save(field, text, version, number)


@repeatable(SAVED_AGAIN)
async def pick(self, field: str, parts: dict):
    return await self._pick(field, parts)


async def enter(self, field: str):
    await self._enter(field)


@repeatable(SAVED_AGAIN)
async def use_mine(self, field: str):
    await self._use_mine(field)


async def keep_theirs(self, field: str):
    await self._keep_theirs(field)


@once
async def discard(self, field: str):
    await self._discard(field)


@once
async def add(self, block: str, kind: str):
    await self._add(block, kind)


@once
async def remove(self, block: str, item: str):
    await self._remove(block, item)


@once
async def restore(self):
    await self._restore()


async def open_item(self, item: str):
    await self._open_item(item)


@once
async def say_rest(self):
    await self._say_rest()


@once
async def say_nothing(self, block: str, nothing: bool):
    await self._say_nothing(block, nothing is True)
