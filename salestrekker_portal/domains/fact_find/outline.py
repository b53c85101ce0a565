"""The screens of a profile in order, the broker's list of its pages, and what is missing with the way to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from salestrekker_portal.domains.fact_find import reach
from salestrekker_portal.domains.fact_find.places import Spot, field_id
from salestrekker_portal.domains.fact_find.progress import Outstanding, Progress, SectionProgress, Status
from salestrekker_portal.domains.fact_find.whole import Whole
from salestrekker_portal.domains.questions.chapters import (
    CHAPTERS,
    Chapter,
    chapter_of,
    is_whole,
    joined_of,
    place_in_chapter,
)
from salestrekker_portal.domains.questions.vocabulary import Page, Scope, Section, section_id
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.tables.fact_find import NOBODY


class PartView(TypedDict):
    """One section in the list of steps. `state` is "done", "started" or "not_started"."""

    path: str
    title: str
    state: str
    fact: str
    current: bool


class StepView(TypedDict):
    """One page in the list of steps, with its sections while it is open."""

    path: str
    title: str
    state: str
    fact: str
    current: bool
    opened: bool
    parts: list[PartView]


class MissingView(TypedDict):
    """An answer still to give, with the way to it."""

    id: str
    label: str
    where: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One screen of the profile. `section_keys` is empty where a page is shown whole."""

    page: Page
    section_keys: tuple[str, ...] = ()
    subject: UUID
    title: str

    @property
    def key(self) -> str:
        """The address: the page's, or its first section's."""
        return f"{self.page.key}.{self.section_keys[0]}" if self.section_keys else self.page.key

    def shows(self, section_key: str) -> bool:
        """Whether this section of the page stands on it."""
        return not self.section_keys or section_key in self.section_keys

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(each for each in self.page.sections if self.shows(each.key))

    @property
    def chapter(self) -> Chapter:
        return chapter_of(self.page, self.sections[0])

    @property
    def place(self) -> int:
        """How far back in its chapter."""
        return place_in_chapter(self.page, self.sections[0])


PathOf = Callable[[Stop], str]


def stops(whole: Whole, *, all_whole: bool = False) -> list[Stop]:
    """Every screen in order, by chapters; the reader's own before the other applicants'. `all_whole`: by pages."""
    found = []
    for page in whole.context.asked_pages:
        for owner in owners(whole, page):
            found += _stops_of(whole, page, owner, all_whole or is_whole(page))
    if all_whole:
        return found
    own = (NOBODY, whole.context.reader.contact_id)
    return sorted(found, key=lambda stop: (CHAPTERS.index(stop.chapter), stop.subject not in own, stop.place))


def owners(whole: Whole, page: Page) -> list[UUID]:
    """Whose copies of a page this person may open."""
    if page.scope is Scope.HOUSEHOLD:
        return list(whole.context.households)
    if page.scope is not Scope.PER_APPLICANT:
        return [NOBODY]
    reader = whole.context.reader
    readable = [
        each.id
        for each in whole.context.applicants
        if page.party in (None, each.party)
        and any(
            whole.context.asks_of(each, page, section) and reach.may_read_subject(reader, page, section, each.id)
            for section in page.sections
        )
    ]
    return sorted(readable, key=lambda contact: contact != reader.contact_id)


def _stops_of(whole: Whole, page: Page, owner: UUID, as_one: bool) -> list[Stop]:
    if as_one:
        return [Stop(page=page, subject=owner, title=title_of(whole, page, owner))]
    groups: dict[str, list[Section]] = {}
    for section in dict.fromkeys(copy.section for copy in whole.copies_on(page.key, owner)):
        joined = joined_of(page, section)
        groups.setdefault(joined.title if joined else section.key, []).append(section)
    return [
        Stop(
            page=page,
            section_keys=tuple(each.key for each in group),
            subject=owner,
            title=with_name(whole, title if len(group) > 1 else group[0].title, owner),
        )
        for title, group in groups.items()
    ]


def title_of(whole: Whole, page: Page, owner: UUID) -> str:
    """What a page is called: a person's own name on the page about them."""
    staff = whole.context.reader.is_staff
    title = page.broker_title if staff else page.title
    if owner == NOBODY:
        return title
    person = whole.context.applicant(owner)
    if page.named_by_subject:
        return person.name
    if page.scope is Scope.HOUSEHOLD:
        return title if owner == whole.context.reader.contact_id else f"{title}, {person.first_name}"
    same_kind = [each for each in whole.context.applicants if page.party in (None, each.party)]
    alone = owner == whole.context.reader.contact_id or len(same_kind) == 1
    return title if alone else f"{title}, {person.first_name}"


