"""What brokers press about a partner's deal."""

from salestrekker_portal.domains.partners.promises import mark_called, promise_update
from salestrekker_portal.kernel.errors import NotFound
from tests.domains.writers.scene import Collected

all_of = Collected()


@all_of()
async def says_that_they_called(session, scene, text):
    try:
        await mark_called(session, scene.alice, scene.deal.id)
    except NotFound:
        return  # a deal that no partner referred


@all_of()
async def promises_an_update(session, scene, text):
    await promise_update(session, scene.alice, scene.deal.id, scene.priya.id, str(int(text[-1]) % 2))
