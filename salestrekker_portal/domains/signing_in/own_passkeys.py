"""Passkeys of staff and partners: the second step of signing in without anything to type."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.security_log.service import note
from salestrekker_portal.domains.signing_in import passkeys
from salestrekker_portal.domains.signing_in.accounts import demand_account, own_account
from salestrekker_portal.domains.signing_in.notices import tell
from salestrekker_portal.domains.signing_in.passkeys import Holder
from salestrekker_portal.domains.signing_in.second_step import BY_PASSKEY, has_app, new_codes
from salestrekker_portal.domains.signing_in.sessions import end_others
from salestrekker_portal.domains.signing_in.sign_in import SignedIn
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound
from salestrekker_portal.tables.access import Passkey, RecoveryCode

PRODUCT = "Salestrekker Portal"
MOST_IN_A_NAME = 60
NAME_IT = f"Give it a name of at most {MOST_IN_A_NAME} letters, so that you can tell it from the others."
HAVE_CODES = "You have recovery codes already. Type one of them, or six digits of your app, to make new ones."


@dataclass(frozen=True, kw_only=True)
class OwnKeys:
    """Somebody's passkeys, oldest first, and whether they have ever had recovery codes made."""

    keys: list[Passkey]
    has_codes: bool


async def own_passkeys(session: ReadSession, actor: Actor) -> OwnKeys:
    """Raises NotPermitted for clients."""
    demand_account(actor)
    codes = select(func.count()).where(RecoveryCode.person_id == actor.id)
    keys = await passkeys.passkeys_of(session, actor.id)
    return OwnKeys(keys=keys, has_codes=bool(await session.scalar(codes)))


async def begin_passkey(session: WriteSession, actor: Actor) -> str:
    """What the browser is asked to make a passkey from. Raises NotPermitted, Conflict."""
    holder = await _holder(session, actor)
    return await passkeys.begin_making(session, holder, _making(actor), on_this=False)


async def add_passkey(session: WriteSession, actor: Actor, answer: object, typed: object) -> None:
    """Keep what the browser made, under the name that was `typed`. Raises NotPermitted, Invalid (`name`), Conflict.

    The first second step signs every other browser out: they came in without one.
    """
    holder = await _holder(session, actor)
    name = " ".join(typed.split()) if isinstance(typed, str) else ""
    if not 0 < len(name) <= MOST_IN_A_NAME:
        raise Invalid({"name": NAME_IT})
    user = await own_account(session, actor, held=True)
    await passkeys.finish_making(session, holder, _making(actor), answer, name=name)
    if user.factor_since is None:
        user.factor_since = utc_now()
        await end_others(session, actor)
    note(session, "factor:passkey_added", organisation_id=actor.organisation_id, by=actor, name=name)
    await tell(session, actor.portal, actor.id, actor.organisation_id, subject="A passkey was added to your account",
               what=f"The passkey “{name}” was added: with your password it opens your account.")  # fmt: skip


async def take_passkey_away(session: WriteSession, actor: Actor, passkey_id: UUID) -> None:
    """One of one's own lets nobody in any more. Raises NotPermitted, NotFound."""
    user = await own_account(session, actor, held=True)
    gone = await passkeys.remove_passkey(session, actor.id, passkey_id)
    if gone is None:
        raise NotFound("passkey")
    if not await passkeys.has_passkey(session, actor.id) and not await has_app(session, actor.id):
        user.factor_since = None
    note(session, "factor:passkey_removed", organisation_id=actor.organisation_id, by=actor, name=gone.name)
    await tell(session, actor.portal, actor.id, actor.organisation_id, subject="A passkey of yours was removed",
               what=f"The passkey “{gone.name}” was removed: it opens your account no more.")  # fmt: skip


async def first_codes(session: WriteSession, actor: Actor) -> list[str]:
    """Recovery codes for who has a passkey and no codes yet, shown this once. Raises NotPermitted, Conflict."""
    # Held: pressed in two tabs at once they are made once.
    await own_account(session, actor, held=True)
    own = await own_passkeys(session, actor)
    if not own.keys or own.has_codes:
        raise Conflict(HAVE_CODES if own.has_codes else "Add a passkey first.")
    note(session, "factor:codes_made", organisation_id=actor.organisation_id, by=actor)
    return await new_codes(session, actor.id)


async def begin_step(session: WriteSession, who: SignedIn, half: str) -> str:
    """Somebody's password was right: what their passkey is asked to sign. Raises Conflict without one.

    `half` is a mark of this one sign-in, which the answer has to belong to.
    """
    return await passkeys.begin_proof(session, who.person_id, _stepping(who, half))


async def take_step(session: WriteSession, who: SignedIn, half: str, answer: object) -> str:
    """The second step by passkey: which way it was, in words. Raises Conflict."""
    await passkeys.prove(session, who.person_id, _stepping(who, half), answer)
    return BY_PASSKEY


async def _holder(session: ReadSession, actor: Actor) -> Holder:
    email = (await own_account(session, actor)).email
    return Holder(portal=actor.portal, id=actor.id, called=email, firm=PRODUCT)


def _making(actor: Actor) -> str:
    return f"own:{actor.id}:{actor.session_id}"


def _stepping(who: SignedIn, half: str) -> str:
    return f"step:{who.person_id}:{half}"
