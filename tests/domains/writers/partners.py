"""What brokers press about a partner's deal."""

from sqlalchemy import select

from salestrekker_portal.domains.notifications.again import send_again
from salestrekker_portal.domains.partners.promises import mark_called, promise_update
from salestrekker_portal.domains.partners.reach import let_partners_see
from salestrekker_portal.kernel.errors import AlreadyDone, Conflict, NotFound
from salestrekker_portal.tables.outbox import OutboxMessage
from tests.domains.writers.scene import Collected

all_of = Collected()


@all_of()
async def says_that_they_called(session, scene, text):
    try:
        await mark_called(session, scene.alice, scene.deal.id)
    except NotFound:
        return  # a deal that no partner referred


@all_of()
async def sends_a_message_again(session, scene, text):
    news = OutboxMessage.kind.startswith("notice.")
    found = select(OutboxMessage.id).where(OutboxMessage.deal_id == scene.deal.id, news)
    message_id = await session.scalar(found.order_by(OutboxMessage.id))
    if message_id is None:
        return  # nobody has been told of anything yet
    try:
        await send_again(session, scene.alice, scene.deal.id, message_id)
    except (Conflict, AlreadyDone):
        return  # it has not left, or somebody sent it a moment ago


@all_of()
async def promises_an_update(session, scene, text):
    await promise_update(session, scene.alice, scene.deal.id, scene.priya.id, str(int(text[-1]) % 2))


@all_of()
async def lets_partners_see(session, scene, text):
    await let_partners_see(session, scene.kim, str(int(text[-1]) % 4))
