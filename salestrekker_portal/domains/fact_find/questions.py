"""One question at a time, ready to be shown: what it asks, what stands in it, and how much room it wants."""

from collections.abc import Mapping
from uuid import UUID

from salestrekker_portal.domains.fact_find.finding import finder
from salestrekker_portal.domains.fact_find.origins import carried_raw, origin_of
from salestrekker_portal.domains.fact_find.phone import short_name
from salestrekker_portal.domains.fact_find.places import Spot, field_id
from salestrekker_portal.domains.fact_find.queries import Copy
from salestrekker_portal.domains.fact_find.typed import as_typed
from salestrekker_portal.domains.fact_find.views import FieldView, OptionView
from salestrekker_portal.domains.fact_find.whole import Whole
from salestrekker_portal.domains.questions.answers import asked_because, begun, raw_of, visible_fields
from salestrekker_portal.domains.questions.conditions import Condition, Op, When
from salestrekker_portal.domains.questions.facts import options_of, people_of
from salestrekker_portal.domains.questions.localities import COUNTRIES
from salestrekker_portal.domains.questions.ownership import (
    SOMEBODY_ELSE,
    read_ownership,
    shown_shares,
    sum_words,
    write_ownership,
)
from salestrekker_portal.domains.questions.parsing import limit_of
from salestrekker_portal.domains.questions.roles import sharers_of
from salestrekker_portal.domains.questions.vocabulary import (
    KEEP_PRIVATE,
    OWNERSHIP,
    TYPE,
    Facts,
    Field,
    Kind,
    Scope,
    Section,
    scope_of,
    section_id,
)
from salestrekker_portal.kernel.days import time_words
from salestrekker_portal.kernel.wording import said_in
from salestrekker_portal.tables.fact_find import NOBODY, Answer

# Kinds short enough to stand two on a line, when their labels are.
_NUMBERED = {Kind.BSB, Kind.ACN, Kind.IRD}
_SHORT = frozenset({Kind.TEXT, Kind.MONEY, Kind.PERCENT, Kind.INTEGER, Kind.PHONE, Kind.MOBILE} | _NUMBERED)
_SHORT_LABEL = 22
_SHORT_OPTION = 12
_LONG_OPTION = 28
_DIGITS = frozenset({"account_number", "medicare_number", "licence_version"})
WORDS = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.ADDRESS})
_OFFERED = {"suburb": "suburb", "postcode": "suburb", "street_name": "street"}
_NEVER_MARKED = frozenset({Kind.TICK, Kind.FREQUENCY, Kind.OWNERSHIP})


def option(value: str, label: str, help: str = "") -> OptionView:
    return OptionView(value=value, label=label, help=help)


def fields_of(whole: Whole, copy: Copy, item: UUID, answers: dict[str, Answer], facts: Facts) -> list[FieldView]:
    said = {key: each.raw for key, each in answers.items()}
    shown = [each for each in visible_fields(copy.section, said, facts) if not _fixed_type(copy.section, each, said)]
    views = [_field(whole, copy, item, each, answers, facts) for each in shown]
    _lay_out(shown, views)
    return views


def _fixed_type(section: Section, field: Field, said: Mapping[str, str]) -> bool:
    """The kind of an entry was chosen from the menu: asking again in the entry would only be in the way."""
    return field.key == TYPE and bool(section.item_types) and bool(said.get(TYPE))


def _field(whole: Whole, copy: Copy, item: UUID, field: Field, answers: dict[str, Answer], facts: Facts) -> FieldView:
    answer, said = answers.get(field.key), {key: each.raw for key, each in answers.items()}
    # First what is carried: how often begins as "a month", and a carried rent of weeks would be shown as one of months.
    typed = carried_raw(copy, field, said, facts) or raw_of(field, said) or begun(field, said)
    value = _shares(typed, copy, facts) if field.kind is Kind.OWNERSHIP else as_typed(field, typed, facts)
    # A choice that begins chosen is never open; any other that is optional can be taken back.
    begins = bool(field.default) and field.kind in (Kind.CARDS, Kind.YES_NO)
    optional = not (field.required or field.required_when or begins) and field.kind not in _NEVER_MARKED
    options, revealed = _choices(field, facts, whole), _is_reveal(field.when)
    return FieldView(
        id=field_id(Spot(section_id(copy.page, copy.section), copy.subject, item, field.key)),
        key=field.key,
        kind=field.kind.value,
        label=field.label,
        mark="(optional)" if optional else "",
        help=field.help,
        placeholder=field.placeholder,
        limit=limit_of(field) if field.kind in WORDS else 0,
        unit=field.unit,
        legend=field.group,
        why=asked_because(field, copy.section, said, facts) if revealed else "",
        revealed=revealed,
        span="short" if field.kind is Kind.SELECT and _longest(options) <= _SHORT_OPTION else "whole",
        columns=_columns(options),
        options=options,
        value=value,
        sum=sum_words(value) if field.kind is Kind.OWNERSHIP else "",
        version=answer.version if answer else 0,
        by=_by(whole, answer),
        origin=origin_of(whole, copy, field, said, facts),
        adds=field.key == OWNERSHIP and field.when is None,
        folded=field.folded,
        # Only one's own page: a browser would put the reader's name into somebody else's.
        fills=field.autocomplete if copy.subject == whole.context.reader.contact_id else "",
        mode=_mode(field, said),
        offers=(offered := _offered(copy.section, field, said, facts))[0],
        land=offered[1],
    )


