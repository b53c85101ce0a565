"""Partners of a firm: adding and inviting them, and who looks after them."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import partner_topic, record, touch
from salestrekker_portal.domains.outbox.service import Content, enqueue, just_sent
from salestrekker_portal.domains.partners import messages
from salestrekker_portal.domains.partners.queries import brokers_of, membership_of, works_elsewhere
from salestrekker_portal.domains.partners.rules import checked_person
from salestrekker_portal.domains.signing_in.own_password import password_link
from salestrekker_portal.domains.signing_in.strangers import as_known, wait
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import AlreadyDone, Conflict, Invalid, NotFound
from salestrekker_portal.kernel.text import email_from
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Country, Organisation, PartnerPortalSettings, User
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.partners import Partner, PartnerMembership


async def add_partner(
    session: WriteSession,
    actor: Actor,
    *,
    first_name: object,
    last_name: object,
    email: object,
    phone: object = "",
    firm: object = "",
    assigned_user_id: UUID | None,
) -> Partner:
    """Make somebody a partner of the firm, looked after by one of its brokers, and invite them by e-mail.

    An account that is there already is joined to the firm, and keeps its own name and phone: the firm sees those once
    they come in, and until then what it typed. Raises Invalid, Conflict when they are a partner of this firm already.
    """
    demand(actor, Permission.PARTNER_MANAGE)
    facts = checked_person(first_name, last_name, phone, firm, country=actor.country)
    address = email_from(email)
    errors = facts.pop("errors")
    if address is None:
        errors["email"] = "Enter an e-mail address, for example dev@example.com."
    if assigned_user_id is None:
        errors["assigned"] = "Choose who looks after this partner."
    if errors or address is None or assigned_user_id is None:
        raise Invalid(errors)
    await _demand_broker(session, actor.organisation_id, assigned_user_id)
    # An account belongs to the person, not to a firm: one password for all the firms that they bring clients to.
    partner = (await session.scalars(select(Partner).where(Partner.email == address))).one_or_none()
    if is_new := partner is None:
        partner = Partner(email=address, country=Country(actor.country), **facts)
        session.add(partner)
        await session.flush()
    membership = await _join(session, actor, partner, assigned_user_id, typed={} if is_new else facts)
    partner = as_known(partner, membership)
    record(session, actor, "partner:added", organisation_id=actor.organisation_id, partner=partner.name)
    if await announces_partners(session, actor.organisation_id):
        await _invite(session, actor, partner)
    return partner


async def announces_partners(session: ReadSession, organisation_id: UUID) -> bool:
    """Whether new partners get an e-mail at all (P-04). Sending the invitation again always does."""
    chosen = await session.scalar(
        select(PartnerPortalSettings.tells_partner_added).where(
            PartnerPortalSettings.organisation_id == organisation_id
        )
    )
    return chosen is not False


async def _join(
    session: WriteSession, actor: Actor, partner: Partner, assigned_user_id: UUID, *, typed: Mapping[str, object]
) -> PartnerMembership:
    """`typed`: of somebody who has an account already, what this firm typed of them."""
    try:
        membership = await membership_of(session, actor.organisation_id, partner.id)
    except NotFound:
        membership = PartnerMembership(partner_id=partner.id, organisation_id=actor.organisation_id)
        if typed:
            wait(membership, typed)
    else:
        if membership.disabled_at is None:
            raise Conflict(f"{as_known(partner, membership).name} is a partner of yours already.")
        if membership.waits_since is not None:
            wait(membership, typed)
    membership.assigned_user_id, membership.disabled_at, membership.removed_at = assigned_user_id, None, None
    session.add(membership)
    # A partner who is signed in with another firm sees the new one in their menu at once.
    touch(session, partner_topic(partner.id))
    return membership


async def _demand_broker(session: WriteSession, organisation_id: UUID, user_id: UUID) -> User:
    for user in await brokers_of(session, organisation_id):
        if user.id == user_id:
            return user
    raise Invalid({"assigned": "Choose a broker of your firm."})


async def _invite(session: WriteSession, actor: Actor, partner: Partner) -> None:
    """E-mail only: a link to choose a password, or to sign in when they have one."""
    organisation = await existing(session, Organisation, actor.organisation_id)
    broker = await existing(session, User, actor.id)
    # The account itself, not as the firm knows it: whoever has a password signs in with it.
    has_password = (await existing(session, Partner, partner.id)).password_hash is not None
    if has_password:
        link = f"{settings().public_origin}/partner/sign-in"
    else:
        # Another firm's invitation may lie unused in the same mailbox: ours must not stop it without a word.
        elsewhere = await works_elsewhere(session, organisation.id, partner.id)
        link = await password_link(session, Portal.PARTNER, partner.id, keeps_earlier=elsewhere)
    invited = record(session, actor, "partner:invited", organisation_id=organisation.id, partner=partner.name)
    content = messages.invitation(
        organisation=organisation, broker=broker, first_name=partner.first_name, link=link, has_password=has_password
    )
    _send(session, organisation.id, "partner.invitation", partner, invited.id, content)


def _send(
    session: WriteSession, organisation_id: UUID, kind: str, to: Partner, cause: UUID, content: Content, **more
) -> None:
    enqueue(
        session,
        organisation_id=organisation_id,
        kind=kind,
        channel=Channel.EMAIL,
        recipient=to.email,
        recipient_name=to.name,
        cause=cause,
        content=content,
        **more,
    )


async def resend_invitation(session: WriteSession, actor: Actor, partner_id: UUID) -> None:
    """A fresh link; the earlier one stops working. Raises NotFound, NotPermitted, Conflict when disabled, and
    AlreadyDone when an invitation left a moment ago."""
    # One at a time, so that of five tabs four see that it was sent.
    await session.get(Organisation, actor.organisation_id, with_for_update=HOLD)
    partner, membership = await managed(session, actor, partner_id)
    if membership.disabled_at is not None:
        raise Conflict(f"{partner.name} is switched off. Switch them on first.")
    demand_assigned(partner, membership)
    firm, address = actor.organisation_id, partner.email
    if await just_sent(session, "partner.invitation", organisation_id=firm, recipient=address):
        raise AlreadyDone(f"{partner.name} was sent an invitation a moment ago, so no second one went out.")
    await _invite(session, actor, partner)


def demand_assigned(partner: Partner, membership: PartnerMembership) -> None:
    """Nobody new gets a way in before somebody looks after them (P-13). Raises Conflict."""
    if membership.assigned_user_id is None and partner.password_hash is None:
        raise Conflict(f"Choose who looks after {partner.name} first.")


async def managed(session: ReadSession, actor: Actor, partner_id: UUID) -> tuple[Partner, PartnerMembership]:
    """A partner of the person's own firm, for who may manage partners. Raises NotFound, NotPermitted."""
    demand(actor, Permission.PARTNER_MANAGE)
    membership = await membership_of(session, actor.organisation_id, partner_id)
    if membership.removed_at is not None:
        raise NotFound("partner")
    return as_known(await existing(session, Partner, partner_id), membership), membership


