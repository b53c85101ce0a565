"""Rules across the fields of a section, or across the items of a list: pure.

A rule of a section gets parsed values (blank ones absent) and facts, and returns (field key,
sentence) pairs. Dates are ISO text and months "2024-08", as parsed.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from salestrekker_portal.domains.questions.dates import months_between
from salestrekker_portal.domains.questions.facts import people_of, today_of
from salestrekker_portal.domains.questions.ownership import SOMEBODY_ELSE, outside_name
from salestrekker_portal.domains.questions.places import states_of
from salestrekker_portal.domains.questions.vocabulary import OWNERSHIP, Facts, Rule
from salestrekker_portal.kernel.marks import digits_of
from salestrekker_portal.kernel.money import money

Values = Mapping[str, Any]
Findings = list[tuple[str, str]]

_STAYS_IN = 100_000  # cents of KiwiSaver
_POSTCODES = {"au": "2000", "nz": "6011"}


def day_of(value: object) -> date | None:
    """The day of a parsed date or month; a month counts from its first day."""
    if not isinstance(value, str):
        return None
    return date.fromisoformat(value if len(value) == 10 else f"{value}-01")


def in_order(first: str, second: str, sentence: str) -> Rule:
    """The second day is not before the first."""

    def rule(values: Values, facts: Facts) -> Findings:
        start, end = day_of(values.get(first)), day_of(values.get(second))
        return [(second, sentence)] if start and end and end < start else []

    return rule


def local_postcode(prefix: str) -> Rule:
    """A postcode in Australia and in New Zealand has four digits."""
    key = f"{prefix}_postcode"

    def rule(values: Values, facts: Facts) -> Findings:
        code = values.get(key)
        country = values.get(f"{prefix}_country")
        if code is None or country not in _POSTCODES:
            return []
        said = f"A postcode has 4 digits, for example {_POSTCODES[country]}."
        return [] if re.fullmatch(r"[0-9]{4}", digits_of(code)) else [(key, said)]

    return rule


def postcode_in_state(prefix: str) -> Rule:
    """The state is the one that the postcode is in."""
    key = f"{prefix}_postcode"

    def rule(values: Values, facts: Facts) -> Findings:
        state, code = values.get(f"{prefix}_state"), str(values.get(key) or "")
        states = states_of(digits_of(code))
        if not state or not states or state in states:
            return []
        there = " or ".join(sorted(each.upper() for each in states))
        return [(key, f"{code} is in {there}, and you chose {state.upper()}. Change one of the two.")]

    return rule


def not_po_box(prefix: str) -> Rule:
    """A person does not live in a post office box."""
    keys = (f"{prefix}_street_number", f"{prefix}_street_name", f"{prefix}_description")

    def rule(values: Values, facts: Facts) -> Findings:
        boxed = [k for k in keys if _starts_like_a_box(values.get(k))]
        return [(k, "Enter where you live. A PO box can only be your mailing address.") for k in boxed]

    return rule


def _starts_like_a_box(value: object) -> bool:
    letters = str(value or "").lower().replace(".", "").replace(" ", "")
    return letters.startswith(("pobox", "gpobox", "lockedbag", "postofficebox"))


def owners_are_applicants(values: Values, facts: Facts) -> Findings:
    """People of the deal own parts of an item, and others by their names."""
    known = {contact for contact, _ in people_of(facts)}
    owners = {owner for owner in values.get(OWNERSHIP) or {} if outside_name(owner) is None}
    if known and not owners <= known | {SOMEBODY_ELSE}:
        return [(OWNERSHIP, "Somebody here is no longer on this loan. Say again whose it is.")]
    return []


def most_important_once(*keys: str) -> Rule:
    """In a ranking, "most important" is for one thing only."""

    def rule(values: Values, facts: Facts) -> Findings:
        most = [key for key in keys if values.get(key) == "most"]
        return [(key, "Choose “Most important” for one of these only.") for key in most[1:]]

    return rule


def none_means_none(categories: Sequence[str]) -> Rule:
    """A row says "none" or has an amount, not both."""

    def rule(values: Values, facts: Facts) -> Findings:
        both = [c for c in categories if values.get(f"{c}_none") and values.get(c)]
        said = [(c, "You ticked “None” and typed an amount. Keep one of them.") for c in both]
        told = {c: each for c, each in facts.get("carried", {}).items() if c in categories and c not in both}
        return said + [
            (c, f"You told us {each.words} under “{each.origin}”. Untick “None”, or change it there.")
            for c, each in told.items()
            if values.get(f"{c}_none")
        ]

    return rule


def none_stands_alone(key: str, value: str = "none") -> Rule:
    """Ticking "none of these" leaves the others empty."""

    def rule(values: Values, facts: Facts) -> Findings:
        chosen = values.get(key) or []
        if value in chosen and len(chosen) > 1:
            return [(key, "You ticked “None of these” and something else. Keep one of them.")]
        return []

    return rule


def refinance_agrees(values: Values, facts: Facts) -> Findings:
    """ "Pay out other debts: no" can't stand beside a debt that is paid out."""
    if values.get("is_refinance") is not False or not (facts.get("refinances") or facts.get("says_refinance")):
        return []
    where = "under What you owe" if facts.get("refinances") else "as what the money is for"
    return [("is_refinance", f"You chose {where} that the new loan pays out a debt. Change one of the two.")]


