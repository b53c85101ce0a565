"""The broker's figures, ready to be shown: each with the lines that it is made of and the way to them."""

from typing import TypedDict
from uuid import UUID

from salestrekker_portal.domains.fact_find.figure_rows import Figure, FigureRow
from salestrekker_portal.domains.fact_find.whole import Whole
from salestrekker_portal.kernel.errors import NotFound

# Shown at a glance; the others are folded until somebody wants them.
FIRST = ("surplus", "surplus_after", "lvr", "lti", "dti", "net_position")


# Pages that each of several people, or households, has one of.
_OF_SOMEBODY = (
    "income", "financials", "business_assets", "business_liabilities", "applicant", "expenses",
)  # fmt: skip


# What they are called where there is room for a word or two; in the order of a deal's overview.
SHORT = {
    "lvr": "Loan to value", "lti": "Loan to income", "dti": "Debt to income", "surplus": "Left over a month",
    "surplus_after": "After settlement", "net_position": "Owned less owed",
}  # fmt: skip


def kept_words(whole: Whole) -> dict[str, str]:
    """The figures at a glance that can be said, by key, in words: what a deal keeps for its overview and its card."""
    said = {each.key: each.words for each in whole.position.figures if each.value is not None and each.rows}
    return {key: said[key] for key in SHORT if key in said}


class RowView(TypedDict):
    """One line of a figure. `path` leads to where it was answered."""

    id: str
    label: str
    words: str
    path: str


class FigureView(TypedDict):
    """One figure. `note` says how it was counted, or what it needs."""

    key: str
    label: str
    words: str
    note: str
    rows: list[RowView]


def figures_of(whole: Whole) -> tuple[list[FigureView], list[FigureView]]:
    """Those at a glance, and the others. Staff alone: raises NotFound for a client."""
    if not whole.context.reader.is_staff:
        raise NotFound("deal")
    deal = whole.context.deal.id
    every = [_figure(each, deal) for each in whole.position.figures]
    return [each for each in every if each["key"] in FIRST], [each for each in every if each["key"] not in FIRST]


def _figure(figure: Figure, deal: UUID) -> FigureView:
    return FigureView(
        key=figure.key,
        label=figure.label,
        words=figure.words,
        note=figure.note,
        rows=[
            RowView(id=f"{figure.key}-{number}", label=row.label, words=row.words, path=_path(deal, row))
            for number, row in enumerate(figure.rows)
        ],
    )


def _path(deal: UUID, row: FigureRow) -> str:
    page = row.section_id.partition(".")[0]
    if not page:
        return ""
    return f"/deals/{deal}/profile?page={page}" + (f"&of={row.subject}" if row.subject and page in _OF_SOMEBODY else "")
