"""What the client has to send, what the broker looks at, and what is done."""

import reflex as rx

from salestrekker_portal.domains.documents import queries, removing, review, service
from salestrekker_portal.domains.portal_access.home import Home, home_of
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.portals.client.documents.rows import BoxPeople, BoxRow, Filed, OwnFileRow, boxes, file_row
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import ClientState
from salestrekker_portal.portals.incoming.parse import form_from, uuid_from
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import PartnersSee

TO_DO = ("requested", "asked_again")
WITH_BROKER = ("uploaded", "says_not")


class ClientDocumentsState(ClientState, rx.State):
    """Three piles of boxes, the loose files, and what the broker shared."""

    ready: bool = False
    broker: str = ""
    to_do: list[BoxRow] = []
    with_broker: list[BoxRow] = []
    done: list[BoxRow] = []
    loose: list[OwnFileRow] = []
    loose_known: list[str] = []
    shared: list[OwnFileRow] = []
    next_due: str = ""
    who_sees: str = ""
    # The request about which somebody is saying that it doesn't apply, and what was wrong with the reason.
    saying: str = ""
    say_error: str = ""

    @rx.event
    @allow(Portal.CLIENT)
    async def load(self):
        """Everything again, as this client may see it now."""
        async with self._looking() as (session, actor):
            home = await home_of(session, actor)
            requests = await queries.requests_in(session, actor, home.deal.id)
            files = await queries.documents_in(session, actor, home.deal.id)
            accesses = await queries.live_accesses(session, home.deal.id)
        people = BoxPeople(actor, home.others, home.owner.first_name)
        rows = boxes(requests, files, people)
        self.to_do = [row for row in rows if row["state"] in TO_DO]
        self.with_broker = [row for row in rows if row["state"] in WITH_BROKER]
        self.done = [row for row in rows if row["state"] not in TO_DO + WITH_BROKER]
        due = [row["due"] for row in self.to_do if row["due"]]
        self.next_due = min(due, key=due.index).replace("Due", "Next due") if due else ""
        known = {request.id for request in requests}
        single = [(document, file) for document, file in files if document.request_id not in known]
        self.loose = _rows([pair for pair in single if service.is_own(actor, pair[0])], people)
        self.loose_known = [row["id"] for row in self.loose]
        self.shared = _rows([pair for pair in single if not service.is_own(actor, pair[0])], people)
        seeing = {access.contact_id for access in accesses if access.sees_other_applicants}
        self.who_sees = _who_sees(home, [each.called for each in home.others if each.id in seeing])
        self.broker, self.ready = home.owner.first_name, True

    @rx.event
    @allow(Portal.CLIENT)
    @once
    async def undo(self, document_id: str):
        """Take a file back."""
        async with self._acting() as (session, actor):
            await removing.remove_own_upload(session, actor, uuid_from(document_id, "document"))
        return [Notices.tell("Taken back. Nobody else sees it any more."), ClientDocumentsState.load]

    @rx.event
    @allow(Portal.CLIENT)
    def say(self, request_id: str):
        """Open or close the question why it doesn't apply."""
        # Only compared with ids that the page shows; cut, so that a tab can't be filled with a long text.
        self.saying, self.say_error = (request_id if isinstance(request_id, str) else "")[:40], ""

    @rx.event
    @allow(Portal.CLIENT)
    @once
    async def say_it(self, form: dict):
        """It doesn't apply to me, because."""
        typed = form_from(form)
        try:
            async with self._acting() as (session, actor):
                request_id = uuid_from(typed.get("request"), "document request")
                await review.say_it_does_not_apply(session, actor, request_id, typed.get("reason"))
        except Invalid as refusal:
            self.say_error = refusal.errors.get("reason", refusal.message)
            return
        self.saying = self.say_error = ""
        return ClientDocumentsState.load

    @rx.event
    @allow(Portal.CLIENT)
    @once
    async def reopen(self, request_id: str):
        """It applies after all."""
        async with self._acting() as (session, actor):
            await review.reopen_request(session, actor, uuid_from(request_id, "document request"))
        return ClientDocumentsState.load


def _rows(pairs: list[Filed], people: BoxPeople) -> list[OwnFileRow]:
    return [file_row(document, file, people, None) for document, file in pairs]


def _who_sees(home: Home, seeing: list[str]) -> str:
    """Everybody can see who can see what."""
    others = [each.called for each in home.others]
    blind = [name for name in others if name not in seeing]
    parts = [f"{home.owner.first_name} and the team at {home.organisation.name} see what you send."]
    if seeing:
        parts.append(f"{joined(seeing)} {'sees' if len(seeing) == 1 else 'see'} it too.")
    if blind:
        parts.append(f"{joined(blind)} {'doesn’t' if len(blind) == 1 else 'don’t'}.")
    for partner in home.partners:
        where = f" at {partner.firm}" if partner.firm else ""
        shared = f"only what {home.owner.first_name} shares"
        sees = "nothing of it" if home.partners_see is PartnersSee.NOTHING else shared
        parts.append(f"{partner.first_name}{where} sees {sees}.")
    return " ".join(parts)
