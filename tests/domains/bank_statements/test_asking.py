"""Who may ask whom, with what in place, and for how long it holds."""

from datetime import timedelta

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.bank_statements import asking, integrations
from salestrekker_portal.domains.bank_statements.queries import statement_requests_in
from salestrekker_portal.domains.bank_statements.rules import VALID
from salestrekker_portal.domains.clients.revoking import revoke
from salestrekker_portal.domains.notifications.rounds import tell_due
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.bank_statements import BankIntegration, Provider, StatementRequest, StatementState
from salestrekker_portal.tables.notes import Note
from tests.domains.bank_statements.world import BANKS
from tests.domains.documents.world import lock, messages, outsiders
from tests.domains.portal_access.world import invite, ready_deal, sent

S = StatementState


async def test_a_request_from_the_deal_sends_a_link_for_120_hours_and_leaves_a_note(world):
    [request] = await world.ask(world.cast.kim_contact)
    assert request.state is S.SENT and request.expires_at - request.sent_at == timedelta(hours=120)
    assert request.provider is Provider.DEMONSTRATION and request.months == 6
    [notice] = await world.asked_by_email()
    assert notice.recipient_id == world.cast.kim_access.id
    await tell_due()
    [mail] = await messages("notice.bank_statements_requested")
    assert mail.recipient == "kim@example.com" and mail.access_id == world.cast.kim_access.id
    notes = await world.all(Note, Note.deal_id == world.cast.deal.id)
    assert any("asked Kim Nguyen for 6 months of bank statements by e-mail" in note.text for note in notes)
    assert len(await world.happened("asked")) == 1


async def test_in_a_call_no_email_goes_out_and_the_request_is_on_their_page(world):
    await world.ask(by_email=False, months="3")
    assert await world.asked_by_email() == []
    async with reading() as session:
        [shown] = await statement_requests_in(session, world.cast.kim, world.cast.deal.id)
    assert shown.months == 3


async def test_nobody_is_asked_before_a_provider_is_activated(world):
    await world.activate(switched_on=False)
    with pytest.raises(Conflict, match="activated"):
        await world.ask()
    async with reading() as session:
        gate = await integrations.gate_of(session, world.cast.firm.id, world.cast.alice.id, BANKS)
        nothing = await integrations.gate_of(session, world.cast.firm.id, world.cast.alice.id, ())
    assert gate.fix == "/settings/integrations" and not gate.is_open
    assert nothing.reason == integrations.NONE_HERE
    assert await world.all(StatementRequest) == []


async def test_a_brokers_own_provider_overrides_the_firms(world):
    both = (*BANKS, Provider.ILLION)
    async with transaction() as session:
        await integrations.choose(
            session, world.cast.alice, both, for_firm=False, switched_on=True, provider="illion", referral_code="abcd"
        )
    async with reading() as session:
        own = await integrations.gate_of(session, world.cast.firm.id, world.cast.alice.id, both)
        others = await integrations.gate_of(session, world.cast.firm.id, world.cast.bob.id, both)
    assert (own.integration.provider, own.integration.referral_code) == (Provider.ILLION, "ABCD")
    assert others.integration.provider is Provider.DEMONSTRATION
    async with transaction() as session:
        await integrations.follow_firm(session, world.cast.alice)
    assert len(await world.all(BankIntegration)) == 1


async def test_a_wrong_code_is_kept_out_with_a_sentence_beside_it(world):
    for code, months in (("ABC", "6"), ("", "6"), ("ABCD", "12")):
        async with transaction() as session:
            with pytest.raises(Invalid) as refusal:
                await integrations.choose(
                    session, world.cast.alice, (Provider.ILLION,), for_firm=True, switched_on=True,
                    provider="illion", referral_code=code, months=months,
                )  # fmt: skip
        assert set(refusal.value.errors) <= {"referral_code", "months"}
    async with transaction() as session:
        with pytest.raises(NotPermitted):
            await integrations.choose(session, world.cast.bob, BANKS, for_firm=True, switched_on=False,
                                      provider="demonstration")  # fmt: skip


@pytest.mark.parametrize(("name", "refusal"), outsiders())
async def test_nobody_else_asks(world, name, refusal):
    with pytest.raises(refusal):
        await world.ask(actor=getattr(world.cast, name))
    assert await world.all(StatementRequest) == []


