"""What the search over every page has found."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.search.finding import LEAST_LETTERS, HitKind, SearchHit, find_everything
from salestrekker_portal.kernel.names import needles
from salestrekker_portal.kernel.text import clean, counted
from salestrekker_portal.portals.broker.search.places import SearchPlace, places_for
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.tables.access import Portal

HEADS = {
    HitKind.PERSON: ("People", "user"),
    HitKind.DEAL: ("Deals", "square-kanban"),
    HitKind.NOTE: ("Notes", "sticky-note"),
    HitKind.DOCUMENT: ("Documents", "file"),
    HitKind.PARTNER: ("Partners", "handshake"),
}


class HitShown(TypedDict):
    """One line; `head` is the heading above it where its kind begins, `mark` the name of its kind."""

    id: str
    head: str
    title: str
    note: str
    to: str
    mark: str


class SearchState(BrokerState, rx.State):
    """Lines in the order in which the arrows go through them."""

    hits: list[HitShown] = []
    said: str = ""
    near: bool = False

    @rx.event
    @allow(Portal.BROKER)
    async def search(self, words: str):
        """Look for what was typed, as it is typed."""
        typed = clean(words)
        async with self._looking() as (session, actor):
            found = await find_everything(session, actor, typed)
        places = places_for(actor, needles(typed)) if len(typed) >= LEAST_LETTERS else []
        heads: set[str] = set()
        self.hits = [_line(each, heads) for each in found.hits]
        self.hits += _places(places)
        self.near = found.near
        self.said = _said(typed, len(self.hits))

    @rx.event
    @allow(Portal.BROKER)
    async def open(self):
        """The search was opened anew: where one may go."""
        self.hits = _places(places_for(self._actor(), []))
        self.said, self.near = "", False


def _places(places: list[SearchPlace]) -> list[HitShown]:
    return [
        {
            "id": place.path,
            "head": "" if at else "Go to",
            "title": place.words,
            "note": "",
            "to": place.path,
            "mark": "place",
        }
        for at, place in enumerate(places)
    ]


def _said(typed: str, number: int) -> str:
    if len(typed) < LEAST_LETTERS:
        return ""
    return f"{counted(number, 'line')} found" if number else "Nothing found. Try fewer letters, or another word."


def _line(found: SearchHit, heads: set[str]) -> HitShown:
    words, _ = HEADS[found.kind]
    head = "" if words in heads else words
    heads.add(words)
    return {
        "id": str(found.id),
        "head": head,
        "title": found.title,
        "note": found.note,
        "to": _address(found),
        "mark": found.kind.value,
    }


def _address(found: SearchHit) -> str:
    if found.kind is HitKind.PERSON:
        return f"/contacts/{found.id}"
    if found.kind is HitKind.PARTNER:
        return "/partners"
    tails = {HitKind.NOTE: "/notes", HitKind.DOCUMENT: "/documents"}
    return f"/deals/{found.deal_id}{tails.get(found.kind, '')}"
