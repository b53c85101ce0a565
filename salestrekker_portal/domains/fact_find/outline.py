"""The way through a profile: its steps with how far each is, what is missing, and what comes before and after."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from salestrekker_portal.domains.fact_find import reach
from salestrekker_portal.domains.fact_find.places import Spot, field_id
from salestrekker_portal.domains.fact_find.progress import Outstanding, Progress, SectionProgress, Status
from salestrekker_portal.domains.fact_find.whole import Whole
from salestrekker_portal.domains.questions.vocabulary import Page, Scope, section_id
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.tables.fact_find import NOBODY

# A page of lists is shown whole, so that its sums stand beside all of them; other pages section by section.
_FEW_FIELDS = 3


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
    """One screen of the profile. `section_key` is blank where a page is shown whole."""

    page: Page
    section_key: str
    subject: UUID
    title: str

    @property
    def key(self) -> str:
        return f"{self.page.key}.{self.section_key}" if self.section_key else self.page.key


PathOf = Callable[[Stop], str]


def is_whole(page: Page) -> bool:
    """Whether a page's sections stand on one screen."""
    if page.on_one_screen:
        return True
    loose = sum(len(section.fields) for section in page.sections if not section.repeats)
    return loose <= _FEW_FIELDS


def stops(whole: Whole, *, all_whole: bool = False) -> list[Stop]:
    """Every screen in order; the reader's own page before the other applicants'."""
    found = []
    for page in whole.context.asked_pages:
        for owner in owners(whole, page):
            found += _stops_of(whole, page, owner, all_whole or is_whole(page))
    return found


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
        return [Stop(page=page, section_key="", subject=owner, title=title_of(whole, page, owner))]
    sections = list(dict.fromkeys(copy.section for copy in whole.copies_on(page.key, owner)))
    return [Stop(page=page, section_key=each.key, subject=owner, title=each.title) for each in sections]


def title_of(whole: Whole, page: Page, owner: UUID) -> str:
    """What a step is called: a person's own name on the page about them."""
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


def find_stop(all_stops: list[Stop], key: str, subject: UUID | None) -> Stop:
    """The screen with that address: a page, or a section of one. Raises NotFound."""
    for stop in all_stops:
        if (stop.key == key or stop.page.key == key or _holds(stop, key)) and subject in (None, stop.subject):
            return stop
    raise NotFound("page")


def _holds(stop: Stop, key: str) -> bool:
    """Whether a screen that shows a page whole has this section on it: one outside the flow is not."""
    return not stop.section_key and any(section_id(stop.page, each) == key for each in stop.page.sections)


def section_of(all_stops: list[Stop], here: Stop | None) -> tuple[int, int]:
    """Which section one is in, and of how many: a person's pages by name, then the shared ones, and checking last."""
    groups = list(dict.fromkeys((stop.page.key, stop.subject) for stop in all_stops))
    number = groups.index((here.page.key, here.subject)) + 1 if here is not None else len(groups) + 1
    return number, len(groups) + 1


def outline(whole: Whole, all_stops: list[Stop], here: Stop | None, path: PathOf) -> list[StepView]:
    """The list of steps, with the current one open."""
    steps: dict[tuple[str, UUID], list[Stop]] = {}
    for stop in all_stops:
        steps.setdefault((stop.page.key, stop.subject), []).append(stop)
    return [_step(whole, group, here, path) for group in steps.values()]


def _step(whole: Whole, group: list[Stop], here: Stop | None, path: PathOf) -> StepView:
    first = group[0]
    progress = _progress(whole, first)
    current = here is not None and (here.page.key, here.subject) == (first.page.key, first.subject)
    stepped = bool(first.section_key)
    return StepView(
        path=path(first),
        title=title_of(whole, first.page, first.subject),
        state=progress.status.value,
        fact=_fact(progress.status, len(progress.outstanding)),
        current=current and not stepped,
        opened=current,
        parts=[_part(progress, stop, here, path) for stop in group] if current and stepped else [],
    )


def _part(progress: Progress, stop: Stop, here: Stop | None, path: PathOf) -> PartView:
    section = next((each for each in progress.sections if each.section_id == stop.key), None)
    status, left = (section.status, len(section.outstanding)) if section else (Status.DONE, 0)
    return PartView(
        path=path(stop), title=stop.title, state=status.value, fact=_fact(status, left), current=stop == here
    )


def _fact(status: Status, left: int) -> str:
    if status is Status.NOT_STARTED:
        return "Not started"
    return f"{left} missing" if left else ""


def _progress(whole: Whole, stop: Stop) -> Progress:
    subject = str(stop.subject) if stop.subject != NOBODY else None
    if stop.page.scope is Scope.HOUSEHOLD:
        subject = subject or ""
    return whole.readable_progress.of_page(stop.page, subject)


def left_on(whole: Whole, stop: Stop) -> tuple[Outstanding, ...]:
    """What is missing on one screen."""
    progress = _progress(whole, stop)
    if not stop.section_key:
        return progress.outstanding
    return tuple(thing for thing in progress.outstanding if thing.section_id == stop.key)


def missing(whole: Whole, all_stops: list[Stop], path: PathOf) -> list[MissingView]:
    """Every answer that this person still has to give, as links."""
    return [
        _missing(whole, all_stops, section, thing, path)
        for section in whole.progress.sections
        for thing in section.outstanding
    ]


def _missing(
    whole: Whole, all_stops: list[Stop], section: SectionProgress, thing: Outstanding, path: PathOf
) -> MissingView:
    subject = UUID(thing.subject) if thing.subject else NOBODY
    spot = Spot(thing.section_id, subject, UUID(thing.item_id) if thing.item_id else NOBODY, thing.field_key)
    stop = find_stop(all_stops, thing.section_id, subject if subject != NOBODY else None)
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
