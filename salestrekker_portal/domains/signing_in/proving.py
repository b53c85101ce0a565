"""Showing once more that it is oneself, in a session that has been open for a while: before what can't be called back.

One proof is enough: the password, six digits of one's app (or a recovery code), or a passkey. Whoever sits before
somebody else's open session and guesses is slowed down as at the sign-in, by the session, so that its owner elsewhere
waits for nothing.
"""

from dataclasses import dataclass

from sqlalchemy import update

from salestrekker_portal.database.rows import changed_by
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.throttles import forget_tries, slow_down
from salestrekker_portal.domains.security_log.service import note
from salestrekker_portal.domains.signing_in import passkeys, second_step
from salestrekker_portal.domains.signing_in.accounts import demand_account, own_account
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import NotSignedIn
from salestrekker_portal.tables.access import PortalSession

SLOW = "Too many wrong ones were typed here. Try again in {wait}."
WRONG = "That isn’t your password. Check it and try again."
BY_PASSWORD = "the password"  # noqa: S105  words for the log


@dataclass(frozen=True, kw_only=True)
class ProofWays:
    """What somebody can show: the password always, the others where they are set up."""

    app: bool
    passkey: bool


async def ways_to_prove(session: ReadSession, actor: Actor) -> ProofWays:
    """Raises NotPermitted for clients, who are never asked."""
    demand_account(actor)
    has_key = await passkeys.has_passkey(session, actor.id) and passkeys.relying_party() != ""
    return ProofWays(app=await second_step.has_app(session, actor.id), passkey=has_key)


async def begin_password_proof(session: WriteSession, actor: Actor) -> str | None:
    """Count a try, and what the password is compared with. Raises Conflict while another one has to wait.

    Committed before the password is looked at, so a wrong one counts.
    """
    demand_account(actor)
    await slow_down(session, _tries(actor), SLOW)
    return (await own_account(session, actor)).password_hash


async def prove_by_code(session: WriteSession, actor: Actor, typed: object, device: str) -> None:
    """Six digits of the app, or a recovery code. Raises Invalid (`code`), Conflict while a try has to wait."""
    demand_account(actor)
    await note_proof(session, actor, await second_step.check(session, actor.portal, actor.id, typed, device))


async def begin_passkey_proof(session: WriteSession, actor: Actor) -> str:
    """What one's passkey is asked to sign, as JSON. Raises Conflict when there is none."""
    demand_account(actor)
    return await passkeys.begin_proof(session, actor.id, _proving(actor))


async def prove_by_passkey(session: WriteSession, actor: Actor, answer: object) -> None:
    """Raises Conflict for whatever is no answer of one's own passkey to what this session was asked."""
    demand_account(actor)
    await passkeys.prove(session, actor.id, _proving(actor), answer)
    await note_proof(session, actor, second_step.BY_PASSKEY)


async def note_proof(session: WriteSession, actor: Actor, way: str) -> None:
    """It was right: the session counts as fresh from now on. Raises NotSignedIn where it is over by now."""
    here = (PortalSession.id == actor.session_id, PortalSession.ended_at.is_(None))
    if not changed_by(await session.execute(update(PortalSession).where(*here).values(proved_at=utc_now()))):
        raise NotSignedIn()
    await forget_tries(session, _tries(actor))
    note(session, "factor:proved", organisation_id=actor.organisation_id, by=actor, way=way)


def _tries(actor: Actor) -> str:
    return f"proof:{actor.session_id}"


def _proving(actor: Actor) -> str:
    return f"proof:{actor.id}:{actor.session_id}"
