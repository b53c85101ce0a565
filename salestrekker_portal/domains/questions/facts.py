"""What is known about a person or a deal besides the answers of the section at hand.

Keys of a facts mapping, all optional:

today            date in the firm's time zone; UTC otherwise
country          "AU" or "NZ"
audience         "client" (the default) or "broker"
contact_id       the applicant whose answers these are
loan             what the deal is for, a Loan
applicants       sequence of (contact id, name), in order
parties          contact id -> Party, of those who are not a person
roles            contact id -> part in the deal, of those who do not borrow (roles.py)
applicant_count  number of people who apply; from `applicants` when absent
options          option source -> sequence of (value, label), for fields with `options_from`
asked_sections   ids of the sections that this person's flow asks; absent or None: all of them

From the other sections' answers (`fact_find/known.py`), each true or false: has_dependants, owns_home,
owns_second_home, owns_investment, may_have_rent, pays_rent, asks_rent, asks_housing, has_debts, refinances,
says_refinance, pays_out_unsaid, keeps_every_debt, occupancy_unsaid, buys, buys_to_live_in, buys_to_let, sells,
sale_unsaid, builds, reverses, repays, on_leave, lives_abroad, works_for_wages, works_for_self, retired, still_works,
ends_work_soon, amount_unsaid, asks_deposit_here, asks_deposit_there, told_deposit_there, asks_first_home_here; and
purposes_sum in cents, or None. sold_properties and kept_debts are ids of entries (`fact_find/sold.py`).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from salestrekker_portal.domains.questions.vocabulary import Facts, Field, Option, Party
from salestrekker_portal.kernel.clock import utc_now


def today_of(facts: Facts) -> date:
    """The day it is for the person answering."""
    today = facts.get("today")
    return today if isinstance(today, date) else utc_now().date()


def applicants_of(facts: Facts) -> Sequence[tuple[str, str]]:
    """(contact id, name) of each applicant, in order."""
    return facts.get("applicants", ())


def party_of(facts: Facts, contact: str) -> Party:
    """Whether an applicant is a person or a company."""
    return Party(facts.get("parties", {}).get(contact, Party.PERSON))


def people_of(facts: Facts) -> Sequence[tuple[str, str]]:
    """(contact id, name) of each applicant who is a person: who own, spend and marry."""
    return [each for each in applicants_of(facts) if party_of(facts, each[0]) is Party.PERSON]


def country_of(facts: Facts) -> str:
    """The country whose fact find it is."""
    return str(facts.get("country") or "AU")


def value_of(name: str, facts: Facts) -> Any:
    """A named fact, derived from the others where it can be; None when it isn't known."""
    count = facts.get("applicant_count", len(people_of(facts)))
    derived = {
        "applicant_count": count,
        "has_other_applicants": count > 1,
        # Whom they may see: nobody chooses among people whose names are not theirs to know.
        "sees_other_applicants": len(people_of(facts)) > 1,
        "several_other_applicants": len(people_of(facts)) > 2,
    }
    return derived.get(name, facts.get(name))


def options_of(field: Field, facts: Facts) -> tuple[Option, ...]:
    """The choices of a field: declared, then those that come from the deal."""
    listed = _listed(field.options_from, facts) or ()
    return field.options + tuple(Option(str(value), str(label)) for value, label in listed)


def is_open_choice(field: Field, facts: Facts) -> bool:
    """Whether the field's choices come from the deal and nobody has said what they are."""
    return bool(field.options_from) and _listed(field.options_from, facts) is None


def _listed(source: str, facts: Facts) -> Sequence[tuple[str, str]] | None:
    listed = facts.get("options", {}).get(source)
    if listed is None and source in ("applicants", "other_applicants") and "applicants" in facts:
        listed = people_of(facts)
    if listed is not None and source == "other_applicants":
        listed = [each for each in listed if each[0] != facts.get("contact_id")]
    return listed
