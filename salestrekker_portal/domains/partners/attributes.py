"""One partner of a firm: their details, what they did, and taking them out of the firm."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, or_, select

from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import partner_topic, record, touch
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.domains.partners.queries import known_elsewhere
from salestrekker_portal.domains.partners.rules import checked_person
from salestrekker_portal.domains.partners.service import managed
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid
from salestrekker_portal.kernel.text import phone_words
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.partners import DealPartner, Partner, PartnerMembership

THEIR_OWN = (
    "{name} works with other firms too, so only they change these details, under My account. "
    "You can still change who looks after them."
)
MOST_ENTRIES = 60


async def partner_to_edit(session: ReadSession, actor: Actor, partner_id: UUID) -> tuple[Partner, str]:
    """The partner, and why the firm can't change their details, or "". Raises NotFound, NotPermitted."""
    partner, membership = await managed(session, actor, partner_id)
    return partner, await _why_not(session, partner, membership)


async def _why_not(session: ReadSession, partner: Partner, membership: PartnerMembership) -> str:
    if membership.waits_since is not None:
        return ""
    return THEIR_OWN.format(name=partner.name) if await known_elsewhere(session, membership) else ""


def partner_form(partner: Partner) -> dict[str, str]:
    """What the form shows of a partner, by its fields."""
    return {
        "first_name": partner.first_name,
        "last_name": partner.last_name,
        "phone": phone_words(partner.phone, partner.country),
        "firm": partner.firm or "",
    }


async def change_partner(
    session: WriteSession,
    actor: Actor,
    partner_id: UUID,
    typed: Mapping[str, object],
    shown: Mapping[str, object] | None = None,
) -> Partner:
    """Change a partner's name, phone and firm (P-16); the e-mail is fixed (S4-20).

    An account that works with several firms is its owner's to change. Raises Invalid, Conflict, NotFound,
    NotPermitted, and Faster for what somebody else changed since `shown`.
    """
    partner, membership = await managed(session, actor, partner_id)
    if refusal := await _why_not(session, partner, membership):
        raise Conflict(refusal)
    waits = membership.waits_since is not None
    if not waits:
        await session.refresh(partner, with_for_update=HOLD)
    trail = Trail(kinds=("partner:changed",), subject_id=partner.id)
    kept = await on_top_of(session, actor, trail, shown=shown, now=partner_form(partner), typed=typed)
    facts = checked_person(*(kept.get(name) for name in partner_form(partner)), country=partner.country.value)
    if errors := facts.pop("errors"):
        raise Invalid(errors)
    changed = [name for name, value in facts.items() if getattr(partner, name) != value]
    for name in changed:
        setattr(partner, name, facts[name])
    if waits:
        membership.typed = facts
    if changed:
        record(session, actor, "partner:changed", organisation_id=actor.organisation_id, subject_id=partner.id,
               partner=partner.name, fields=", ".join(changed))  # fmt: skip
        touch(session, partner_topic(partner.id))
    return partner


async def remove_partner(session: WriteSession, actor: Actor, partner_id: UUID) -> Partner:
    """Take a partner out of the firm: out at once, off its deals and off its list.

    Their account, their other firms, and the leads, notes and files that they brought stay. Adding the same e-mail
    again lets them start anew. Raises NotFound, NotPermitted.
    """
    partner, membership = await managed(session, actor, partner_id)
    membership.disabled_at = membership.disabled_at or utc_now()
    membership.removed_at = utc_now()
    ours = select(Deal.id).where(Deal.organisation_id == actor.organisation_id)
    await session.execute(
        delete(DealPartner).where(DealPartner.partner_id == partner.id, DealPartner.deal_id.in_(ours))
    )
    record(session, actor, "partner:removed", organisation_id=actor.organisation_id, subject_id=partner.id,
           partner=partner.name)  # fmt: skip
    touch(session, partner_topic(partner.id))
    return partner


async def activity_of_partner(session: ReadSession, actor: Actor, partner_id: UUID) -> list[tuple[Activity, str]]:
    """What a partner did here and what was done about them, newest first, with the deal's name or "".

    Raises NotFound, NotPermitted.
    """
    partner, _ = await managed(session, actor, partner_id)
    rows = await session.execute(
        select(Activity, Deal.name)
        .outerjoin(Deal, Deal.id == Activity.deal_id)
        .where(
            Activity.organisation_id == actor.organisation_id,
            or_(Activity.actor_id == partner.id, Activity.subject_id == partner.id),
        )
        .order_by(Activity.created_at.desc(), Activity.id.desc())
        .limit(MOST_ENTRIES)
    )
    return [(activity, name or "") for activity, name in rows]
