"""The lists of people and of companies."""

from typing import TypedDict
from urllib.parse import urlencode

import reflex as rx

from salestrekker_portal.domains.search.contact_list import (
    MOST_LETTERS,
    ContactPage,
    ContactSort,
    ListedContact,
    contact_list,
)
from salestrekker_portal.kernel.days import day_words, local
from salestrekker_portal.kernel.text import clean, counted, initials, phone_words
from salestrekker_portal.portals.broker.words import ROLES
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import uuid_or_none
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.contacts import ContactKind

# How an address says which list: a kind has a word, people have none.
KINDS = {"": ContactKind.PERSON, "companies": ContactKind.COMPANY}
NOUNS = {ContactKind.PERSON: ("person", "people"), ContactKind.COMPANY: ("company", "companies")}
# So many letters typed lately are known as the field's own, not as somebody's Back.
REMEMBERED = 20


class ContactLine(TypedDict):
    """One contact, their parts, and the newest deal that they are in."""

    id: str
    name: str
    initials: str
    path: str
    roles: list[str]
    email: str
    mobile: str
    deal: str
    deal_path: str
    added: str


class ContactTab(TypedDict):
    """People or companies, with how many there are."""

    words: str
    to: str
    on: bool


class ContactsState(BrokerState, rx.State):
    """One page of a list; which, and what is searched for, is in the address."""

    contacts: list[ContactLine] = []
    tabs: list[ContactTab] = []
    kind: str = ""
    words: str = ""
    said: str = ""
    by_name: str = ""
    by_added: str = ""
    sort: str = ContactSort.NAME.value
    loaded: bool = False
    earlier: str = ""
    later: str = ""
    # Counts up when the address says other words than were typed: the field begins anew.
    box: int = 0
    _typed: list[str] = [""]

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read the page of the address."""
        self.kind = self._query("kind") if self._query("kind") in KINDS else ""
        words = clean(self._query("q"))[:MOST_LETTERS]
        sort = ContactSort.ADDED if self._query("sort") == ContactSort.ADDED.value else ContactSort.NAME
        place = {"after": uuid_or_none(self._query("after")), "before": uuid_or_none(self._query("before"))}
        async with self._looking() as (session, actor):
            read = await contact_list(session, actor, KINDS[self.kind], words, sort, **place)
        kept = list_query(sort, words)
        self.contacts = [_line(each, actor.country, actor.time_zone, kept) for each in read.lines]
        if words not in self._typed:
            self.box, self._typed = self.box + 1, [words]
        self.words, self.sort, self.loaded = words, sort.value, True
        self._say(read)
        first = place["after"] is None and place["before"] is None
        last = read.lines[-1].contact.id if read.lines else None
        self.earlier = "" if first or not read.lines else self._address(before=str(read.lines[0].contact.id))
        self.later = self._address(after=str(last)) if read.later else ""

    def _say(self, read: ContactPage) -> None:
        """How many there are, on each tab and below the search."""
        found = "{}+" if read.cut else "{}"
        self.tabs = [
            ContactTab(
                words=f"{NOUNS[kind][1].capitalize()} {found.format(format(read.totals.get(kind, 0), ','))}",
                to=self._address(kind=key, sort=self.sort),
                on=key == self.kind,
            )
            for key, kind in KINDS.items()
        ]
        total = counted(read.totals.get(KINDS[self.kind], 0), *NOUNS[KINDS[self.kind]])
        self.said = f"The newest {total} of many: type more of the name." if read.cut else total
        self.by_name = self._address(sort=ContactSort.NAME.value)
        self.by_added = self._address(sort=ContactSort.ADDED.value)

    def _address(self, **but: str) -> str:
        """The address of this list, with something else in it; a page is left out unless it is said."""
        asked = {"kind": self.kind, "q": self.words, "sort": self.sort} | but
        if asked["sort"] == ContactSort.NAME.value:
            asked.pop("sort")
        query = {name: value for name, value in asked.items() if value}
        return "/contacts" + (f"?{urlencode(query)}" if query else "")

    @rx.event
    @allow(Portal.BROKER)
    async def search(self, words: str):
        """Look for what was typed; the address says it, and Back leads to where somebody was before they typed."""
        typed = clean(words)[:MOST_LETTERS]
        self._typed = [*self._typed, typed][-REMEMBERED:]
        return rx.redirect(self._address(q=typed), replace=True)


def list_query(sort: ContactSort, words: str) -> str:
    """What an address of a contact says of the list."""
    return urlencode({"sort": sort.value} | ({"q": words} if words else {}))


def _line(each: ListedContact, country: str, zone: str, kept: str) -> ContactLine:
    """`kept` tells the contact's page from which list somebody came."""
    contact = each.contact
    return ContactLine(
        id=str(contact.id),
        name=contact.name,
        initials=initials(contact.name),
        path=f"/contacts/{contact.id}?{kept}",
        roles=[ROLES[role] for role in each.roles],
        email=contact.email or "",
        mobile=phone_words(contact.mobile, country),
        deal=each.deal[1] if each.deal else "",
        deal_path=f"/deals/{each.deal[0]}" if each.deal else "",
        added=day_words(local(contact.created_at, zone).date()),
    )
