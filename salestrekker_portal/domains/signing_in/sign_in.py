"""Sign-in with e-mail and password, for staff and partners, and the links that set a password."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access import passwords
from salestrekker_portal.domains.access.throttles import (
    SIGN_IN_TRIES_PER_ADDRESS,
    count_try,
    forget_tries,
    give_back,
    neighbourhood,
    slow_down,
)
from salestrekker_portal.domains.signing_in.devices import forget_devices, is_known
from salestrekker_portal.domains.signing_in.notices import accounts_of, tell
from salestrekker_portal.domains.signing_in.sessions import end_sessions
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid
from salestrekker_portal.kernel.text import email_from, joined
from salestrekker_portal.kernel.tokens import new_token, token_hash
from salestrekker_portal.tables.access import LinkPurpose, OneTimeLink, Portal
from salestrekker_portal.tables.organisations import Membership, Organisation, User
from salestrekker_portal.tables.partners import Partner, PartnerMembership

# The same for an unknown address and a wrong password: the page tells nobody who has an account.
WRONG = "That e-mail and password don't match. Check both and try again."
# Counted for the typed address, whether there is such an account or not.
SLOW_DOWN = (
    "Too many wrong passwords were typed for this e-mail, so the next try is in {wait}. Where you have signed in "
    "before nobody waits for that, and “Forgotten password” works at once."
)
SLOW_DOWN_HERE = "Too many wrong passwords were typed here. Try again in {wait}, or use “Forgotten password”."
CROWD = "Too many tries from your network. Wait 15 minutes, or use “Forgotten password”."
LINK_GONE = "This link has been used or has expired. Ask for a new one."
LINK_DAYS = 7
# Whoever asks for a link again and again, the owner or a stranger, stops none that may still be read.
LINKS_STAND_BESIDE = timedelta(minutes=30)


@dataclass(frozen=True)
class SignedIn:
    """Somebody who proved who they are, and the organisation to begin in."""

    portal: Portal
    person_id: UUID
    organisation_id: UUID


@dataclass(frozen=True, kw_only=True)
class Try:
    """One try at a password: whose it would be, what it is compared with, and under which keys it counts."""

    account: SignedIn | None
    password_hash: str | None
    knows_device: bool
    keys: tuple[str, ...]


async def begin_try(session: WriteSession, portal: Portal, email: str, address: str, device: str) -> Try:
    """Count a try before the password is looked at. Raises Conflict while another one has to wait.

    A browser on which this account has been signed in is counted by itself: strangers who guess the account's password,
    and whoever guesses others' from the same network, are counted together and keep nobody out there.
    """
    found = await find_account(session, portal, email)
    account, kept = found or (None, None)
    known = account is not None and await is_known(session, account.person_id, device)
    if account is not None and known:
        keys: tuple[str, ...] = (f"sign-in-known:{account.person_id}:{token_hash(device)}",)
        await slow_down(session, keys[0], SLOW_DOWN_HERE)
    else:
        keys = (f"sign-in-from:{neighbourhood(address)}", f"sign-in:{portal}:{email}")
        await count_try(session, keys[0], SIGN_IN_TRIES_PER_ADDRESS, CROWD, survives=True)
        await slow_down(session, keys[1], SLOW_DOWN)
    return Try(account=account, password_hash=kept, knows_device=known, keys=keys)


async def find_account(session: ReadSession, portal: Portal, email: str) -> tuple[SignedIn, str | None] | None:
    """The account and its password hash; None when there is none that may sign in."""
    model, member, owner = (
        (User, Membership, Membership.user_id)
        if portal is Portal.BROKER
        else (Partner, PartnerMembership, PartnerMembership.partner_id)
    )
    found = (
        await session.execute(
            select(model.id, model.password_hash, member.organisation_id)
            .join(member, owner == model.id)
            .where(model.email == email, member.disabled_at.is_(None))
            # Of several firms the one that they were in last, or the first that they joined; a partner changes to the
            # others at the top of the page, staff under Settings, My details.
            .order_by(
                member.waits_since.is_not(None),
                member.last_in_at.is_(None),
                member.last_in_at.desc(),
                member.created_at,
            )
            .limit(1)
        )
    ).one_or_none()
    if found is None:
        return None
    person_id, password_hash, organisation_id = found
    return SignedIn(portal, person_id, organisation_id), password_hash


async def forgive(session: WriteSession, tried: Try) -> None:
    """The password was right, so it was no guess; what others guessed stays."""
    # In a browser of their own the wrong ones were theirs too.
    await (forget_tries if tried.knows_device else give_back)(session, *tried.keys)


async def make_password_link(
    session: WriteSession, purpose: LinkPurpose, subject_id: UUID, *, keeps_earlier: bool = False
) -> str:
    """A one-time token that sets a password; those of more than half an hour ago stop working, or with `keeps_earlier`
    once one was used."""
    if not keeps_earlier:
        # An older mail may lie in a mailbox that somebody else reads by now.
        await _use_up(session, subject_id, before=utc_now() - LINKS_STAND_BESIDE)
    token = new_token()
    session.add(
        OneTimeLink(
            purpose=purpose,
            subject_id=subject_id,
            token_hash=token_hash(token),
            expires_at=utc_now() + timedelta(days=LINK_DAYS),
        )
    )
    return token


async def _use_up(session: WriteSession, subject_id: UUID, *, before: datetime) -> None:
    """No link of this person that was made before then works any more."""
    unused = (OneTimeLink.subject_id == subject_id, OneTimeLink.used_at.is_(None), OneTimeLink.created_at <= before)
    await session.execute(update(OneTimeLink).where(*unused).values(used_at=utc_now()))


async def whose_link(session: ReadSession, link: OneTimeLink) -> tuple[str, str]:
    """For whom a good link is: the address that signs in, and the firms that it opens, by name."""
    partner = link.purpose is LinkPurpose.PARTNER_PASSWORD
    account: type[User] | type[Partner] = Partner if partner else User
    member = PartnerMembership if partner else Membership
    owner = PartnerMembership.partner_id if partner else Membership.user_id
    person: User | Partner = await existing(session, account, link.subject_id)
    firms = await session.scalars(
        select(Organisation.name)
        .join(member, member.organisation_id == Organisation.id)
        .where(owner == person.id, member.disabled_at.is_(None))
        .order_by(member.created_at)
    )
    return person.email, joined(list(firms))


async def link_is_good(session: ReadSession, token: str) -> OneTimeLink | None:
    """The unused, unexpired link of this token."""
    return (
        await session.scalars(
            select(OneTimeLink).where(
                # Longer ones are not ours, and are not hashed at any length.
                OneTimeLink.token_hash == token_hash(token[:200]),
                OneTimeLink.used_at.is_(None),
                OneTimeLink.expires_at > utc_now(),
            )
        )
    ).one_or_none()


async def set_password(session: WriteSession, token: str, password: str) -> SignedIn:
    """Use a link to set a password; signs the person out everywhere else. Raises Conflict or Invalid."""
    link = await link_is_good(session, token)
    if link is None:
        raise Conflict(LINK_GONE)
    partner = link.purpose is LinkPurpose.PARTNER_PASSWORD
    portal = Portal.PARTNER if partner else Portal.BROKER
    person: User | Partner = await existing(session, accounts_of(portal), link.subject_id)
    # Before the link is used up: whoever chose a bad one tries again with the same mail.
    passwords.check_new_password(password, email=person.email, names=await _names_of(session, portal, person))
    was_set = person.password_hash is not None
    person.password_hash = await passwords.hashed(password)
    await _use_up(session, person.id, before=utc_now())
    # Whoever knew the old password, and where they used it.
    await forget_devices(session, person.id)
    await end_sessions(session, **({"partner_id": person.id} if partner else {"user_id": person.id}))
    found = await find_account(session, portal, person.email)
    if found is None:
        raise Conflict("Your account has been switched off, so no password was set. Ask whoever invited you.")
    if was_set:
        await tell(session, portal, person.id, found[0].organisation_id, subject="Your password was changed",
                   what="A new password was set with a link from your mailbox.")  # fmt: skip
    return found[0]


async def _names_of(session: ReadSession, portal: Portal, person: User | Partner) -> list[str]:
    """What somebody and their firm are called."""
    found = await find_account(session, portal, person.email)
    firm = await session.get(Organisation, found[0].organisation_id) if found else None
    return [person.name, firm.name if firm else ""]


def checked_email(raw: object) -> str:
    """The typed address, normalised. Raises Invalid."""
    email = email_from(raw)
    if email is None:
        raise Invalid({"email": "Enter an e-mail address, for example sam@example.com."})
    return email
