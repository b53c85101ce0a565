"""From one contact to the next of the list that somebody came from, and back to it."""

from typing import TypedDict
from urllib.parse import urlencode

from salestrekker_portal.domains.search.contact_list import ContactSort
from salestrekker_portal.domains.search.contact_neighbours import Neighbours
from salestrekker_portal.portals.broker.contacts.state import KINDS, list_query
from salestrekker_portal.tables.contacts import ContactKind


class ListPlace(TypedDict):
    """`words`: "3 of 214", "" for who came from no list. The rest are addresses; "" at either end of the list."""

    words: str
    before: str
    after: str
    back: str


NO_PLACE = ListPlace(words="", before="", after="", back="/contacts")


def sort_of(said: str) -> ContactSort | None:
    """How the list was sorted that somebody came from; None: from no list."""
    return next((each for each in ContactSort if each.value == said), None)


def place_in(found: Neighbours | None, kind: ContactKind, sort: ContactSort | None, words: str) -> ListPlace:
    """Where they stand there and who is beside them."""
    key = next(key for key, each in KINDS.items() if each is kind)
    query = {"kind": key, "q": words, "sort": "" if sort in (None, ContactSort.NAME) else ContactSort.ADDED.value}
    asked = urlencode({name: value for name, value in query.items() if value})
    back = f"/contacts?{asked}" if asked else "/contacts"
    if found is None or sort is None:
        return ListPlace(words="", before="", after="", back=back)
    beside = [f"/contacts/{each}?{list_query(sort, words)}" if each else "" for each in (found.before, found.after)]
    return ListPlace(words=f"{found.place:,} of {found.total:,}", before=beside[0], after=beside[1], back=back)
