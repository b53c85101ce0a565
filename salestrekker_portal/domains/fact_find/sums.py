"""Running totals and the names of entries, in words."""

from collections.abc import Mapping
from typing import Any, TypedDict

from salestrekker_portal.domains.fact_find.queries import Copy
from salestrekker_portal.domains.fact_find.totals import item_sums
from salestrekker_portal.domains.fact_find.views import HeadView
from salestrekker_portal.domains.fact_find.whole import Whole
from salestrekker_portal.domains.questions.answers import check
from salestrekker_portal.domains.questions.vocabulary import OWNERSHIP, Page, Tally
from salestrekker_portal.domains.questions.words import item_title, say
from salestrekker_portal.kernel.money import money

# What each page adds up to: tally, words for a client, words for a broker.
_SHOWN: dict[str, tuple[tuple[Tally, str, str], ...]] = {
    "assets": ((Tally.ASSET, "You own together", "Assets"),),
    "business_assets": ((Tally.ASSET, "The business owns", "Assets"),),
    "business_liabilities": (
        (Tally.DEBT, "The business owes", "Owing now"),
        (Tally.LIMIT, "Limits", "Limits"),
        (Tally.REPAYMENT, "Repayments a month", "Repayments a month"),
    ),
    "liabilities": (
        (Tally.DEBT, "You owe together", "Owing now"),
        (Tally.LIMIT, "Limits", "Limits"),
        (Tally.REPAYMENT, "Repayments a month", "Repayments a month"),
    ),
    "income": ((Tally.INCOME, "Income a month, before tax", "Income a month, gross"),),
    "expenses": ((Tally.EXPENSE, "Living expenses a month", "Expenses a month"),),
}
_OF_ITEM = {
    "assets": ((Tally.ASSET, "worth"),),
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
    shown = _SHOWN.get(page.key, ())
    if not shown:
        return []
    totals = whole.totals(page)
    people = {str(each.id): each.first_name for each in whole.context.applicants}
    several = len(totals.by_applicant) > 1
    staff = whole.context.reader.is_staff
    return [
        SumView(
            label=for_broker if staff else for_client,
            amount=money(totals.together[tally]),
            parts="\n".join(f"{people[who]} {money(part[tally])}" for who, part in totals.by_applicant.items())
            if several
            else "",
        )
        for tally, for_client, for_broker in shown
    ]


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
