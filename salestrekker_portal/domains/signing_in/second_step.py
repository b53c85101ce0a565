"""The second step of signing in: six digits of an authenticator app, or a recovery code where the phone is lost."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pyotp
from sqlalchemy import delete, func, select, update

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.throttles import give_back, slow_down
from salestrekker_portal.domains.security_log.service import note
from salestrekker_portal.domains.signing_in.accounts import demand_account, own_account
from salestrekker_portal.domains.signing_in.devices import is_known
from salestrekker_portal.domains.signing_in.notices import accounts_of, tell
from salestrekker_portal.domains.signing_in.partners_asked import partner_asked_from
from salestrekker_portal.domains.signing_in.passkeys import has_passkey
from salestrekker_portal.domains.signing_in.sessions import end_others
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid
from salestrekker_portal.kernel.marks import digits_of
from salestrekker_portal.kernel.tokens import derived_key, new_recovery_code, pin_hash, seal, token_hash, unseal
from salestrekker_portal.tables.access import Passkey, Portal, RecoveryCode, SecondFactor
from salestrekker_portal.tables.organisations import Membership, Organisation, User

PURPOSE = "second-factor"
ISSUER = "Salestrekker Portal"
STEP_SECONDS = 30
CODES = 10
MOST_LETTERS = 40
NOT_IT = "That isn’t the number that the app shows now. Wait for the next one and type that."
NEITHER = "That is neither the number that your app shows now nor a recovery code that is left. Try once more."
BY_APP, BY_CODE, BY_PASSKEY = "an authenticator app", "a recovery code", "a passkey"
SLOW = "Too many numbers were typed. Try again in {wait}."


@dataclass(frozen=True, kw_only=True)
class SetUp:
    """What an authenticator app is told, as the text of a QR code and as letters to type."""

    address: str
    letters: str


@dataclass(frozen=True, kw_only=True)
class HowItStands:
    """Somebody's second step: since when by app, how many codes are left, and until when they may go without."""

    since: datetime | None
    codes_left: int
    required_from: datetime | None


async def begin_grace(session: WriteSession, user_id: UUID) -> bool:
    """A member of staff signs in: whether they are asked for a second step. The days count from the first time."""
    if settings().is_demo or (await existing(session, User, user_id)).factor_since is not None:
        return False
    mine = (Membership.user_id == user_id, Membership.factor_asked_at.is_(None))
    await session.execute(update(Membership).where(*mine).values(factor_asked_at=utc_now()))
    return True


async def is_asked(session: ReadSession, portal: Portal, person_id: UUID) -> bool:
    """Whether this person's password alone does not let them in."""
    app = select(SecondFactor.id).where(
        SecondFactor.person_id == person_id, SecondFactor.portal == portal, SecondFactor.confirmed_at.is_not(None)
    )
    key = select(Passkey.id).where(Passkey.person_id == person_id, Passkey.portal == portal)
    return await session.scalar(app.union_all(key).limit(1)) is not None


async def has_app(session: ReadSession, person_id: UUID) -> bool:
    return await _since(session, person_id) is not None


async def _since(session: ReadSession, person_id: UUID) -> datetime | None:
    """Since when their authenticator app counts."""
    return await session.scalar(select(SecondFactor.confirmed_at).where(SecondFactor.person_id == person_id))


async def how_it_stands(session: ReadSession, actor: Actor) -> HowItStands:
    """One's own. Raises NotPermitted for clients."""
    user = await own_account(session, actor)
    left = select(func.count()).where(RecoveryCode.person_id == actor.id, RecoveryCode.used_at.is_(None))
    if actor.is_partner:
        asked_at = await partner_asked_from(session, actor.id, actor.organisation_id)
    else:
        here = (Membership.user_id == actor.id, Membership.organisation_id == actor.organisation_id)
        asked_at = await session.scalar(select(Membership.factor_asked_at).where(*here))
    days = (await existing(session, Organisation, actor.organisation_id)).factor_grace_days
    ends = asked_at + timedelta(days=days) if asked_at and user.factor_since is None else None
    since = await _since(session, actor.id) if user.factor_since else None
    return HowItStands(since=since, codes_left=int(await session.scalar(left) or 0), required_from=ends)


async def begin_set_up(session: WriteSession, actor: Actor) -> SetUp:
    """A fresh secret for an app; it counts once `confirm` has seen its digits. Raises NotPermitted, Conflict."""
    user = await own_account(session, actor, held=True)
    if await has_app(session, actor.id):
        raise Conflict("An authenticator app is on already. Switch it off first, then set up the new phone.")
    await session.execute(delete(SecondFactor).where(SecondFactor.person_id == actor.id))
    secret = pyotp.random_base32()
    sealed = seal(secret, secret=settings().secret, purpose=PURPOSE)
    session.add(SecondFactor(person_id=actor.id, portal=actor.portal, sealed=sealed))
    address = pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=ISSUER)
    return SetUp(address=address, letters=" ".join(secret[place : place + 4] for place in range(0, len(secret), 4)))