def _offered(section: Section, field: Field, said: Mapping[str, str], facts: Facts) -> tuple[str, str]:
    """What may be picked while this is typed, and in which country."""
    if field.kind is Kind.ADDRESS:
        return "line", str(facts.get("country") or "au").lower()
    part = next((each for each in _OFFERED if field.key.endswith(f"_{each}")), "")
    if not part or (part == "street_name" and finder() is None):
        return "", ""
    prefix = field.key.removesuffix(f"_{part}")
    land = next((raw_of(each, said) for each in section.fields if each.key == f"{prefix}_country"), "")
    return (_OFFERED[part], land) if land in COUNTRIES else ("", "")


def _mode(field: Field, said: Mapping[str, str]) -> str:
    """The keypad: digits for days, and for postcodes of countries where they are digits."""
    if field.kind in (Kind.DATE, Kind.MONTH) or field.key in _DIGITS:
        return "numeric"
    prefix, _, part = field.key.rpartition("_")
    return "numeric" if part == "postcode" and said.get(f"{prefix}_country", "au") in ("au", "nz", "") else ""


def _is_reveal(condition: Condition | None) -> bool:
    """Whether an earlier answer brought the question up, rather than the kind of entry, address or person."""
    if condition is None:
        return False
    if not isinstance(condition, When):
        return any(_is_reveal(part) for part in condition.parts)
    by_kind = condition.subject.endswith(("type", "_country"))
    return condition.op in (Op.IS, Op.IS_NOT, Op.INCLUDES, Op.MONTHS_UNDER) and not by_kind


def _longest(options: list[OptionView]) -> int:
    return max((len(each["label"]) for each in options), default=0)


def _columns(options: list[OptionView]) -> str:
    longest = _longest(options)
    if longest > _LONG_OPTION or any(each["help"] for each in options):
        return ""
    if longest <= _SHORT_OPTION:
        return "three" if len(options) % 3 == 0 else "two"
    return "two-wide"


def _choices(field: Field, facts: Facts, whole: Whole) -> list[OptionView]:
    if field.kind is Kind.OWNERSHIP:
        people = [option(contact, name) for contact, name in people_of(facts)]
        unseen = len(whole.context.people) > len(people)
        return people + ([option(SOMEBODY_ELSE, "Somebody else")] if unseen else [])
    if field.kind is Kind.YES_NO:
        return [option("yes", "Yes"), option("no", "No")]
    return [option(each.value, each.label, each.help) for each in options_of(field, facts)]


def _shares(typed: str, copy: Copy, facts: Facts) -> str:
    """Even parts while nobody has said otherwise; what can't be read stays as it was typed."""
    if typed and (read_ownership(typed)[0] or read_ownership(typed)[1]):
        return typed
    alone = scope_of(copy.page, copy.section) is Scope.PER_APPLICANT and copy.subject != NOBODY
    people = [str(copy.subject)] if alone else sharers_of(facts)
    return write_ownership(shown_shares(people)) if people else ""


def _by(whole: Whole, answer: Answer | None) -> str:
    if answer is None or not answer.author_name or answer.author_id == whole.context.actor.id:
        return ""
    return f"{short_name(answer.author_name)}, {time_words(answer.answered_at, whole.context.actor.time_zone)}"


def privacy_of(whole: Whole, copy: Copy) -> list[FieldView]:
    """ "Keep this between us": offered on one's own page when somebody else could read it."""
    reader = whole.context.reader
    if reader.is_staff or copy.subject != reader.contact_id or len(whole.context.applicants) < 2:
        return []
    if copy.page.sensitive or copy.section.sensitive:
        return []
    answer = copy.answers.get(KEEP_PRIVATE)
    label = said_in(whole.context.actor.country, "Keep this section between me and my broker")
    view = FieldView(
        id=field_id(Spot(section_id(copy.page, copy.section), copy.subject, NOBODY, KEEP_PRIVATE)),
        key=KEEP_PRIVATE, kind=Kind.TICK.value, label=label, mark="", limit=0,
        help="Others on this loan see “provided privately” and not your answers.", placeholder="", unit="",
        legend="", why="", revealed=False, span="whole", columns="", options=[], value=answer.raw if answer else "",
        sum="", version=answer.version if answer else 0, by="", origin="", adds=False, folded=False, fills="", mode="",
        offers="", land="",
    )  # fmt: skip
    return [view]


def _lay_out(fields: list[Field], views: list[FieldView]) -> None:
    """Who shares a line with whom; and each legend and reason only where it starts."""
    legend = why = ""
    for view in views:
        if not view["revealed"]:
            why = ""
        why, view["why"] = view["why"] or why, "" if view["why"] == why else view["why"]
        legend, view["legend"] = view["legend"], "" if view["legend"] == legend else view["legend"]
    _pair(fields, views)


def _pair(fields: list[Field], views: list[FieldView]) -> None:
    number = 0
    while number + 1 < len(fields):
        here, after = fields[number], fields[number + 1]
        spans = None
        if after.kind is Kind.FREQUENCY and after.beside == here.key:
            spans = ("most", "rest")
        elif _short(here) and _short(after) and _together(views[number], views[number + 1], here, after):
            spans = ("half", "half")
        if spans:
            views[number]["span"], views[number + 1]["span"] = spans
        number += 2 if spans else 1


def _together(first: FieldView, second: FieldView, here: Field, after: Field) -> bool:
    return here.group == after.group and first["revealed"] == second["revealed"] and not second["why"]


def _short(field: Field) -> bool:
    # What stands beside an amount has a line of its own: it would be taken for the next row's.
    if field.beside:
        return False
    kinds = _SHORT | {Kind.SELECT} if field.group else _SHORT
    return field.kind in kinds and len(field.label) <= _SHORT_LABEL and not field.help
