"""A card has a front and a back: two requests that belong together, and stand together. Pure."""

from collections.abc import Iterable
from uuid import UUID

from salestrekker_portal.tables.documents import DocumentRequest, RequestState

_SIDES = ("front", "back")
_THERE = (RequestState.UPLOADED, RequestState.ACCEPTED)

# Whose card, and which: "Driver licence, front" and "Driver licence, back" are sides of the same.
Card = tuple[UUID | None, str]


def card_of(request: DocumentRequest) -> Card | None:
    """The card that a request is one side of; None for any other paper."""
    name, _, side = request.name.rpartition(", ")
    return (request.contact_id, name) if name and side.lower() in _SIDES else None


def side_of(request: DocumentRequest) -> int:
    """0 for a front, 1 for a back, so that the front comes first."""
    return _SIDES.index(request.name.rpartition(", ")[2].lower()) if card_of(request) else 0


def sides_there(requests: Iterable[DocumentRequest]) -> dict[Card, str]:
    """ "1 of 2 sides sent", of every card that both sides are asked of."""
    cards: dict[Card, list[DocumentRequest]] = {}
    for each in requests:
        if (card := card_of(each)) is not None:
            cards.setdefault(card, []).append(each)
    return {
        card: f"{sum(each.state in _THERE for each in sides)} of 2 sides sent"
        for card, sides in cards.items()
        if len({side_of(each) for each in sides}) == 2
    }