def with_name(whole: Whole, title: str, owner: UUID) -> str:
    """A screen about somebody else says whose it is."""
    own = owner in (NOBODY, whole.context.reader.contact_id)
    return title if own else f"{title}, {whole.context.applicant(owner).first_name}"


def find_stop(all_stops: list[Stop], key: str, subject: UUID | None) -> Stop:
    """The screen with that address: a page, or a section of one. Raises NotFound."""
    for stop in all_stops:
        if (stop.key == key or stop.page.key == key or _holds(stop, key)) and subject in (None, stop.subject):
            return stop
    raise NotFound("page")


def _holds(stop: Stop, key: str) -> bool:
    """Whether a screen has this section on it: one outside the flow is not."""
    return any(section_id(stop.page, each) == key for each in stop.sections)


def outline(whole: Whole, all_stops: list[Stop], here: Stop | None, path: PathOf) -> list[StepView]:
    """The list of steps by pages, as the broker reads it."""
    steps = {(stop.page.key, stop.subject): stop for stop in reversed(all_stops)}
    return [_step(whole, stop, here, path) for stop in reversed(steps.values())]


def _step(whole: Whole, stop: Stop, here: Stop | None, path: PathOf) -> StepView:
    progress = progress_of(whole, stop)
    return StepView(
        path=path(stop),
        title=title_of(whole, stop.page, stop.subject),
        state=progress.status.value,
        fact=fact_of(progress.status, len(progress.outstanding)),
        current=here is not None and (here.page.key, here.subject) == (stop.page.key, stop.subject),
        opened=False,
        parts=[],
    )


def fact_of(status: Status, left: int) -> str:
    if status is Status.NOT_STARTED:
        return "Not started"
    return f"{left} missing" if left else ""


def progress_of(whole: Whole, stop: Stop) -> Progress:
    """How far one screen is, as far as this person may read it."""
    subject = str(stop.subject) if stop.subject != NOBODY else None
    if stop.page.scope is Scope.HOUSEHOLD:
        subject = subject or ""
    shown = {section_id(stop.page, each) for each in stop.sections}
    of_page = whole.readable_progress.of_page(stop.page, subject)
    return Progress(tuple(each for each in of_page.sections if each.section_id in shown))


def left_on(whole: Whole, stop: Stop) -> tuple[Outstanding, ...]:
    """What is missing on one screen."""
    return progress_of(whole, stop).outstanding


def missing(whole: Whole, all_stops: list[Stop], path: PathOf) -> list[MissingView]:
    """Every answer that this person still has to give, as links, in the order of the screens."""
    found = [
        (_stop_of(all_stops, thing), section, thing)
        for section in whole.progress.sections
        for thing in section.outstanding
    ]
    found.sort(key=lambda each: all_stops.index(each[0]))
    return [_missing(whole, stop, section, thing, path) for stop, section, thing in found]


def _stop_of(all_stops: list[Stop], thing: Outstanding) -> Stop:
    return find_stop(all_stops, thing.section_id, UUID(thing.subject) if thing.subject else None)


def _missing(whole: Whole, stop: Stop, section: SectionProgress, thing: Outstanding, path: PathOf) -> MissingView:
    asked = next(each for each in stop.sections if thing.section_id == section_id(stop.page, each))
    # What is everybody's is on this person's screen as their own copy, when they may not see the others.
    subject = reach.copy_for(whole.context.reader, stop.page, asked, UUID(thing.subject) if thing.subject else None)
    spot = Spot(thing.section_id, subject, UUID(thing.item_id) if thing.item_id else NOBODY, thing.field_key)
    place = path(stop)
    if thing.item_id:
        place += f"{'&' if '?' in place else '?'}open={thing.item_id}"
    people = len(whole.context.applicants) > 1 and stop.subject != NOBODY
    names = [whole.context.applicant(stop.subject).first_name] if people else []
    names += [thing.item] if thing.item else []
    label = f"{thing.label}: {thing.sentence}" if thing.sentence else thing.label
    return MissingView(
        id=field_id(spot),
        label=label,
        where=", ".join([*names, section.title]),
        path=f"{place}#{field_id(spot)}" if thing.field_key else place,
    )
