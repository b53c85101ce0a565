"""What is still missing of whom, and when each is next reminded of it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.chasing.rules import next_day
from salestrekker_portal.domains.chasing.settings import Rhythm
from salestrekker_portal.domains.documents.queries import who_sees
from salestrekker_portal.domains.documents.rules import OPEN_STATES
from salestrekker_portal.kernel.days import local
from salestrekker_portal.tables.chasing import Chase, ChasePause
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import DocumentRequest, RequestState
from salestrekker_portal.tables.portal_access import PortalAccess
from salestrekker_portal.tables.workflows import FactFindMode, Stage

CONSENT, PROFILE = "consent", "profile"
# As a client reads them in a list, and as a broker does in a line.
NAMES = {CONSENT: "Read and agree to our privacy papers", PROFILE: "Finish your answers and submit them"}
SHORT = {CONSENT: "your agreement to our privacy papers", PROFILE: "your answers"}
LINE = {CONSENT: "consent", PROFILE: "answers"}


@dataclass(frozen=True, kw_only=True)
class StillOwed:
    """One thing that has not come. `key` is CONSENT, PROFILE or the request's id; `next_on` None: no more of it."""

    key: str
    line: str
    next_on: date | None
    rests: bool = False
    request: DocumentRequest | None = None


@dataclass(kw_only=True)
class Plan:
    """What one client of one deal still owes. `rests`: the whole deal is paused."""

    deal: Deal
    access: PortalAccess
    contact: Contact
    rests: bool
    things: list[StillOwed] = field(default_factory=list)

    @property
    def told(self) -> list[StillOwed]:
        """What the next reminder lists: everything but what rests."""
        return [] if self.rests else [each for each in self.things if not each.rests]

    @property
    def next_on(self) -> date | None:
        """The earliest day on which one of them is due."""
        return min((each.next_on for each in self.told if each.next_on is not None), default=None)


async def plans_of(session: ReadSession, deal_ids: Collection[UUID], rhythm: Rhythm, zone: str) -> list[Plan]:
    """Of everybody in the portal of these open deals who owes something. Days are the firm's. Six statements."""
    rows = await session.execute(
        select(PortalAccess, Deal, Contact, Stage)
        .join(Deal, Deal.id == PortalAccess.deal_id)
        .join(Contact, Contact.id == PortalAccess.contact_id)
        .join(Stage, Stage.id == Deal.stage_id)
        .where(
            PortalAccess.deal_id.in_(deal_ids),
            PortalAccess.revoked_at.is_(None),
            Deal.locked_at.is_(None),
            Deal.archived_at.is_(None),
        )
        .order_by(PortalAccess.created_at, PortalAccess.id)
    )
    found = list(rows)
    asked = await _asked(session, deal_ids, [row[0] for row in found])
    chased = await _chased(session, deal_ids)
    rests = await _rests(session, deal_ids)
    plans = []
    for access, deal, contact, stage in found:
        plan = Plan(deal=deal, access=access, contact=contact, rests=(deal.id, None) in rests)
        owed = [*_of_their_own(access, stage), *((str(each.id), _since(each), each) for each in asked[access.id])]
        for key, since, request in owed:
            start = local(max(since, rhythm.since or since), zone).date()
            if request is not None and request.due_on is not None:
                # Before its day its own reminders go out; chasing begins when it is late.
                start = max(start, request.due_on)
            days = [day for day, keys in chased[access.id] if key in keys and day >= start]
            plan.things.append(
                StillOwed(
                    key=key,
                    line=request.name if request is not None else LINE[key],
                    next_on=next_day(start, days, rhythm.days, rhythm.most) if rhythm.on else None,
                    rests=request is not None and (deal.id, request.id) in rests,
                    request=request,
                )
            )
        if plan.things:
            plans.append(plan)
    return plans


def _of_their_own(access: PortalAccess, stage: Stage) -> list[tuple[str, datetime, None]]:
    """Consent, and the answers of a fact find that is open to them and was never submitted."""
    owed: list[tuple[str, datetime, None]] = []
    if access.consented_at is None:
        owed.append((CONSENT, access.created_at, None))
    if access.section_ids and access.submitted_at is None and stage.fact_find is FactFindMode.EDITABLE:
        owed.append((PROFILE, access.created_at, None))
    return owed


def _since(request: DocumentRequest) -> datetime:
    """When it was asked last."""
    again = request.decided_at if request.state is RequestState.ASKED_AGAIN else None
    return max(each for each in (request.sent_at, again, request.created_at) if each is not None)


async def _asked(
    session: ReadSession, deal_ids: Collection[UUID], accesses: list[PortalAccess]
) -> dict[UUID, list[DocumentRequest]]:
    """Documents by the access of whoever is asked for them: of two who see it, the one whom it is about."""
    rows = await session.scalars(
        select(DocumentRequest)
        .where(
            DocumentRequest.deal_id.in_(deal_ids),
            DocumentRequest.sent_at.is_not(None),
            DocumentRequest.withdrawn_at.is_(None),
            DocumentRequest.state.in_(OPEN_STATES),
        )
        .order_by(DocumentRequest.position, DocumentRequest.created_at)
    )
    requests = list(rows)
    inside = {(each.deal_id, each.contact_id) for each in accesses}
    sees = await who_sees(session, accesses, requests)
    asked: dict[UUID, list[DocumentRequest]] = defaultdict(list)
    for request in requests:
        for access in sees[request.id]:
            theirs = request.contact_id in (None, access.contact_id)
            if access.deal_id == request.deal_id and (theirs or (request.deal_id, request.contact_id) not in inside):
                asked[access.id].append(request)
    return asked


async def _chased(session: ReadSession, deal_ids: Collection[UUID]) -> dict[UUID, list[tuple[date, list[str]]]]:
    rows = await session.scalars(select(Chase).where(Chase.deal_id.in_(deal_ids)))
    found: dict[UUID, list[tuple[date, list[str]]]] = defaultdict(list)
    for each in rows:
        found[each.access_id].append((each.on_day, each.keys))
    return found


async def _rests(session: ReadSession, deal_ids: Collection[UUID]) -> set[tuple[UUID, UUID | None]]:
    rows = await session.execute(
        select(ChasePause.deal_id, ChasePause.request_id).where(ChasePause.deal_id.in_(deal_ids))
    )
    return {(deal_id, request_id) for deal_id, request_id in rows}
