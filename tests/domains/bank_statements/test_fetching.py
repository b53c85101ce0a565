"""From the client's consent to documents in the deal, and everything that may come in between."""

from datetime import timedelta
from uuid import UUID

import pytest

from salestrekker_portal.adapters.bank_demonstration import OUTCOMES
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.bank_statements import asking, consenting, opening, suggesting
from salestrekker_portal.domains.bank_statements.ports import BankCallbackRefused
from salestrekker_portal.domains.bank_statements.queries import summaries_of
from salestrekker_portal.domains.bank_statements.rules import VALID, WORDING_VERSION
from salestrekker_portal.domains.clients.revoking import revoke
from salestrekker_portal.domains.documents.ports import Scan, ScanOutcome
from salestrekker_portal.domains.documents.queries import documents_in
from salestrekker_portal.domains.documents.requests import add_request
from salestrekker_portal.domains.fact_find.service import Place, save_answer
from salestrekker_portal.domains.notices.words import sentence_of
from salestrekker_portal.domains.notifications.rounds import tell_due
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.bank_statements import (
    Problem,
    StatementConsent,
    StatementFile,
    StatementRequest,
    StatementState,
)
from salestrekker_portal.tables.documents import DocumentRequest, RequestState, StoredFile, UploaderKind
from salestrekker_portal.tables.fact_find import NOBODY, Answer
from salestrekker_portal.tables.notifications import Notice
from tests.bank import make_statement_request
from tests.domains.documents.world import lock

S = StatementState


async def test_statements_land_in_documents_attributed_and_the_owner_hears_once(world):
    request = await world.through()
    assert request.state is S.COMPLETE
    names = [(each.name, each.uploader_kind, each.uploader_name) for each in await world.documents()]
    assert len(names) == 3
    assert [each[1] for each in names] == [UploaderKind.USER, UploaderKind.CLIENT, UploaderKind.CLIENT]
    assert names[1][2] == "Kim Nguyen, through Demonstration bank" and "Everyday" in names[1][0]
    [arrived] = await world.happened("returned")
    assert arrived.facts["count"] == 2 and arrived.actor_kind == "system"
    await tell_due()
    [notice] = await world.all(Notice, Notice.event == "bank_statements_returned")
    assert notice.recipient_id == world.cast.alice.id
    assert sentence_of(notice) == "Bank statements of Kim Nguyen arrived"
    assert world.files() == 3


async def test_the_client_sees_their_statements_and_not_the_teams_summary(world):
    await world.through()
    async with reading() as session:
        kims = [each.name for each, _ in await documents_in(session, world.cast.kim, world.cast.deal.id)]
        sams = await documents_in(session, world.cast.sam, world.cast.deal.id)
    assert len(kims) == 2 and not any("summary" in name for name in kims) and sams == []


async def test_a_matching_open_request_is_answered_and_waits_for_review(world):
    async with transaction() as session:
        for name, contact in (
            ("Savings statement, 3 months", world.cast.kim_contact.id),
            ("Everyday account statements", None),
            ("Credit card statements", world.cast.kim_contact.id),
            ("Bank statements", world.cast.sam_contact.id),
        ):
            await add_request(session, world.cast.alice, world.cast.deal.id, name=name, contact_id=contact)
    await world.through()
    states = {each.name: each.state for each in await world.all(DocumentRequest)}
    assert states == {
        "Savings statement, 3 months": RequestState.UPLOADED,
        "Everyday account statements": RequestState.UPLOADED,
        "Credit card statements": RequestState.REQUESTED,
        "Bank statements": RequestState.REQUESTED,
    }


async def test_nothing_is_fetched_without_the_very_wording_that_was_shown(world):
    [request] = await world.ask()
    for wording in (None, "", "an older one"):
        with pytest.raises(Invalid):
            await world.open(request, wording=wording)
    assert await world.consents(request) == [] and (await world.row(request)).state is S.SENT
    await world.open(request)
    [consent] = await world.consents(request)
    assert (consent.wording_version, consent.from_address) == (WORDING_VERSION, "203.0.113.9")
    assert consent.contact_id == world.cast.kim_contact.id and consent.ends_at == request.expires_at


async def test_only_the_person_who_is_asked_can_open_it(world):
    [request] = await world.ask()
    for name, refusal in (
        ("sam", NotFound),
        ("alice", NotPermitted),
        ("priya", NotPermitted),
        ("mallory", NotPermitted),
    ):
        with pytest.raises(refusal):
            await world.open(request, actor=getattr(world.cast, name))
    assert await world.all(StatementConsent) == []


async def test_a_request_is_opened_for_120_hours_and_not_a_minute_longer(world):
    [request] = await world.ask()
    clock.freeze(utc_now() + VALID - timedelta(minutes=1))
    await world.open(request)
    clock.freeze(utc_now() + timedelta(minutes=1))
    with pytest.raises(Conflict, match="over"):
        await world.open(request)
    await lock(world.cast.deal)


