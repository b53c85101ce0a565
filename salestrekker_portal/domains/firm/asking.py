"""Asking an admin for what only an admin can put right (L18)."""

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.throttles import count_try
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.billing.upkeep import admins_of
from salestrekker_portal.domains.outbox.service import Content, enqueue
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotPermitted
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.tables.organisations import Organisation, User
from salestrekker_portal.tables.outbox import Channel

# What can be asked for: the request in words, and the page where an admin does it.
ASKS = {
    "connect": ("switch on SMS", "/settings/connect"),
    "billing": ("buy SMS credits", "/settings/billing"),
    "client-portal": ("look at our Client Portal settings", "/settings/client-portal"),
    "integrations": ("switch on a provider of bank statements", "/settings/integrations"),
    "organisation": ("change our organisation details", "/settings/organisation"),
    "users": ("change our users and roles", "/settings/users"),
    "workflows": ("change our workflows and stages", "/settings/workflows"),
    "api": ("connect another program", "/settings/api"),
    "security-log": ("look at our security log", "/settings/security-log"),
    "labels": ("change our labels", "/settings/labels"),
    "document-lists": ("change our required document lists", "/settings/document-lists"),
    "flows": ("change our flows", "/settings/flows"),
    "partner-portal": ("change our Partner Portal settings", "/settings/partner-portal"),
}
ASKS_IN_A_WHILE = 3


async def ask_an_admin(session: WriteSession, actor: Actor, about: object) -> str:
    """E-mail every admin of the firm what this person needs; the names of who was asked, in words.

    Raises NotPermitted outside the firm, Invalid for something else, Conflict when it was asked just now.
    """
    if not actor.is_staff:
        raise NotPermitted("Ask your broker.")
    if not isinstance(about, str) or about not in ASKS:
        raise Invalid({"about": "Choose what to ask for."})
    await count_try(
        session, f"ask:{actor.id}:{about}", ASKS_IN_A_WHILE, "You asked already. Give them a little time to answer."
    )
    organisation = await existing(session, Organisation, actor.organisation_id)
    admins = await admins_of(session, organisation.id)
    if not admins:
        raise Conflict("Nobody at your firm is an admin at the moment. Ask whoever runs this installation.")
    what, page = ASKS[about]
    asked = record(session, actor, "settings:asked", organisation_id=organisation.id, what=what)
    await session.flush()
    asker = await existing(session, User, actor.id)
    for admin in admins:
        content = Content(
            sender=f"{organisation.name} portal",
            firm=organisation.name,
            reply_to=asker.email,
            subject=f"{actor.name} asks you to {what}",
            paragraphs=[
                f"Hello {admin.first_name},",
                f"{actor.name} asks you to {what}. Only an admin can do this.",
            ],
            link_label="Open the settings",
            link=f"{settings().public_origin}{page}",
        )
        enqueue(
            session,
            organisation_id=organisation.id,
            kind="settings.asked",
            channel=Channel.EMAIL,
            recipient=admin.email,
            recipient_name=admin.name,
            cause=asked.id,
            content=content,
        )
    return joined([admin.first_name for admin in admins])
