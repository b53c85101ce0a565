"""One row: what it says, read as everywhere else in the portal, or why it can't come in. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from salestrekker_portal.domains.contacts.rules import ContactFacts, checked_contact
from salestrekker_portal.domains.deals.rules import checked_name, checked_value
from salestrekker_portal.domains.imports.columns import FIELDS
from salestrekker_portal.kernel.dates import read_day
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.money import read_money
from salestrekker_portal.kernel.names import folded_whole, sort_key
from salestrekker_portal.kernel.text import clean, shortened

# Whoever owns it or what was noted makes no deal of a contact.
_MAKES_A_DEAL = ("deal_name", "deal_number", "value", "stage", "finance_due_on", "expected_settlement_on")
MOST_SHOWN = 60
NUMBER_LIMIT = 60


@dataclass(frozen=True, kw_only=True)
class ImportingFirm:
    """What a row is read against: the firm's country and day, its stages by folded name, its people likewise."""

    country: str
    today: date
    stages: Mapping[str, UUID]
    people: Mapping[str, UUID]


@dataclass(frozen=True, kw_only=True)
class RowDeal:
    """A deal that has been checked; None for what the row doesn't say.

    `number` is what its rows have in common where several people are in it, "" for a deal of this row alone; `named`
    is whether the row says the name.
    """

    name: str
    named: bool = False
    number: str = ""
    value_cents: int = 0
    stage_id: UUID | None = None
    owner_id: UUID | None = None
    finance_due_on: date | None = None
    expected_settlement_on: date | None = None
    summary: str = ""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What a row says. `wrong` are sentences, each with what was typed; then there is no contact.

    `number` is that of its deal, which a row that can't come in has as well.
    """

    contact: ContactFacts | None = None
    deal: RowDeal | None = None
    wrong: tuple[str, ...] = ()
    number: str = ""

    @property
    def sort_key(self) -> str:
        facts = self.contact
        return sort_key(facts.first_name, facts.last_name, facts.company_name) if facts else ""


def judge(firm: ImportingFirm, mapping: Sequence[str], cells: Sequence[str]) -> Judged:
    """Read one row by its columns."""
    typed = {field: cell for field, cell in zip(mapping, cells, strict=True) if field and cell}
    errors: dict[str, str] = {}
    number = _number(typed, errors)
    contact = _contact(firm, typed, errors)
    deal = _deal(firm, typed, contact, errors) if any(typed.get(field) for field in _MAKES_A_DEAL) else None
    if errors:
        return Judged(wrong=tuple(_sentence(field, typed, why) for field, why in errors.items()), number=number)
    return Judged(contact=contact, deal=replace(deal, number=number) if deal else None, number=number)


def _number(typed: Mapping[str, str], errors: dict[str, str]) -> str:
    """As other systems count deals; its marks are kept, for 7.1 is not 71."""
    number = clean(typed.get("deal_number", "")).casefold()
    if len(number) > NUMBER_LIMIT:
        errors["deal_number"] = f"A deal number has at most {NUMBER_LIMIT} characters."
        return ""
    return number


def _contact(firm: ImportingFirm, typed: Mapping[str, str], errors: dict[str, str]) -> ContactFacts | None:
    first, last = typed.get("first_name", ""), typed.get("last_name", "")
    if typed.get("name") and not first and not last:
        first, last = _parted(typed["name"])
    try:
        return checked_contact(
            first_name=first, last_name=last, company_name=typed.get("company_name", ""),
            email=typed.get("email", ""), mobile=typed.get("mobile", ""), country=firm.country,
        )  # fmt: skip
    except Invalid as refusal:
        errors.update(refusal.errors)
        return None


def _parted(name: str) -> tuple[str, str]:
    """ "Kim van der Berg" and "van der Berg, Kim" as first and last name."""
    if name.count(",") == 1:
        last, _, first = name.partition(",")
        return first.strip(), last.strip()
    first, _, last = name.strip().partition(" ")
    return first, last.strip()


def _deal(
    firm: ImportingFirm, typed: Mapping[str, str], contact: ContactFacts | None, errors: dict[str, str]
) -> RowDeal | None:
    facts: dict[str, Any] = {"name": "", "named": bool(typed.get("deal_name")), "summary": typed.get("summary", "")}
    with _beside(errors, "deal_name"):
        # A deal without a name of its own is called like its client, as somebody who types one would.
        facts["name"] = checked_name(typed.get("deal_name") or (contact.name if contact else "Deal"))
    if typed.get("value"):
        cents, why = read_money(typed["value"])
        with _beside(errors, "value"):
            if why:
                raise Invalid({"value": why})
            facts["value_cents"] = checked_value(cents)
    for field in ("finance_due_on", "expected_settlement_on"):
        if typed.get(field):
            facts[field], why = read_day(typed[field], firm.today)
            errors.update({field: why} if why else {})
    for field, key, known, why in (
        ("stage", "stage_id", firm.stages, "No stage of yours is called that."),
        ("owner", "owner_id", firm.people, "Nobody here is called that, or more than one is. Put their e-mail."),
    ):
        if typed.get(field):
            facts[key] = known.get(folded_whole(typed[field]))
            errors.update({field: why} if facts[key] is None else {})
    return None if errors else RowDeal(**facts)


@contextmanager
def _beside(errors: dict[str, str], field: str) -> Iterator[None]:
    """What is refused inside belongs to this column, whatever a form calls it."""
    try:
        yield
    except Invalid as refusal:
        errors[field] = refusal.message


def _sentence(field: str, typed: Mapping[str, str], why: str) -> str:
    shown = typed.get(field) or (typed.get("name") if field in ("first_name", "last_name") else "")
    label = FIELDS[field][0]
    return f"{label} “{shortened(shown, MOST_SHOWN)}”: {why}" if shown else f"{label}: {why}"
