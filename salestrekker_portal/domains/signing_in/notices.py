"""E-mails to staff and partners about their own account: what was changed, and what to do if it was not them."""

from uuid import UUID

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.outbox.service import Content, enqueue
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.kernel.devices import browser_name
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Organisation, User
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.partners import Partner

# Whom to tell that it was somebody else.
TELL = {Portal.BROKER: "an admin of your firm", Portal.PARTNER: "your broker"}
FORGOT = {Portal.BROKER: "/forgot-password", Portal.PARTNER: "/partner/forgot-password"}


def accounts_of(portal: Portal) -> type[User] | type[Partner]:
    return Partner if portal is Portal.PARTNER else User


async def tell(
    session: WriteSession,
    portal: Portal,
    person_id: UUID,
    organisation_id: UUID,
    *,
    subject: str,
    what: str,
    for_them: bool = False,
) -> None:
    """E-mail somebody that `what` happened to their account just now; it is a whole sentence. `for_them`: somebody
    else did it, because they had asked."""
    person: User | Partner = await existing(session, accounts_of(portal), person_id)
    firm = await existing(session, Organisation, organisation_id)
    enqueue(
        session,
        organisation_id=organisation_id,
        kind="account.changed",
        channel=Channel.EMAIL,
        recipient=person.email,
        recipient_name=person.name,
        cause=new_id(),
        content=Content(
            sender=firm.name,
            firm=firm.name,
            # Whoever it wasn't writes back at once.
            reply_to=firm.email or "",
            subject=subject,
            paragraphs=[
                f"Hello {person.first_name},",
                f"{what} That was on {instant_words(utc_now(), firm.time_zone)}.",
                f"{'Did you ask for that' if for_them else 'Was it you'}? Then there is nothing to do. If not, choose "
                f"a new password now: that signs everyone out. Then tell {TELL[portal]}.",
            ],
            link_label="I didn’t ask for that" if for_them else "It wasn’t me",
            link=f"{settings().public_origin}{FORGOT[portal]}",
        ),
    )


async def tell_of_new_device(
    session: WriteSession, portal: Portal, person_id: UUID, organisation_id: UUID, browser: str, address: str
) -> None:
    """Somebody signed in as this person in a browser that none of their sign-ins came from before."""
    place = f" from {address}" if address else ""
    await tell(session, portal, person_id, organisation_id, subject="You signed in on a new device",
               what=f"Your account was opened on a new device: {browser_name(browser)}{place}.")  # fmt: skip
