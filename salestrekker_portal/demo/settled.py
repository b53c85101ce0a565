"""What a year left behind in the demo: deals that settled in past months, so that Insights has something to say."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import WriteSession, transaction
from salestrekker_portal.demo.deals import staff_actor
from salestrekker_portal.demo.world import World
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.pipeline.adding import Part, open_deal
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.documents import DocumentRequest, RequestState
from salestrekker_portal.tables.partners import DealPartner
from salestrekker_portal.tables.portal_access import PortalAccess

_FAMILIES = (
    "Aldous", "Brandt", "Costa", "Duarte", "Ellery", "Fonoti", "Gallagher", "Hartnett", "Ilić", "Jurić", "Keane",
    "Larkin", "Moreau", "Nakamura", "Ortega", "Pereira", "Quilty", "Reyes", "Sefton", "Tupou", "Usher", "Vella",
    "Whelan", "Yates", "Zammit", "Anand", "Burke", "Chaplin", "Dunmore", "Everett",
)  # fmt: skip
_FIRST = ("Rosa", "Tom", "Mina", "Luca", "Petra", "Sol", "Ida", "Noah")
_WAY = ("New enquiry", "Fact find", "Preparing", "Lodged", "Conditional", "Settlement")
# Days in each stage of the way, for three kinds of luck.
_STAYS = ((2, 5, 4, 7, 4, 17), (4, 9, 6, 8, 6, 22), (1, 14, 9, 13, 8, 28))
_PAPERS = (("Two latest payslips", 2), ("Driver licence, both sides", 1), ("Savings statement, 3 months", 3),
           ("Council rates notice", 5), ("Contract of sale", 4))  # fmt: skip
# How many settled in each month back from this one; this year more than the last.
_A_MONTH = (2, 2, 1, 3, 2, 2, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1)


async def furnish_settled(world: World) -> None:
    """Each by the use case that opens deals, then taken back to where it was."""
    actors = {key: await staff_actor(world, key) for key in ("alice", "hemi")}
    today = utc_now().date()
    for number, day in enumerate(_days(today)):
        owner = ("alice", "hemi", "alice")[number % 3]
        family = _FAMILIES[number % len(_FAMILIES)]
        async with transaction() as session:
            deal = await open_deal(
                session, actors[owner], owner_id=actors[owner].id,
                name=f"{family} – {('purchase', 'refinance', 'investment')[number % 3]}, {day:%B %Y}",
                value_cents=(380_000 + 23_500 * (number * 7 % 29)) * 100,
                people=[Part(company=False, typed={"first_name": _FIRST[number % 8], "last_name": family})],
                workflow_id=world.firms["harbour"].home_loans.id,
                partner_id=world.partners[("dev", "lena")[number % 2]].id if number % 3 == 0 else None,
                summary="",
            )  # fmt: skip
            deal.stage_id = world.firms["harbour"].home_loan_stages["Settlement"].id
            await session.flush()
            await _took_its_time(session, deal, actors[owner].name, day, _STAYS[number % 3])
            await _handed_in(session, deal, actors[owner].id, number)
            if deal.partner_id is not None:
                session.add(DealPartner(deal_id=deal.id, partner_id=deal.partner_id, shared_at=deal.created_at))
            deal_touched(session, deal.id)


def _days(today: date) -> list[date]:
    """When each settled: working days of this month and the months before, never one to come."""
    found = []
    for back, count in enumerate(_A_MONTH):
        number = today.year * 12 + today.month - 1 - back
        first = date(number // 12, number % 12 + 1, 1)
        found += [min(first + timedelta(days=4 + 9 * nth), today - timedelta(days=1)) for nth in range(count)]
    # Banks settle from Monday to Friday.
    return [day - timedelta(days=max(0, day.weekday() - 4)) for day in found]


async def _took_its_time(session: WriteSession, deal: Deal, who: str, day: date, stays: tuple[int, ...]) -> None:
    settled = datetime.combine(day, time(2), tzinfo=UTC)
    at = deal.created_at = settled - timedelta(days=sum(stays))
    for here, there, days in zip(_WAY, _WAY[1:], stays, strict=False):
        at += timedelta(days=days, hours=days % 5)
        # Nobody is told of what was moved long ago.
        session.add(
            Activity(organisation_id=deal.organisation_id, deal_id=deal.id, kind="deal:moved", actor_kind="broker",
                     actor_name=who, facts={"from_stage": here, "to_stage": there}, created_at=at)
        )  # fmt: skip
        if there == "Lodged":
            deal.lodged_on = at.date()
        elif there == "Settlement":
            deal.approved_on = at.date()
    deal.stage_entered_at, deal.settled_on, deal.locked_at = at, day, settled


async def _handed_in(session: WriteSession, deal: Deal, user_id: UUID, number: int) -> None:
    """Papers that were asked for and accepted, and a client who was done with their profile."""
    contact = await session.scalar(select(DealApplicant.contact_id).where(DealApplicant.deal_id == deal.id))
    asked = deal.created_at + timedelta(days=2)
    for at, (name, days) in enumerate(_PAPERS[: 3 + number % 3]):
        done = asked + timedelta(days=days, hours=(number * 7 + at * 5) % 40)
        session.add(
            DocumentRequest(deal_id=deal.id, contact_id=contact, name=name, state=RequestState.ACCEPTED, position=at,
                            added_by=user_id, sent_at=asked, decided_at=done, created_at=asked)
        )  # fmt: skip
    session.add(
        PortalAccess(
            deal_id=deal.id, contact_id=contact, organisation_id=deal.organisation_id, granted_by=user_id,
            first_seen_at=asked, last_seen_at=asked + timedelta(days=9), consented_at=asked, submissions=1,
            submitted_at=asked + timedelta(days=(1, 2, 4, 3, 8)[number % 5], hours=number % 20), declared="1",
            revoked_at=deal.locked_at, revoked_by=user_id,
        )
    )  # fmt: skip
