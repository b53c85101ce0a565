"""How far along a fact find is: answered, missing, and minutes left, by section, page and in all."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from salestrekker_portal.domains.fact_find.stored import NOBODY, Stored, StoredCopy, copies
from salestrekker_portal.domains.fact_find.weights import SECONDS_TO_CONFIRM, seconds_of
from salestrekker_portal.domains.questions.answers import Checked, check, check_filled
from salestrekker_portal.domains.questions.chapters import screen_of
from salestrekker_portal.domains.questions.vocabulary import ITEM_ID, Facts, Page, Scope
from salestrekker_portal.domains.questions.words import item_title, label_of
from salestrekker_portal.kernel.text import joined

STILL_TRUE = "Is it still true?"


class Status(StrEnum):
    """How far one section is."""

    NOT_STARTED = "not_started"
    STARTED = "started"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Outstanding:
    """One thing still to do: an answer missing, or one to put right. Enough to link to the question."""

    section_id: str
    subject: str
    label: str
    sentence: str = ""  # what is wrong; blank when the answer is only missing
    field_key: str = ""  # blank when it is about the section as a whole
    item_id: str = ""
    item: str = ""  # what the item is called


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """One copy of a section. `is_statement`: a list without entries, where "nothing to add" is or would be the answer.
    `seconds` is what its missing answers take, from weights."""

    page_key: str
    section_id: str
    subject: str
    title: str
    answered: int
    outstanding: tuple[Outstanding, ...]
    started: bool
    seconds: int
    is_statement: bool = False

    @property
    def required(self) -> int:
        return self.answered + len(self.outstanding)

    @property
    def status(self) -> Status:
        if not self.outstanding:
            return Status.DONE
        return Status.STARTED if self.started else Status.NOT_STARTED


@dataclass(frozen=True, slots=True)
class Progress:
    """Several sections together: one page of one person, or everything.

    The lists of a page to which nobody has anything to add are one answer: "none of the rest" gives it in one press.
    """

    sections: tuple[SectionProgress, ...]

    @property
    def required(self) -> int:
        return self.answered + len(self.outstanding)

    @property
    def answered(self) -> int:
        told = sum(each.answered for each in self.sections if not each.is_statement)
        stated = [each for each in self.sections if each.is_statement]
        still = {_group(each) for each in stated if each.outstanding}
        return told + len({_group(each) for each in stated if each.answered} - still)

    @property
    def outstanding(self) -> tuple[Outstanding, ...]:
        """Everything missing, in order; what "none of the rest" would answer stands where its first list does."""
        left: dict[tuple[str, str], list[SectionProgress]] = {}
        for each in self.sections:
            if each.is_statement and each.outstanding:
                left.setdefault(_group(each), []).append(each)
        found: list[Outstanding] = []
        for each in self.sections:
            if not (each.is_statement and each.outstanding):
                found += each.outstanding
            elif lists := left.pop(_group(each), None):
                found.append(_of_lists(lists))
        return tuple(found)

    @property
    def complete(self) -> bool:
        return not self.outstanding

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means everything."""
        return self.answered * 100 // self.required if self.required else 100

    @property
    def minutes_left(self) -> int:
        """Whole minutes that the missing answers take, from weights; 0 when nothing is missing."""
        return math.ceil(sum(each.seconds for each in self.sections) / 60)

    @property
    def status(self) -> Status:
        if self.complete:
            return Status.DONE
        return Status.STARTED if any(each.started for each in self.sections) else Status.NOT_STARTED

    def of_page(self, page: Page, subject: str | None = None) -> "Progress":
        """One page: everybody's copies, or one subject's with the shared sections that stand beside."""
        own = tuple(each for each in self.sections if each.page_key == page.key)
        if subject is not None and page.scope is Scope.HOUSEHOLD:
            # Households stand beside each other: each is a step of its own.
            own = tuple(each for each in own if each.subject == subject)
        elif subject is not None:
            own = tuple(each for each in own if each.subject in (subject, NOBODY))
        return Progress(own)

    def of_section(self, wanted: str, subject: str = NOBODY) -> SectionProgress | None:
        """One copy of a section by its id; None when it is not asked."""
        found = (s for s in self.sections if s.section_id == wanted and s.subject in (subject, NOBODY))
        return next(found, None)


