"""The firm's partners: adding, assigning, inviting again, switching off and on."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.partners import service
from salestrekker_portal.domains.partners.queries import PartnerRow, brokers_of, partners_of
from salestrekker_portal.domains.partners.sign_in_link import sign_in_link
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import clean, initials, phone_words
from salestrekker_portal.portals.events.deeds import do
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import UNDOES, Notices
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import form_from, uuid_from
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.tables.access import Portal

NO_MAIL = "No e-mail went to them: send the invitation, or copy their sign-in link, from their menu."
TYPED = ("first_name", "last_name", "email", "phone", "firm")


class PartnerLine(TypedDict):
    """A partner in the list; `state` is invited, active or off."""

    id: str
    name: str
    initials: str
    firm: str
    email: str
    phone: str
    assigned: str
    deals: int
    state: str
    has_factor: bool


class PartnersState(BrokerState, rx.State):
    """The list, and the drawer that adds one."""

    loaded: bool = False
    may_manage: bool = False
    partners: list[PartnerLine] = []
    brokers: list[Choice] = []
    me: str = ""
    # Off: a new partner gets no e-mail until somebody sends or hands over their link.
    announces: bool = True
    adding: bool = False
    errors: dict[str, str] = {}
    refusal: str = ""

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """The list afresh, the drawer shut."""
        self.adding, self.errors, self.refusal = False, {}, ""
        await self._read()

    async def _read(self) -> None:
        async with self._looking() as (session, actor):
            rows = await partners_of(session, actor)
            brokers = await brokers_of(session, actor.organisation_id)
            self.announces = await service.announces_partners(session, actor.organisation_id)
            self.brokers = [Choice(value=str(user.id), label=user.name) for user in brokers]
        self.partners = [_line(row, actor.country) for row in rows]
        self.may_manage = actor.may(Permission.PARTNER_MANAGE)
        self.me = str(actor.id)
        self.loaded = True

    @rx.event
    @allow(Portal.BROKER)
    async def open_adding(self):
        """Show the drawer."""
        self.adding, self.errors, self.refusal = True, {}, ""

    @rx.event
    @allow(Portal.BROKER)
    async def close_adding(self):
        """Hide it; what was typed is gone."""
        self.adding = False

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def add(self, form: dict):
        """Make the partner and send the invitation."""
        typed = form_from(form)
        assigned = clean(typed.get("assigned"))
        try:
            async with self._acting() as (session, actor):
                partner = await service.add_partner(
                    session,
                    actor,
                    **{name: typed.get(name) for name in TYPED},
                    assigned_user_id=uuid_from(assigned, "broker") if assigned else None,
                )
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        await self._read()
        self.adding, self.errors = False, {}
        if not self.announces:
            return Notices.tell(f"{partner.name} is a partner now. {NO_MAIL}")
        return Notices.tell(f"{partner.name} is a partner now. The invitation goes to {partner.email}.")

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def assign(self, partner_id: str, user_id: str):
        """Another broker looks after this partner."""
        async with self._acting() as (session, actor):
            user = uuid_from(user_id, "broker")
            await service.assign_partner(session, actor, uuid_from(partner_id, "partner"), user)
        await self._read()
        return Notices.tell("Assigned.")

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def resend(self, partner_id: str):
        """The invitation once more, with a fresh link."""
        async with self._acting() as (session, actor):
            await service.resend_invitation(session, actor, uuid_from(partner_id, "partner"))
        return Notices.tell("The invitation is on its way. Use the newest link: earlier ones stop soon.")

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("the same link goes onto the clipboard again")
    async def copy_link(self, partner_id: str):
        """Put the way in on the clipboard, to hand over by hand."""
        async with self._acting() as (session, actor):
            link = await sign_in_link(session, actor, uuid_from(partner_id, "partner"))
        return [do("copy", link), Notices.tell("The sign-in link is copied. Give it to nobody but them.")]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def switch_off(self, partner_id: str):
        """End their access to this firm, at once."""
        async with self._acting() as (session, actor):
            await service.disable_partner(session, actor, uuid_from(partner_id, "partner"))
        await self._read()
        return Notices.offer_undo("Switched off. They are out already.", "partner", partner_id)

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def switch_on(self, partner_id: str):
        """Let them in again."""
        async with self._acting() as (session, actor):
            await service.enable_partner(session, actor, uuid_from(partner_id, "partner"))
        await self._read()
        return Notices.tell("Switched on. They can sign in again.")


UNDOES["partner"] = PartnersState.switch_on


def _line(row: PartnerRow, country: str) -> PartnerLine:
    active = "active" if row.first_seen_at or row.has_password else "invited"
    return PartnerLine(
        id=str(row.id),
        name=row.name,
        initials=initials(row.name),
        firm=row.firm,
        email=row.email,
        phone=phone_words(row.phone, country),
        assigned=str(row.assigned_id or ""),
        deals=row.deals,
        state="off" if row.disabled else active,
        has_factor=row.has_factor,
    )
