"""The list of contacts."""

from typing import TypedDict
from urllib.parse import urlencode

import reflex as rx

from salestrekker_portal.domains.contacts.queries import PAGE_SIZE, contacts_page
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.kernel.numbers import whole_in
from salestrekker_portal.kernel.text import clean, initials, phone_words
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import form_from
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import Deal, DealApplicant


class ContactLine(TypedDict):
    """One contact, and the newest deal that they are in."""

    id: str
    name: str
    initials: str
    path: str
    email: str
    mobile: str
    deal: str
    deal_path: str


class ContactsState(BrokerState, rx.State):
    """One page of contacts; what is searched for is in the address."""

    contacts: list[ContactLine] = []
    words: str = ""
    loaded: bool = False
    earlier: str = ""
    later: str = ""

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read the page of the address."""
        words, number = clean(self._query("q"))[:80], _page_number(self._query("page"))
        async with self._looking() as (session, actor):
            rows = await contacts_page(session, actor, words, page=number)
            shown = rows[:PAGE_SIZE]
            found = await session.execute(
                visible_deals(actor)
                .join(DealApplicant, DealApplicant.deal_id == Deal.id)
                .where(DealApplicant.contact_id.in_([row.id for row in shown]))
                .with_only_columns(DealApplicant.contact_id, Deal.id, Deal.name)
                .order_by(Deal.created_at)
            )
            deals = {contact_id: (str(deal_id), name) for contact_id, deal_id, name in found}
        self.contacts = [
            {
                "id": str(row.id),
                "name": row.name,
                "initials": initials(row.name),
                "path": f"/contacts/{row.id}",
                "email": row.email or "",
                "mobile": phone_words(row.mobile, actor.country),
                "deal": deals[row.id][1] if row.id in deals else "",
                "deal_path": f"/deals/{deals[row.id][0]}" if row.id in deals else "",
            }
            for row in shown
        ]
        self.words, self.loaded = words, True
        self.earlier = _address(words, number - 1) if number > 1 else ""
        self.later = _address(words, number + 1) if len(rows) > PAGE_SIZE else ""

    @rx.event
    @allow(Portal.BROKER)
    async def search(self, form: dict):
        """Go to the address of what was typed."""
        return rx.redirect(_address(clean(form_from(form).get("q"))[:80], 1))


def _page_number(raw: str) -> int:
    return whole_in(raw, 100_000) or 1


def _address(words: str, number: int) -> str:
    query = {**({"q": words} if words else {}), **({"page": number} if number > 1 else {})}
    return "/contacts" + (f"?{urlencode(query)}" if query else "")
