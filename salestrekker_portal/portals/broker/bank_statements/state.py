"""Bank statements of a deal: who is asked, how far it is, and what the summary suggests."""

from uuid import UUID

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.bank_statements import asking, suggesting
from salestrekker_portal.domains.bank_statements.integrations import gate_of
from salestrekker_portal.domains.bank_statements.queries import current, statement_requests_in, summaries_of
from salestrekker_portal.domains.bank_statements.rules import ENDED, NAMES, shown_state
from salestrekker_portal.domains.clients import sharing as portal_access
from salestrekker_portal.domains.deals.queries import access_deal, applicants_of
from salestrekker_portal.domains.documents.queries import live_accesses
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.portals.broker.bank_statements.rows import (
    AskablePersonRow,
    Found,
    StatementsRequestRow,
    found_of,
    person_row,
    request_row,
)
from salestrekker_portal.portals.events.deeds import do
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import bool_from, form_from, ids_from, uuid_from
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.bank_statements import StatementRequest
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.wiring import offered_banks


class BankStatementsState(BrokerState, rx.State):
    """The requests of the deal at this address. `closed` is why nobody can be asked, `fix` where that is put right."""

    loaded_id: str = ""
    closed: str = ""
    fix: str = ""
    provider: str = ""
    months: str = "6"
    people: list[AskablePersonRow] = []
    requests: list[StatementsRequestRow] = []
    found: list[Found] = []
    error: str = ""
    _ticked: list[str] | None = None

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Everything again, as it is now; who is ticked stays ticked."""
        deal_id = self._path_id(1, "deal")
        if self.loaded_id != str(deal_id):
            self._ticked, self.error = None, ""
        try:
            async with self._looking() as (session, actor):
                deal = await access_deal(session, actor, deal_id, Permission.DOCUMENT_READ)
                contacts = {contact.id: contact for _, contact in await applicants_of(session, deal.id)}
                asked = current(await statement_requests_in(session, actor, deal.id))
                inside = {access.contact_id for access in await live_accesses(session, deal.id)}
                gate = await gate_of(
                    session,
                    deal.organisation_id,
                    deal.owner_id,
                    offered_banks(),
                    is_owner=actor.id == deal.owner_id,
                )
                self.found = await self._found(session, asked, contacts)
        except NotFound:  # the frame says so
            self.loaded_id, self.requests, self.found = "", [], []
            return
        self.closed, self.fix = gate.reason, gate.fix
        if gate.integration is not None:
            self.provider, self.months = NAMES[gate.integration.provider], str(gate.integration.months)
        self._show(asked, contacts, inside, actor)
        self.loaded_id = str(deal.id)

    def _show(
        self, asked: list[StatementRequest], contacts: dict[UUID, Contact], inside: set[UUID], actor: Actor
    ) -> None:
        now = utc_now()
        waiting = {each.contact_id for each in asked if shown_state(each.state, each.expires_at, now) not in ENDED}
        self.people = [person_row(each, inside, waiting, self._ticked) for each in contacts.values()]
        self.requests = [request_row(each, contacts.get(each.contact_id), actor.time_zone, now) for each in asked]

    async def _found(
        self, session: ReadSession, asked: list[StatementRequest], contacts: dict[UUID, Contact]
    ) -> list[Found]:
        summaries = await summaries_of(session, asked)
        found = []
        for request in asked:
            summary = summaries.get(request.id)
            if summary is not None:
                name = contacts[request.contact_id].name if request.contact_id in contacts else "A client"
                suggested = await suggesting.suggestions_of(session, request, summary)
                found.append(found_of(request, name, summary, suggested))
        return found

    @rx.event
    @allow(Portal.BROKER)
    def tick(self, contact_id: str, on: bool):
        """Ask this person, or don't."""
        self.people = [
            AskablePersonRow(**{**row, "ticked": bool_from(on)}) if row["id"] == contact_id and row["allowed"] else row
            for row in self.people
        ]
        self._ticked = [row["id"] for row in self.people if row["ticked"]]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def send(self, form: dict):
        """Ask those who are ticked, by e-mail; or without one, while they are on a call."""
        typed = form_from(form)
        by_email = typed.get("how") != "call"
        chosen = ids_from([row["id"] for row in self.people if row["ticked"]], "client")
        try:
            async with self._acting() as (session, actor):
                made = await asking.request_statements(
                    session,
                    actor,
                    offered_banks(),
                    self._path_id(1, "deal"),
                    contact_ids=chosen,
                    months=typed.get("months"),
                    by_email=by_email,
                )
        except Invalid as refusal:
            self.error = refusal.message
            return None
        self.error, self._ticked = "", None
        names = joined([row["name"] for row in self.people if row["ticked"]])
        words = f"{names} {'has' if len(made) == 1 else 'have'} an e-mail. The link works for five days."
        if not by_email:
            words = f"{names} can connect now: their page shows it under Documents. It works for five days."
        return [Notices.tell(words), BankStatementsState.load]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def renew(self, request_id: str):
        """A fresh link by e-mail."""
        async with self._acting() as (session, actor):
            wanted = uuid_from(request_id, "request for bank statements")
            await asking.renew(session, actor, offered_banks(), wanted)
        return [Notices.tell("A new link is on its way. It works for five days."), BankStatementsState.load]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def withdraw(self, request_id: str):
        """Stop asking."""
        async with self._acting() as (session, actor):
            await asking.withdraw(session, actor, uuid_from(request_id, "request for bank statements"))
        return [Notices.tell("Withdrawn. What has arrived stays under Documents."), BankStatementsState.load]

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("the same link goes onto the clipboard again")
    async def copy(self, access_id: str):
        """The client's link on the clipboard, to share it in a call."""
        async with self._acting() as (session, actor):
            link = await portal_access.copy_link(session, actor, uuid_from(access_id, "invitation"))
        return [
            do("copy", link),
            Notices.tell("The link to their page is copied. They sign in with their PIN and open Documents."),
        ]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def take(self, request_id: str, key: str):
        """Write a suggestion into the comment of its expense."""
        async with self._acting() as (session, actor):
            wanted = uuid_from(request_id, "request for bank statements")
            await suggesting.accept_suggestion(session, actor, wanted, str(key))
        return BankStatementsState.load