def pays_something_out(items: Sequence[Values], facts: Facts) -> Findings:
    """Somebody who refinances, or puts debts together, has a debt that the new loan pays out."""
    if not (facts.get("says_refinance") and facts.get("keeps_every_debt")):
        return []
    return [("purposes", "Your loan is to pay out debts, and under What you owe you keep every one. Choose “Pay it out "
                         "with the new loan” for those, or change the purpose.")]  # fmt: skip


def kept_on_a_sold_property(values: Values, facts: Facts) -> Findings:
    """A loan is not kept once the property behind it is sold: told with the loan."""
    if values.get("after_settlement") != "keep" or values.get("secured_property") not in facts.get(
        "sold_properties", ()
    ):
        return []
    return [("after_settlement", "You keep this loan, and sell the property behind it. Change one of the two. If the "
                                 "loan moves to another property, clear “Which property secures it?”.")]  # fmt: skip


def sold_with_a_kept_loan(values: Values, facts: Facts) -> Findings:
    """The same, told with the property."""
    behind = set(values.get("secured_loans") or ()) & set(facts.get("kept_debts", ()))
    if values.get("to_be_sold") is not True or not behind:
        return []
    return [("to_be_sold", "You sell it, and keep a loan that is secured by it, under What you owe. Change one of the "
                           "two. If the loan moves to another property, untick it here.")]  # fmt: skip


def each_rent_once(items: Sequence[Values], facts: Facts) -> Findings:
    """A rented property is in the list once, whoever of its owners typed it."""
    seen: set[str] = set()
    for item in items:
        place = str(item.get("property") or "") or " ".join(str(item.get("description") or "").casefold().split())
        if place and place in seen:
            return [("rental", "The rent of one property is here twice. It counts once: remove the other entry.")]
        seen.add(place)
    return []


def amount_is_the_purposes(values: Values, facts: Facts) -> Findings:
    """What somebody wants to borrow is what their purposes add up to."""
    wanted, added = values.get("amount_sought"), facts.get("purposes_sum")
    if wanted is None or added is None or wanted == added:
        return []
    return [("amount_sought", f"Your purposes add up to {money(added)}, and this is {money(wanted)}. Make them the "
                              "same.")]  # fmt: skip


def somebody_goes_back(items: Sequence[Values], facts: Facts) -> Findings:
    """Of somebody on parental leave, what they earn once they are back is told with one of their jobs."""
    if not facts.get("on_leave") or any(item.get("pay_on_return") is not None for item in items):
        return []
    return [("salary", "You are on parental leave: add what you earn once you are back, with the job that you go back "
                       "to.")]  # fmt: skip


def at_most_withdrawn(values: Values, facts: Facts) -> Findings:
    """Of KiwiSaver $1,000 stays in, and nobody takes any out in their first three years (KiwiSaver Act 2006, sch 1,
    rule 8)."""
    found = []
    balance, wanted = values.get("balance"), values.get("withdrawal_amount")
    most = max((balance or 0) - _STAYS_IN, 0)
    if balance is not None and wanted is not None and wanted > most:
        said = f"$1,000 has to stay in: of {money(balance)} you can take out {money(most)}."
        found.append(("withdrawal_amount", said))
    since = day_of(values.get("member_since"))
    if since and values.get("withdrawal") == "yes" and months_between(since, today_of(facts)) < 36:
        found.append(("withdrawal", "You have been a member for less than 3 years. Choose “Not sure” if you were in "
                                    "another scheme before."))  # fmt: skip
    return found
