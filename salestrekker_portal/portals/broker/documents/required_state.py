"""What the deal asks for, what came in, and what the brokerage decides about it."""

from uuid import UUID

import reflex as rx

from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.queries import access_deal, applicants_of
from salestrekker_portal.domains.documents import queries, requests, review, sending, service
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.portals.broker.documents.rows import (
    NO_REVIEW,
    TO_REVIEW,
    UNSENT,
    GroupRow,
    Review,
    groups_of,
    review_of,
    unsent_bar,
)
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import UNDOES, Notices
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import form_from, uuid_from
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.documents import RequestState


class RequiredState(BrokerState, rx.State):
    """The requests of the deal at this address, and the one that is looked at."""

    loaded_id: str = ""
    summary: str = ""
    groups: list[GroupRow] = []
    unsent: int = 0
    unsent_title: str = ""
    unsent_text: str = ""
    waiting_text: str = ""
    sendable: bool = False
    may_share: bool = False
    # The request in the pane, and the file of it that is shown.
    chosen: str = ""
    review: Review = NO_REVIEW
    file_id: str = ""
    # Which reason is being asked for in the pane: "again", "no" or nothing.
    asking: str = ""
    error: str = ""

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Everything again, as it is now; what is being typed stays."""
        deal_id = self._path_id(1, "deal")
        if self.loaded_id != str(deal_id):
            self.chosen = self.asking = self.error = ""
        try:
            async with self._looking() as (session, actor):
                deal = await access_deal(session, actor, deal_id, Permission.DOCUMENT_READ)
                people = [contact for _, contact in await applicants_of(session, deal.id)]
                asked = await queries.requests_in(session, actor, deal.id)
                files = await queries.documents_in(session, actor, deal.id)
                accesses = await queries.live_accesses(session, deal.id)
        except NotFound:  # the frame says so
            self.loaded_id, self.groups, self.chosen = "", [], ""
            return
        self.groups = groups_of(asked, files, people, actor)
        needed = [request for request in asked if request.state is not RequestState.NOT_NEEDED]
        done = sum(request.state is RequestState.ACCEPTED for request in needed)
        waiting = sum(row["state"] in TO_REVIEW for group in self.groups for row in group["rows"])
        # The same figure in the same words as the side bar: what has come in, of what is needed.
        parts = [f"{deal.documents_in} of {deal.documents_asked} in" if deal.documents_asked else ""]
        parts += [f"{done} accepted" if done else "", f"{waiting} to review" if waiting else ""]
        self.summary = ", ".join(part for part in parts if part)
        self.unsent = sum(row["state"] == UNSENT for group in self.groups for row in group["rows"])
        bar = unsent_bar(asked, accesses, people, actor.time_zone)
        self.unsent_title, self.unsent_text, self.waiting_text, self.sendable = bar
        self.may_share = actor.may(Permission.DOCUMENT_SHARE)
        found = next((request for request in asked if str(request.id) == self.chosen), None)
        self.review = review_of(found, files, people, actor) if found else NO_REVIEW
        self.chosen = self.review["id"]
        shown = [row["id"] for row in self.review["files"]]
        self.file_id = self.file_id if self.file_id in shown else next(iter(shown), "")
        self.loaded_id = str(deal.id)

    @rx.event
    @allow(Portal.BROKER)
    async def open(self, request_id: str):
        """Look at one request; an empty id closes the pane."""
        self.chosen, self.file_id = (request_id if isinstance(request_id, str) else "")[:40], ""
        self.asking = self.error = ""
        await self.load()

    @rx.event
    @allow(Portal.BROKER)
    def show_file(self, file_id: str):
        """Look at another file of the request in the pane."""
        shown = [row["id"] for row in self.review["files"]]
        self.file_id = file_id if file_id in shown else self.file_id

    @rx.event
    @allow(Portal.BROKER)
    def ask(self, what: str):
        """Ask for the reason to ask again ("again") or to do without ("no"); "" closes the question."""
        self.asking, self.error = what if what in ("again", "no") else "", ""

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def accept(self, request_id: str):
        """What came in is what was needed."""
        async with self._acting() as (session, actor):
            await review.accept_request(session, actor, uuid_from(request_id, "document request"))
        return RequiredState.load

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def decide(self, form: dict):
        """The reason was given: ask again, or do without."""
        typed = form_from(form)
        again = self.asking == "again"
        request_id = uuid_from(typed.get("request"), "document request")
        try:
            async with self._acting() as (session, actor):
                if again:
                    await review.ask_again(session, actor, request_id, typed.get("reason"))
                else:
                    await review.mark_not_needed(session, actor, request_id, typed.get("reason"))
        except Invalid as refusal:
            self.error = refusal.errors.get("reason", refusal.message)
            return
        self.asking = self.error = ""
        return RequiredState.load

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def reopen(self, request_id: str):
        """Needed after all."""
        async with self._acting() as (session, actor):
            await review.reopen_request(session, actor, uuid_from(request_id, "document request"))
        return RequiredState.load

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def withdraw(self, request_id: str):
        """Stop asking."""
        async with self._acting() as (session, actor):
            gone = await requests.withdraw_request(session, actor, uuid_from(request_id, "document request"))
        words = f"Withdrew {gone.name}. What was uploaded stays under Documents."
        return [Notices.offer_undo(words, "request", str(gone.id)), RequiredState.load]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def put_back(self, request_id: str):
        """Undo: the document is asked for again, as it was."""
        async with self._acting() as (session, actor):
            await requests.put_back_request(session, actor, uuid_from(request_id, "document request"))
        return [Notices.tell("Asked for again, as it was."), RequiredState.load]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def send(self):
        """Request everything that was not sent yet."""
        async with self._acting() as (session, actor):
            sent = await sending.send_requests(session, actor, self._path_id(1, "deal"))
        words = f"Requested {sent.count} document{'s' if sent.count != 1 else ''}."
        if sent.told:
            words += f" {joined(sent.told)} {'has' if len(sent.told) == 1 else 'have'} an e-mail."
        if sent.waiting:
            words += f" {sent.waiting} wait until their applicant is invited."
        return [Notices.tell(words), RequiredState.load]

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a switch is set to a value")
    async def share(self, document_id: str, audience: str, on: bool):
        """Share the file in the pane, or stop sharing it."""
        async with self._acting() as (session, actor):
            file_id = uuid_from(document_id, "document")
            await service.share_document(session, actor, file_id, audience=str(audience), on=on is True)
        return RequiredState.load

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def move(self, document_id: str, request_id: str):
        """File it under another request; "" takes it out of this one."""
        target: UUID | None = uuid_from(request_id, "document request") if request_id else None
        async with self._acting() as (session, actor):
            await service.move_document(session, actor, uuid_from(document_id, "document"), target)
        return [Notices.tell("Moved."), RequiredState.load]


UNDOES["request"] = RequiredState.put_back
