"""A message to partners as they would read it, shown, and e-mailed to the admin who wants to see it."""

from collections.abc import Mapping
from dataclasses import asdict

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.firm.partner_settings import partner_settings_of, partner_words_of
from salestrekker_portal.domains.notices.catalogue import BY_KEY
from salestrekker_portal.domains.notices.fields import FIELDS
from salestrekker_portal.domains.notices.texts import checked_words, partner_message_of
from salestrekker_portal.domains.notices.wording import Wording
from salestrekker_portal.domains.notices.words import Words, words_for
from salestrekker_portal.domains.notifications.choosing import mail_to_oneself
from salestrekker_portal.domains.notifications.values import values_to_partners
from salestrekker_portal.domains.outbox.content import Content
from salestrekker_portal.tables.organisations import Organisation, User

# What stands in the places of a test where clients read something else.
_TO_PARTNERS = {
    "note": "“The lender answers within a week. I’ll call you then.”",
    "documents": "• Referral checklist.pdf\n• What happens next.pdf",
}


async def partner_preview(session: ReadSession, actor: Actor, key: object, wording: Wording) -> Words:
    """A message to partners in these words, with invented readers of the real firm and broker.

    Raises NotPermitted, Invalid (`event`).
    """
    demand(actor, Permission.ORGANISATION_MANAGE)
    message = partner_message_of(key)
    firm, me = await existing(session, Organisation, actor.organisation_id), await existing(session, User, actor.id)
    return words_for(BY_KEY[message.key], asdict(wording), _values(firm, me))


def _values(firm: Organisation, me: User) -> dict[str, str]:
    samples = {key: field.sample for key, field in FIELDS.items()} | _TO_PARTNERS
    return samples | values_to_partners(firm, me) | {"link": f"{settings().public_origin}/partner/deals/…"}


async def send_partner_test(
    session: WriteSession, actor: Actor, key: object, typed: Mapping[str, object] | None = None
) -> str:
    """E-mail one of the messages to partners to oneself, in the words that are being written or as it goes now; the
    address that it went to.

    Raises NotPermitted, Invalid (`event`, and as `checked_words`), Conflict for many in a short time.
    """
    kept = await partner_settings_of(session, actor)
    message = partner_message_of(key)
    wording = partner_words_of(kept, message.key) if typed is None else checked_words(message, typed)
    me = await existing(session, User, actor.id)
    content = await partner_content(session, actor, message.key, wording)
    return await mail_to_oneself(session, actor, me, "test.partner", content)


async def partner_content(session: ReadSession, actor: Actor, key: object, wording: Wording) -> Content:
    """The e-mail of such a message, with nothing behind its button. Raises NotPermitted, Invalid (`event`)."""
    words = await partner_preview(session, actor, key, wording)
    firm, me = await existing(session, Organisation, actor.organisation_id), await existing(session, User, actor.id)
    return Content(
        sender=f"{me.name} at {firm.name}",
        firm=firm.name,
        subject=words.subject,
        paragraphs=words.paragraphs,
        link_label=partner_message_of(key).link_label,
    )
