"""A client's own phone or computer instead of PINs: offered after the first entry, used with their link from then on.

The passkey belongs to one access and ends with it. Link and PIN go on working, so a lost phone locks nobody out.
"""

from uuid import UUID

from sqlalchemy import or_, select, update

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.throttles import PIN_TRIES_PER_ADDRESS, count_try, neighbourhood
from salestrekker_portal.domains.activity.service import access_topic, record, touch
from salestrekker_portal.domains.portal_access import queries
from salestrekker_portal.domains.portal_access.entry import NO_ENTRY, TOO_MANY, Entry, came_in
from salestrekker_portal.domains.portal_access.looking import LinkState, look_at_link
from salestrekker_portal.domains.portal_access.refused import note_refused_entry
from salestrekker_portal.domains.signing_in import passkeys
from salestrekker_portal.domains.signing_in.passkeys import Holder
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.devices import browser_name
from salestrekker_portal.kernel.errors import Conflict, NotFound, NotPermitted
from salestrekker_portal.tables.access import Passkey, Portal, PortalSession
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.portal_access import PortalAccess, PortalLink

OPEN_NEWEST = "Your link was changed since you came in. Open the newest one, then try again."
CLIENTS_ONLY = "Only a client can do that, on their own phone or computer."


def is_offered(actor: Actor, access: PortalAccess) -> bool:
    """Whether to ask this client once if they want their phone remembered. The browser decides whether it can be."""
    return not actor.is_preview and passkeys.relying_party() != "" and access.passkey_answered_at is None


async def not_now(session: WriteSession, actor: Actor) -> None:
    """They were asked, and don't want it; it stays possible on their page "Privacy"."""
    await _answered(session, _access_of(actor))


async def begin_phone(session: WriteSession, actor: Actor) -> str:
    """What this client's browser is asked to make a passkey from. Raises NotPermitted, Conflict."""
    holder = await _holder(session, actor)
    return await passkeys.begin_making(session, holder, _making(actor), on_this=True)


async def remember_phone(session: WriteSession, actor: Actor, answer: object, agent: str) -> None:
    """Keep the passkey that their browser has made, under the browser's name. Raises NotPermitted, Conflict."""
    # Held: while the link or the mobile is changed, nobody keeps a way in beside it.
    await queries.held_access(session, _access_of(actor))
    holder = await _holder(session, actor)
    name = browser_name(agent)
    await passkeys.finish_making(session, holder, _making(actor), answer, name=name)
    await _answered(session, holder.id)
    record(session, actor, "portal_access:passkey_made", organisation_id=actor.organisation_id, deal_id=actor.deal_id,
           device=name)  # fmt: skip
    touch(session, access_topic(holder.id))


async def own_phones(session: ReadSession, actor: Actor) -> list[Passkey]:
    """A client's own passkeys, oldest first; none are shown in a preview."""
    return [] if actor.access_id is None or actor.is_preview else await passkeys.passkeys_of(session, actor.access_id)


async def forget_phone(session: WriteSession, actor: Actor, passkey_id: UUID) -> None:
    """Take one of them away. Raises NotPermitted, NotFound for those of others."""
    access_id = _access_of(actor)
    gone = await passkeys.remove_passkey(session, access_id, passkey_id)
    if gone is None:
        raise NotFound("phone or computer")
    record(session, actor, "portal_access:passkey_removed", organisation_id=actor.organisation_id,
           deal_id=actor.deal_id, device=gone.name)  # fmt: skip
    touch(session, access_topic(access_id))


async def begin_entry(session: WriteSession, token: object, *, address: str) -> str:
    """What the holder of a link is asked to sign with their passkey. Raises Conflict: no entry, no key, too many."""
    here = f"passkey-asked-from:{neighbourhood(address)}"
    await count_try(session, here, PIN_TRIES_PER_ADDRESS, TOO_MANY, survives=True)
    look = await look_at_link(session, token)
    if look.state is not LinkState.LIVE or look.access is None:
        raise Conflict(NO_ENTRY)
    return await passkeys.begin_proof(session, look.access.id, _entering(look.access.id))


async def enter(session: WriteSession, token: object, answer: object, *, address: str) -> Entry:
    """Come in with a link that works and a passkey of its access. A refusal is a sentence, and is to be committed."""
    await count_try(session, f"pin-from:{neighbourhood(address)}", PIN_TRIES_PER_ADDRESS, TOO_MANY, survives=True)
    look = await look_at_link(session, token)
    if look.state is not LinkState.LIVE or look.access is None or look.people is None:
        note_refused_entry(session, look.access, look.people, look.state.value)
        return Entry(errors={"": NO_ENTRY})
    # Held, as with a PIN: whoever is revoked at this moment does not come in.
    access = await queries.held_access(session, look.access.id)
    if access is None or access.revoked_at is not None:
        return Entry(errors={"": NO_ENTRY})
    try:
        await passkeys.prove(session, access.id, _entering(access.id), answer)
    except Conflict as refusal:
        note_refused_entry(session, access, look.people, "wrong passkey")
        return Entry(errors={"": refusal.message})
    await came_in(session, access, look.people, by="passkey")
    return Entry(access=access)


def _access_of(actor: Actor) -> UUID:
    if not actor.is_client or actor.access_id is None or actor.is_preview:
        raise NotPermitted(CLIENTS_ONLY)
    return actor.access_id


async def _holder(session: ReadSession, actor: Actor) -> Holder:
    access_id = _access_of(actor)
    await _demand_newest_link(session, actor, access_id)
    firm = (await existing(session, Organisation, actor.organisation_id)).name
    return Holder(portal=Portal.CLIENT, id=access_id, called=f"{actor.name}, {firm}", firm=firm)


async def _demand_newest_link(session: ReadSession, actor: Actor, access_id: UUID) -> None:
    """Of a session that was opened before the link was changed nobody knows whose it is: it makes no other way in."""
    opened = select(PortalSession.created_at).where(PortalSession.id == actor.session_id).scalar_subquery()
    changed = or_(PortalLink.created_at > opened, PortalLink.replaced_at > opened)
    if await session.scalar(select(PortalLink.id).where(PortalLink.access_id == access_id, changed).limit(1)):
        raise Conflict(OPEN_NEWEST)


async def _answered(session: WriteSession, access_id: UUID) -> None:
    mine = (PortalAccess.id == access_id, PortalAccess.passkey_answered_at.is_(None))
    await session.execute(update(PortalAccess).where(*mine).values(passkey_answered_at=utc_now()))


def _making(actor: Actor) -> str:
    return f"phone:{actor.access_id}:{actor.session_id}"


def _entering(access_id: UUID) -> str:
    return f"enter:{access_id}"
