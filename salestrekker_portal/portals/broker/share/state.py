"""The client portal share panel of a deal: who is invited, what is missing, what will be sent, what was sent."""

from uuid import UUID

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.models import Portal
from salestrekker_portal.domains.access.permissions import REFUSALS, Permission
from salestrekker_portal.domains.deals.models import Deal
from salestrekker_portal.domains.deals.queries import access_deal, applicants_of
from salestrekker_portal.domains.notifications.client_words import stored_for_owner
from salestrekker_portal.domains.organisations.models import User
from salestrekker_portal.domains.outbox.service import messages_for
from salestrekker_portal.domains.portal_access import queries, service
from salestrekker_portal.domains.portal_access.delivery import pin_wait_seconds
from salestrekker_portal.domains.portal_access.models import PortalAccess
from salestrekker_portal.domains.portal_access.rules import blockers, preflight
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.portals.broker.share import rows
from salestrekker_portal.portals.broker.share.flow import FlowChoice
from salestrekker_portal.portals.broker.share.rows import CheckRow, LogRow, PersonTab, Preview, RequestRow
from salestrekker_portal.portals.gate import allow
from salestrekker_portal.portals.parse import bool_from, uuid_from
from salestrekker_portal.portals.session import BrokerState
from salestrekker_portal.portals.shared.notices import Notices


