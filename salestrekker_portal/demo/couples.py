"""A couple with one mailbox, so that the demo shows what the share panel says about it."""

from typing import TYPE_CHECKING

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.deals.queries import applicants_of

if TYPE_CHECKING:
    from salestrekker_portal.demo.furnish import World

MOBILES = ("+61491578888", "+61491579455")


async def share_a_mailbox(world: "World") -> None:
    """Niamh and Patrick O’Connor share an e-mail; each has a mobile of their own. Nobody is invited yet."""
    async with transaction() as session:
        people = [contact for _, contact in await applicants_of(session, world.deals["oconnor"])]
        for contact, mobile in zip(people, MOBILES, strict=True):
            contact.email, contact.mobile = "oconnors@example.com", contact.mobile or mobile
