"""Resending a client's link and ending their access from their row among the deal's contacts (S1-20, S1-33)."""

from uuid import UUID

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.clients import revoking
from salestrekker_portal.domains.clients import sharing as service
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.deals.rules import demand_open
from salestrekker_portal.domains.portal_access import queries
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.portals.broker.deal.overview_state import OverviewState
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import feedback, forms
from salestrekker_portal.ui.marks import icon
from salestrekker_portal.ui.overlay import menu, menu_button, menu_link


class ContactAccessState(BrokerState, rx.State):
    """The client about whom the question before revoking is open."""

    asking: str = ""

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def resend(self, contact_id: str):
        """Send a new link; the old one says that it was replaced."""
        async with self._acting() as (session, actor):
            await service.resend(session, actor, await self._access(session, actor, contact_id))
        return [OverviewState.load, Notices.tell("A new link is on its way. The old one says that it was replaced.")]

    @rx.event
    @allow(Portal.BROKER)
    async def ask(self, contact_id: str):
        """Open the question before access ends; an empty id closes it."""
        self.asking = contact_id[:40] if isinstance(contact_id, str) else ""

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def revoke(self, contact_id: str):
        """End this client's access now, on a settled deal too."""
        async with self._acting() as (session, actor):
            await revoking.revoke(session, actor, await self._access(session, actor, contact_id))
        self.asking = ""
        return [OverviewState.load, DealFrameState.load, Notices.tell("Their access has ended.")]

    async def _access(self, session: ReadSession, actor: Actor, contact_id: object) -> UUID:
        """The live access of a client of the deal at this address. Raises NotFound, NotPermitted."""
        deal = await access_deal(session, actor, self._path_id(1, "deal"), Permission.DEAL_SHARE)
        access = await queries.live_access(session, deal.id, uuid_from(contact_id, "client"))
        if access is None:
            demand_open(deal)  # closing it has ended everybody's access
            raise NotFound("invitation")
        return access.id


def access_menu(each: rx.Var, share: rx.Var) -> rx.Component:
    """What can be done with a client's access, beside their name."""
    S = ContactAccessState
    return menu(
        menu_link("Open the share panel", to=share, icon="link"),
        menu_button("Send a new link", icon="rotate-cw", on_click=S.resend(each["id"])),
        menu_button("Revoke access", icon="ban", danger=True, on_click=S.ask(each["id"])),
        summary=rx.el.span(
            icon("monitor-smartphone"),
            "Portal",
            rx.el.span(" access of ", each["name"], class_name="unseen"),
            class_name="button is-small",
        ),
        end=True,
    )


def revoke_question(each: rx.Var) -> rx.Component:
    """Asked under the client's name."""
    S = ContactAccessState
    return feedback.confirm(
        forms.button("Revoke access", tone="danger", small=True, icon="ban", on_click=S.revoke(each["id"])),
        forms.button("Keep access", tone="quiet", small=True, on_click=S.ask("")),
        title="Revoke this client’s access?",
        text="They are signed out at once and their link explains why. Answers and documents stay in the deal.",
        show=S.asking == each["id"],
    )
