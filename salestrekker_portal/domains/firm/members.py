"""Users and roles: inviting, changing what somebody may do, and switching an account off without losing its deals."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, update

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.billing.upkeep import admins_of
from salestrekker_portal.domains.deals.changes import board_changed
from salestrekker_portal.domains.deals.holding import hold_deals
from salestrekker_portal.domains.organisations.flow_choice import hand_over_flows
from salestrekker_portal.domains.organisations.people import working_here
from salestrekker_portal.domains.outbox.service import Content, enqueue, just_sent
from salestrekker_portal.domains.signing_in.own_password import password_link
from salestrekker_portal.domains.signing_in.strangers import as_known, wait
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import AlreadyDone, Conflict, Invalid, NotFound
from salestrekker_portal.kernel.names import folded_whole, person_names
from salestrekker_portal.kernel.text import email_from
from salestrekker_portal.tables.access import Portal, PortalSession
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import Membership, Organisation, Role, User
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.partners import PartnerMembership
from salestrekker_portal.tables.tasks import Task

LAST_ADMIN = "A firm needs an admin. Make somebody else one first."
ROLE_NAMES = {Role.ADMIN: "an admin", Role.BROKER: "a broker", Role.ASSISTANT: "an assistant"}


@dataclass(frozen=True, kw_only=True)
class Member:
    """A user's place in the firm. `deals` counts those that they own, settled and archived ones too."""

    user: User
    membership: Membership
    deals: int

    @property
    def has_signed_up(self) -> bool:
        return self.user.password_hash is not None


async def members_of(session: ReadSession, actor: Actor) -> list[Member]:
    """Everybody with an account, those switched off last. Raises NotPermitted."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    owned = (
        select(func.count())
        .where(Deal.owner_id == User.id, Deal.organisation_id == actor.organisation_id)
        .correlate(User)
        .scalar_subquery()
    )
    rows = await session.execute(
        select(User, Membership, owned)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organisation_id == actor.organisation_id)
    )
    members = [Member(user=as_known(user, place), membership=place, deals=deals) for user, place, deals in rows]
    return sorted(members, key=lambda each: (each.membership.disabled_at is not None, folded_whole(each.user.name)))


async def invite_member(
    session: WriteSession, actor: Actor, *, first_name: object, last_name: object, email: object, role: Role
) -> User:
    """Give somebody an account, and e-mail them a one-time link to choose a password.

    Somebody with an account at another firm keeps it, and their name: it is shown once they come in. Raises
    NotPermitted, Invalid (`first_name`, `last_name`, `email`), Conflict when they are here already.
    """
    demand(actor, Permission.ORGANISATION_MANAGE)
    errors: dict[str, str] = {}
    names = person_names(first_name, last_name, errors)
    address = email_from(email)
    if address is None:
        errors["email"] = "Enter an e-mail address, for example jo@example.com."
    if errors or address is None:
        raise Invalid(errors)
    # An account is a person's, not a firm's: whoever works for two firms has one password.
    user = (await session.scalars(select(User).where(User.email == address))).one_or_none()
    if is_new := user is None:
        user = User(email=address, first_name=names["first_name"], last_name=names["last_name"])
        session.add(user)
        await session.flush()
    elif await session.scalar(select(Membership.id).where(*_here(actor, user.id))):
        raise Conflict(f"{address} has an account at your firm already.")
    membership = Membership(user_id=user.id, organisation_id=actor.organisation_id, role=role)
    if not is_new:  # a new one is as it was typed, and may be given deals before its first sign-in
        wait(membership, names)
        user = as_known(user, membership)
    session.add(membership)
    record(session, actor, "member:invited", organisation_id=actor.organisation_id, who=user.name, role=role.value)
    await _send_link(session, actor, user)
    return user


async def resend_link(session: WriteSession, actor: Actor, user_id: UUID) -> User:
    """E-mail the way in again; earlier ones stop within half an hour. Raises NotPermitted, NotFound, Conflict, and
    AlreadyDone when one left a moment ago."""
    membership = await _membership(session, actor, user_id)
    if membership.disabled_at is not None:
        raise Conflict("This account is switched off. Switch it on first.")
    user = as_known(await existing(session, User, user_id), membership)
    firm, address = actor.organisation_id, user.email
    if await just_sent(session, "member.invitation", organisation_id=firm, recipient=address):
        raise AlreadyDone(f"{user.email} was sent a link a moment ago, so no second one went out.")
    await _send_link(session, actor, user)
    return user


async def change_role(session: WriteSession, actor: Actor, user_id: UUID, role: Role) -> None:
    """It counts from the person's next click. Raises NotPermitted, NotFound, Conflict (the last admin)."""
    membership = await _membership(session, actor, user_id)
    if membership.role is role:
        return
    if role is not Role.ADMIN:
        await _demand_other_admin(session, actor, user_id)
    membership.role = role
    user = as_known(await existing(session, User, user_id), membership)
    record(session, actor, "member:role", organisation_id=actor.organisation_id, who=user.name, role=role.value)


