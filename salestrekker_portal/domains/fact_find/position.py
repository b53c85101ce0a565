"""What a broker wants to know of a fact find: ratios, what is left over, what is owned, each with what it is made of.

Figures are sums of the same lines as every other sum (lines.py), and of what is asked for. A ratio whose parts are not
known is not there, and says what it needs. Amounts are integer cents; a month's where they flow. Pure.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from salestrekker_portal.domains.fact_find.asked_for import Wanted, asked_for
from salestrekker_portal.domains.fact_find.figure_rows import Figure, FigureRow, percent_words, times_words
from salestrekker_portal.domains.fact_find.lines import Line, lines
from salestrekker_portal.domains.fact_find.net_income import Net, net_income
from salestrekker_portal.domains.fact_find.not_counted import not_counted
from salestrekker_portal.domains.fact_find.sold import without_sold
from salestrekker_portal.domains.fact_find.stored import Stored
from salestrekker_portal.domains.questions.expense_groups import GROUP_WORDS, ExpenseGroup
from salestrekker_portal.domains.questions.facts import applicants_of, country_of, today_of
from salestrekker_portal.domains.questions.roles import counts_in, earns_for
from salestrekker_portal.domains.questions.vocabulary import Facts, Page, Tally
from salestrekker_portal.kernel.money import money
from salestrekker_portal.kernel.text import counted, joined

# Since then a reported debt-to-income ratio leaves HELP out (APRA, reporting standard ARS 223.0).
HELP_LEFT_OUT = date(2025, 9, 30)
STUDENT = "liabilities.student_debt"
_SOLD = " Without the rent and costs of what is sold."


@dataclass(frozen=True, slots=True)
class Position:
    """Everything of one deal, in the order in which it is shown."""

    figures: tuple[Figure, ...]

    def __getitem__(self, key: str) -> Figure:
        return next(each for each in self.figures if each.key == key)


def position(pages: Sequence[Page], stored: Stored, facts: Facts, found: Sequence[Line]) -> Position:
    """All figures. `found` are the lines of the same pages and answers."""
    wanted = asked_for(stored, facts)
    net = net_income(stored, facts, found)
    stays = without_sold(stored)
    sells = stays is not stored
    later = lines(pages, stays, facts) if sells else found
    year = 12 * sum(each.counted for each in later if each.tally is Tally.INCOME)
    figures = [
        _surplus(found, net),
        _surplus_after(later, net_income(stays, facts, later) if sells else net, wanted, sells=sells),
        _loan_to_value(wanted),
        _owed_after_sale(wanted),
        _noted(_times("lti", "Loan to income", wanted.loan, year, [_row_of_loan(wanted)], wanted), sells=sells),
        _noted(_debt_to_income(found, wanted, facts, year), sells=sells),
        _net_position(found),
        _income(found),
        _net(net),
        *_expenses(found),
        *_debts(found),
        not_counted_figure(not_counted(pages, stored, facts)),
    ]
    return Position(tuple(each for each in figures if each is not None))


def _rows(found: Iterable[Line], *, after: bool = False, sign: int = 1) -> tuple[FigureRow, ...]:
    rows = []
    for line in found:
        cents = line.counted_after if after else line.counted
        if cents:
            rows.append(
                FigureRow(_named(line), f"{money(sign * cents)}{_share(line, after)}", sign * cents, line.section_id,
                    line.subject, line.item_id)
            )  # fmt: skip
    return tuple(rows)


def _named(line: Line) -> str:
    return line.name if line.name == line.label else f"{line.name}: {line.label[:1].lower()}{line.label[1:]}"


def _share(line: Line, after: bool) -> str:
    """Why less counts than was told, or that somebody outside owes it too."""
    whole, counted = (line.after, line.counted_after) if after else (line.cents, line.counted)
    outside = joined(list(line.owning.outside))
    if counted != whole:
        return f", of {money(whole)}" + (f" with {outside}" if outside else "")
    return f", owed with {outside}" if outside else ""


def _of(found: Iterable[Line], tally: Tally, keep: Callable[[Line], bool] = lambda line: True) -> list[Line]:
    return [line for line in found if line.tally is tally and keep(line)]


def _amount(key: str, label: str, rows: Sequence[FigureRow], note: str = "") -> Figure:
    cents = sum(row.cents for row in rows)
    return Figure(key, label, money(cents), cents, tuple(rows), note)


def _surplus(found: Sequence[Line], net: Net) -> Figure:
    spent, owed = _of(found, Tally.EXPENSE), _of(found, Tally.REPAYMENT)
    rows = [*_coming_in(found, net), *_rows(spent, sign=-1), *_rows(owed, sign=-1)]
    return _amount("surplus", "Left over a month", rows, _before_or_after(net))


def _surplus_after(found: Sequence[Line], net: Net, wanted: Wanted, *, sells: bool) -> Figure:
    # Of those who buy: whoever has a household of their own, as a guarantor has, goes on paying.
    spent = _of(found, Tally.EXPENSE)
    ending = [line for line in spent if wanted.rent_ends and line.group == ExpenseGroup.HOUSING and not line.subject]
    stays = [line for line in spent if line not in ending]
    rows = [*_coming_in(found, net), *_rows(stays, sign=-1),
            *_rows(_of(found, Tally.REPAYMENT), after=True, sign=-1)]  # fmt: skip
    ends = f"{_before_or_after(net)}{' Rent ends.' if ending else ''}{_SOLD if sells else ''}"
    return _amount("surplus_after", "Left over after settlement", rows, f"{ends} Before the new loan is repaid.")


def _coming_in(found: Sequence[Line], net: Net) -> Sequence[FigureRow]:
    return net.rows if net.cents is not None else _rows(_of(found, Tally.INCOME))


def _before_or_after(net: Net) -> str:
    return "An estimate after tax." if net.cents is not None else f"Before tax. {net.note}".strip()


def _noted(ratio: Figure, *, sells: bool) -> Figure:
    """A ratio is of the day after the sale: its income is too."""
    return replace(ratio, note=f"{ratio.note}{_SOLD}".strip()) if sells and ratio.value is not None else ratio


def _loan_to_value(wanted: Wanted) -> Figure:
    others = [*wanted.other_loans, *_rows_of_refix(wanted, wanted.other_loans)]
    rows = [_row_of_loan(wanted), *others, *wanted.securities]
    owed = None if wanted.loan is None else wanted.loan + sum(row.cents for row in others)
    value = sum(row.cents for row in wanted.securities)
    needs = wanted.note if owed is None else "" if value else "Needs a price, or the property that secures the loan."
    needs = needs or wanted.open
    if needs or owed is None or not value:
        return Figure("lvr", "Loan to value", "Not known", None, tuple(rows) if value else (), needs)
    ratio = Fraction(owed, value)
    note = "A guarantor’s property is not in it." if wanted.guaranteed else ""
    return Figure("lvr", "Loan to value", percent_words(ratio), ratio, tuple(rows), note)


def _owed_after_sale(wanted: Wanted) -> Figure | None:
    """What is left of a bridging loan once the old home is sold; nothing to say without one."""
    if wanted.loan is None or wanted.sale is None:
        return None
    owed = [_row_of_loan(wanted), *wanted.other_loans, replace(wanted.sale, cents=-wanted.sale.cents)]
    return _amount("end_debt", "Owed once the old home is sold", owed, "Before what the sale costs, and interest.")


def _row_of_loan(wanted: Wanted) -> FigureRow:
    return FigureRow("The new loan", money(wanted.loan or 0), wanted.loan or 0, wanted.section_id)


def _rows_of_refix(wanted: Wanted, owed: Sequence[FigureRow]) -> list[FigureRow]:
    """What a rate is only chosen anew for is in the loan and among these debts: it counts once."""
    twice = min(wanted.refixed, sum(row.cents for row in owed))
    return [FigureRow("Only refixed, owed already", money(-twice), -twice, "needs.purposes")] if twice else []


def _times(key: str, label: str, owed: int | None, year: int, rows: Sequence[FigureRow], wanted: Wanted) -> Figure:
    if owed is None or year <= 0:
        return Figure(key, label, "Not known", None, (), wanted.note if owed is None else "Needs an income.")
    # Twelve months of whole cents are some cents beside the salary that was told: nobody earns $99,999.96.
    income = FigureRow("Income a year, before tax", f"${round(year / 100):,}", year)
    ratio = Fraction(owed, year)
    return Figure(key, label, times_words(ratio), ratio, (*rows, income))


def _debt_to_income(found: Sequence[Line], wanted: Wanted, facts: Facts, year: int) -> Figure:
    left_out = country_of(facts) == "AU" and today_of(facts) >= HELP_LEFT_OUT
    rows = [row for row in _whole_debts(found, facts) if not (left_out and row.section_id == STUDENT)]
    rows += _rows_of_refix(wanted, rows)
    owed = None if wanted.loan is None else wanted.loan + sum(row.cents for row in rows)
    made = _times("dti", "Debt to income", owed, year, [_row_of_loan(wanted), *rows], wanted)
    student = left_out and any(line.section_id == STUDENT for line in found)
    note = "HELP is left out, as in the ratio that lenders report." if student and made.value is not None else made.note
    return Figure(made.key, made.label, made.words, made.value, made.rows, note)


def _whole_debts(found: Sequence[Line], facts: Facts) -> list[FigureRow]:
    """What stays owed after settlement; of a card the limit, when it is more. Of whoever borrows, and of whoever's
    income the ratio takes: a guarantor's wage beside none of their debts would make it look too good.
    """
    people = {each for each, _ in applicants_of(facts) if counts_in(facts, each) or earns_for(facts, each)}

    def left(lines: Sequence[Line], tally: Tally) -> int:
        return sum(line.parts_after.get(each, 0) for line in lines if line.tally is tally for each in people)

    items: dict[tuple[str, str, str], list[Line]] = {}
    for line in found:
        if line.tally in (Tally.DEBT, Tally.LIMIT):
            items.setdefault((line.section_id, line.subject, line.item_id), []).append(line)
    rows = []
    for (section_id, subject, item_id), each in items.items():
        debt, limit = left(each, Tally.DEBT), left(each, Tally.LIMIT)
        if max(debt, limit) > 0:
            words = money(max(debt, limit)) + (" limit" if limit > debt else "")
            rows.append(FigureRow(each[0].name, words, max(debt, limit), section_id, subject, item_id))
    return rows


def _net_position(found: Sequence[Line]) -> Figure:
    rows = [*_rows(_of(found, Tally.ASSET)), *_rows(_of(found, Tally.DEBT), sign=-1)]
    return _amount("net_position", "Owned less owed", rows, "Now, before settlement.")


def _income(found: Sequence[Line]) -> Figure:
    return _amount("income", "Income a month, before tax", _rows(_of(found, Tally.INCOME)))


def _net(net: Net) -> Figure:
    words = "Not known" if net.cents is None else money(net.cents)
    return Figure("net_income", "Income a month after tax, an estimate", words, net.cents, net.rows, net.note)


def _expenses(found: Sequence[Line]) -> list[Figure]:
    spent = _of(found, Tally.EXPENSE)
    by_group = [
        _amount(f"expenses_{group}", f"{words} a month", _rows(line for line in spent if line.group == group))
        for group, words in GROUP_WORDS.items()
    ]
    return [each for each in by_group if each.value or each.key == "expenses_living"]


def _debts(found: Sequence[Line]) -> list[Figure]:
    owed, limits, paid = (_of(found, tally) for tally in (Tally.DEBT, Tally.LIMIT, Tally.REPAYMENT))
    return [
        _amount("repayments", "Repayments a month", _rows(paid)),
        _amount("repayments_after", "Repayments after settlement", _rows(paid, after=True), "Without the new loan."),
        _amount("debts", "Owed now", _rows(owed)),
        _amount("debts_after", "Owed after settlement", _rows(owed, after=True), "Without the new loan."),
        _amount("limits", "Limits now", _rows(limits)),
        _amount("limits_after", "Limits after settlement", _rows(limits, after=True)),
    ]


def not_counted_figure(told: Sequence[tuple[str, str, Any]]) -> Figure | None:
    """What was told and is in no sum; None for nothing."""
    if not told:
        return None
    rows = tuple(FigureRow(label, words, 0, copy.section_id, copy.subject, item) for label, words, (copy, item) in told)
    count = counted(len(rows), "amount")
    return Figure("not_counted", "Told and not counted", count, None, rows, "Lenders differ in how they take these.")
