"""A chaser leaves: one message a person and day about all that is missing, by itself or by a broker's press."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.chasing.plans import CONSENT, NAMES, PROFILE, SHORT, Plan, StillOwed, plans_of
from salestrekker_portal.domains.chasing.settings import Rhythm, rhythm_of
from salestrekker_portal.domains.deals.queries import access_deal, applicants_of
from salestrekker_portal.domains.documents.rules import OPEN_STATES
from salestrekker_portal.domains.documents.sending import open_deal
from salestrekker_portal.domains.documents.telling import named_for
from salestrekker_portal.domains.notices.service import notify
from salestrekker_portal.domains.notices.words import short
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import bounds_of, local
from salestrekker_portal.kernel.errors import Conflict, NotFound
from salestrekker_portal.kernel.text import counted, shortened
from salestrekker_portal.tables.chasing import Chase, ChasePause
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import DocumentRequest
from salestrekker_portal.tables.notifications import Notice
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.portal_access import PortalAccess

EVENT = "still_missing"
MOST_SHOWN = 20
NOTHING_MISSING = "Nothing is missing of them now, or what is missing rests."


@dataclass(frozen=True, kw_only=True)
class Chasing:
    """What a broker sees of one deal: who owes what and when they are next reminded, and the reminders so far."""

    rhythm: Rhythm
    rests: bool
    plans: list[Plan]
    sent: list[tuple[Chase, str]]
    resting: set[UUID]


async def chasing_of(session: ReadSession, actor: Actor, deal_id: UUID) -> Chasing:
    """Staff only. Raises NotFound, NotPermitted."""
    deal = await access_deal(session, actor, deal_id, Permission.REQUEST_MANAGE)
    rhythm = await rhythm_of(session, deal.organisation_id)
    plans = await plans_of(session, [deal.id], rhythm, actor.time_zone)
    people = {contact.id: contact.called for _, contact in await applicants_of(session, deal.id)}
    found = select(Chase).where(Chase.deal_id == deal.id).order_by(Chase.created_at.desc()).limit(MOST_SHOWN)
    sent = [(each, people.get(each.contact_id, "A client")) for each in await session.scalars(found)]
    paused = await session.scalars(select(ChasePause.request_id).where(ChasePause.deal_id == deal.id))
    resting = set(paused)
    return Chasing(
        rhythm=rhythm, rests=None in resting, plans=plans, sent=sent, resting={each for each in resting if each}
    )


async def chase_by_itself(session: WriteSession, deal_id: UUID, access_id: UUID, zone: str, day: date) -> bool:
    """Remind this client of everything, if it is still due now and they had none today in any deal of the firm."""
    deal = await session.get(Deal, deal_id, with_for_update=HOLD, populate_existing=True)
    if deal is None:
        return False
    rhythm = await rhythm_of(session, deal.organisation_id)
    plan = await _plan(session, deal, access_id, rhythm, zone)
    if not rhythm.on or plan is None or plan.next_on is None or plan.next_on > day:
        return False
    if await _had_one(session, plan, day) is not None or await _was_reminded(session, plan, zone, day):
        return False
    await _send(session, None, plan, day)
    return True


async def chase_now(session: WriteSession, actor: Actor, access_id: UUID) -> str:
    """Remind this client now, whatever the rhythm says; who was reminded. Once a day.

    Raises NotFound, NotPermitted, Conflict (locked or archived deal, nothing missing, reminded today already).
    """
    deal_id = await session.scalar(select(PortalAccess.deal_id).where(PortalAccess.id == access_id))
    if deal_id is None:
        raise NotFound("client")
    deal = await open_deal(session, actor, deal_id)
    zone = (await existing(session, Organisation, deal.organisation_id)).time_zone
    day = local(utc_now(), zone).date()
    plan = await _plan(session, deal, access_id, await rhythm_of(session, deal.organisation_id), zone)
    if plan is None or not plan.told:
        raise Conflict(NOTHING_MISSING)
    before = await _had_one(session, plan, day)
    if before is not None:
        raise Conflict(f"{plan.contact.called} was reminded today already. Once a day is enough: they get no second.")
    await _send(session, actor, plan, day)
    return plan.contact.called


async def still_missing(session: ReadSession, item_id: str) -> bool:
    """Whether what a chaser is about to ask for is still missing. `item_id`: "consent:…", "profile:…", or a request."""
    what, _, access_id = item_id.rpartition(":")
    if what:
        access = await session.get(PortalAccess, UUID(access_id))
        came = access is None or (access.consented_at if what == CONSENT else access.submitted_at)
        return not came
    kept = select(DocumentRequest.id).where(
        DocumentRequest.id == UUID(item_id),
        DocumentRequest.withdrawn_at.is_(None),
        DocumentRequest.state.in_(OPEN_STATES),
    )
    return await session.scalar(kept) is not None


async def _plan(session: WriteSession, deal: Deal, access_id: UUID, rhythm: Rhythm, zone: str) -> Plan | None:
    plans = await plans_of(session, [deal.id], rhythm, zone)
    return next((each for each in plans if each.access.id == access_id), None)


async def _had_one(session: ReadSession, plan: Plan, day: date) -> datetime | None:
    found = select(Chase.created_at).where(
        Chase.organisation_id == plan.deal.organisation_id,
        Chase.contact_id == plan.contact.id,
        Chase.on_day == day,
    )
    return await session.scalar(found)


async def _was_reminded(session: ReadSession, plan: Plan, zone: str, day: date) -> bool:
    """Whether the reminder of a due day reached them today, in any deal: one of the two is enough."""
    begin, _ = bounds_of(day, zone)
    theirs = select(PortalAccess.id).where(
        PortalAccess.organisation_id == plan.deal.organisation_id, PortalAccess.contact_id == plan.contact.id
    )
    found = select(Notice.id).where(
        Notice.recipient_id.in_(theirs), Notice.event == "document_due", Notice.created_at >= begin
    )
    return await session.scalar(found.limit(1)) is not None


async def _send(session: WriteSession, actor: Actor | None, plan: Plan, day: date) -> None:
    """The record of the day first: of two who send at once the database lets one."""
    what = line_of(plan.told)
    session.add(
        Chase(
            organisation_id=plan.deal.organisation_id,
            deal_id=plan.deal.id,
            access_id=plan.access.id,
            contact_id=plan.contact.id,
            on_day=day,
            keys=[each.key for each in plan.told],
            what=what,
            by_name=actor.name if actor else "",
        )
    )
    await session.flush()
    people = {contact.id: contact for _, contact in await applicants_of(session, plan.deal.id)}
    items = [_item(each, plan, people) for each in plan.told]
    notify(
        session,
        EVENT,
        organisation_id=plan.deal.organisation_id,
        recipient_id=plan.access.id,
        deal_id=plan.deal.id,
        author=actor.name if actor else "",
        items=items,
        facts={"short": _short(plan.told)},
    )
    record(session, actor, "chase:sent", organisation_id=plan.deal.organisation_id, deal_id=plan.deal.id,
           contact=plan.contact.called, what=what)  # fmt: skip


def _item(thing: StillOwed, plan: Plan, people: dict[UUID, Contact]) -> tuple[UUID | str, str]:
    if thing.request is None:
        return f"{thing.key}:{plan.access.id}", NAMES[thing.key]
    return thing.request.id, named_for(thing.request, plan.access, people)


def _short(told: list[StillOwed]) -> str:
    """In a subject and a text: the one thing, or how many."""
    if len(told) > 1:
        papers = all(each.request is not None for each in told)
        return counted(len(told), "document" if papers else "thing")
    only = told[0]
    return short([only.request.name]) if only.request is not None else SHORT[only.key]


def line_of(told: list[StillOwed]) -> str:
    """For the team: “Payslips, Lease and 2 more”."""
    names = [each.line for each in sorted(told, key=lambda each: each.key not in (CONSENT, PROFILE))]
    if len(names) > 3:
        return shortened(f"{', '.join(names[:2])} and {len(names) - 2} more", 390)
    return shortened(", ".join(names), 390)
