"""What Harbour Finance tells its clients in its own words, and what Kauri keeps from its partners."""

from salestrekker_portal.database.session import transaction
from salestrekker_portal.demo.deals import staff_actor
from salestrekker_portal.demo.world import World
from salestrekker_portal.domains.firm.partner_settings import allow_event
from salestrekker_portal.domains.notices.texts import INVITATION
from salestrekker_portal.domains.notifications.choosing import choose_way, write_words
from salestrekker_portal.tables.outbox import Channel

WORDS = {
    "subject": "[Client first name], your home loan starts here",
    "email_text": "[Greeting] [Client first name],\n\n"
    "Good to meet you. On this page [Everyone applying] can tell us about yourselves, send documents and ask us "
    "anything. Take your time: what you type is saved as you go.\n\n"
    "[PIN note]\n\n"
    "Most people need about half an hour, and a cup of tea.\n\n"
    "[Signature]",
}


async def furnish_messages(world: World) -> None:
    """An invitation of the firm's own, a text where a document is needed again, and one update less for partners."""
    alice, moana = await staff_actor(world, "alice"), await staff_actor(world, "moana")
    async with transaction() as session:
        await write_words(session, alice, for_firm=True, key=INVITATION, typed=WORDS)
        again = {"key": "document_asked_again", "channel": Channel.SMS, "on": True}
        await choose_way(session, alice, for_firm=True, **again)
        await allow_event(session, moana, "partner_file", on=False)