async def disable_member(session: WriteSession, actor: Actor, user_id: UUID, to_user_id: UUID | None) -> int:
    """Switch an account off: signed out at once, deals, partners and own flows handed to a colleague. How many
    deals moved.

    Raises NotPermitted, NotFound, Conflict (oneself, the last admin, off already), Invalid (`to_user`).
    """
    demand(actor, Permission.ORGANISATION_MANAGE)
    # Deals before the firm, like everybody else.
    mine = (Deal.organisation_id == actor.organisation_id, Deal.owner_id == user_id)
    await hold_deals(session, select(Deal.id).where(*mine))
    membership = await _membership(session, actor, user_id)
    # Whoever did it to themself by a slip could not undo it.
    if user_id == actor.id:
        raise Conflict("You can’t switch off your own account. Ask another admin.")
    if membership.disabled_at is not None:
        raise Conflict("This account is switched off already.")
    await _demand_other_admin(session, actor, user_id)
    moved = await _hand_over(session, actor, user_id, to_user_id)
    membership.disabled_at = utc_now()
    # What they had still to do is somebody's: of whoever takes over, or of the admin who is asked about it now.
    theirs = (Task.organisation_id == actor.organisation_id, Task.owner_id == user_id)
    still = (Task.done_at.is_(None), Task.removed_at.is_(None))
    await session.execute(update(Task).where(*theirs, *still).values(owner_id=to_user_id or actor.id))
    await session.execute(
        update(PortalSession)
        .where(
            PortalSession.user_id == user_id,
            # In this firm only: another one that they work for has switched nobody off.
            PortalSession.organisation_id == actor.organisation_id,
            PortalSession.ended_at.is_(None),
        )
        .values(ended_at=utc_now())
    )
    user = as_known(await existing(session, User, user_id), membership)
    record(session, actor, "member:disabled", organisation_id=actor.organisation_id, who=user.name, deals=moved)
    return moved


async def enable_member(session: WriteSession, actor: Actor, user_id: UUID) -> None:
    """Switch an account on again. Deals that were handed over stay where they are. Raises NotPermitted, NotFound."""
    membership = await _membership(session, actor, user_id)
    if membership.disabled_at is not None:
        membership.disabled_at = None
        user = as_known(await existing(session, User, user_id), membership)
        record(session, actor, "member:enabled", organisation_id=actor.organisation_id, who=user.name)


def _here(actor: Actor, user_id: UUID) -> tuple:
    return Membership.user_id == user_id, Membership.organisation_id == actor.organisation_id


async def _membership(session: WriteSession, actor: Actor, user_id: UUID) -> Membership:
    demand(actor, Permission.ORGANISATION_MANAGE)
    # One change of roles at a time, so that two admins can't demote each other at once.
    await session.get(Organisation, actor.organisation_id, with_for_update=HOLD)
    found = (await session.scalars(select(Membership).where(*_here(actor, user_id)))).one_or_none()
    if found is None:
        raise NotFound("person")
    return found


async def _demand_other_admin(session: ReadSession, actor: Actor, user_id: UUID) -> None:
    admins = {admin.id for admin in await admins_of(session, actor.organisation_id)}
    if admins == {user_id}:
        raise Conflict(LAST_ADMIN)


async def _hand_over(session: WriteSession, actor: Actor, user_id: UUID, to_user_id: UUID | None) -> int:
    """Give deals and partners to a colleague who may sign in."""
    mine = (Deal.organisation_id == actor.organisation_id, Deal.owner_id == user_id)
    deals = list(await session.scalars(select(Deal.id).where(*mine)))
    if to_user_id is not None and to_user_id != user_id:
        await _demand_colleague(session, actor, to_user_id)
        await hand_over_flows(session, actor, await existing(session, User, user_id), to_user_id)
    looks_after = (
        PartnerMembership.organisation_id == actor.organisation_id,
        PartnerMembership.assigned_user_id == user_id,
    )
    partners = await session.scalar(select(func.count()).where(*looks_after))
    if not deals and not partners:
        return 0
    if to_user_id is None or to_user_id == user_id:
        raise Invalid({"to_user": "Choose who takes over the deals and partners."})
    await session.execute(update(Deal).where(*mine).values(owner_id=to_user_id))
    await session.execute(update(PartnerMembership).where(*looks_after).values(assigned_user_id=to_user_id))
    for deal_id in deals:
        record(session, actor, "deal:changed", organisation_id=actor.organisation_id, deal_id=deal_id,
               fields="owner_id")  # fmt: skip
        board_changed(session, actor.organisation_id, deal_id)
    return len(deals)


async def _demand_colleague(session: ReadSession, actor: Actor, user_id: UUID) -> None:
    if user_id not in {each.id for each in await working_here(session, actor.organisation_id)}:
        raise Invalid({"to_user": "Choose a colleague who may sign in."})


async def _send_link(session: WriteSession, actor: Actor, user: User) -> None:
    organisation = await existing(session, Organisation, actor.organisation_id)
    known = (await existing(session, User, user.id)).password_hash is not None
    link = f"{settings().public_origin}/sign-in" if known else await password_link(session, Portal.BROKER, user.id)
    own = "Sign in with the password that you have. You change between your firms under Settings, My details."
    how = own if known else "Choose a password. The link works for 7 days, once, and a newer one replaces it."
    sent = record(session, actor, "member:link_sent", organisation_id=organisation.id, who=user.name)
    await session.flush()
    enqueue(
        session,
        organisation_id=organisation.id,
        kind="member.invitation",
        channel=Channel.EMAIL,
        recipient=user.email,
        recipient_name=user.name,
        cause=sent.id,
        content=Content(
            sender=f"{actor.name} at {organisation.name}",
            firm=organisation.name,
            reply_to=(await existing(session, User, actor.id)).email,
            subject=f"Your account at {organisation.name}",
            paragraphs=[f"Hello {user.first_name},", f"{actor.name} gave you an account at {organisation.name}.", how],
            link_label="Sign in" if known else "Choose your password",
            link=link,
        ),
    )