class ShareState(BrokerState, FlowChoice, rx.State):
    """One deal's panel. What is chosen here is sent only by `invite`. `stands`: not_invited, live, revoked."""

    ready: bool = False
    missing: bool = False
    deal_path: str = ""
    deal_id: str = ""
    people: list[PersonTab] = []
    chosen: str = ""
    first_name: str = ""
    others: str = ""
    stands: str = ""
    changing: bool = False
    checks: list[CheckRow] = []
    to_fix: str = ""
    blocked: str = ""
    refusal: str = ""
    sees: str = "no"
    requests: list[RequestRow] = []
    ticked: list[str] = []
    statements: bool = False
    preview: Preview = rows.NO_PREVIEW
    facts: list[dict[str, str]] = []
    log: list[LogRow] = []
    wait_seconds: int = 0
    asking: bool = False
    _access_id: str = ""

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
            if self.deal_path != f"/deals/{deal.id}":
                self.reset()
                self.deal_path, self.deal_id = f"/deals/{deal.id}", str(deal.id)
            await self._read(session, actor, deal)
        self.missing, self.ready = False, True

    async def _read(self, session: ReadSession, actor: Actor, deal: Deal) -> None:
        contacts = [contact for _, contact in await applicants_of(session, deal.id)]
        accesses = await queries.latest_accesses(session, deal.id)
        self.people = [rows.person_tab(contact, accesses.get(contact.id)) for contact in contacts]
        known = [str(contact.id) for contact in contacts]
        if self.chosen not in known:
            waiting = [each for each in known if UUID(each) not in accesses]
            self.chosen = next(iter([*waiting, *known]), "")
            self.changing, self.ticked = False, []
        self.refusal = "" if actor.may(Permission.DEAL_SHARE) else REFUSALS[Permission.DEAL_SHARE]
        if not self.chosen:
            return
        people = await queries.people_of(session, deal, UUID(self.chosen))
        access = accesses.get(people.contact.id)
        self.first_name = people.first_name
        self.others = joined(list(people.others)) or "the other applicants"
        self._stand(access)
        await self._read_checks(session, actor, people)
        await self._read_choices(session, deal, people)
        if access is not None:
            await self._read_access(session, access, actor.time_zone)

    def _stand(self, access: PortalAccess | None) -> None:
        self.stands = "not_invited" if access is None else "revoked" if access.revoked_at else "live"
        self._access_id = str(access.id) if access is not None else ""
        if access is None:
            self.facts, self.log = [], []
        if self.stands != "live":
            self.asking = self.changing = False

    async def _read_checks(self, session: ReadSession, actor: Actor, people) -> None:
        facts = await queries.share_facts(session, actor, people)
        checks = preflight(facts)
        failing = blockers(checks)
        self.checks = [rows.check_row(check) for check in checks]
        things = "1 thing to fix" if len(failing) == 1 else f"{len(failing)} things to fix"
        self.to_fix = things if failing else "Everything is in place"
        self.blocked = f"{failing[0].title}: put that right first" if failing else ""
        self.preview = rows.preview_of(people, facts.credits, await stored_for_owner(session, people))

    async def _read_choices(self, session: ReadSession, deal: Deal, people) -> None:
        await self._read_flows(session, people)
        names = {contact.id: contact.first_name or contact.name for contact in people.everyone}
        requests = await queries.askable_requests(session, deal.id)
        if not self.ticked:
            self.ticked = [str(request.id) for request in requests]
        self.requests = [
            rows.request_row(request, names, people.contact.id, self.sees == "yes", self.ticked) for request in requests
        ]

    async def _read_access(self, session: ReadSession, access: PortalAccess, zone: str) -> None:
        by = await session.get(User, access.granted_by)
        asked = await queries.asked_count(session, access.id)
        self.facts = rows.access_facts(access, by.name if by else "", zone, asked)
        self.log = [rows.log_row(message, zone) for message in await messages_for(session, access.id)]
        self.wait_seconds = pin_wait_seconds(access)

    @rx.event
    @allow(Portal.BROKER)
    async def choose(self, contact_id: str):
        """Look at another client of the deal."""
        self.chosen, self.changing, self.asking = str(uuid_from(contact_id, "client")), False, False
        self.sees, self.ticked = "no", []
        return ShareState.load

    @rx.event
    @allow(Portal.BROKER)
    async def set_sees(self, value: str):
        """Whether this client will see the other applicants."""
        self.sees = "yes" if value == "yes" else "no"
        return ShareState.load

    @rx.event
    @allow(Portal.BROKER)
    def tick(self, request_id: str, on: bool):
        """Ask for a document with this invitation, or don't."""
        self.requests = [
            RequestRow(**{**row, "ticked": bool_from(on)}) if row["id"] == request_id and row["allowed"] else row
            for row in self.requests
        ]
        # An empty choice is a choice: without the marker it would be filled again on the next look.
        self.ticked = ["", *[row["id"] for row in self.requests if row["ticked"]]]

    @rx.event
    @allow(Portal.BROKER)
    def set_statements(self, on: bool):
        """Ask for bank statements too."""
        self.statements = bool_from(on)

    @rx.event
    @allow(Portal.BROKER)
    async def invite(self):
        """Send the invitation."""
        async with self._acting() as (session, actor):
            await service.share_deal(
                session,
                actor,
                self._path_id(1, "deal"),
                uuid_from(self.chosen, "client"),
                sees_other_applicants=self.sees == "yes",
                flow_id=UUID(self.flow_id) if self.flow_id else None,
                sections=self._only(),
                request_ids=[UUID(row["id"]) for row in self.requests if row["ticked"]],
                asks_bank_statements=self.statements,
            )
        self.changing = False
        return [ShareState.load, Notices.tell(f"{self.first_name} is invited. You’ll see here when they sign in.")]

    @rx.event
    @allow(Portal.BROKER)
    async def resend(self):
        """Send a new link; the old one says that it was replaced."""
        async with self._acting() as (session, actor):
            await service.resend(session, actor, uuid_from(self._access_id, "invitation"))
        return [ShareState.load, Notices.tell("A new link is on its way. The old one says that it was replaced.")]

    @rx.event
    @allow(Portal.BROKER)
    async def new_pin(self):
        """Send a new PIN by SMS."""
        async with self._acting() as (session, actor):
            by_sms = await service.send_new_pin(session, actor, uuid_from(self._access_id, "invitation"))
        return [ShareState.load, Notices.tell(rows.PIN_BY_SMS if by_sms else rows.PIN_BY_EMAIL)]

    @rx.event
    @allow(Portal.BROKER)
    async def email_pin(self):
        """Send a new PIN to the deal's owner."""
        async with self._acting() as (session, actor):
            await service.email_pin(session, actor, uuid_from(self._access_id, "invitation"))
        return [ShareState.load, Notices.tell(rows.PIN_TO_OWNER)]

    @rx.event
    @allow(Portal.BROKER)
    async def copy(self):
        """Put the link on the clipboard."""
        async with self._acting() as (session, actor):
            link = await service.copy_link(session, actor, uuid_from(self._access_id, "invitation"))
        return [rx.set_clipboard(link), Notices.tell("The link is copied. It opens nothing without the PIN.")]

    @rx.event
    @allow(Portal.BROKER)
    def ask(self, asking: bool):
        """Open or close the question before revoking."""
        self.asking = asking is True

    @rx.event
    @allow(Portal.BROKER)
    def change(self):
        """Choose again what this client may see; inviting again makes it so."""
        self.changing = True

    @rx.event
    @allow(Portal.BROKER)
    async def revoke(self):
        """End this client's access now."""
        async with self._acting() as (session, actor):
            await service.revoke(session, actor, uuid_from(self._access_id, "invitation"))
        self.asking = False
        return [ShareState.load, Notices.tell(f"{self.first_name}’s access has ended.")]

    @rx.event
    @allow(Portal.BROKER)
    def close(self):
        """Back to the deal."""
        return rx.redirect(self.deal_path or "/board")
