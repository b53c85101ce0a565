"""A firm with a past: deals over three years in two workflows, moved, settled, stopped, with papers and clients."""

import random
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from salestrekker_portal.database.session import reading
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.deals import Deal, Move, Outcome
from salestrekker_portal.tables.documents import DocumentRequest, RequestState
from salestrekker_portal.tables.portal_access import PortalAccess
from salestrekker_portal.tables.tasks import Task
from salestrekker_portal.tables.workflows import Stage, Workflow
from tests import factories as make
from tests.cast import Cast

PAPERS = ("Payslips", "Licence", "Rates notice")


@dataclass
class Firm:
    """Everything of the firm, read without a condition but whose it is."""

    deals: list[Deal]
    moves: list[Activity]
    stages: list[Stage]
    requests: list[DocumentRequest]
    again: set
    handed_in: list[Activity]
    accesses: list[PortalAccess]
    tasks: list[Task]


async def generate(session, cast: Cast, seed: int, count: int = 60) -> Workflow:
    """`count` deals, some brought by a partner. The other workflow, to filter by."""
    chance = random.Random(seed)
    other, stages = await make.make_workflow(session, cast.firm, name="Commercial")
    stages[3].with_lender = cast.stages[4].with_lender = True
    for number in range(count):
        stage = chance.choice([*cast.stages, *cast.stages, *stages])
        owner = chance.choice([cast.alice_user, cast.bob_user])
        deal = await make.make_deal(
            session, cast.firm, stage, owner, name=f"Deal {number}", value_cents=chance.randrange(0, 900_000_00)
        )
        _past(chance, cast, deal, number)
        _moves(session, chance, cast, deal, stages if stage in stages else cast.stages)
        _papers(session, chance, cast, deal)
        await _client(session, chance, cast, deal, owner, number)
        _task(session, chance, cast, deal, number)
    await session.flush()
    return other


def _past(chance: random.Random, cast: Cast, deal: Deal, number: int) -> None:
    now = utc_now()
    deal.created_at = now - timedelta(days=chance.randrange(1, 900), seconds=chance.randrange(86_400))
    deal.move = chance.choice(list(Move))
    deal.lodged_on = now.date() if chance.random() < 0.3 else None
    if chance.random() < 0.4:
        deal.partner_id = cast.priya_partner.id
    end = chance.random()
    if end < 0.4:
        deal.locked_at, deal.settled_on = now, (now - timedelta(days=chance.randrange(0, 800))).date()
        # Put away once it was over, which unsettles nothing.
        deal.archived_at = now if number % 2 else None
    elif end < 0.55:
        deal.archived_at, deal.outcome = now, chance.choice(list(Outcome))


def _moves(session, chance: random.Random, cast: Cast, deal: Deal, stages: list[Stage]) -> None:
    at = deal.created_at
    for _ in range(chance.randrange(0, 5)):
        at += timedelta(days=chance.randrange(0, 90), seconds=chance.randrange(1, 86_400))
        facts = {"from_stage": chance.choice(stages).name, "to_stage": "Anywhere"}
        session.add(_happened(cast, deal, "deal:moved", at, facts=facts))


def _papers(session, chance: random.Random, cast: Cast, deal: Deal) -> None:
    for name in PAPERS[: chance.randrange(0, 4)]:
        sent = utc_now() - timedelta(days=chance.randrange(0, 500), seconds=chance.randrange(86_400))
        state = chance.choice(list(RequestState))
        request = DocumentRequest(
            deal_id=deal.id, name=name, state=state, added_by=cast.alice_user.id,
            sent_at=sent if chance.random() < 0.9 else None,
            decided_at=sent + timedelta(days=chance.randrange(-1, 12), seconds=chance.randrange(86_400)),
            withdrawn_at=utc_now() if chance.random() < 0.1 else None,
        )  # fmt: skip
        session.add(request)
        for _ in range(chance.choice([0, 0, 1, 2])):
            session.add(_happened(cast, deal, "request:asked_again", sent, subject_id=request.id))


async def _client(session, chance: random.Random, cast: Cast, deal: Deal, owner, number: int) -> None:
    if chance.random() < 0.3:
        return
    contact = await make.make_contact(session, cast.firm, "Client", f"Of {number}")
    came = utc_now() - timedelta(days=chance.randrange(0, 800), seconds=chance.randrange(86_400))
    done = came + timedelta(days=chance.choice([0, 1, 2, 5, 9, 30]), seconds=chance.randrange(80_000))
    times = chance.choice([0, 1, 1, 2])
    last = done + timedelta(days=3 * (times - 1))
    await make.make_access(
        session, deal, contact, owner, first_seen_at=came if chance.random() < 0.9 else None,
        submissions=times, submitted_at=last if times else None,
    )  # fmt: skip
    for nth in range(times):
        at = done + timedelta(days=3 * nth)
        session.add(_happened(cast, deal, "profile:submitted", at, actor_id=contact.id))


def _task(session, chance: random.Random, cast: Cast, deal: Deal, number: int) -> None:
    today = utc_now().date()
    session.add(
        Task(
            organisation_id=cast.firm.id, title=f"Task {number}", deal_id=deal.id if number % 5 else None,
            owner_id=chance.choice([cast.alice_user, cast.bob_user]).id,
            due_on=today + timedelta(days=chance.randrange(-9, 9)) if chance.random() < 0.9 else None,
            waits_until=today + timedelta(days=2) if chance.random() < 0.2 else None,
            done_at=utc_now() if chance.random() < 0.3 else None,
            removed_at=utc_now() if chance.random() < 0.1 else None,
        )
    )  # fmt: skip


def _happened(cast: Cast, deal: Deal, kind: str, at, **more) -> Activity:
    said = {"facts": {}, **more}
    return Activity(
        organisation_id=cast.firm.id, deal_id=deal.id, kind=kind, actor_kind="broker", created_at=at, **said
    )


async def read_firm(cast: Cast) -> Firm:
    """Every row, for counting by hand."""
    async with reading() as session:
        deals = list(await session.scalars(select(Deal).where(Deal.organisation_id == cast.firm.id)))
        happened = list(await session.scalars(
            select(Activity).where(Activity.organisation_id == cast.firm.id).order_by(Activity.created_at)
        ))  # fmt: skip
        ids = {deal.id for deal in deals}
        return Firm(
            deals=deals,
            moves=[each for each in happened if each.kind == "deal:moved"],
            stages=list(await session.scalars(select(Stage).order_by(Stage.position))),
            requests=[each for each in await session.scalars(select(DocumentRequest)) if each.deal_id in ids],
            again={each.subject_id for each in happened if each.kind == "request:asked_again"},
            handed_in=[each for each in happened if each.kind == "profile:submitted"],
            accesses=[each for each in await session.scalars(select(PortalAccess)) if each.deal_id in ids],
            tasks=list(await session.scalars(select(Task).where(Task.organisation_id == cast.firm.id))),
        )
