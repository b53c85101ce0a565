"""Running totals and the names of entries, in words."""

from collections.abc import Mapping
from typing import Any, NamedTuple, TypedDict

from salestrekker_portal.domains.fact_find.lines import Line
from salestrekker_portal.domains.fact_find.queries import Copy
from salestrekker_portal.domains.fact_find.totals import item_sums, totals_of_lines
from salestrekker_portal.domains.fact_find.views import HeadView
from salestrekker_portal.domains.fact_find.whole import Whole
from salestrekker_portal.domains.questions.answers import check
from salestrekker_portal.domains.questions.expense_groups import ExpenseGroup
from salestrekker_portal.domains.questions.vocabulary import OWNERSHIP, Page, Tally
from salestrekker_portal.domains.questions.words import item_title, say
from salestrekker_portal.kernel.money import money


class Shown(NamedTuple):
    """One sum of a page: what of which lines, in words for a client and for a broker. `after`: after settlement."""

    tally: Tally
    for_client: str
    for_broker: str
    pages: tuple[str, ...]
    group: ExpenseGroup | None = None
    after: bool = False


def _owed(page: str, client: str, also: tuple[str, ...] = ()) -> tuple[Shown, ...]:
    pages = (page, *also)
    return (
        Shown(Tally.DEBT, client, "Owing now", pages),
        Shown(Tally.DEBT, "Still owed after the new loan", "Owing after settlement", pages, after=True),
        Shown(Tally.LIMIT, "Limits", "Limits", pages),
        Shown(Tally.REPAYMENT, "Repayments a month", "Repayments a month", pages),
        Shown(Tally.REPAYMENT, "Repayments after the new loan", "Repayments after settlement", pages, after=True),
    )


_SHOWN: dict[str, tuple[Shown, ...]] = {
    "assets": (Shown(Tally.ASSET, "You own together", "Assets", ("assets", "needs")),),
    "business_assets": (Shown(Tally.ASSET, "The business owns", "Assets", ("business_assets",)),),
    "business_liabilities": _owed("business_liabilities", "The business owes"),
    # A gift that must be paid back is told with the deposit.
    "liabilities": _owed("liabilities", "You owe together", ("assets", "needs")),
    # The rent of a property is told with it.
    "income": (Shown(Tally.INCOME, "Income a month, before tax", "Income a month, gross", ("income", "assets")),),
    "expenses": (
        Shown(Tally.EXPENSE, "Living expenses a month", "Living expenses a month", ("expenses",), ExpenseGroup.LIVING),
        Shown(Tally.EXPENSE, "Rent and board", "Rent and board", ("expenses",), ExpenseGroup.HOUSING),
        Shown(Tally.EXPENSE, "Maintenance you pay", "Maintenance paid", ("expenses",), ExpenseGroup.MAINTENANCE),
        Shown(Tally.EXPENSE, "Other property", "Other property", ("expenses",), ExpenseGroup.PROPERTY),
        Shown(Tally.EXPENSE, "All of it, a month", "All expenses a month", ("expenses",)),
    ),
}
# Shown even at nothing; the others only when there is something, or when they differ from today's.
_ALWAYS = frozenset({"You own together", "The business owns", "The business owes", "You owe together", "Limits",
                     "Repayments a month", "Income a month, before tax", "Living expenses a month"})  # fmt: skip
_OF_ITEM = {
    "assets": ((Tally.ASSET, "worth"), (Tally.INCOME, "rent a month")),
    "liabilities": ((Tally.DEBT, "owed"), (Tally.REPAYMENT, "a month")),
    "business_assets": ((Tally.ASSET, "worth"),),
    "business_liabilities": ((Tally.DEBT, "owed"), (Tally.REPAYMENT, "a month")),
    "income": ((Tally.INCOME, "a month"),),
}


class SumView(TypedDict):
    """One total, with each applicant's part."""

    label: str
    amount: str
    parts: str


def sums_of(whole: Whole, page: Page) -> list[SumView]:
    """What a page adds up to; nothing for pages without amounts."""
    reader = whole.context.reader
    staff = reader.is_staff
    people = {
        str(each.id): each.first_name
        for each in whole.context.applicants
        # Who may not see the others sees nothing of them here either.
        if (staff or reader.sees_others or each.id == reader.contact_id)
        and page.party in (None, each.party) and any(whole.context.asks_of(each, page, one) for one in page.sections)
    }
    found = []
    for shown in _SHOWN.get(page.key, ()):
        picked = [each for each in whole.lines if _is_shown(each, shown)]
        sums = totals_of_lines(picked, list(people))
        now, then = sums.together[shown.tally], sums.after[shown.tally]
        if shown.for_client not in _ALWAYS and (now == then if shown.after else not now):
            continue
        if shown.for_broker == "All expenses a month" and len({each.group for each in picked if each.counted}) < 2:
            continue
        parts = {each: sum((line.parts_after if shown.after else line.parts).get(each, 0) for line in picked)
                 for each in people}  # fmt: skip
        found.append(
            SumView(
                label=shown.for_broker if staff else _said_to(people, shown.for_client),
                amount=money(then if shown.after else now),
                parts="\n".join(f"{name} {money(parts[who])}" for who, name in people.items())
                if len(people) > 1
                else "",
            )
        )
    return found


def _said_to(people: Mapping[str, str], label: str) -> str:
    """Nobody owns something together with nobody."""
    return label if len(people) > 1 else label.removesuffix(" together")


def _is_shown(line: Line, shown: Shown) -> bool:
    in_group = shown.group is None or line.group == shown.group
    return line.tally is shown.tally and line.section_id.partition(".")[0] in shown.pages and in_group


def heads_of(whole: Whole, copy: Copy) -> dict[str, HeadView]:
    """What each entry of a list is called and comes to, by its id."""
    facts = whole.facts(copy.subject)
    return {str(item["id"]): _head(copy, item, facts) for item in copy.filled.items}


def _head(copy: Copy, item: Mapping[str, Any], facts: Mapping[str, Any]) -> HeadView:
    section = copy.section
    checked = check(section, item, facts)
    sums = item_sums(section, item, facts)
    shown = [(tally, words) for tally, words in _OF_ITEM.get(copy.page.key, ()) if sums[tally]]
    whose = say(section.field(OWNERSHIP), item.get(OWNERSHIP, ""), facts) if section.owned else ""
    left = len(checked.missing) + len(checked.errors)
    return HeadView(
        title=item_title(section, item, facts),
        line=" · ".join([*([whose] if whose else []), *(f"{money(sums[t])} {words}" for t, words in shown[1:])]),
        sum=money(sums[shown[0][0]]) if shown else "",
        sum_label=shown[0][1] if shown else "",
        missing=f"{left} missing" if left else "",
    )