async def test_words_in_the_address_prove_nothing(world):
    [request] = await world.ask()
    _, started = await world.open(request)
    for query in ({}, {"state": "made up"}, {"state": "x" * 5000}, {"jobIds": "1", "status": "complete"}):
        assert not await world.come_back(query)
    good = await world.decide(started)
    assert not await world.come_back(good, actor=world.cast.sam)
    assert (await world.row(request)).state is S.OPENED
    world.bank.visit(started.subject).outcome = ""  # they say that they are done; the bank does not
    assert await world.come_back(good)
    await world.look()
    assert (await world.row(request)).state is S.IN_PROGRESS and await world.documents() == []
    assert not await world.come_back(good)  # once only


@pytest.mark.parametrize(
    ("outcome", "problem"), [(each, problem) for each, problem in OUTCOMES.items() if each not in ("good", "partial")]
)
async def test_a_failure_is_told_in_its_own_words_and_can_be_tried_again(world, outcome, problem):
    request = await world.through(outcome)
    assert (request.state, request.problem) == (S.FAILED, problem)
    assert len(await world.happened("failed")) == 1 and await world.documents() == []
    _, started = await world.open(request)
    await world.come_back(await world.decide(started))
    await world.look()
    assert (await world.row(request)).state is S.COMPLETE


async def test_part_of_it_is_filed_and_the_rest_joins_it_later_without_doubles(world):
    request = await world.through("partial")
    assert (request.state, request.problem) == (S.PARTIAL, Problem.BANK_DOWN)
    assert len(await world.all(StatementFile)) == 2  # one statement and the summary
    _, started = await world.open(request)
    await world.come_back(await world.decide(started))
    await world.look()
    assert (await world.row(request)).state is S.COMPLETE
    accounts = [each.account for each in await world.all(StatementFile)]
    assert len(accounts) == len(set(accounts)) == 4  # two statements, a summary of one, a fuller one


async def test_looking_again_files_nothing_twice(world):
    request = await world.through()
    async with transaction() as session:
        kept = await session.get(StatementRequest, request.id)
        kept.due_at = utc_now()
    for _ in range(3):
        await world.look()
    assert len(await world.documents()) == 3 and world.files() == 3


async def test_access_ends_at_the_provider_as_soon_as_everything_is_here(world):
    request = await world.through()
    await world.look()
    row = await world.row(request)
    assert row.refs_sealed == "" and row.subject == "" and row.due_at is None
    assert world.bank._visits == {}
    [consent] = await world.consents(request)
    assert consent.ended_why == "finished"


async def test_a_client_who_stops_sharing_is_obeyed_at_once(world):
    [request] = await world.ask()
    _, started = await world.open(request)
    query = await world.decide(started)
    async with transaction() as session:
        with pytest.raises(NotFound):
            await consenting.stop_sharing(session, world.cast.sam, request.id)
    async with transaction() as session:
        await consenting.stop_sharing(session, world.cast.kim, request.id)
    assert not await world.come_back(query)
    await world.look()
    row = await world.row(request)
    assert (row.state, row.problem) == (S.WITHDRAWN, Problem.CONSENT_WITHDRAWN)
    assert await world.documents() == [] and row.refs_sealed == "" and world.bank._visits == {}


async def test_after_the_end_the_summary_goes_when_the_client_says_so_and_filed_papers_stay(world):
    request = await world.through()
    assert (await world.summary(request)).sealed
    async with transaction() as session:
        await consenting.stop_sharing(session, world.cast.kim, request.id)
    summary = await world.summary(request)
    assert summary.sealed == "" and summary.removed_at is not None
    async with reading() as session:
        assert await summaries_of(session, [await world.row(request)]) == {}
    assert len(await world.documents()) == 3 and (await world.row(request)).state is S.COMPLETE
    async with transaction() as session:
        with pytest.raises(Conflict):
            await consenting.stop_sharing(session, world.cast.kim, request.id)


async def test_a_revoked_client_gets_nothing_fetched(world):
    [request] = await world.ask()
    _, started = await world.open(request)
    await world.decide(started)
    async with transaction() as session:
        await revoke(session, world.cast.alice, world.cast.kim_access.id)
    await world.look()
    assert (await world.row(request)).state is S.WITHDRAWN and await world.documents() == []
    assert world.bank._visits == {} and world.files() == 0


async def test_a_deal_that_settled_meanwhile_takes_nothing(world):
    [request] = await world.ask()
    _, started = await world.open(request)
    await world.come_back(await world.decide(started))
    await lock(world.cast.deal)
    await world.look()
    assert await world.documents() == [] and world.files() == 0


async def test_withdrawing_while_the_bank_is_slow_leaves_nothing_behind(world):
    [request] = await world.ask()
    _, started = await world.open(request)
    await world.decide(started)
    async with transaction() as session:
        await asking.withdraw(session, world.cast.alice, request.id)
    await world.look()
    assert await world.documents() == [] and world.files() == 0


