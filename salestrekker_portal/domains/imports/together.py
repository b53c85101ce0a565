"""Rows that are one deal by its number: the first makes it, the others are more people in it. Within one file."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.deals.figures import lines_touched
from salestrekker_portal.domains.deals.holding import hold_deals
from salestrekker_portal.domains.fact_find.figures import profile_touched
from salestrekker_portal.domains.imports.columns import FIELDS
from salestrekker_portal.domains.imports.judging import ImportingFirm, Judged, RowDeal, judge
from salestrekker_portal.domains.imports.prints import deal_print
from salestrekker_portal.kernel.names import folded_whole
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.imports import DataImport, ImportRow, RowState

UNLIKE = (
    "Row {row} says this deal differently ({what}). Say it alike in each of its rows, or only in the first of them."
)
ANOTHER_IS_BAD = "Row {row} is the same deal and can’t come in. Put that right first, so that they come in together."
DEAL_IS_HERE = "You have the deal of row {row} already. Add this person to it there."

BETWEEN_NOTES = "\n\n"

_ALIKE = {
    "value_cents": "value",
    "stage_id": "stage",
    "owner_id": "owner",
    "finance_due_on": "finance_due_on",
    "expected_settlement_on": "expected_settlement_on",
}


@dataclass
class FirstRows:
    """What the first row of each deal number says of the deal, unless that row is wrong."""

    by_number: dict[str, tuple[int, RowDeal]] = field(default_factory=dict)

    def name_key(self, deal: RowDeal | None) -> str:
        """The folded name of a row's deal, which may stand in its first row alone; "" without a deal."""
        if deal is None:
            return ""
        first = deal if deal.named or not deal.number else self.by_number[deal.number][1]
        return folded_whole(first.name)

    def unlike(self, row: int, deal: RowDeal) -> str:
        """Why this row can't be of the deal of its number, or ""; the first is remembered."""
        if not deal.number:
            return ""
        first_row, first = self.by_number.setdefault(deal.number, (row, deal))
        what = ["deal_name"] if deal.named and folded_whole(deal.name) != folded_whole(first.name) else []
        for name, column in _ALIKE.items():
            mine = getattr(deal, name)
            what += [column] if mine and mine != getattr(first, name) else []
        words = ", ".join(FIELDS[column][0].lower() for column in what)
        return UNLIKE.format(row=first_row, what=words) if words else ""


async def firsts_before(
    session: ReadSession, file: DataImport, firm: ImportingFirm, judged: Sequence[tuple[ImportRow, Judged]]
) -> FirstRows:
    """The first rows of these deals that stand before this batch."""
    numbers = {each.number for _, each in judged if each.number}
    if not numbers:
        return FirstRows()
    before = select(ImportRow).where(
        ImportRow.import_id == file.id,
        ImportRow.deal_number.in_(numbers),
        ImportRow.number < judged[0][0].number,
        ImportRow.state.in_([RowState.GOOD, RowState.KNOWN]),
    )
    firsts = FirstRows()
    for row in await session.scalars(before.order_by(ImportRow.number)):
        deal = judge(firm, file.mapping, row.cells).deal
        if deal is not None:
            firsts.unlike(row.number, deal)
    return firsts


async def whole_deals_only(session: WriteSession, file: DataImport) -> None:
    """A deal of several rows comes in with all of them or none: a part of it would be taken for the whole."""
    mine = select(ImportRow).where(ImportRow.import_id == file.id, ImportRow.deal_number.is_not(None))
    left_out: dict[str, ImportRow] = {}
    wrong = mine.where(ImportRow.state.in_([RowState.BAD, RowState.KNOWN]))
    # "bad" stands before "known": what has to be put right is named first.
    for row in await session.scalars(wrong.order_by(ImportRow.state, ImportRow.number)):
        left_out.setdefault(str(row.deal_number), row)
    if not left_out:
        return
    for row in await session.scalars(mine.where(ImportRow.state == RowState.GOOD)):
        why = left_out.get(str(row.deal_number))
        if why is not None:
            words = ANOTHER_IS_BAD if why.state is RowState.BAD else DEAL_IS_HERE
            row.state, row.says = RowState.BAD, [words.format(row=why.number)]


@dataclass
class ComingDeal:
    """A deal that these rows bring: what its first row says, and who is in it by row.

    `deal` is the one that earlier rows of its number made; `notes` are those of all its rows here.
    """

    facts: RowDeal
    deal: Deal | None = None
    people: list[tuple[ImportRow, Contact]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, row: ImportRow, facts: RowDeal, contact: Contact) -> None:
        self.people.append((row, contact))
        if facts.summary and facts.summary not in self.notes:
            self.notes.append(facts.summary)

    @property
    def summary(self) -> str:
        return BETWEEN_NOTES.join(self.notes)


async def gathered(
    session: WriteSession, file: DataImport, coming: Sequence[tuple[ImportRow, RowDeal, Contact]]
) -> list[ComingDeal]:
    """The deals of these rows, in order; rows of one number are one deal."""
    made = await _made_before(session, file, {facts.number for _, facts, _ in coming} - {""})
    deals: dict[object, ComingDeal] = {}
    for row, facts, contact in coming:
        key = facts.number or row.id
        deals.setdefault(key, ComingDeal(facts, made.get(facts.number))).add(row, facts, contact)
    return list(deals.values())


async def _made_before(session: WriteSession, file: DataImport, numbers: set[str]) -> dict[str, Deal]:
    """Deals of this file's earlier batches by their number, held; without those that somebody has closed since."""
    if not numbers:
        return {}
    mine = select(ImportRow.deal_number, ImportRow.deal_id).where(
        ImportRow.import_id == file.id, ImportRow.deal_number.in_(numbers), ImportRow.deal_id.is_not(None)
    )
    by_id = {row.deal_id: str(row.deal_number) for row in await session.execute(mine)}
    await hold_deals(session, select(Deal.id).where(Deal.id.in_(list(by_id))))
    still_open = select(Deal).where(Deal.id.in_(list(by_id)), Deal.archived_at.is_(None), Deal.locked_at.is_(None))
    found = await session.scalars(still_open.execution_options(populate_existing=True))
    return {by_id[deal.id]: deal for deal in found}


async def join(session: WriteSession, coming: ComingDeal, deal: Deal) -> None:
    """More people in a deal that an earlier batch made, and what is noted of them; what it looks like is marked anew
    unless somebody has changed it meanwhile."""
    earlier = select(ImportRow).where(ImportRow.deal_id == deal.id)
    rows = [*await session.scalars(earlier), *(row for row, _ in coming.people)]
    mark, is_as_it_came = rows[0].deal_print, rows[0].deal_print == deal_print(deal)
    there = await session.scalar(select(func.count()).where(DealApplicant.deal_id == deal.id)) or 0
    session.add_all(
        DealApplicant(deal_id=deal.id, contact_id=contact.id, position=there + place)
        for place, (_, contact) in enumerate(coming.people)
    )
    new = [each for each in coming.notes if each not in deal.summary]
    deal.summary = BETWEEN_NOTES.join([deal.summary, *new] if deal.summary else new)
    for row in rows:
        row.deal_id, row.deal_print = deal.id, deal_print(deal) if is_as_it_came else mark
    lines_touched(session, deal.id, clients=True)
    await profile_touched(session, deal.id)
