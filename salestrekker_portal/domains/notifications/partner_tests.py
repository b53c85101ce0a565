"""A message to partners as they would read it, e-mailed to the admin who wants to see it. Its readers are invented."""

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.access.throttles import count_try
from salestrekker_portal.domains.notices.catalogue import BY_KEY
from salestrekker_portal.domains.notices.words import words_for
from salestrekker_portal.domains.notifications.choosing import TESTS_IN_A_WHILE
from salestrekker_portal.domains.outbox.content import SIGNED, Content
from salestrekker_portal.domains.outbox.service import enqueue
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.notifications import Audience
from salestrekker_portal.tables.organisations import Country, Organisation, User
from salestrekker_portal.tables.outbox import Channel

# What stands in the places of a test.
SAMPLES = {
    "partner_first_name": "Dev",
    "deal_name": "Kim Nguyen and Sam Nguyen",
    "stage_name": "With the lender",
    "note": "“The lender answers within a week. I’ll call you then.”",
    "documents": "• Referral checklist.pdf\n• What happens next.pdf",
    "documents_short": "2 documents",
    "settled_on": "Friday 20 March",
    "outcome": "it was withdrawn",
    "month": "March 2026",
    "in_short": "3 clients sent, 1 settled",
    "still_open": "Still open:\n• Kim Nguyen and Sam Nguyen: With the lender",
}


async def send_partner_test(session: WriteSession, actor: Actor, key: object) -> str:
    """E-mail one of the messages to partners to oneself; the address that it went to.

    Raises NotPermitted, Invalid (`event`), Conflict for many in a short time.
    """
    demand(actor, Permission.ORGANISATION_MANAGE)
    event = BY_KEY.get(key) if isinstance(key, str) else None
    if event is None or event.audience is not Audience.PARTNER:
        raise Invalid({"event": "Choose one of the updates shown."})
    await count_try(session, f"test-mail:{actor.id}", TESTS_IN_A_WHILE, "That is enough for now. Try in 15 minutes.")
    firm, me = await existing(session, Organisation, actor.organisation_id), await existing(session, User, actor.id)
    values = SAMPLES | {
        "greeting": "Kia ora" if firm.country == Country.NZ else "Hello",
        "broker_first_name": me.first_name,
        "broker_name": me.name,
        "firm_name": firm.name,
        "signature": f"{SIGNED}. {me.name}, {firm.name}",
    }
    words = words_for(event, {}, values)
    enqueue(
        session,
        organisation_id=firm.id,
        kind="test.partner",
        channel=Channel.EMAIL,
        recipient=me.email,
        recipient_name=me.name,
        cause=new_id(),
        content=Content(
            sender=f"{me.name} at {firm.name}",
            firm=firm.name,
            subject=f"Test: {words.subject}",
            paragraphs=words.paragraphs,
            link_label=event.link_label,
            link=f"{settings().public_origin}/sign-in",
        ),
    )
    return me.email