def progress(
    pages: Sequence[Page],
    stored: Stored,
    facts: Facts,
    *,
    subjects: Sequence[str] | None = None,
    households: Sequence[str] | None = None,
    unconfirmed: Collection[tuple[str, str]] = (),
) -> Progress:
    """Where every section stands. A shared section counts once, however many pages show it.

    `unconfirmed` are (section id, subject) of what was told for an earlier loan: a screen of them is one thing to do.
    """
    found: dict[tuple[str, str], SectionProgress] = {}
    asked: set[tuple[str, str]] = set()
    for copy in copies(pages, stored, facts, subjects=subjects, households=households):
        key, screen = (copy.section_id, copy.subject), (screen_of(copy.page, copy.section), copy.subject)
        if key in found:
            continue
        found[key] = _of_copy(copy)
        if key in unconfirmed and copy.filled.started and screen not in asked:
            asked.add(screen)
            found[key] = _to_confirm(found[key])
    return Progress(tuple(found.values()))


def _to_confirm(of: SectionProgress) -> SectionProgress:
    """With one more thing to do: to say that it is still true."""
    thing = Outstanding(of.section_id, of.subject, STILL_TRUE)
    return replace(
        of, outstanding=(thing, *of.outstanding), seconds=of.seconds + SECONDS_TO_CONFIRM, is_statement=False
    )


def _group(of: SectionProgress) -> tuple[str, str]:
    return of.page_key, of.subject


def _of_lists(lists: Sequence[SectionProgress]) -> Outstanding:
    """One thing to do for all lists of a page that nobody has said anything to."""
    first = lists[0].outstanding[0]
    if len(lists) == 1:
        return first
    named = joined([each.title for each in lists[:3]] if len(lists) < 4
                   else [lists[0].title, lists[1].title, f"{len(lists) - 2} more"])  # fmt: skip
    return replace(first, label=f"{named}: add what you have, then press “None of the rest”")


def _of_copy(copy: StoredCopy) -> SectionProgress:
    answered, outstanding = _of_list(copy) if copy.section.repeats else _of_answers(copy)
    return SectionProgress(
        page_key=copy.page.key,
        section_id=copy.section_id,
        subject=copy.subject,
        title=copy.section.title,
        # Before anybody has typed, a default is nobody's answer.
        answered=answered if copy.filled.started else 0,
        outstanding=outstanding,
        started=copy.filled.started,
        seconds=sum(seconds_of(copy.section, thing) for thing in outstanding),
        is_statement=copy.section.repeats and bool(copy.section.nothing_label) and not copy.filled.items,
    )


def _of_answers(copy: StoredCopy) -> tuple[int, tuple[Outstanding, ...]]:
    checked = check(copy.section, copy.filled.answers, copy.facts)
    return checked.answered, _things(copy, checked)


def _of_list(copy: StoredCopy) -> tuple[int, tuple[Outstanding, ...]]:
    section = copy.section
    checked = check_filled(section, copy.filled, copy.facts)
    if checked.nothing_to_add:
        return 1, ()
    if checked.unanswered:
        offer = "add one, or say nothing to add" if section.nothing_label else "add at least one"
        return 0, (Outstanding(copy.section_id, copy.subject, f"{section.title}: {offer}"),)
    things = [
        thing
        for item, read in zip(copy.filled.items, checked.items.values(), strict=True)
        for thing in _things(copy, read, item.get(ITEM_ID, ""), item_title(section, item, copy.facts))
    ]
    things += [Outstanding(copy.section_id, copy.subject, section.title, error) for error in checked.errors]
    return sum(read.answered for read in checked.items.values()), tuple(things)


def _things(copy: StoredCopy, checked: Checked, item_id: str = "", item: str = "") -> tuple[Outstanding, ...]:
    keys = [f.key for f in copy.section.fields if f.key in checked.errors or f.key in checked.missing]
    return tuple(
        Outstanding(
            section_id=copy.section_id,
            subject=copy.subject,
            label=label_of(copy.section.field(key)),
            sentence=checked.errors.get(key, ""),
            field_key=key,
            item_id=item_id,
            item=item,
        )
        for key in keys
    )
