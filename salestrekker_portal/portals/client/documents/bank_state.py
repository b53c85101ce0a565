"""The client's own request for bank statements: how far it is, in plain words."""

from datetime import datetime
from typing import TypedDict

import reflex as rx
from sqlalchemy import select

from salestrekker_portal.domains.bank_statements import asking, consenting
from salestrekker_portal.domains.bank_statements.queries import current, statement_requests_in, summaries_of
from salestrekker_portal.domains.bank_statements.rules import FOR_CLIENT, NAMES, WORDING_VERSION, shown_state
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import ClientState
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.bank_statements import StatementRequest, StatementState
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import Organisation, User
from salestrekker_portal.wiring import bank_providers, offered_banks

S = StatementState

_FIRM_AND_OWNER = (
    select(Organisation, User)
    .select_from(Deal)
    .join(Organisation, Organisation.id == Deal.organisation_id)
    .join(User, User.id == Deal.owner_id)
)


class BankCard(TypedDict):
    """What the card says. `step`: ask, working, done, over, stopped or nothing at all."""

    id: str
    step: str
    title: str
    text: str
    problem: str
    until: str
    button: str
    shares: list[str]
    may_stop: bool


NO_CARD: BankCard = {
    "id": "", "step": "", "title": "", "text": "", "problem": "", "until": "", "button": "", "shares": [],
    "may_stop": False,
}  # fmt: skip


class ClientBankState(ClientState, rx.State):
    """The newest request of this client; there is seldom more than one."""

    card: BankCard = NO_CARD
    wording: str = WORDING_VERSION

    @rx.event
    @allow(Portal.CLIENT)
    async def load(self):
        """Look again."""
        async with self._looking() as (session, actor):
            asked = current(await statement_requests_in(session, actor, actor.deal_id))
            if not asked:
                self.card = NO_CARD
                return
            newest = asked[0]
            firm, owner = (await session.execute(_FIRM_AND_OWNER.where(Deal.id == newest.deal_id))).one()
            is_in = newest.state is S.COMPLETE
            kept = is_in and bool(await summaries_of(session, [newest]))
        self.card = card_of(newest, firm.name, owner.first_name, actor.time_zone, utc_now(), kept=kept)

    @rx.event
    @allow(Portal.CLIENT)
    @once
    async def ask_again(self, request_id: str):
        """A new link in place of one that has run out."""
        async with self._acting() as (session, actor):
            wanted = uuid_from(request_id, "request for bank statements")
            await asking.renew(session, actor, offered_banks(), wanted)
        return [Notices.tell("Here is a new link. It works for five days."), ClientBankState.load]

    @rx.event
    @allow(Portal.CLIENT)
    @once
    async def stop(self, request_id: str):
        """Take the consent back."""
        async with self._acting() as (session, actor):
            await consenting.stop_sharing(session, actor, uuid_from(request_id, "request for bank statements"))
        return [Notices.tell("Stopped. Nothing more is fetched from your bank."), ClientBankState.load]


def card_of(request: StatementRequest, firm: str, broker: str, zone: str, now: datetime, *, kept: bool) -> BankCard:
    """The request in words for the client."""
    state = shown_state(request.state, request.expires_at, now)
    until = instant_words(request.expires_at, zone)
    step, title, text = _words(state, request, broker, zone)
    if step == "ask" and request.multi_bank:
        text += " Add each of your banks before you finish."
    button = "Connect your bank" if state is S.SENT else "Open your bank again" if state is S.OPENED else "Try again"
    return BankCard(
        id=str(request.id),
        step=step,
        title=title,
        text=text,
        problem=FOR_CLIENT[request.problem] if request.problem and step == "ask" else "",
        until=until,
        button=button,
        shares=_shares(request, firm, until),
        may_stop=state in (S.OPENED, S.IN_PROGRESS, S.PARTIAL) or (state is S.COMPLETE and kept),
    )


def _words(state: StatementState, request: StatementRequest, broker: str, zone: str) -> tuple[str, str, str]:
    months = request.months
    match state:
        case S.SENT:
            return "ask", f"{broker} asks for {months} months of bank statements", (
                "Connect your bank and they arrive by themselves. It takes about five minutes, with your phone beside "
                "you."
            )  # fmt: skip
        case S.OPENED:
            at = instant_words(request.opened_at, zone)
            return "ask", "Finish at your bank", (
                f"You opened it on {at}. When you are done there, this page says so within a few minutes."
            )  # fmt: skip
        case S.IN_PROGRESS:
            return "working", "Your bank is sending the statements", "You can leave this page. We tell you here."
        case S.PARTIAL:
            return "ask", "Some statements are here", "They are under Documents. One bank did not send everything."
        case S.FAILED:
            return "ask", "That did not work", "Nothing was shared."
        case S.COMPLETE:
            at = instant_words(request.finished_at, zone)
            return "done", "Your bank statements are here", (
                f"They arrived on {at} and are with your documents below. Access to your bank has ended."
            )  # fmt: skip
        case S.EXPIRED:
            return "over", "The link to your bank has run out", "It worked for five days. Ask for a new one."
    if request.problem is not None:
        return "stopped", "You stopped sharing", "Nothing more is fetched from your bank. You can upload statements."
    return "", "", ""


def _shares(request: StatementRequest, firm: str, until: str) -> list[str]:
    """Who gets what, and for how long. A change of these sentences is a new WORDING_VERSION."""
    provider = bank_providers().get(request.provider)
    host = provider.host if provider else NAMES[request.provider]
    return [
        f"{firm} gets the statements and transactions of the accounts that you choose, of the last "
        f"{request.months} months, and a summary of them.",
        f"{NAMES[request.provider]} fetches them. You sign in to your bank on {host} or at your bank; your bank "
        f"login never reaches {firm} or this page.",
        "Nobody can pay or move money with it.",
        f"It is for this once: access ends when the statements are here, at the latest on {until}, or when you "
        "stop it.",
        f"Statements that have arrived stay in {firm}’s file of your loan. If you stop, the summary is deleted.",
    ]
