"""Passkeys: a key in somebody's phone, computer or security key signs what we make up, and so proves who they are.

Two ceremonies of W3C WebAuthn, making a key and using it, each in two requests: `begin_…` makes a challenge, which is
kept as a hash with whom and what for (`bound_to`); `finish_making` or `prove` takes the browser's answer to it, once.
The key's owner has to be there and to prove it to their device (face, finger, screen lock).
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import delete, select
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorAttachment,
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import ReadSession, WriteSession, even_if_refused, transaction
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.kernel.tokens import token_hash
from salestrekker_portal.tables.access import Passkey, PasskeyChallenge, Portal

GOOD_FOR = timedelta(minutes=5)
MOST_KEYS = 10
# A certificate of the maker may come along; beyond that it is no browser's answer.
MOST_LETTERS = 30_000
REFUSED = "That didn’t work: your phone or computer gave no answer that fits. Try again. Nothing is locked."
NOT_HERE = "Passkeys work only at the portal’s own secure address."
NONE_LEFT = "There is no passkey to use here any more."
ENOUGH = f"You have {MOST_KEYS} passkeys, which is the most. Remove one first."
TAKEN = "That phone or computer has a passkey for you already."


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Whose key: a user, a partner or a client's access; `called` and `firm` are what their device will show."""

    portal: Portal
    id: UUID
    called: str
    firm: str


def relying_party() -> str:
    """The host that passkeys belong to, from the public address; "" where browsers make none: not secure, no name."""
    address = urlsplit(settings().public_origin)
    host = address.hostname or ""
    is_name = not host.replace(".", "").isdigit() and ":" not in host
    return host if is_name and (address.scheme == "https" or host == "localhost") else ""


def _origins() -> list[str]:
    return [each for each in settings().allowed_origins if urlsplit(each).hostname == relying_party()]


async def passkeys_of(session: ReadSession, person_id: UUID) -> list[Passkey]:
    """Oldest first."""
    mine = select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.created_at, Passkey.id)
    return list(await session.scalars(mine))


async def has_passkey(session: ReadSession, person_id: UUID) -> bool:
    return await session.scalar(select(Passkey.id).where(Passkey.person_id == person_id).limit(1)) is not None


