"""What a firm asks of its people's sign-ins, and taking a lost second step away from one of them."""

from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.signing_in.idle import CLIENTS, LEAST, STAFF, Limits, limits_in
from salestrekker_portal.domains.signing_in.notices import tell
from salestrekker_portal.domains.signing_in.second_step import forget_factor
from salestrekker_portal.domains.signing_in.sessions import end_sessions
from salestrekker_portal.domains.signing_in.strangers import as_known
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Membership, Organisation, User

MOST_DAYS = 365
WHICH_MINUTES = f"Enter a number of minutes from {LEAST} to {{most}}."
WHICH_DAYS = f"Enter a number of days from 0 to {MOST_DAYS}."


async def grace_days(session: ReadSession, actor: Actor) -> int:
    """For how many days the firm's people may go on without a second step."""
    return (await existing(session, Organisation, actor.organisation_id)).factor_grace_days


async def set_grace_days(session: WriteSession, actor: Actor, typed: object) -> None:
    """Say for how many. Raises NotPermitted, Invalid (`days`)."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    plain = typed.strip() if isinstance(typed, str) else ""
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 3 and int(plain) <= MOST_DAYS):
        raise Invalid({"days": WHICH_DAYS})
    firm = await existing(session, Organisation, actor.organisation_id, with_for_update=HOLD, populate_existing=True)
    firm.factor_grace_days = int(plain)
    record(session, actor, "settings:factor_grace", organisation_id=firm.id, days=int(plain))


async def idle_limits(session: ReadSession, actor: Actor) -> Limits:
    """After how many minutes without anybody there the firm's sessions end."""
    return await limits_in(session, actor.organisation_id)


async def set_idle_limits(session: WriteSession, actor: Actor, clients: object, staff: object) -> None:
    """Say after how many, each of which is at most the product's own. Raises NotPermitted, Invalid."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    most = {"clients": CLIENTS, "staff": STAFF}
    minutes = {name: _minutes(typed, most[name]) for name, typed in (("clients", clients), ("staff", staff))}
    wrong = {name: WHICH_MINUTES.format(most=most[name]) for name, each in minutes.items() if each is None}
    if wrong:
        raise Invalid(wrong)
    firm = await existing(session, Organisation, actor.organisation_id, with_for_update=HOLD, populate_existing=True)
    firm.idle_minutes_clients, firm.idle_minutes_staff = minutes["clients"], minutes["staff"]
    record(session, actor, "settings:idle_limits", organisation_id=firm.id,
           clients=minutes["clients"], staff=minutes["staff"])  # fmt: skip


def _minutes(typed: object, most: int) -> int | None:
    plain = typed.strip() if isinstance(typed, str) else ""
    fits = plain.isascii() and plain.isdigit() and len(plain) <= 2 and LEAST <= int(plain) <= most
    return int(plain) if fits else None


async def reset_factor(session: WriteSession, actor: Actor, user_id: UUID) -> User:
    """A colleague has lost phone and codes: their password alone lets them in again, until they set up another one.

    They are signed out and told. Raises NotPermitted, NotFound, Conflict (oneself; somebody of another firm too).
    """
    demand(actor, Permission.ORGANISATION_MANAGE)
    places = list(await session.scalars(select(Membership).where(Membership.user_id == user_id)))
    here = next((each for each in places if each.organisation_id == actor.organisation_id), None)
    if here is None:
        raise NotFound("person")
    # Held: of two who press at once the second finds none.
    held = await existing(session, User, user_id, with_for_update=HOLD, populate_existing=True)
    user = as_known(held, here)
    if user_id == actor.id:
        raise Conflict("Switch off your own on your page “Password and security”, or ask another admin.")
    if user.factor_since is None:
        raise Conflict(f"{user.name} has no second step.")
    # Another firm's papers hang on it as well, unless that firm has only typed their address.
    if any(each is not here and each.waits_since is None for each in places):
        raise Conflict(f"{user.name} works for another firm too, so no single firm can take the second step away.")
    await forget_factor(session, Portal.BROKER, user_id)
    await end_sessions(session, user_id=user_id)
    await tell(session, Portal.BROKER, user_id, actor.organisation_id, subject="Your second step was taken away",
               what=f"{actor.name} took the second step of your sign-in away, because you had lost it.",
               for_them=True)  # fmt: skip
    record(session, actor, "member:factor_reset", organisation_id=actor.organisation_id, who=user.name)
    return user
