"""Rules across the fields of a section, or across the items of a list: pure.

A rule of a section gets parsed values (blank ones absent) and facts, and returns (field key,
sentence) pairs. Dates are ISO text and months "2024-08", as parsed.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from salestrekker_portal.domains.questions.dates import months_before, months_between
from salestrekker_portal.domains.questions.facts import people_of, today_of
from salestrekker_portal.domains.questions.ownership import SOMEBODY_ELSE, outside_name
from salestrekker_portal.domains.questions.vocabulary import OWNERSHIP, Facts, ListRule, Rule
from salestrekker_portal.kernel.dates import spoken

Values = Mapping[str, Any]
Findings = list[tuple[str, str]]

HISTORY_MONTHS = 36  # lenders ask where somebody lived and worked for the last 3 years
_POSTCODES = {"au": "2000", "nz": "6011"}
IDENTITY_POINTS = {"passport": 70, "driver_licence": 40, "proof_of_age": 40, "medicare": 25, "other": 25}


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


def not_more(smaller: str, larger: str, sentence: str) -> Rule:
    """One amount is at most another."""

    def rule(values: Values, facts: Facts) -> Findings:
        low, high = values.get(smaller), values.get(larger)
        return [(smaller, sentence)] if low is not None and high is not None and low > high else []

    return rule


def local_postcode(prefix: str) -> Rule:
    """A postcode in Australia and in New Zealand has four digits."""
    key = f"{prefix}_postcode"

    def rule(values: Values, facts: Facts) -> Findings:
        code = values.get(key)
        country = values.get(f"{prefix}_country")
        if code is None or country not in _POSTCODES:
            return []
        valid = len(code) == 4 and code.isascii() and code.isdigit()
        return [] if valid else [(key, f"A postcode has 4 digits, for example {_POSTCODES[country]}.")]

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


def moved_after_previous(values: Values, facts: Facts) -> Findings:
    """Somebody moved to the previous address before the current one."""
    now, before = day_of(values.get("moved_in")), day_of(values.get("previous_moved_in"))
    if now and before and before > now:
        return [("previous_moved_in", "You moved here before your current address. Check the month.")]
    return []


def addresses_cover_history(items: Sequence[Values], facts: Facts) -> Findings:
    """Earlier addresses go back three years."""
    return _goes_back(
        [day_of(item.get("moved_in")) for item in items], facts, "earlier_addresses", "Add where you lived"
    )


def work_covers_history(items: Sequence[Values], facts: Facts) -> Findings:
    """Current and earlier work, or being out of work, goes back three years."""
    starts = [day_of(item.get("started_on") or item.get("since")) for item in items]
    return _goes_back(starts, facts, "employment", "Add what you did")


def _goes_back(starts: list[date | None], facts: Facts, key: str, ask: str) -> Findings:
    known = [start for start in starts if start]
    if not known or len(known) < len(starts):
        return []  # a blank start is already missing: one thing at a time
    today, first = today_of(facts), min(known)
    if months_between(first, today) >= HISTORY_MONTHS:
        return []
    return [(key, f"{ask} before {spoken(first)}. Lenders need the last 3 years, from "
                  f"{spoken(months_before(today, HISTORY_MONTHS))}.")]  # fmt: skip


def has_current_work(items: Sequence[Values], facts: Facts) -> Findings:
    """A list of previous jobs alone does not say what somebody does now."""
    if items and all(item.get("current") == "previous" for item in items):
        return [("employment", "Add what you do now, even if you are not working.")]
    return []


def one_primary_job(items: Sequence[Values], facts: Facts) -> Findings:
    """At most one current job is the main one."""
    main = [i for i in items if i.get("priority") == "primary" and i.get("current") != "previous"]
    sentence = "Choose one main job and mark the others as second jobs."
    return [("employment", sentence)] if len(main) > 1 else []


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


def identity_points(kinds: Sequence[str]) -> int:
    """Points of the Australian 100-point check that these documents give."""
    return sum(IDENTITY_POINTS.get(kind, 0) for kind in kinds)


def each_rent_once(items: Sequence[Values], facts: Facts) -> Findings:
    """A rented property is in the list once, whoever of its owners typed it."""
    seen: set[str] = set()
    for item in items:
        place = str(item.get("property") or "") or " ".join(str(item.get("description") or "").casefold().split())
        if place and place in seen:
            return [("rental", "The rent of one property is here twice. It counts once: remove the other entry.")]
        seen.add(place)
    return []


WORK_RULES: tuple[ListRule, ...] = (has_current_work, one_primary_job, work_covers_history)
