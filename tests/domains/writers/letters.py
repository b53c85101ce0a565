"""What is written to people by hand."""

from sqlalchemy import select

from salestrekker_portal.domains.letters.rules import Draft
from salestrekker_portal.domains.letters.sending import write_letter
from salestrekker_portal.domains.letters.taking_back import take_back
from salestrekker_portal.tables.notifications import Audience
from salestrekker_portal.tables.outbox import Channel, OutboxMessage
from tests.domains.writers.scene import Collected, one_of

all_of = Collected()


@all_of()
async def writes_a_letter(session, scene, text):
    whom = (scene.kim_contact, scene.sam_contact)[int(text[-1]) % 2]
    draft = Draft(channel=Channel.EMAIL, audience=Audience.CLIENT, subject="The valuation", text=text)
    await write_letter(session, scene.alice, scene.deal.id, draft, [f"contact-{whom.id}"])


@all_of(after=("writes_a_letter",))
async def takes_a_letter_back(session, scene, text):
    written = select(OutboxMessage).where(OutboxMessage.deal_id == scene.deal.id, OutboxMessage.kind == "letter.client")
    message = await one_of(session, written.order_by(OutboxMessage.created_at.desc(), OutboxMessage.id))
    await take_back(session, scene.alice, scene.deal.id, message.id)
