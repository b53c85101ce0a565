"""A couple with one mailbox, so that the demo shows what the share panel says about it."""

from salestrekker_portal.database.session import transaction
from salestrekker_portal.demo.world import World
from salestrekker_portal.domains.deals.queries import applicants_of

# The one fictional number that nobody else in the demo has.
MOBILE = "+61491570159"


async def share_a_mailbox(world: World) -> None:
    """Niamh and Patrick O’Connor share an e-mail; she has a mobile of her own. Nobody is invited yet."""
    async with transaction() as session:
        people = [contact for _, contact in await applicants_of(session, world.deals["oconnor"])]
        for contact in people:
            contact.email = "oconnors@example.com"
        people[0].mobile = MOBILE
