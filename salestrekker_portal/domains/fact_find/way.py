"""A client's way through their profile: chapters, how far each is, and the screens of the one that is open."""

from collections.abc import Iterable

from salestrekker_portal.domains.fact_find.outline import PartView, PathOf, StepView, Stop, fact_of, progress_of
from salestrekker_portal.domains.fact_find.progress import Progress
from salestrekker_portal.domains.fact_find.whole import Whole
from salestrekker_portal.domains.questions.chapters import Chapter, chapter_of
from salestrekker_portal.domains.questions.vocabulary import section_id


def chapters_of(all_stops: Iterable[Stop]) -> list[Chapter]:
    """Those that ask this person something, in order."""
    return list(dict.fromkeys(stop.chapter for stop in all_stops))


def section_of(all_stops: list[Stop], here: Stop | None) -> tuple[int, int]:
    """Which section one is in, and of how many; the check is the last of them."""
    chapters = chapters_of(all_stops)
    number = chapters.index(here.chapter) + 1 if here is not None else len(chapters) + 1
    return number, len(chapters) + 1


def percents(whole: Whole, all_stops: list[Stop]) -> list[int]:
    """How much of each chapter is answered, of what this person has to answer; 0 to 100, the check left out."""
    return [progress_in(whole, chapter).percent for chapter in chapters_of(all_stops)]


def progress_in(whole: Whole, chapter: Chapter) -> Progress:
    """How far a chapter is, of what this person is asked: another applicant's own way in is not theirs to finish."""
    held = {
        section_id(page, section)
        for page in whole.context.asked_pages
        for section in page.sections
        if chapter_of(page, section) == chapter
    }
    return Progress(tuple(each for each in whole.progress.sections if each.section_id in held))


def way(whole: Whole, all_stops: list[Stop], here: Stop | None, path: PathOf) -> list[StepView]:
    """The list of chapters, with the screens of the current one."""
    grouped: dict[Chapter, list[Stop]] = {}
    for stop in all_stops:
        grouped.setdefault(stop.chapter, []).append(stop)
    return [_step(whole, chapter, group, here, path) for chapter, group in grouped.items()]


def _step(whole: Whole, chapter: Chapter, group: list[Stop], here: Stop | None, path: PathOf) -> StepView:
    progress = progress_in(whole, chapter)
    opened = here is not None and here.chapter == chapter
    parts = [_part(progress_of(whole, stop), stop, here, path) for stop in group] if opened and len(group) > 1 else []
    return StepView(
        path=path(group[0]),
        title=chapter.title,
        state=progress.status.value,
        fact=fact_of(progress.status, len(progress.outstanding)),
        current=opened and not parts,
        opened=opened,
        parts=parts,
    )


def _part(progress: Progress, stop: Stop, here: Stop | None, path: PathOf) -> PartView:
    return PartView(
        path=path(stop),
        title=stop.title,
        state=progress.status.value,
        fact=fact_of(progress.status, len(progress.outstanding)),
        current=stop == here,
    )
