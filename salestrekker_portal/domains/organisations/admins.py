"""An e-mail to every admin of a firm."""

from uuid import UUID

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.billing.upkeep import admins_of
from salestrekker_portal.domains.outbox.service import Content, enqueue
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.organisations import Organisation, User
from salestrekker_portal.tables.outbox import Channel


async def mail_admins(
    session: WriteSession,
    organisation_id: UUID,
    *,
    kind: str,
    subject: str,
    paragraphs: list[str],
    button: str,
    page: str,
    reply_to: str = "",
) -> list[User]:
    """E-mail those who may sign in, and say who they are. After a greeting and `paragraphs` a `button` leads to a
    `page` of ours."""
    firm = await existing(session, Organisation, organisation_id)
    admins = await admins_of(session, organisation_id)
    cause = new_id()
    for admin in admins:
        enqueue(
            session,
            organisation_id=organisation_id,
            kind=kind,
            channel=Channel.EMAIL,
            recipient=admin.email,
            recipient_name=admin.name,
            cause=cause,
            content=Content(
                sender=f"{firm.name} portal",
                firm=firm.name,
                reply_to=reply_to,
                subject=subject,
                paragraphs=[f"Hello {admin.first_name},", *paragraphs],
                link_label=button,
                link=f"{settings().public_origin}{page}",
            ),
        )
    return admins
