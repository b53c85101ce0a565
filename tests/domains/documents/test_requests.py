"""Asking for documents: composed in peace, sent once, seen by whom it concerns and by nobody else."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.documents import queries, requests, review, sending
from salestrekker_portal.domains.documents.standard_lists import STANDARD_LISTS
from salestrekker_portal.domains.outbox.service import opened
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import DocumentRequest, RequestState
from salestrekker_portal.tables.organisations import Country
from salestrekker_portal.tables.outbox import OutboxMessage
from tests.domains.documents.world import give_links, lock, messages, outsiders

pytestmark = pytest.mark.usefixtures("database")


async def ask(actor, deal, name="Payslips", **facts) -> DocumentRequest:
    async with transaction() as session:
        return await requests.add_request(session, actor, deal.id, name=name, **facts)


async def press_request(actor, deal):
    async with transaction() as session:
        return await sending.send_requests(session, actor, deal.id)


async def seen(actor, deal) -> list[str]:
    async with reading() as session:
        return [request.name for request in await queries.requests_in(session, actor, deal.id)]


async def test_nothing_is_sent_before_request_is_pressed(cast):
    await give_links(cast)
    await ask(cast.alice, cast.deal, "Payslips", contact_id=cast.kim_contact.id, why="Pay", due_on="13/3/2026")
    assert await seen(cast.alice, cast.deal) == ["Payslips"]
    assert await seen(cast.kim, cast.deal) == [] and await messages() == []
    sent = await press_request(cast.alice, cast.deal)
    assert (sent.count, sent.told, sent.waiting) == (1, ["Kim"], 0)
    assert await seen(cast.kim, cast.deal) == ["Payslips"]


async def test_one_message_a_client_for_everything(cast):
    await give_links(cast)
    await ask(cast.alice, cast.deal, "Payslips", contact_id=cast.kim_contact.id)
    await ask(cast.alice, cast.deal, "Passport", contact_id=cast.kim_contact.id, due_on=date(2026, 3, 13))
    await ask(cast.alice, cast.deal, "Licence", contact_id=cast.sam_contact.id)
    await ask(cast.bob, cast.deal, "Contract of sale")
    await press_request(cast.bob, cast.deal)
    by_person = {message.recipient: opened(message).content for message in await messages("notice.documents_requested")}
    assert set(by_person) == {"kim@example.com", "sam@example.com"}
    words = "\n".join(by_person["kim@example.com"].paragraphs)
    assert "• Payslips" in words and "• Passport, by 13 Mar" in words and "(for Kim and Sam)" in words
    assert "Licence" not in words and by_person["kim@example.com"].link.startswith("http")
    with pytest.raises(Conflict, match="already"):
        await press_request(cast.alice, cast.deal)


async def test_request_refuses_when_nobody_is_in(cast):
    lonely = replace(cast.mallory)
    await ask(lonely, cast.other_deal, "Passport")
    with pytest.raises(Conflict, match="Invite them first"):
        await press_request(lonely, cast.other_deal)


async def test_oracle_8_visibility_no_hides_the_other_applicants_requests(cast):
    await ask(cast.alice, cast.deal, "Kim's", contact_id=cast.kim_contact.id)
    await ask(cast.alice, cast.deal, "Sam's", contact_id=cast.sam_contact.id)
    await ask(cast.alice, cast.deal, "Joint")
    await press_request(cast.alice, cast.deal)
    assert await seen(cast.kim, cast.deal) == ["Kim's", "Joint"]
    assert await seen(cast.sam, cast.deal) == ["Sam's", "Joint"]


async def test_oracle_9_visibility_yes_shows_both(cast):
    await ask(cast.alice, cast.deal, "Kim's", contact_id=cast.kim_contact.id)
    await ask(cast.alice, cast.deal, "Sam's", contact_id=cast.sam_contact.id)
    await press_request(cast.alice, cast.deal)
    assert await seen(replace(cast.kim, sees_other_applicants=True), cast.deal) == ["Kim's", "Sam's"]


async def test_a_joint_request_reaches_only_who_was_asked(cast):
    joint = await ask(cast.alice, cast.deal, "Joint")
    async with transaction() as session:
        await sending.expose(session, await session.get(DocumentRequest, joint.id), [cast.sam_access])
    assert await seen(cast.kim, cast.deal) == [] and await seen(cast.sam, cast.deal) == ["Joint"]


async def test_lists_ship_for_both_countries(cast):
    assert {each.name for each in STANDARD_LISTS[Country.NZ]} >= {"Identity", "Buying a home"}
    async with reading() as session:
        au = await requests.lists_for(session, cast.alice)
        nz = await requests.lists_for(session, cast.mallory)
    assert any("Medicare" in item.name for each in au for item in each.items)
    assert not any("Medicare" in item.name for each in nz for item in each.items)
    keys = [each.key for each in (*STANDARD_LISTS[Country.AU], *STANDARD_LISTS[Country.NZ])]
    assert len(keys) == len(set(keys))


async def test_a_list_asks_each_person_or_everybody_once_and_never_twice(cast):
    people = [cast.kim_contact.id, cast.sam_contact.id]
    async with transaction() as session:
        added = await requests.add_requests_from_list(session, cast.alice, cast.deal.id, "AU:identity",
                                                      contact_ids=people)  # fmt: skip
        assert len(added) == 6
    async with transaction() as session:
        again = await requests.add_requests_from_list(session, cast.alice, cast.deal.id, "AU:identity",
                                                      contact_ids=people)  # fmt: skip
        joint = await requests.add_requests_from_list(session, cast.alice, cast.deal.id, "AU:bank", contact_ids=[])
    assert again == [] and [each.contact_id for each in joint] == [None, None]
    async with reading() as session:
        deal = await session.get(Deal, cast.deal.id)
        assert (deal.documents_asked, deal.documents_in) == (8, 0)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 10_000}, "name"),
        ({"name": ["list"]}, "name"),
        ({"name": "Ok", "why": "y" * 401}, "why"),
        ({"name": "Ok", "due_on": "30/2/2026"}, "due"),
        ({"name": "Ok", "due_on": "soon"}, "due"),
    ],
)
async def test_what_cannot_be_asked_for_is_said_by_field(cast, facts, field):
    with pytest.raises(Invalid) as refusal:
        await ask(cast.alice, cast.deal, **facts)
    assert list(refusal.value.errors) == [field]
    assert await seen(cast.alice, cast.deal) == []


async def test_the_same_document_is_asked_of_a_person_once(cast):
    await ask(cast.alice, cast.deal, "Passport", contact_id=cast.kim_contact.id)
    with pytest.raises(Invalid, match="asked of Kim Nguyen already"):
        await ask(cast.alice, cast.deal, "passport", contact_id=cast.kim_contact.id)
    await ask(cast.alice, cast.deal, "Passport", contact_id=cast.sam_contact.id)
    with pytest.raises(NotFound):
        await ask(cast.mallory, cast.other_deal, "Passport", contact_id=cast.sam_contact.id)


@pytest.mark.parametrize(("who", "outcome"), outsiders())
async def test_only_the_brokerage_asks(cast, who, outcome):
    request = await ask(cast.alice, cast.deal, contact_id=cast.kim_contact.id)
    await press_request(cast.alice, cast.deal)
    actor = getattr(cast, who)
    for call in (
        lambda s: requests.add_request(s, actor, cast.deal.id, name="Mine"),
        lambda s: requests.add_requests_from_list(s, actor, cast.deal.id, "AU:bank", contact_ids=[]),
        lambda s: sending.send_requests(s, actor, cast.deal.id),
        lambda s: requests.withdraw_request(s, actor, request.id),
        lambda s: review.accept_request(s, actor, request.id),
        lambda s: review.ask_again(s, actor, request.id, "Again"),
        lambda s: review.mark_not_needed(s, actor, request.id),
    ):
        with pytest.raises((outcome, NotFound)):
            async with transaction() as session:
                await call(session)
    async with reading() as session:
        assert (await session.get(DocumentRequest, request.id)).state is RequestState.REQUESTED


async def test_a_settled_deal_asks_for_nothing(cast):
    request = await ask(cast.alice, cast.deal)
    await lock(cast.deal)
    for call in (
        lambda s: requests.add_request(s, cast.alice, cast.deal.id, name="More"),
        lambda s: sending.send_requests(s, cast.alice, cast.deal.id),
        lambda s: requests.withdraw_request(s, cast.alice, request.id),
        lambda s: review.mark_not_needed(s, cast.alice, request.id),
    ):
        with pytest.raises(Conflict, match="settled"):
            async with transaction() as session:
                await call(session)


async def test_a_withdrawn_request_is_gone_for_everybody(cast):
    request = await ask(cast.alice, cast.deal, contact_id=cast.kim_contact.id)
    await press_request(cast.alice, cast.deal)
    async with transaction() as session:
        await requests.withdraw_request(session, cast.bob, request.id)
    assert await seen(cast.kim, cast.deal) == await seen(cast.alice, cast.deal) == []
    async with reading() as session:
        kinds = set(await session.scalars(select(Activity.kind).where(Activity.deal_id == cast.deal.id)))
        assert {"request:added", "request:sent", "request:withdrawn"} <= kinds


async def test_a_withdrawn_request_is_put_back_unless_it_was_asked_again(cast):
    request = await ask(cast.alice, cast.deal, "Payslips")
    async with transaction() as session:
        await requests.withdraw_request(session, cast.alice, request.id)
    async with transaction() as session:
        await requests.put_back_request(session, cast.bob, request.id)
    async with transaction() as session:
        await requests.withdraw_request(session, cast.alice, request.id)
    await ask(cast.alice, cast.deal, "Payslips")
    with pytest.raises(Conflict, match="asked for again already"):
        async with transaction() as session:
            await requests.put_back_request(session, cast.alice, request.id)


async def test_a_client_says_that_it_does_not_apply_and_takes_it_back(cast):
    request = await ask(cast.alice, cast.deal, "HELP balance", contact_id=cast.kim_contact.id)
    await press_request(cast.alice, cast.deal)
    with pytest.raises(Invalid):
        async with transaction() as session:
            await review.say_it_does_not_apply(session, cast.kim, request.id, "  ")
    with pytest.raises(NotFound):
        async with transaction() as session:
            await review.say_it_does_not_apply(session, cast.sam, request.id, "Not mine")
    async with transaction() as session:
        await review.say_it_does_not_apply(session, cast.kim, request.id, "I never studied here")
    assert [m.recipient for m in await messages("notice.client_declined")] == ["alice@example.com"]
    async with transaction() as session:
        await review.reopen_request(session, cast.kim, request.id)
    async with transaction() as session:
        await review.mark_not_needed(session, cast.alice, request.id, "Covered by the other")
    with pytest.raises(NotPermitted):
        async with transaction() as session:
            await review.reopen_request(session, cast.kim, request.id)


async def test_who_has_not_agreed_yet_sees_no_request(cast):
    await ask(cast.alice, cast.deal, contact_id=cast.kim_contact.id)
    await press_request(cast.alice, cast.deal)
    assert await seen(replace(cast.kim, consented=False), cast.deal) == []
    assert await seen(cast.priya, cast.deal) == []


async def test_messages_of_a_revoked_client_never_leave(cast):
    await give_links(cast)
    await ask(cast.alice, cast.deal, contact_id=cast.kim_contact.id)
    async with transaction() as session:
        session.add(cast.kim_access)
        cast.kim_access.revoked_at = utc_now()
    with pytest.raises(Conflict):
        await press_request(cast.alice, cast.deal)
    async with reading() as session:
        assert (await session.scalars(select(OutboxMessage))).all() == []
