"""The life of a message in the database: leases, lost answers, callbacks and credits."""

from datetime import timedelta

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.billing import service as billing
from salestrekker_portal.domains.outbox import rules, settling
from salestrekker_portal.domains.outbox import service as outbox
from salestrekker_portal.domains.outbox.ports import Reason, Receipt, Report
from salestrekker_portal.domains.outbox.rules import Next
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage
from tests.support.world import NOW


@pytest.fixture(autouse=True)
def fixed_time():
    clock.freeze(NOW)
    yield
    clock.freeze(None)


async def queue(cast, *, kind="reminder", credits=2, **facts) -> OutboxMessage:
    async with transaction() as session:
        return outbox.enqueue(
            session,
            organisation_id=cast.firm.id,
            kind=kind,
            channel=facts.pop("channel", Channel.SMS),
            recipient="+61491570156",
            recipient_name="Kim",
            cause=new_id(),
            content=outbox.Content(sender="Harbour Finance", paragraphs=["Your appointment is tomorrow."]),
            credits_held=credits,
            **facts,
        )


async def claimed(worker="one") -> list[OutboxMessage]:
    async with transaction() as session:
        return await outbox.claim(session, worker)


async def now_is(message) -> OutboxMessage:
    async with reading() as session:
        return await session.get(OutboxMessage, message.id)


async def credits(cast) -> int:
    async with reading() as session:
        return await billing.balance(session, cast.firm.id)


async def test_an_answer_settles_what_the_provider_counted(database, cast):
    before = await credits(cast)
    message = await queue(cast, credits=2)
    assert await credits(cast) == before - 2
    assert [each.id for each in await claimed()] == [message.id]
    async with transaction() as session:
        await settling.settle_sent(session, message.id, "one", Receipt(ref="SM1", segments=3))
    after = await now_is(message)
    assert (after.status, after.provider_ref, after.sealed) == (Delivery.SENT, "SM1", "")
    assert await credits(cast) == before - 3


async def test_a_refusal_gives_the_credits_back_once(database, cast):
    before = await credits(cast)
    message = await queue(cast)
    await claimed()
    for _ in range(2):
        async with transaction() as session:
            await settling.settle_failed(
                session, message.id, "one", "the number is not a mobile", permanent=True, reason=Reason.ADDRESS
            )
    after = await now_is(message)
    assert (after.status, after.reason, after.sealed) == (Delivery.FAILED, "address", "")
    assert await credits(cast) == before


async def test_a_worker_that_died_leaves_doubt_and_not_a_second_message(database, cast):
    message = await queue(cast)
    await claimed("dead")
    assert await claimed("two") == []
    clock.freeze(NOW + outbox.LEASE + timedelta(seconds=1))
    [doubted] = await claimed("two")
    assert (doubted.status, doubted.unknowns, doubted.lookups) == (Delivery.UNKNOWN, 1, 1)
    # The dead one wakes up: it has lost the message and changes nothing.
    async with transaction() as session:
        await settling.settle_sent(session, message.id, "dead", Receipt(ref="SM1"))
        then, _ = await settling.settle_lookup(session, message.id, "two", [Receipt(ref="SM1", segments=2)])
    assert then is Next.ADOPT
    after = await now_is(message)
    assert (after.status, after.provider_ref) == (Delivery.SENT, "SM1")


async def test_a_lost_answer_is_looked_up_after_a_minute_and_sent_once_more(database, cast):
    before = await credits(cast)
    message = await queue(cast)
    await claimed()
    async with transaction() as session:
        await settling.settle_unknown(session, message.id, "one")
    assert await claimed() == []
    clock.freeze(NOW + rules.LOOK_FIRST)
    [looked_up] = await claimed()
    async with transaction() as session:
        then, _ = await settling.settle_lookup(session, looked_up.id, "one", [])
    assert then is Next.SEND_AGAIN
    async with transaction() as session:
        await settling.settle_unknown(session, message.id, "one")
    clock.freeze(NOW + 2 * rules.LOOK_FIRST)
    await claimed()
    async with transaction() as session:
        then, _ = await settling.settle_lookup(session, message.id, "one", [])
    assert then is Next.GIVE_UP
    assert (await now_is(message)).status is Delivery.FAILED
    assert await credits(cast) == before


async def test_two_equal_texts_are_two_messages(database, cast):
    first, second = await queue(cast), await queue(cast)
    await claimed()
    async with transaction() as session:
        await settling.settle_sent(session, first.id, "one", Receipt(ref="SM1"))
        await settling.settle_unknown(session, second.id, "one")
    clock.freeze(NOW + rules.LOOK_FIRST)
    await claimed()
    async with transaction() as session:
        then, _ = await settling.settle_lookup(session, second.id, "one", [Receipt(ref="SM1")])
    assert then is Next.SEND_AGAIN


async def test_a_channel_that_is_down_keeps_its_queue_and_counts_no_try(database, cast):
    message = await queue(cast)
    email = await queue(cast, channel=Channel.EMAIL, credits=0)
    await claimed()
    async with transaction() as session:
        await settling.put_back(session, message.id, "one", "the SMS provider does not accept our credentials")
    after = await now_is(message)
    assert (after.status, after.attempts, after.due_at) == (Delivery.QUEUED, 0, NOW + settling.CHANNEL_PAUSE)
    clock.freeze(NOW + timedelta(hours=1))
    async with transaction() as session:
        assert [each.id for each in await outbox.claim(session, "one", [Channel.EMAIL])] == [email.id]


async def test_callbacks_only_go_forward_and_failed_ones_cost_nothing(database, cast):
    before = await credits(cast)
    message = await queue(cast)
    await claimed()
    async with transaction() as session:
        # Faster than the answer of the API.
        assert await settling.advance(session, message.id, Report(status=Delivery.SENT, ref="SM1"))
        await settling.settle_sent(session, message.id, "one", Receipt(ref="SM1"))
        bounced = Report(status=Delivery.BOUNCED, ref="SM1", problem="the number is unknown", never_left=True)
        assert await settling.advance(session, message.id, bounced)
        assert await settling.advance(session, message.id, bounced) is None
        assert await settling.advance(session, message.id, Report(status=Delivery.DELIVERED, ref="SM1")) is None
        assert await settling.advance(session, new_id(), bounced) is None
    after = await now_is(message)
    assert (after.status, after.problem) == (Delivery.BOUNCED, "the number is unknown")
    assert await credits(cast) == before


async def test_revoking_stops_what_waits_and_what_might_be_sent_again(database, cast):
    before = await credits(cast)
    facts = {"access_id": cast.kim_access.id, "deal_id": cast.deal.id}
    doubtful = await queue(cast, **facts)
    await claimed()
    waiting = await queue(cast, **facts)
    async with transaction() as session:
        await settling.settle_unknown(session, doubtful.id, "one")
        await outbox.withdraw_unsent(session, cast.kim_access.id)
    assert (await now_is(waiting)).status is Delivery.WITHDRAWN
    clock.freeze(NOW + timedelta(hours=1))
    assert await claimed() == []
    # What may have left counts as spent.
    assert await credits(cast) == before - 2