async def test_a_statement_with_a_virus_is_not_kept(world):
    class Finds:
        async def scan(self, content):
            return Scan(ScanOutcome.INFECTED, "It carries a virus.", "Test")

    object.__setattr__(world.store, "scanner", Finds())
    request = await world.through()
    assert (request.state, request.problem) == (S.FAILED, Problem.UNKNOWN)
    assert world.files() == 0 and await world.documents() == []


async def test_a_scanner_that_is_away_holds_the_statements_in_quarantine(world):
    class Away:
        async def scan(self, content):
            return Scan(ScanOutcome.UNREACHED, "Later.")

    object.__setattr__(world.store, "scanner", Away())
    await world.through()
    assert {each.scanned for each in await world.all(StoredFile)} == {"unreached"}


async def test_a_bank_that_never_answers_is_over_after_five_days_with_one_word_to_the_owner(world):
    [request] = await world.ask()
    await world.open(request)
    clock.freeze(utc_now() + VALID)
    await world.look()
    row = await world.row(request)
    assert row.state is S.EXPIRED and [each.ended_why for each in await world.consents(request)] == ["expired"]
    await world.look()
    assert (await world.row(request)).refs_sealed == ""


async def test_a_signed_callback_makes_us_look_and_the_same_one_again_does_nothing(world):
    [request] = await world.ask()
    _, started = await world.open(request)
    await world.decide(started)
    headers, body = world.bank.callback(started.subject)
    await opening.take_callback(world.providers, "demonstration", headers, body)
    assert (await world.row(request)).due_at <= utc_now()
    before = await world.row(request)
    with pytest.raises(BankCallbackRefused):
        await opening.take_callback(world.providers, "demonstration", headers, body)
    assert (await world.row(request)).model_dump() == before.model_dump()
    await world.look()
    assert (await world.row(request)).state is S.COMPLETE


async def test_a_revocation_at_the_provider_ends_it_and_one_after_the_end_changes_nothing(world):
    [request] = await world.ask()
    _, started = await world.open(request)
    headers, body = world.bank.callback(started.subject, "consent.revoked")
    await opening.take_callback(world.providers, "demonstration", headers, body)
    assert (await world.row(request)).problem is Problem.CONSENT_WITHDRAWN
    done = await world.through()
    summary = await world.summary(done)
    async with transaction() as session:
        kept = await session.get(StatementRequest, done.id)
        assert not await consenting.revoked(session, kept, consenting.BY_PROVIDER)
    assert (await world.summary(done)).sealed == summary.sealed


async def test_a_callback_for_somebody_elses_provider_is_refused(world):
    headers, body = world.bank.callback("nobody")
    for key in ("basiq", "akahu", "illion", "unheard", ""):
        with pytest.raises(BankCallbackRefused):
            await opening.take_callback(world.providers, key, headers, body)


async def test_a_suggestion_goes_into_the_comment_and_the_amount_stays_empty(world):
    request = await world.through()
    with pytest.raises(Conflict, match="household"):
        await accept(world, request)
    await say(world, "expenses.household", "members", str(world.cast.kim_contact.id))
    await say(world, "expenses.general", "groceries_comment", "We shop on Fridays.")
    comment = await accept(world, request)
    assert comment.startswith("We shop on Fridays. Kim’s bank statements,")
    assert await accept(world, request) == comment
    kept = {each.field_key: each.raw for each in await world.all(Answer) if each.section_id == "expenses.general"}
    assert kept == {"groceries_comment": comment}


async def test_suggestions_are_the_teams_and_of_this_firm_only(world):
    request = await world.through()
    await say(world, "expenses.household", "members", str(world.cast.kim_contact.id))
    for name, refusal in (("kim", NotPermitted), ("priya", NotPermitted), ("mallory", NotFound)):
        with pytest.raises(refusal):
            await accept(world, request, actor=getattr(world.cast, name))
    with pytest.raises(NotFound):
        await accept(world, request, key="no_such_expense")


async def test_who_answers_apart_gets_the_comment_in_their_own_copy(world):
    request = await world.through()
    await say(world, "expenses.household", "members", str(world.cast.kim_contact.id), actor=world.cast.kim)
    await accept(world, request)
    [kept] = [each for each in await world.all(Answer) if each.field_key == "groceries_comment"]
    assert kept.subject_id == world.cast.kim_contact.id != NOBODY


async def test_an_unknown_reference_changes_nothing(world):
    async with transaction() as session:
        request = await make_statement_request(session, world.cast.kim_access, world.cast.alice_user)
    with pytest.raises(NotFound):
        await world.open(type("Other", (), {"id": UUID(int=7)})())
    assert (await world.row(request)).state is S.SENT


async def say(world, section, field, raw, actor=None):
    place = Place(section_id=section, field_key=field)
    async with transaction() as session:
        await save_answer(session, actor or world.cast.alice, world.cast.deal.id, place, raw)


async def accept(world, request, actor=None, key="groceries"):
    async with transaction() as session:
        return await suggesting.accept_suggestion(session, actor or world.cast.alice, request.id, key)
