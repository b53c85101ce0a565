"""A forgotten password, and changing one's own."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access import passwords
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.throttles import (
    DAY,
    LINKS_A_DAY,
    LINKS_SENT_PER_ACCESS,
    PASSWORD_CHANGES,
    SIGN_IN_TRIES_PER_ADDRESS,
    count_try,
    neighbourhood,
)
from salestrekker_portal.domains.outbox.service import Content, enqueue, just_sent
from salestrekker_portal.domains.security_log.service import note
from salestrekker_portal.domains.signing_in.notices import accounts_of, tell
from salestrekker_portal.domains.signing_in.sessions import end_sessions
from salestrekker_portal.domains.signing_in.sign_in import find_account, make_password_link
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotPermitted
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.access import LinkPurpose, Portal
from salestrekker_portal.tables.organisations import Organisation, User
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.partners import Partner

WAIT = "Too many tries. Wait 15 minutes and try again."
WRONG_OLD = "That isn't your password now. Check it and try again."
PAGES = {Portal.BROKER: "/set-password", Portal.PARTNER: "/partner/set-password"}


async def send_password_link(session: WriteSession, portal: Portal, email: str, address: str) -> None:
    """E-mail a link to whoever owns this address; nobody learns whether there is such an account.

    Raises Conflict when too much was asked from one place. Too often for one account is told to nobody: the links of
    the last half hour all work, so whoever owns it has one to use, and a stranger who asks keeps nobody out.
    """
    # Before the account is looked for: tries count alike whether there is one, so counting tells nobody.
    await count_try(session, f"forgot-from:{neighbourhood(address)}", SIGN_IN_TRIES_PER_ADDRESS, WAIT, survives=True)
    try:
        await count_try(session, f"forgot:{portal}:{email}", LINKS_SENT_PER_ACCESS, "")
        await count_try(session, f"forgot-day:{portal}:{email}", LINKS_A_DAY, "", window=DAY)
    except Conflict:
        return
    account = await find_account(session, portal, email)
    if account is None:
        return
    who = account[0]
    person: User | Partner = await existing(session, accounts_of(portal), who.person_id)
    organisation = await existing(session, Organisation, who.organisation_id)
    if await just_sent(session, "account.password_link", organisation_id=organisation.id, recipient=person.email):
        return  # the link of a moment ago would stop working before it is read
    link = await password_link(session, portal, who.person_id)
    content = Content(
        sender=organisation.name,
        firm=organisation.name,
        reply_to=organisation.email or "",
        subject="Choose a new password",
        paragraphs=[
            f"Hello {person.first_name},",
            "You, or somebody who typed your address, asked for a new password. Choose one within 7 days.",
            "If it wasn't you, ignore this message. Your password stays as it is.",
        ],
        link_label="Choose a new password",
        link=link,
    )
    enqueue(
        session,
        organisation_id=who.organisation_id,
        kind="account.password_link",
        channel=Channel.EMAIL,
        recipient=person.email,
        recipient_name=person.name,
        # Each asking is a message of its own; the same cause would be taken for the same message.
        cause=new_id(),
        content=content,
    )


async def password_link(session: WriteSession, portal: Portal, person_id: UUID, *, keeps_earlier: bool = False) -> str:
    """The full address of a one-time page that sets a password; those of more than half an hour ago stop working
    unless `keeps_earlier`."""
    partner = portal is Portal.PARTNER
    purpose = LinkPurpose.PARTNER_PASSWORD if partner else LinkPurpose.USER_PASSWORD
    token = await make_password_link(session, purpose, person_id, keeps_earlier=keeps_earlier)
    return f"{settings().public_origin}{PAGES[portal]}?token={token}"


async def kept_password(session: ReadSession, actor: Actor) -> tuple[str, str | None]:
    """E-mail and password hash of the person themself. Raises NotPermitted for clients, who have none."""
    if actor.is_client:
        raise NotPermitted("You sign in with a PIN, so there is no password to change.")
    model = accounts_of(actor.portal)
    found = await session.execute(select(model.email, model.password_hash).where(model.id == actor.id))
    email, kept = found.one()
    return email, kept


async def checked_change(current: str, fresh: str, *, email: str, kept: str | None, names: Collection[str] = ()) -> str:
    """The hash of the new password, when the old one is right. Outside any transaction: hashing takes a while.

    Raises Invalid keyed by `current` or `password`.
    """
    passwords.check_new_password(fresh, email=email, names=names)
    if not await passwords.matches(current, kept):
        raise Invalid({"current": WRONG_OLD})
    return await passwords.hashed(fresh)


async def count_change_try(session: WriteSession, actor: Actor) -> None:
    """Before the old password is looked at. Raises Conflict when there were too many."""
    await count_try(session, f"password-change:{actor.id}", PASSWORD_CHANGES, WAIT)


async def change_own_password(session: WriteSession, actor: Actor, old_hash: str | None, new_hash: str) -> None:
    """Keep the new hash and sign every other browser out. Raises Conflict when it changed meanwhile."""
    partner = actor.is_partner
    person: User | Partner = await existing(session, accounts_of(actor.portal), actor.id, with_for_update=HOLD)
    # It was checked outside this transaction, because hashing takes long; meanwhile another tab may have changed it.
    if person.password_hash != old_hash:
        raise Conflict("Your password was changed somewhere else just now. Sign in again.")
    person.password_hash = new_hash
    whose = {"partner_id": actor.id} if partner else {"user_id": actor.id}
    # Whoever knew the old password may be signed in somewhere; this browser has just proved itself.
    await end_sessions(session, **whose, but=actor.session_id)
    note(session, "factor:password_changed", organisation_id=actor.organisation_id, by=actor)
    await tell(session, actor.portal, actor.id, actor.organisation_id, subject="Your password was changed",
               what="Your password was changed on your own settings page.")  # fmt: skip