async def assign_partner(session: WriteSession, actor: Actor, partner_id: UUID, user_id: UUID) -> None:
    """Choose the broker who looks after a partner. Nobody's partner until now is invited (P-13)."""
    partner, membership = await managed(session, actor, partner_id)
    user = await _demand_broker(session, actor.organisation_id, user_id)
    was_nobodys, membership.assigned_user_id = membership.assigned_user_id is None, user.id
    organisation_id = actor.organisation_id
    record(session, actor, "partner:assigned", organisation_id=organisation_id, partner=partner.name, to=user.name)
    waits = was_nobodys and membership.disabled_at is None and partner.password_hash is None
    if waits and await announces_partners(session, organisation_id):
        await _invite(session, actor, partner)


async def disable_partner(session: WriteSession, actor: Actor, partner_id: UUID) -> None:
    """End a partner's access to this firm at once; their other firms are not touched."""
    partner, membership = await managed(session, actor, partner_id)
    membership.disabled_at = membership.disabled_at or utc_now()
    record(session, actor, "partner:disabled", organisation_id=actor.organisation_id, partner=partner.name)
    touch(session, partner_topic(partner.id))


async def enable_partner(session: WriteSession, actor: Actor, partner_id: UUID) -> None:
    """Let a partner in again, with the deals that they had."""
    partner, membership = await managed(session, actor, partner_id)
    membership.disabled_at = None
    record(session, actor, "partner:enabled", organisation_id=actor.organisation_id, partner=partner.name)
