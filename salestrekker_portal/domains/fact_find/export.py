"""The whole fact find as plain rows: for the review page, for print, and for other software."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from salestrekker_portal.domains.fact_find.stored import Stored, StoredCopy, copies
from salestrekker_portal.domains.questions.answers import Filled, raw_of, visible_fields
from salestrekker_portal.domains.questions.facts import applicants_of
from salestrekker_portal.domains.questions.parsing import parse
from salestrekker_portal.domains.questions.vocabulary import (
    ITEM_ID,
    NOTHING_TO_ADD,
    Answers,
    Facts,
    Field,
    Kind,
    Page,
    Section,
)
from salestrekker_portal.domains.questions.words import item_title, label_of, say

PRIVATE = "Provided privately"


@dataclass(frozen=True, slots=True)
class Row:
    """One answer as a person would read it. Keys make it findable again; `value` is parsed or None."""

    page: str
    section: str
    label: str
    words: str
    section_id: str
    subject: str
    person: str = ""
    item: str = ""
    item_id: str = ""
    field_key: str = ""
    value: Any = None


def rows(
    pages: Sequence[Page],
    stored: Stored,
    facts: Facts,
    *,
    subjects: Sequence[str] | None = None,
    households: Sequence[str] | None = None,
    private: Collection[tuple[str, str]] = (),
    blanks: bool = False,
) -> list[Row]:
    """Every answer in order. `private` holds (section id, subject) of copies to name but not to show.

    Blank answers are left out unless `blanks`.
    """
    found: list[Row] = []
    seen = set()
    for copy in copies(pages, stored, facts, subjects=subjects, households=households):
        if (copy.section_id, copy.subject) in seen:
            continue
        seen.add((copy.section_id, copy.subject))
        if (copy.section_id, copy.subject) in private:
            found.append(_row(copy, copy.section.title, PRIVATE))
        else:
            found += [row for row in _of_copy(copy, blanks) if blanks or row.words]
    return found


def to_json(found: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows as dictionaries of plain values."""
    return [asdict(row) for row in found]


def _of_copy(copy: StoredCopy, blanks: bool) -> Iterator[Row]:
    if not copy.section.repeats:
        if not copy.filled.started and not blanks:
            return  # only defaults, which nobody has said
        yield from _of_answers(copy, copy.filled.answers)
        return
    if _nothing(copy.section, copy.filled):
        yield _row(copy, copy.section.title, "Nothing to add")
    for item in copy.filled.items:
        yield from _of_answers(copy, item, item.get(ITEM_ID, ""), item_title(copy.section, item, copy.facts))


def _nothing(section: Section, filled: Filled) -> bool:
    return not filled.items and filled.answers.get(NOTHING_TO_ADD) == "yes"


def _of_answers(copy: StoredCopy, answers: Answers, item_id: str = "", item: str = "") -> Iterator[Row]:
    shown = visible_fields(copy.section, answers, copy.facts)
    often = {field.beside: field for field in shown if field.kind is Kind.FREQUENCY}
    for field in shown:
        if field.kind is Kind.FREQUENCY:
            continue
        raw = raw_of(field, answers)
        words = say(field, raw, copy.facts)
        if words and field.key in often:
            words = f"{words} {say(often[field.key], raw_of(often[field.key], answers), copy.facts)}".strip()
        value = parse(field, raw, copy.facts).value
        label = label_of(field)
        if _is_none(field):
            label, words = copy.section.field(field.beside).label, "None" if value else ""
        yield _row(copy, label, words, item=item, item_id=item_id, field_key=field.key, value=value)


def _is_none(field: Field) -> bool:
    return field.kind is Kind.TICK and bool(field.beside)


def _row(copy: StoredCopy, label: str, words: str, **more: Any) -> Row:
    names = dict(applicants_of(copy.facts))
    return Row(
        page=copy.page.title,
        section=copy.section.title,
        label=label,
        words=words,
        section_id=copy.section_id,
        subject=copy.subject,
        person=names.get(copy.subject, ""),
        **more,
    )
