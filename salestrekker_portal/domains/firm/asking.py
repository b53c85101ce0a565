"""Asking an admin for what only an admin can put right (L18)."""

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.throttles import count_try
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.organisations.admins import mail_admins
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotPermitted
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.tables.organisations import User

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
    "import": ("bring contacts and deals in from a file", "/settings/import"),
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
    what, page = ASKS[about]
    asker = await existing(session, User, actor.id)
    admins = await mail_admins(
        session,
        actor.organisation_id,
        kind="settings.asked",
        subject=f"{actor.name} asks you to {what}",
        paragraphs=[f"{actor.name} asks you to {what}. Only an admin can do this."],
        button="Open the settings",
        page=page,
        reply_to=asker.email,
    )
    if not admins:
        raise Conflict("Nobody at your firm is an admin at the moment. Ask whoever runs this installation.")
    record(session, actor, "settings:asked", organisation_id=actor.organisation_id, what=what)
    return joined([admin.first_name for admin in admins])