async def begin_making(session: WriteSession, holder: Holder, bound_to: str, *, on_this: bool) -> str:
    """What the browser is asked to make a key from, as JSON. `on_this`: in this very phone or computer.

    Raises Conflict where there can be none, and beyond the most.
    """
    keys = await passkeys_of(session, holder.id)
    if not relying_party():
        raise Conflict(NOT_HERE)
    if len(keys) >= MOST_KEYS:
        raise Conflict(ENOUGH)
    options = generate_registration_options(
        rp_id=relying_party(),
        rp_name=holder.firm,
        user_id=holder.id.bytes,
        user_name=holder.called,
        user_display_name=holder.called,
        authenticator_selection=AuthenticatorSelectionCriteria(
            authenticator_attachment=AuthenticatorAttachment.PLATFORM if on_this else None,
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[_named(each) for each in keys],
    )
    _keep(session, options.challenge, bound_to)
    return options_to_json(options)


async def finish_making(session: WriteSession, holder: Holder, bound_to: str, answer: object, *, name: str) -> Passkey:
    """Keep the key that the browser made. Raises Conflict when the answer is none to our challenge, or is known."""
    said, challenge = await _answered(session, bound_to, answer)
    try:
        made = verify_registration_response(
            credential=said,
            expected_challenge=challenge,
            expected_rp_id=relying_party(),
            expected_origin=_origins(),
            require_user_verification=True,
        )
    except Exception as wrong:  # bytes of a stranger: whatever the library trips over is no answer that fits
        raise Conflict(REFUSED) from wrong
    credential = bytes_to_base64url(made.credential_id)
    if await session.scalar(select(Passkey.id).where(Passkey.credential_hash == token_hash(credential))) is not None:
        raise Conflict(TAKEN)
    if len(await passkeys_of(session, holder.id)) >= MOST_KEYS:
        raise Conflict(ENOUGH)
    passkey = Passkey(
        portal=holder.portal,
        person_id=holder.id,
        credential=credential,
        credential_hash=token_hash(credential),
        public_key=bytes_to_base64url(made.credential_public_key),
        sign_count=made.sign_count,
        transports=_ways_of(said),
        name=name,
    )
    session.add(passkey)
    return passkey


async def begin_proof(session: WriteSession, person_id: UUID, bound_to: str) -> str:
    """What the browser is asked to sign with one of this person's keys, as JSON. Raises Conflict when there is none."""
    keys = await passkeys_of(session, person_id)
    if not keys or not relying_party():
        raise Conflict(NONE_LEFT if relying_party() else NOT_HERE)
    options = generate_authentication_options(
        rp_id=relying_party(),
        allow_credentials=[_named(each) for each in keys],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    _keep(session, options.challenge, bound_to)
    return options_to_json(options)


async def prove(session: WriteSession, person_id: UUID, bound_to: str, answer: object) -> Passkey:
    """The key of this person that signed our challenge. Raises Conflict(REFUSED) for everything else.

    A key whose count went backwards was copied, and is refused as well.
    """
    said, challenge = await _answered(session, bound_to, answer)
    named = said.get("id")
    hashed = token_hash(named) if isinstance(named, str) and named.isascii() else ""
    # Held: of two answers at once with one count, the second is late.
    mine = (Passkey.person_id == person_id, Passkey.credential_hash == hashed)
    key = (await session.scalars(select(Passkey).where(*mine).with_for_update(key_share=True))).one_or_none()
    if key is None:
        raise Conflict(REFUSED)
    try:
        proved = verify_authentication_response(
            credential=said,
            expected_challenge=challenge,
            expected_rp_id=relying_party(),
            expected_origin=_origins(),
            credential_public_key=base64url_to_bytes(key.public_key),
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
    except Exception as wrong:  # as above
        raise Conflict(REFUSED) from wrong
    key.sign_count, key.used_at = proved.new_sign_count, utc_now()
    return key


async def forget_passkeys(session: WriteSession, *person_ids: UUID) -> None:
    """No key of these people, or of these clients' accesses, proves anything any more."""
    await session.execute(delete(Passkey).where(Passkey.person_id.in_(person_ids)))


async def remove_passkey(session: WriteSession, person_id: UUID, passkey_id: UUID) -> Passkey | None:
    """Take one of somebody's keys away; None when it is none of theirs."""
    mine = (Passkey.id == passkey_id, Passkey.person_id == person_id)
    return (await session.scalars(delete(Passkey).where(*mine).returning(Passkey))).one_or_none()


async def sweep_challenges() -> None:
    """Forget what nobody answered in time."""
    async with transaction() as session:
        await session.execute(delete(PasskeyChallenge).where(PasskeyChallenge.expires_at <= utc_now()))


def _named(key: Passkey) -> PublicKeyCredentialDescriptor:
    ways = [AuthenticatorTransport(each) for each in key.transports]
    return PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.credential), transports=ways or None)


def _keep(session: WriteSession, challenge: bytes, bound_to: str) -> None:
    session.add(
        PasskeyChallenge(
            challenge_hash=token_hash(bytes_to_base64url(challenge)),
            bound_to=bound_to,
            expires_at=utc_now() + GOOD_FOR,
        )
    )


async def _answered(session: WriteSession, bound_to: str, answer: object) -> tuple[dict, bytes]:
    """What the browser answered, and the challenge of ours that it answers, which is used up. Raises Conflict."""
    try:
        said = json.loads(answer if isinstance(answer, str) and len(answer) <= MOST_LETTERS else "")
        told = json.loads(base64url_to_bytes(said["response"]["clientDataJSON"]))
        challenge = str(told["challenge"])
        plain = base64url_to_bytes(challenge)
        ours = token_hash(challenge)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as wrong:
        raise Conflict(REFUSED) from wrong
    mine = (PasskeyChallenge.challenge_hash == ours, PasskeyChallenge.bound_to == bound_to)
    used = delete(PasskeyChallenge).where(*mine, PasskeyChallenge.expires_at > utc_now())
    if await session.scalar(used.returning(PasskeyChallenge.challenge_hash)) is None:
        raise Conflict(REFUSED)

    async def used_up(later: WriteSession) -> None:
        await later.execute(used)

    even_if_refused(session, used_up)
    return said, plain


def _ways_of(said: dict) -> list[str]:
    ways = said["response"].get("transports")
    known = [each.value for each in AuthenticatorTransport]
    return [each for each in known if each in ways] if isinstance(ways, list) else []
