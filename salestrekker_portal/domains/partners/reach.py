"""What a client lets the partners of their deal see, and what each of them reads about that."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import partner_topic, record, touch
from salestrekker_portal.domains.deals.partners_see import UNSAID, seen_of
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.notices.catalogue import events_for
from salestrekker_portal.domains.outbox.service import withdraw_news
from salestrekker_portal.domains.signing_in.strangers import as_known
from salestrekker_portal.kernel.errors import Invalid, NotPermitted
from salestrekker_portal.tables.deals import DealApplicant, PartnersSee
from salestrekker_portal.tables.notifications import Audience
from salestrekker_portal.tables.partners import DealPartner, Lead, Partner, PartnerMembership

# What a client chooses from, in words, each with what follows from it.
CHOICES = {
    PartnersSee.PAPERS: ("How many papers are open, too", "A number, never which papers, and never what is in them."),
    PartnersSee.DATES: ("The stage and its dates", "Where your loan is, since when, and the day of settlement."),
    PartnersSee.STAGE: ("The stage", "Where your loan is, and what your broker shares with them. No dates."),
    PartnersSee.NOTHING: (
        "Nothing",
        "That they sent you, and no more: no stage, no dates, no news, not even at the end.",
    ),
}
IN_SHORT = {
    PartnersSee.NOTHING: "nothing",
    PartnersSee.STAGE: "the stage",
    PartnersSee.DATES: "the stage and its dates",
    PartnersSee.PAPERS: "the stage, its dates, and how many papers are open",
}


@dataclass(frozen=True, kw_only=True)
class OwnReferrer:
    """A partner of a client's deal, and how they came to it. `agreed_at`: when they ticked that the client agrees."""

    name: str
    firm: str
    sent_them: bool
    since: datetime
    agreed_at: datetime | None
    by_link: bool


@dataclass(frozen=True, kw_only=True)
class OwnReach:
    """A client's own choice, `said` once they made one; what counts with everybody's, and for whom."""

    chosen: PartnersSee
    said: bool
    counts: PartnersSee
    referrers: list[OwnReferrer]


async def own_reach(session: ReadSession, actor: Actor) -> OwnReach:
    """What this client lets partners see. Clients only: raises NotPermitted."""
    deal_id = _own_deal(actor)
    kept = await session.scalar(_own(actor, deal_id).with_only_columns(DealApplicant.partners_see))
    place = (PartnerMembership.partner_id == Partner.id) & (PartnerMembership.organisation_id == actor.organisation_id)
    rows = await session.execute(
        select(Partner, PartnerMembership, DealPartner.shared_at, Lead)
        .join(DealPartner, DealPartner.partner_id == Partner.id)
        .join(PartnerMembership, place)
        .outerjoin(Lead, Lead.deal_id == DealPartner.deal_id)
        .where(DealPartner.deal_id == deal_id, PartnerMembership.disabled_at.is_(None))
        .order_by(DealPartner.shared_at)
    )
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_READ)
    return OwnReach(
        chosen=UNSAID if kept is None else PartnersSee(kept),
        said=kept is not None,
        counts=await seen_of(session, deal_id),
        referrers=[
            _referrer(as_known(partner, known), since, lead, sent_them=partner.id == deal.partner_id)
            for partner, known, since, lead in rows
        ],
    )


def _referrer(partner: Partner, since: datetime, lead: Lead | None, *, sent_them: bool) -> OwnReferrer:
    return OwnReferrer(
        name=partner.name,
        firm=partner.firm,
        sent_them=sent_them,
        since=since,
        agreed_at=lead.agreed_at if lead is not None and sent_them else None,
        by_link=lead is not None and lead.by_link,
    )


def _own_deal(actor: Actor) -> UUID:
    if not actor.is_client or actor.deal_id is None:
        raise NotPermitted("Only the client says what partners may see.")
    return actor.deal_id


def _own(actor: Actor, deal_id: UUID):
    return select(DealApplicant).where(DealApplicant.deal_id == deal_id, DealApplicant.contact_id == actor.id)


async def let_partners_see(session: WriteSession, actor: Actor, level: object) -> PartnersSee:
    """Say what partners may see, a number of `PartnersSee` as text; it counts at once, on a settled deal too.

    Returns what counts now with the other applicants' choices. Raises NotPermitted, Invalid (`partners_see`).
    """
    deal_id = _own_deal(actor)
    deal = await access_deal(session, actor, deal_id, Permission.PROFILE_WRITE)
    if not isinstance(level, str) or level not in {str(each.value) for each in PartnersSee}:
        raise Invalid({"partners_see": "Choose one of the four."})
    chosen = PartnersSee(int(level))
    # The deal is held, so that nobody else writes this row meanwhile.
    row = (await session.scalars(_own(actor, deal_id))).one_or_none()
    if row is None:
        raise NotPermitted("Only who takes part in this loan says what partners may see.")
    if row.partners_see == chosen:
        return await seen_of(session, deal_id)
    row.partners_see = int(chosen)
    await session.flush()
    if chosen < PartnersSee.DATES:
        # A text that waits for the morning would say in the morning what they may no longer hear.
        said = [each for each in events_for(Audience.PARTNER) if not chosen or "settled_on" in each.fields]
        await withdraw_news(session, deal_id, [f"notice.{each.key}" for each in said])
    record(
        session, actor, "partner:view_chosen", organisation_id=deal.organisation_id, deal_id=deal_id,
        sees=IN_SHORT[chosen],
    )  # fmt: skip
    partners = await session.scalars(select(DealPartner.partner_id).where(DealPartner.deal_id == deal_id))
    touch(session, *[partner_topic(each) for each in partners])
    return await seen_of(session, deal_id)
