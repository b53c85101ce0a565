"""Where an answer that stands in a row of living expenses comes from, in words: it was told in another section."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from salestrekker_portal.domains.fact_find.carry import Carried, Source
from salestrekker_portal.domains.fact_find.queries import Copy
from salestrekker_portal.domains.fact_find.whole import Whole
from salestrekker_portal.domains.questions.parsing import parse
from salestrekker_portal.domains.questions.vocabulary import Facts, Field, Kind, Scope, section_id
from salestrekker_portal.kernel.days import day_words, local
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.tables.fact_find import NOBODY, Answer


def carried_raw(copy: Copy, field: Field, said: Mapping[str, str], facts: Facts) -> str:
    """What is carried into a field that nobody has filled in; blank for nothing."""
    known = _carried(copy, field, facts)
    if known is None or _typed(field, said):
        return ""
    key = field.beside if field.kind is Kind.FREQUENCY else field.key
    return known.answers(key)[field.key]


def origin_of(whole: Whole, copy: Copy, field: Field, said: Mapping[str, str], facts: Facts) -> str:
    """From which section it is, and when it was changed there; or that something else is said there."""
    known = _carried(copy, field, facts)
    if known is None or field.kind is not Kind.MONEY:
        return ""
    if not _typed(field, said):
        return f"From “{known.origin}”{_whose(whole, known)}.{_changed(whole, known)}"
    if said.get(f"{field.key}_none") == "yes":
        return ""  # the error says so
    typed = parse(field, said.get(field.key)).value
    often = said.get(f"{field.key}_frequency") or known.every.value
    same = typed == known.cents and often == known.every.value
    return "" if same else f"“{known.origin}” says {known.words}{_whose(whole, known)}.{_changed(whole, known)}"


def _carried(copy: Copy, field: Field, facts: Facts) -> Carried | None:
    if copy.page.scope is not Scope.HOUSEHOLD or field.kind not in (Kind.MONEY, Kind.FREQUENCY):
        return None
    return facts.get("carried", {}).get(field.beside if field.kind is Kind.FREQUENCY else field.key)


def _typed(field: Field, said: Mapping[str, str]) -> bool:
    key = field.beside if field.kind is Kind.FREQUENCY else field.key
    return bool(said.get(key, "").strip()) or said.get(f"{key}_none") == "yes"


def _whose(whole: Whole, known: Carried) -> str:
    if len(whole.context.people) < 2:
        return ""
    reader = whole.context.reader.contact_id
    names = {str(each.id): each.first_name for each in whole.context.applicants if each.id != reader}
    told = [names[each.subject] for each in known.sources if each.subject in names]
    return f", told by {joined(list(dict.fromkeys(told)))}" if told else ""


def _changed(whole: Whole, known: Carried) -> str:
    """When the newest change was made of an answer that had been there before."""
    found = [answer for source in known.sources for answer in _answers_of(whole, source) if answer.version > 1]
    if not found:
        return ""
    newest = max(found, key=lambda answer: answer.answered_at)
    return f" It was changed there on {_day(newest.answered_at, whole)}."


def _answers_of(whole: Whole, source: Source) -> list[Answer]:
    """The amount and how often, as they are kept."""
    keys = (source.field_key, f"{source.field_key}_frequency")
    for copy in whole.copies:
        subject = str(copy.subject) if copy.subject != NOBODY else ""
        if section_id(copy.page, copy.section) != source.section_id or subject != source.subject:
            continue
        told = next((a for item, a in copy.items if item.id == _id(source.item_id)), copy.answers)
        return [told[key] for key in keys if key in told]
    return []


def _id(word: str) -> UUID | None:
    return UUID(word) if word else None


def _day(at: datetime, whole: Whole) -> str:
    return day_words(local(at, whole.context.actor.time_zone).date())
