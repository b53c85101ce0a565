"""The contacts and deals of a batch of rows, written as if somebody had typed them; only nobody is told."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.clients.contacts import contact_from
from salestrekker_portal.domains.deals.changes import board_remade
from salestrekker_portal.domains.deals.figures import begin_lines, deal_touched
from salestrekker_portal.domains.documents.compliance import give_versions
from salestrekker_portal.domains.imports.judging import Judged, RowDeal
from salestrekker_portal.domains.imports.known import KnownMark, KnownPeople, key_of
from salestrekker_portal.domains.imports.prints import contact_print, deal_print
from salestrekker_portal.domains.imports.together import ComingDeal, gathered, join
from salestrekker_portal.domains.pipeline.adding import next_references
from salestrekker_portal.domains.questions.flows import loan_of
from salestrekker_portal.domains.workflows.queries import first_stage
from salestrekker_portal.kernel import rank
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.imports import DataImport, ImportRow, RowState
from salestrekker_portal.tables.workflows import Stage, Workflow


async def make_all(
    session: WriteSession, file: DataImport, people: KnownPeople, judged: Sequence[tuple[ImportRow, Judged]]
) -> None:
    """Make what is new in these rows, and note in each what came of it."""
    made: list[tuple[ImportRow, Contact]] = []
    coming: list[tuple[ImportRow, RowDeal, Contact]] = []
    for row, each in judged:
        if each.contact is None:
            row.state, row.says = RowState.BAD, list(each.wrong)
            continue
        key, known = row.deal_key if each.deal else "", people.like(each.contact)
        if any(one.has(key, each.number) for one in known):
            row.state, row.cells = RowState.KNOWN, []
            continue
        contact = known[0].contact if known else None
        if contact is None:
            contact = contact_from(each.contact, file.organisation_id)
            contact.sort_key = each.sort_key
            made.append((row, contact))
            known = [KnownMark(contact, contact=contact)]
            people.add(known[0])
        row.state, row.cells, row.contact_id = RowState.IN, [], contact.id
        if each.deal is not None:
            known[0].deals.add(key_of(key, each.number))
            coming.append((row, each.deal, contact))
    session.add_all(contact for _, contact in made)
    await session.flush()
    deals = await gathered(session, file, coming)
    await _make_deals(session, file, [each for each in deals if each.deal is None])
    for one in deals:
        if one.deal is not None:
            await join(session, one, one.deal)
    came_at = utc_now()
    for row, contact in made:
        row.contact_print = contact_print(contact)
    for row, _ in judged:
        row.came_at = came_at


async def _make_deals(session: WriteSession, file: DataImport, new: Sequence[ComingDeal]) -> None:
    if not new:
        return
    stages = await _stages(session, file.organisation_id)
    chosen = file.stage_id if file.stage_id in stages else None
    usual = chosen or (await first_stage(session, file.organisation_id)).id
    ranks = await _ranks_below(session, [each.facts.stage_id or usual for each in new])
    references = await next_references(session, file.organisation_id, len(new))
    deals: list[Deal] = []
    for each, reference in zip(new, references, strict=True):
        facts, (stage, kind) = each.facts, stages[each.facts.stage_id or usual]
        deal = Deal(
            organisation_id=file.organisation_id, workflow_id=stage.workflow_id, stage_id=stage.id,
            rank=ranks[stage.id].pop(0), name=facts.name, reference=reference, value_cents=facts.value_cents,
            loan_kind=loan_of(kind).value, owner_id=facts.owner_id or file.by_id, summary=each.summary,
            finance_due_on=facts.finance_due_on, expected_settlement_on=facts.expected_settlement_on,
        )  # fmt: skip
        begin_lines(deal, [contact.name for _, contact in each.people])
        deals.append(deal)
    session.add_all(deals)
    await session.flush()
    session.add_all(
        DealApplicant(deal_id=deal.id, contact_id=contact.id, position=place)
        for each, deal in zip(new, deals, strict=True)
        for place, (_, contact) in enumerate(each.people)
    )
    await give_versions(session, *deals)
    await session.flush()
    for each, deal in zip(new, deals, strict=True):
        deal_touched(session, deal.id)
        for row, _ in each.people:
            row.deal_id, row.deal_print = deal.id, deal_print(deal)
    board_remade(session, file.organisation_id)


async def _stages(session: WriteSession, organisation_id: UUID) -> dict[UUID, tuple[Stage, str]]:
    found = await session.execute(
        select(Stage, Workflow.kind)
        .join(Workflow, Workflow.id == Stage.workflow_id)
        # The one that was chosen may have been put away meanwhile: nobody would find the deals in it.
        .where(Workflow.organisation_id == organisation_id, Workflow.archived_at.is_(None))
    )
    return {stage.id: (stage, kind) for stage, kind in found}


async def _ranks_below(session: WriteSession, stage_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """Places for so many deals below those that are in each stage: what comes in late pushes nobody down."""
    lowest = await session.execute(
        select(Deal.stage_id, func.max(Deal.rank))
        .where(Deal.stage_id.in_(set(stage_ids)), Deal.archived_at.is_(None), Deal.locked_at.is_(None))
        .group_by(Deal.stage_id)
    )
    below: dict[UUID, str] = dict(lowest.all())
    many: dict[UUID, int] = defaultdict(int)
    for stage_id in stage_ids:
        many[stage_id] += 1
    return {stage_id: rank.spread(count, below.get(stage_id)) for stage_id, count in many.items()}
