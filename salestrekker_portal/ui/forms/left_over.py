"""How much of a field's limit is left. The browser never cuts: the server refuses what is too long, in words."""

import reflex as rx

from ..beside import beside
from ..kinds import Text

_LIBRARY = f"$/public{beside('left_over.jsx')}"


class LeftOver(rx.Component):
    """Says what is left of `limit` characters in the field with the id `of`, once it comes near."""

    library = _LIBRARY
    tag = "LeftOver"
    of: rx.Var[str]
    limit: rx.Var[int]


def left_over(*, of: Text, limit: int) -> rx.Component:
    """What stands under a field that takes `limit` characters; nothing for 0, a field without a limit."""
    return LeftOver.create(of=of, limit=limit) if limit else rx.fragment()
