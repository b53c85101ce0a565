"""Which firm a partner is looking at: the frame of every partner page."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.notifications.bell import MOST_COUNTED
from salestrekker_portal.domains.partners.own_account import enter_organisation
from salestrekker_portal.domains.partners.preferences import choose_how
from salestrekker_portal.domains.partners.queries import home_of
from salestrekker_portal.kernel.text import initials
from salestrekker_portal.portals.events.about import stands_around
from salestrekker_portal.portals.events.asking import PartnerProofState
from salestrekker_portal.portals.events.deeds import do
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import repeatable
from salestrekker_portal.portals.events.session import PartnerState
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.portals.shared.notice_region import notice_region
from salestrekker_portal.portals.shared.proof_dialog import proof_dialog
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.frame import bell, partner_frame
from salestrekker_portal.ui.frame.parts import brand
from salestrekker_portal.ui.kinds import Child
from salestrekker_portal.ui.marks import icon, link
from salestrekker_portal.ui.overlay import menu, menu_button


class FirmChoice(TypedDict):
    id: str
    name: str
    current: bool


@stands_around
class PartnerHere(PartnerState, rx.State):
    """The firm, the person, and the other firms that they may switch to."""

    firm: str = ""
    logo: str = ""
    person: str = ""
    initials: str = ""
    firms: list[FirmChoice] = []
    can_add_deals: bool = False
    can_add_files: bool = False
    # News that wasn't read, as the bell says it, and whether they are still to be asked how to be told.
    unread: int = 0
    asks_how: bool = False

    @rx.event
    @allow(Portal.PARTNER)
    async def load(self):
        """Read the frame afresh: names and switches may have changed."""
        async with self._looking() as (session, actor):
            home = await home_of(session, actor)
        self.firm, self.person, self.initials = home.firm, actor.name, initials(actor.name)
        self.logo = home.logo
        self.can_add_deals, self.can_add_files = home.can_add_deals, home.can_add_files
        self.unread, self.asks_how = min(home.unread, MOST_COUNTED), not home.asked
        self.firms = [
            FirmChoice(id=str(key), name=name, current=key == actor.organisation_id) for key, name in home.firms
        ]

    @rx.event
    @allow(Portal.PARTNER)
    @repeatable("a switch is set to a value")
    async def switch(self, organisation_id: str):
        """Look at another firm: this tab loads its board, the others of this person as soon as they do anything."""
        async with self._acting() as (session, actor):
            await enter_organisation(session, actor, uuid_from(organisation_id, "organisation"))
        # Loaded anew, so that nothing of the firm that was left, shown or typed, stands under the name of the other.
        return do("go", "/partner")

    @rx.event
    @allow(Portal.PARTNER)
    @repeatable("an answer is set to a value")
    async def tell_me(self, how: str):
        """Say once how this firm shall tell of news; "" is not now."""
        async with self._acting() as (session, actor):
            await choose_how(session, actor, how)
        self.asks_how = False
        return Notices.tell("Kept. You can change it under Settings, Updates and reminders.")


# Every partner page begins with these: a notice belongs to the page that it was shown on.
PARTNER_LOADS = [Notices.dismiss, PartnerHere.load]


def _firm_line(firm: rx.Var) -> rx.Component:
    here = rx.cond(firm["current"], icon("check"), rx.fragment())
    return menu_button(
        firm["name"],
        here,
        on_click=PartnerHere.switch(firm["id"]),
        aria_current=rx.cond(firm["current"], "true", "false"),
        key=firm["id"],
    )


def _brand(to: str | None = None) -> rx.Component:
    return brand(firm=PartnerHere.firm, logo=PartnerHere.logo, to=to)


def _firms() -> rx.Component:
    switch = menu(
        rx.foreach(PartnerHere.firms, _firm_line),
        summary=rx.el.span(
            brand(firm=PartnerHere.firm, logo=PartnerHere.logo), icon("chevrons-up-down"), class_name="row is-tight"
        ),
        label="Switch organisation",
        head="Your organisations",
    )
    return rx.cond(
        PartnerHere.firms.length() > 1, switch, brand(firm=PartnerHere.firm, logo=PartnerHere.logo, to="/partner")
    )


def back_link() -> rx.Component:
    """To the board, above a page's name."""
    words = link(icon("chevron-left"), "Your deals", to="/partner", class_name="back-link")
    return rx.el.p(words)


def partner_proof() -> rx.Component:
    """The question who sits there, in the partner portal."""
    return proof_dialog(PartnerProofState, ask="/session/partner/proof/ask")


def partner_page(*children: Child, current: str) -> rx.Component:
    """A page in the partner's frame; `current` is "deals" or "settings"."""
    return partner_frame(
        *children,
        current=current,
        firm=PartnerHere.firm,
        person=PartnerHere.person,
        initials=PartnerHere.initials,
        organisations=_firms(),
        saved=bell(unread=PartnerHere.unread, to="/partner/news"),
        around=rx.fragment(notice_region(), partner_proof()),
    )
