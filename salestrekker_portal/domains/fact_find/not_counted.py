"""Amounts that somebody told and that are in no sum, because lenders take them each in their own way. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from salestrekker_portal.domains.fact_find.lines import amounts
from salestrekker_portal.domains.fact_find.stored import Stored, StoredCopy, copies
from salestrekker_portal.domains.questions.answers import visible_fields
from salestrekker_portal.domains.questions.parsing import parse
from salestrekker_portal.domains.questions.vocabulary import ITEM_ID, Answers, Facts, Field, Kind, Page
from salestrekker_portal.domains.questions.words import item_title, label_of, say

# Section -> its amounts that are told and not added: another currency, what may come due, what may be added back.
_TOLD = {
    "income.other": ("foreign_amount",),
    "income.salary": (
        "gross_salary",
        "pay_on_return",
        "bonus",
        "overtime_essential",
        "overtime_non_essential",
        "commission",
        "allowance",
        "packaged",
    ),
    "income.government": ("amount",),
    "liabilities.other": ("guaranteed",),
    "income.self_employed": ("depreciation_1", "interest_1", "add_backs_1"),
    "needs.property": ("rent_expected",),
}
# (label, words, (copy, item id))
Told = tuple[str, str, tuple[StoredCopy, str]]


def not_counted(pages: Sequence[Page], stored: Stored, facts: Facts) -> list[Told]:
    """Each with what it is called and the amount in words, a foreign one with its currency."""
    wanted = [
        page for page in pages if any(f"{page.key}.{section.key}" in _TOLD for section in page.sections)
    ]  # fmt: skip
    return [
        told
        for copy in copies(wanted, stored, facts)
        if copy.section_id in _TOLD
        for answers in (copy.filled.items if copy.section.repeats else (copy.filled.answers,))
        for told in _of(copy, answers)
    ]


def _of(copy: StoredCopy, answers: Answers) -> Iterator[Told]:
    counted = {each.field.key for each in amounts(copy.section, answers, copy.facts)}
    shown = {field.key: field for field in visible_fields(copy.section, answers, copy.facts)}
    for key in _TOLD[copy.section_id]:
        field = shown.get(key)
        if field is None or key in counted or not parse(field, answers.get(key), copy.facts).value:
            continue
        words = say(field, answers[key], copy.facts)
        currency = answers.get("currency", "").strip() if key == "foreign_amount" else _paid_in(shown, answers)
        if currency:
            # Not dollars of here, whatever sign stands before it.
            words = f"{currency} {words.removeprefix('$')}"
        often = shown.get(f"{key}_frequency")
        if often is not None and often.kind is Kind.FREQUENCY:
            words = f"{words} {say(often, answers.get(often.key, ''), copy.facts)}".strip()
        name = item_title(copy.section, answers, copy.facts) if copy.section.repeats else copy.section.title
        yield f"{name}: {label_of(field)}", words, (copy, answers.get(ITEM_ID, ""))


def _paid_in(shown: Mapping[str, Field], answers: Answers) -> str:
    """The currency of a salary abroad by its letters; blank for dollars of here."""
    said = answers.get("paid_in", "") if "paid_in" in shown else ""
    return {"local": "", "other": "Another currency:"}.get(said, said.upper())
