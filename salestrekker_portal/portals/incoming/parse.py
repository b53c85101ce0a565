"""What the browser sends is untyped until it has been through here."""

import json
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.kernel.text import clean, shortened

# More than any text may have, so that one that is too long is still shown as it was typed.
MOST_PREVIEWED = 6_000

Choice = TypeVar("Choice", bound=StrEnum)


def uuid_from(raw: object, what: str) -> UUID:
    """An id. Anything else is something that does not exist."""
    if not isinstance(raw, str):
        raise NotFound(what)
    try:
        return UUID(raw)
    except ValueError:
        raise NotFound(what) from None


def uuid_or_none(raw: str) -> UUID | None:
    """An id that may be left out; nonsense is none."""
    try:
        return UUID(raw)
    except ValueError:
        return None


def choice_from(raw: object, kind: type[Choice], what: str) -> Choice:
    """A member of an enum by value. Raises Invalid."""
    try:
        return kind(str(raw))
    except ValueError:
        raise Invalid({what: "Choose one of the options shown."}) from None


def bool_from(raw: object) -> bool:
    """True for what browsers send for a ticked box or a chosen Yes."""
    return raw is True or (isinstance(raw, str) and raw.lower() in ("true", "on", "yes", "1"))


def text_from(raw: object, field: str, *, limit: int, least: int = 0, say: str = "", lines: bool = False) -> str:
    """Cleaned text within its limits. Raises Invalid keyed by `field`; `say` is what an empty one is told."""
    text = clean(raw, lines=lines)
    if len(text) < least:
        raise Invalid({field: say or "Fill this in."})
    if len(text) > limit:
        raise Invalid({field: f"Use at most {limit:,} characters. This has {len(text):,}."})
    return text


def previewed_from(raw: str, *, lines: bool = True) -> str:
    """What somebody is typing, as far as a preview shows it."""
    return shortened(clean(raw, lines=lines), MOST_PREVIEWED)


def form_from(raw: object) -> dict[str, object]:
    """A submitted form. Anything that is not one is empty."""
    return {str(key): value for key, value in raw.items()} if isinstance(raw, dict) else {}


def ids_from(raw: object, what: str, *, most: int = 500) -> list[UUID]:
    """A list of ids. Raises NotFound for anything else, Invalid when there are too many."""
    if not isinstance(raw, list):
        raise NotFound(what)
    if len(raw) > most:
        raise Invalid({what: f"Choose at most {most}."})
    return [uuid_from(item, what) for item in raw]


def shown_from(raw: object) -> dict[str, object]:
    """What a form was filled from, by field (`forms.filled_from`). Nothing where it doesn't say so readably."""
    said = form_from(raw).get("_shown")
    try:
        shown = json.loads(said) if isinstance(said, str) else None
    except (ValueError, RecursionError):  # no form of ours nests anything
        return {}
    return {key: value for key, value in form_from(shown).items() if isinstance(value, str | bool | int)}
