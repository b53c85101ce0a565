"""Income after tax, an estimate for each person, or left out where a rule is not sure. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from salestrekker_portal.domains.fact_find.figure_rows import FigureRow
from salestrekker_portal.domains.fact_find.lines import Line
from salestrekker_portal.domains.fact_find.stored import Stored
from salestrekker_portal.domains.fact_find.tax import Year, taxes, year_of
from salestrekker_portal.domains.questions.amounts import monthly_cents
from salestrekker_portal.domains.questions.answers import Filled
from salestrekker_portal.domains.questions.facts import applicants_of, country_of, party_of, today_of
from salestrekker_portal.domains.questions.roles import earns_for
from salestrekker_portal.domains.questions.vocabulary import Facts, Frequency, Party, Tally
from salestrekker_portal.kernel.money import money

_EARNED = frozenset({"income.salary", "income.self_employed"})
_TAXED_SECTIONS = _EARNED | {"income.rental", "assets.property"}
# Kinds of payments and of other income that are taxed, whoever has them, before the offsets and credits that _WITHOUT
# names. Others may go either way: age, what they are paid for, what a fund deducted already.
_TAXED = {
    "AU": frozenset({"jobseeker", "parenting", "age_pension", "youth_allowance", "austudy", "dividends", "interest",
                     "managed_funds", "trust_distribution"}),
    "NZ": frozenset({"nz_super", "acc", "jobseeker", "sole_parent", "supported_living", "paid_parental_leave",
                     "student_allowance", "dividends", "interest"}),
}  # fmt: skip
_FREE = {
    "AU": frozenset({"family_tax_benefit", "ftb_a", "ftb_b", "carer_allowance", "mobility", "maintenance"}),
    "NZ": frozenset({"working_for_families", "accommodation", "maintenance"}),
}
_WITHOUT = "without deductions, student loans, or offsets and credits that depend on more than what somebody earns"


@dataclass(frozen=True, slots=True)
class Net:
    """`cents` a month for everybody who counts, None where one of them can't be said; `note` says why."""

    cents: int | None
    rows: tuple[FigureRow, ...]
    note: str


def net_income(stored: Stored, facts: Facts, found: Sequence[Line]) -> Net:
    """The sum over everybody whose income counts and who has some."""
    year = year_of(country_of(facts), today_of(facts))
    rows: list[FigureRow] = []
    why: list[str] = []
    for contact, name in applicants_of(facts):
        own = [line for line in found if line.tally is Tally.INCOME and line.parts.get(contact)]
        if not own or not earns_for(facts, contact):
            continue
        reason = _unsure(stored, facts, contact, own, year)
        if reason or year is None:
            why.append(f"{name}: {reason}.")
            continue
        cents = _net_of(own, contact, country_of(facts), year)
        rows.append(FigureRow(name, money(cents), cents, "income", contact))
    if why:
        return Net(None, (), f"The tax is not estimated. {' '.join(why)}")
    note = f"Tax of {year.name} for residents, {_WITHOUT}." if rows and year else ""
    return Net(sum(row.cents for row in rows), tuple(rows), note)


def _unsure(stored: Stored, facts: Facts, contact: str, own: Sequence[Line], year: Year | None) -> str:
    """Why this person's tax can't be said; blank when it can."""
    country = country_of(facts)
    if year is None:
        return "the rules of this tax year are not known here"
    if party_of(facts, contact) is Party.COMPANY:
        return "a company’s tax depends on its books"
    about = stored.get(("applicant.personal_details", contact), Filled()).answers
    lives = about.get("country_of_tax_residence") or country.lower()
    if lives != country.lower() or about.get("residency_status") == "non_resident":
        return "not a tax resident"
    if about.get("second_tax_country", "").lower() not in ("", country.lower()):
        return "taxed in another country too"
    if any(_taxed(line, country) is None for line in own):
        return "some income is taxed in more than one way"
    return ""


def _taxed(line: Line, country: str) -> bool | None:
    if line.section_id in _TAXED_SECTIONS or line.kind in _TAXED[country]:
        return True
    return False if line.kind in _FREE[country] else None


def _net_of(own: Sequence[Line], contact: str, country: str, year: Year) -> int:
    """Cents a month. A loss of a business lowers no other income here."""
    whole = sum(line.parts[contact] for line in own)
    taxable = 12 * sum(max(line.parts[contact], 0) for line in own if _taxed(line, country))
    earned = 12 * sum(max(line.parts[contact], 0) for line in own if line.section_id in _EARNED)
    return whole - monthly_cents(taxes(year, taxable, earned), Frequency.YEARLY)
