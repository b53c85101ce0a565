"""Rules over where somebody lived and what they did: three years without a hole. Pure."""

from collections.abc import Sequence
from datetime import date

from salestrekker_portal.domains.questions.dates import months_before, months_between
from salestrekker_portal.domains.questions.facts import today_of
from salestrekker_portal.domains.questions.rules import Findings, Values, day_of
from salestrekker_portal.domains.questions.vocabulary import Facts, ListRule
from salestrekker_portal.kernel.dates import spoken

HISTORY_MONTHS = 36  # lenders ask where somebody lived and worked for the last 3 years
GAP_DAYS = 62  # a month named without its day, and a holiday, are no hole


def moved_after_previous(values: Values, facts: Facts) -> Findings:
    """Somebody moved to the previous address before the current one."""
    now, before = day_of(values.get("moved_in")), day_of(values.get("previous_moved_in"))
    if now and before and before > now:
        return [("previous_moved_in", "You moved here before your current address. Check the month.")]
    return []


def no_gap_before_current(values: Values, facts: Facts) -> Findings:
    """Whoever moved out of the previous address earlier says where they were in between."""
    out, now = day_of(values.get("previous_moved_out")), day_of(values.get("moved_in"))
    came = day_of(values.get("previous_moved_in"))
    if out and came and out < came:
        return [("previous_moved_out", "You moved out before you moved in. Check both months.")]
    if out is None or now is None or months_between(out, now) <= 1 or values.get("between_homes"):
        return []
    return [("between_homes", f"Say where you were between {month_words(out)} and {month_words(now)}.")]


def addresses_cover_history(items: Sequence[Values], facts: Facts) -> Findings:
    """Earlier addresses go back three years, each until the next one."""
    known = [(day_of(item.get("moved_in")), day_of(item.get("moved_out"))) for item in items]
    until = facts.get("address_since")
    spans = [(came, left or later) for came, left, later in _until_next(known, until)]
    gap = first_gap([*spans, (until, today_of(facts))] if until else spans, facts)
    if gap and all(came for came, _ in known):
        return [("earlier_addresses", f"Add where you lived from {month_words(gap[0])} to {month_words(gap[1])}.")]
    starts = [came for came, _ in known]
    return _goes_back(starts, facts, "earlier_addresses", "Add where you lived")


def _until_next(
    known: Sequence[tuple[date | None, date | None]], until: date | None
) -> list[tuple[date, date | None, date | None]]:
    """Each start with its end as typed, and the start of the next: where somebody went straight on."""
    placed = sorted((came, left) for came, left in ((c, o or date.max) for c, o in known if c))
    nexts = [*(came for came, _ in placed[1:]), until]
    paired = zip(placed, nexts, strict=True)
    return [(came, None if left == date.max else left, later) for (came, left), later in paired]


def work_covers_history(items: Sequence[Values], facts: Facts) -> Findings:
    """Current and earlier work, or being out of work, goes back three years without a hole."""
    starts = [day_of(item.get("started_on") or item.get("since")) for item in items]
    spans = [(start, _end_of(item)) for start, item in zip(starts, items, strict=True)]
    gap = first_gap(spans, facts)
    if gap and all(starts):
        return [("employment", f"Add what you did from {month_words(gap[0])} to {month_words(gap[1])}, even if you "
                               "were not working.")]  # fmt: skip
    return _goes_back(starts, facts, "employment", "Add what you did")


def _end_of(item: Values) -> date | None:
    """When something that is over ended; a day that is not told is no hole."""
    if item.get("current") != "previous":
        return None
    return day_of(item.get("ended_on") or item.get("until"))


def first_gap(spans: Sequence[tuple[date | None, date | None]], facts: Facts) -> tuple[date, date] | None:
    """The newest stretch of more than `GAP_DAYS` in the last three years that no span covers; an open end is today."""
    today = today_of(facts)
    since = months_before(today, HISTORY_MONTHS)
    known = sorted((start, end or today) for start, end in spans if start)
    reached, found = None, None
    for start, end in known:
        if reached is not None and (start - reached).days > GAP_DAYS and start > since:
            found = (max(reached, since), start)
        reached = max(reached or end, end)
    if reached is not None and (today - reached).days > GAP_DAYS:
        found = (max(reached, since), today)
    return found


def month_words(day: date) -> str:
    """ "August 2024"."""
    return spoken(day).split(" ", 1)[1]


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


WORK_RULES: tuple[ListRule, ...] = (has_current_work, one_primary_job, work_covers_history)