async def confirm(session: WriteSession, actor: Actor, typed: object) -> list[str]:
    """Switch it on when the digits are right; ten recovery codes, shown this once. Raises Invalid (`code`), Conflict.

    Every other browser of theirs is signed out: it came in without the second step.
    """
    demand_account(actor)
    await slow_down(session, f"factor:{actor.id}", SLOW, survives=True)
    row = await _row(session, actor.id)
    if row is None or row.confirmed_at is not None:
        raise Conflict("Start the set-up once more: nothing waits for a number.")
    if not _takes(row, typed):
        raise Invalid({"code": NOT_IT})
    await give_back(session, f"factor:{actor.id}")
    row.confirmed_at = utc_now()
    user = await own_account(session, actor, held=True)
    user.factor_since = user.factor_since or utc_now()
    codes = await new_codes(session, actor.id)
    note(session, "factor:app_on", organisation_id=actor.organisation_id, by=actor)
    await end_others(session, actor)
    await tell(session, actor.portal, actor.id, actor.organisation_id, subject="Your second step was switched on",
               what="Signing in to your account now takes six digits of an authenticator app as well.")  # fmt: skip
    return codes


async def switch_off(session: WriteSession, actor: Actor, typed: object) -> None:
    """Take it away with its own digits or a recovery code, for another phone. Raises Invalid (`code`), Conflict."""
    demand_account(actor)
    await check(session, actor.portal, actor.id, typed)
    if await has_passkey(session, actor.id):
        # The recovery codes stay: they are for a lost passkey as well.
        await session.execute(delete(SecondFactor).where(SecondFactor.person_id == actor.id))
    else:
        await forget_factor(session, actor.portal, actor.id)
    note(session, "factor:app_off", organisation_id=actor.organisation_id, by=actor)
    await tell(session, actor.portal, actor.id, actor.organisation_id, subject="Your second step was switched off",
               what="Signing in to your account takes no digits of an app any more.")  # fmt: skip


async def forget_factor(session: WriteSession, portal: Portal, person_id: UUID) -> None:
    """No app, passkey or code of this person counts any more."""
    for kind in (SecondFactor, RecoveryCode, Passkey):
        await session.execute(delete(kind).where(kind.person_id == person_id))
    account = accounts_of(portal)
    await session.execute(update(account).where(account.id == person_id).values(factor_since=None))


async def fresh_codes(session: WriteSession, actor: Actor, typed: object) -> list[str]:
    """Ten new recovery codes instead of those before. Raises Invalid (`code`), Conflict."""
    demand_account(actor)
    await check(session, actor.portal, actor.id, typed)
    note(session, "factor:codes_made", organisation_id=actor.organisation_id, by=actor)
    return await new_codes(session, actor.id)


async def check(session: WriteSession, portal: Portal, person_id: UUID, typed: object, device: str = "") -> str:
    """Take the digits of now, or use a recovery code up: which of them it was, in words. Raises Invalid (`code`), and
    Conflict while a try has to wait.

    A browser in which this person was before (`device`) is counted by itself: whoever knows their password and guesses
    elsewhere keeps them out nowhere else.
    """
    known = await is_known(session, person_id, device)
    key = f"factor-known:{person_id}:{token_hash(device)}" if known else f"factor:{person_id}"
    await slow_down(session, key, SLOW, survives=True)
    row = await _row(session, person_id)
    is_on = row is not None and row.portal is portal and row.confirmed_at is not None
    by_app = is_on and row is not None and _takes(row, typed)
    if not by_app and not await _use_code(session, person_id, typed):
        raise Invalid({"code": NEITHER})
    # What others guessed stays: whoever knows the password gets no fresh guesses each morning.
    await give_back(session, key)
    return BY_APP if by_app else BY_CODE


async def _row(session: WriteSession, person_id: UUID) -> SecondFactor | None:
    # Held: the same digits twice at once are taken once.
    found = select(SecondFactor).where(SecondFactor.person_id == person_id).with_for_update(key_share=True)
    return (await session.scalars(found)).one_or_none()


def _takes(row: SecondFactor, typed: object) -> bool:
    """Whether these are the digits of this half minute or its neighbours, and later ones than those taken before."""
    digits = digits_of(typed) if isinstance(typed, str) and len(typed) <= MOST_LETTERS else ""
    totp = pyotp.TOTP(unseal(row.sealed, secret=settings().secrets, purpose=PURPOSE))
    now = int(utc_now().timestamp()) // STEP_SECONDS
    for step in (now - 1, now, now + 1):
        if step > row.last_step and hmac.compare_digest(totp.at(step * STEP_SECONDS).encode(), digits.encode()):
            row.last_step = step
            return True
    return False


async def new_codes(session: WriteSession, person_id: UUID) -> list[str]:
    await session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    codes = [new_recovery_code() for _ in range(CODES)]
    session.add_all(
        RecoveryCode(person_id=person_id, code_hash=_hashed(person_id, code, settings().secret)) for code in codes
    )
    return codes


async def _use_code(session: WriteSession, person_id: UUID, typed: object) -> bool:
    letters = typed if isinstance(typed, str) and len(typed) <= MOST_LETTERS else ""
    # Codes that were made under the secret before are good as well.
    hashes = [_hashed(person_id, letters, secret) for secret in settings().secrets]
    mine = (RecoveryCode.person_id == person_id, RecoveryCode.code_hash.in_(hashes))
    used = update(RecoveryCode).where(*mine, RecoveryCode.used_at.is_(None)).values(used_at=utc_now())
    return await session.scalar(used.returning(RecoveryCode.id)) is not None


def _hashed(person_id: UUID, code: str, secret: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter.isascii() and letter.isalnum())
    return pin_hash(plain, key=derived_key(secret, "recovery"), bound_to=str(person_id))
