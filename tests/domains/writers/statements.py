"""Bank statements of a deal: asked for, agreed to, come in."""

from datetime import date

from sqlalchemy import select

from salestrekker_portal.domains.bank_statements.asking import renew, request_statements, withdraw
from salestrekker_portal.domains.bank_statements.consenting import agree, gone_to_provider, stop_sharing
from salestrekker_portal.domains.bank_statements.landing import Paper, land
from salestrekker_portal.domains.bank_statements.ports import AccountKind, BankAccount, StartedLink, Statement
from salestrekker_portal.domains.bank_statements.rules import WORDING_VERSION
from salestrekker_portal.domains.bank_statements.suggesting import accept_suggestion
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.tables.bank_statements import Provider, StatementRequest, StatementState
from salestrekker_portal.tables.documents import Document
from tests.domains.writers.papers import file_named
from tests.domains.writers.scene import Collected, one_of

all_of = Collected()
BANKS = (Provider.DEMONSTRATION,)
S = StatementState
SUMMARY = {
    "first_on": "2026-01-01", "last_on": "2026-02-01",
    "expenses": [{"key": "groceries", "average_cents": 90_000, "count": 4, "names": []}],
}  # fmt: skip
ASKED = ("asks_for_statements",)
CONNECTED = (*ASKED, "client_agrees_to_statements", "client_goes_to_the_bank")


async def _asked(session, scene, *states: StatementState) -> StatementRequest:
    found = select(StatementRequest).where(StatementRequest.deal_id == scene.deal.id)
    found = found.where(StatementRequest.contact_id == scene.kim_contact.id)
    if states:
        found = found.where(StatementRequest.state.in_(states))
    return await one_of(session, found.order_by(StatementRequest.created_at.desc(), StatementRequest.id))


@all_of()
async def asks_for_statements(session, scene, text):
    whom = (scene.kim_contact, scene.sam_contact)[int(text[-1]) % 2]
    await request_statements(session, scene.alice, BANKS, scene.deal.id, contact_ids=[whom.id])


@all_of(after=ASKED)
async def renews_statements(session, scene, text):
    await renew(session, scene.alice, BANKS, (await _asked(session, scene)).id)


@all_of(after=ASKED)
async def withdraws_statements(session, scene, text):
    await withdraw(session, scene.alice, (await _asked(session, scene)).id)


@all_of(after=ASKED)
async def client_agrees_to_statements(session, scene, text):
    request = await _asked(session, scene)
    await agree(session, scene.kim, request.id, wording=WORDING_VERSION, address="203.0.113.9")


@all_of(after=ASKED)
async def client_goes_to_the_bank(session, scene, text):
    request = await _asked(session, scene)
    await gone_to_provider(session, request.id, StartedLink(url="https://example.com/bank", refs={"job": text}))


@all_of(after=(*ASKED, "client_agrees_to_statements"))
async def client_stops_sharing(session, scene, text):
    await stop_sharing(session, scene.kim, (await _asked(session, scene)).id)


@all_of(Document.name, after=CONNECTED)
async def statements_land(session, scene, text):
    request = await _asked(session, scene)
    account = BankAccount(ref=text, name="Everyday", institution="Bank", number="1", kind=AccountKind.EVERYDAY)
    days = {"first_on": date(2026, 1, 1), "last_on": date(2026, 2, 1)}
    paper = Paper(account=account, statement=Statement(account_ref=text, content=b"", **days), file=file_named(text))
    state = (S.PARTIAL, S.COMPLETE)[int(text[-1]) % 2]
    if not await land(session, request.id, [paper], SUMMARY, state):
        raise Conflict("They may not land.")


@all_of(
    after=(
        *ASKED,
        "client_agrees_to_statements",
        "client_goes_to_the_bank",
        "statements_land",
        "says_who_lives_together",
    )
)
async def takes_a_suggestion(session, scene, text):
    await accept_suggestion(session, scene.alice, (await _asked(session, scene)).id, "groceries")
