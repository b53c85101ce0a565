"""The client portal share panel of a deal: who is invited, what is missing, what will be sent, what was sent."""

from uuid import UUID

import reflex as rx

from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.clients import revoking
from salestrekker_portal.domains.clients import sharing as service
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.portal_access.asked import may_ask
from salestrekker_portal.domains.portal_access.begun import demand_as_begun
from salestrekker_portal.domains.portal_access.invitation import Invitation
from salestrekker_portal.domains.portal_access.queries import askable_requests, asked_ids, live_access
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.portals.broker.share import rows
from salestrekker_portal.portals.broker.share.flow import FlowChoice
from salestrekker_portal.portals.broker.share.panel import SharePanel
from salestrekker_portal.portals.broker.share.rows import SharedRequestRow
from salestrekker_portal.portals.events.deeds import do
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import bool_from, uuid_from
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.wiring import offered_banks


class ShareState(BrokerState, FlowChoice, SharePanel, rx.State):
    """One deal's panel. What is chosen here is sent only by `invite`."""

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read everything again; what was chosen on screen stays chosen."""
        async with self._looking() as (session, actor):
            try:
                deal = await access_deal(session, actor, self._path_id(1, "deal"), Permission.DEAL_READ)
            except NotFound:
                self.missing, self.ready = True, True
                return
            self.deal_path, self.deal_id = f"/deals/{deal.id}", str(deal.id)
            # A contact's "Invite" leads here with the contact in the address.
            asked = self._query("who")
            if asked != self._asked:
                self._asked = asked
                self._turn_to(asked or self.chosen)
            await self._read(session, actor, deal)
        self.missing, self.ready = False, True

    @rx.event
    @allow(Portal.BROKER)
    async def set_channel(self, name: str, value: str):
        """Another e-mail or mobile, for this invitation only."""
        # The name comes from the browser and becomes an attribute: only these two.
        if name not in ("other_email", "other_mobile") or not isinstance(value, str):
            raise Invalid({"name": "Type it into one of the fields shown."})
        setattr(self, name, value)
        return ShareState.load

    @rx.event
    @allow(Portal.BROKER)
    async def set_knows(self, on: bool):
        """The broker has told the client what sharing an address or a number means."""
        self.knows_sharing = bool_from(on)
        return ShareState.load

    @rx.event
    @allow(Portal.BROKER)
    async def choose(self, contact_id: str):
        """Look at another client of the deal."""
        self._turn_to(str(uuid_from(contact_id, "client")))
        return ShareState.load

    @rx.event
    @allow(Portal.BROKER)
    async def set_sees(self, value: str):
        """Whether this client will see the other applicants."""
        # Anything else is a no: less is shown, never more.
        self.sees = "yes" if value == "yes" else "no"
        return ShareState.load

    @rx.event
    @allow(Portal.BROKER)
    def tick(self, request_id: str, on: bool):
        """Ask for a document with this invitation, or don't."""
        row = next((each for each in self.requests if each["id"] == request_id and each["allowed"]), None)
        if row is None:
            return
        self.requests = [
            SharedRequestRow(**{**each, "ticked": bool_from(on)}) if each is row else each for each in self.requests
        ]
        # An empty choice is a choice: without the marker it would be filled again on the next look. What can't be
        # ticked while the others are hidden keeps its tick for when they are not.
        others = [each for each in self.ticked if each and each != request_id]
        self.ticked = ["", *others, *([request_id] if bool_from(on) else [])]

    @rx.event
    @allow(Portal.BROKER)
    def set_statements(self, on: bool):
        """Ask for bank statements too."""
        self.statements = bool_from(on)

    def _chosen(self, country: str) -> Invitation:
        return Invitation(
            sees_other_applicants=self.sees == "yes",
            flow_id=UUID(self.flow_id) if self.flow_id else None,
            sections=self._only(),
            request_ids=[UUID(row["id"]) for row in self.requests if row["ticked"]],
            asks_bank_statements=self.statements,
            channels=self._channels(country),
        )

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def invite(self):
        """Send the invitation."""
        if self.errors:
            raise Invalid(self.errors)
        async with self._acting() as (session, actor):
            deal_id, client = self._path_id(1, "deal"), uuid_from(self.chosen, "client")
            # Another tab may have changed the access since the panel was opened; nothing is overwritten unseen.
            await demand_as_begun(session, actor, deal_id, client, self._had)
            await service.share_deal(
                session,
                actor,
                deal_id,
                client,
                self._chosen(actor.country),
                banks=offered_banks(),
                only_changes=self.changing,
                shown=UUID(self._access_id) if self.stands == "live" else None,
            )
        changed = self.changing
        self._forget()
        if changed:
            return [ShareState.load, Notices.tell(f"What {self.first_name} can see is changed.")]
        return [ShareState.load, Notices.tell(f"{self.first_name} is invited. You’ll see here when they sign in.")]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def resend(self):
        """Send a new link; the old one says that it was replaced."""
        async with self._acting() as (session, actor):
            await service.resend(session, actor, uuid_from(self._access_id, "invitation"))
        return [ShareState.load, Notices.tell("A new link is on its way. The old one says that it was replaced.")]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def new_pin(self):
        """Send a new PIN by SMS."""
        async with self._acting() as (session, actor):
            by_sms = await service.send_new_pin(session, actor, uuid_from(self._access_id, "invitation"))
        return [ShareState.load, Notices.tell(rows.PIN_BY_SMS if by_sms else rows.PIN_BY_EMAIL)]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def email_pin(self):
        """Send a new PIN to the deal's owner."""
        async with self._acting() as (session, actor):
            await service.email_pin(session, actor, uuid_from(self._access_id, "invitation"))
        return [ShareState.load, Notices.tell(rows.PIN_TO_OWNER)]

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("the same link goes onto the clipboard again")
    async def copy(self):
        """Put the link on the clipboard."""
        async with self._acting() as (session, actor):
            link = await service.copy_link(session, actor, uuid_from(self._access_id, "invitation"))
        return [do("copy", link), Notices.tell("The link is copied. It opens nothing without the PIN.")]

    @rx.event
    @allow(Portal.BROKER)
    def ask(self, asking: bool):
        """Open or close the question before revoking."""
        self.asking = asking is True

    @rx.event
    @allow(Portal.BROKER)
    async def change(self):
        """Choose again what this client may see, beginning with what their access has."""
        async with self._looking() as (session, actor):
            deal = await access_deal(session, actor, self._path_id(1, "deal"), Permission.DEAL_SHARE)
            access = await live_access(session, deal.id, uuid_from(self.chosen, "client"))
            if access is None:
                raise NotFound("invitation")
            asked = await asked_ids(session, access.id)
            asked += [each.id for each in await askable_requests(session, deal.id) if not may_ask(each, access)]
        self._begin_with(access, asked)
        return ShareState.load

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def revoke(self):
        """End this client's access now."""
        async with self._acting() as (session, actor):
            await revoking.revoke(session, actor, uuid_from(self._access_id, "invitation"))
        self.asking = False
        return [ShareState.load, Notices.tell(f"{self.first_name}’s access has ended.")]

    @rx.event
    @allow(Portal.BROKER)
    def close(self):
        """Back to the deal. What was chosen and not sent is forgotten."""
        back = self.deal_path
        self._begin()
        return rx.redirect(back or "/board")

    @rx.event
    @allow(Portal.BROKER)
    def ask_other(self, access_id: str):
        """Open the question before access to another deal of this client ends; an empty id closes it."""
        # Only compared with ids that the page shows; cut, so that a tab can't be filled with a long text.
        self.asking_other = access_id[:40] if isinstance(access_id, str) else ""

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def revoke_other(self, access_id: str):
        """End this client's access to another deal, a settled one too. Its dates stay as they are."""
        async with self._acting() as (session, actor):
            await revoking.revoke(session, actor, uuid_from(access_id, "invitation"))
        self.asking_other = ""
        return [ShareState.load, Notices.tell(f"{self.first_name}’s access to that deal has ended.")]