async def test_who_is_not_in_the_portal_or_asked_already_is_named(world):
    await world.ask(world.cast.kim_contact)
    with pytest.raises(Invalid, match="asked already"):
        await world.ask(world.cast.kim_contact)
    async with transaction() as session:
        await revoke(session, world.cast.alice, world.cast.sam_access.id)
    with pytest.raises(Invalid, match="Invite them first"):
        await world.ask(world.cast.sam_contact)
    with pytest.raises(Invalid):
        await asking_nobody(world)
    await lock(world.cast.deal)
    with pytest.raises(Conflict):
        await world.ask(world.cast.kim_contact)


async def asking_nobody(world):
    async with transaction() as session:
        await asking.request_statements(session, world.cast.alice, BANKS, world.cast.deal.id, contact_ids=[])


async def test_a_client_sees_their_own_request_only(world):
    await world.ask(world.cast.kim_contact, world.cast.sam_contact)
    async with reading() as session:
        for name, count in (("kim", 1), ("sam", 1), ("alice", 2), ("bob", 2), ("priya", 0), ("mallory", 0)):
            seen = await statement_requests_in(session, getattr(world.cast, name), world.cast.deal.id)
            assert len(seen) == count, name


async def test_the_invitation_asks_for_statements_when_a_provider_is_active(world):
    deal, robin = await ready_deal(world.cast)
    access = await invite(world.cast, deal, robin, asks_bank_statements=True, banks=BANKS)
    [request] = await world.all(StatementRequest, StatementRequest.access_id == access.id)
    assert request.state is S.SENT and request.asked_by == world.cast.alice.id
    assert len(await world.asked_by_email()) == 1


async def test_an_invitation_that_asks_without_a_provider_is_refused_as_a_whole(world):
    deal, robin = await ready_deal(world.cast)
    with pytest.raises(Conflict):
        await invite(world.cast, deal, robin, asks_bank_statements=True)
    assert await world.all(StatementRequest) == [] and await sent("email") == []


async def test_after_120_hours_it_is_over_and_one_press_renews_it(world):
    [request] = await world.ask()
    clock.freeze(utc_now() + VALID)
    await world.look()
    assert (await world.row(request)).state is S.EXPIRED
    assert len(await world.happened("expired")) == 1 and len(await messages("notice.bank_statements_expired")) == 1
    async with transaction() as session:
        fresh = await asking.renew(session, world.cast.bob, BANKS, request.id)
    assert fresh.expires_at == utc_now() + VALID and fresh.reference != request.reference
    assert (await world.row(request)).renewed_by == fresh.id
    assert len(await world.asked_by_email()) == 2
    async with transaction() as session:
        with pytest.raises(Conflict, match="newer"):
            await asking.renew(session, world.cast.alice, BANKS, request.id)


async def test_a_reminder_goes_out_once_a_day_before_the_end(world):
    [request] = await world.ask()
    # What was asked for left days ago; both at one moment would be one message.
    assert len(await messages("notice.bank_statements_requested")) == 1
    clock.freeze(utc_now() + VALID - timedelta(hours=25))
    assert await world.look() == 0
    clock.freeze(utc_now() + timedelta(hours=1, seconds=1))
    assert await world.look() == 1 and await world.look() == 0
    assert len(await messages("notice.bank_statements_due")) == 1
    assert (await world.row(request)).state is S.SENT


async def test_the_client_asks_for_a_new_one_once_theirs_is_over(world):
    [request] = await world.ask()
    async with transaction() as session:
        with pytest.raises(Conflict, match="still works"):
            await asking.renew(session, world.cast.kim, BANKS, request.id)
    clock.freeze(utc_now() + VALID)
    async with transaction() as session:
        fresh = await asking.renew(session, world.cast.kim, BANKS, request.id)
    assert fresh.state is S.SENT and fresh.asked_by == world.cast.alice.id
    for stranger in (world.cast.sam, world.cast.mallory):
        async with transaction() as session:
            with pytest.raises(NotFound):
                await asking.renew(session, stranger, BANKS, fresh.id)


async def test_withdrawn_is_withdrawn(world):
    [request] = await world.ask()
    async with transaction() as session:
        await asking.withdraw(session, world.cast.alice, request.id)
    assert (await world.row(request)).state is S.WITHDRAWN
    with pytest.raises(Conflict):
        await world.open(request)
    async with transaction() as session:
        with pytest.raises(Conflict):
            await asking.withdraw(session, world.cast.alice, request.id)
