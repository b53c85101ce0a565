"""What somebody said, to be looked over before it is handed in: each chapter with its answers and the way to each."""

from collections.abc import Iterable
from typing import TypedDict
from uuid import UUID

from salestrekker_portal.domains.fact_find.export import Row, rows
from salestrekker_portal.domains.fact_find.outline import PathOf, Stop, find_stop, with_name
from salestrekker_portal.domains.fact_find.places import Spot, field_id
from salestrekker_portal.domains.fact_find.way import progress_in
from salestrekker_portal.domains.fact_find.whole import Whole
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.text import shortened
from salestrekker_portal.tables.fact_find import NOBODY


class SaidView(TypedDict):
    """One answer: what was asked, what was said, whether it belongs to an entry, and the way to change it."""

    id: str
    label: str
    words: str
    item: str
    path: str


class SaidPageView(TypedDict):
    """One chapter: its answers, how many they are in words, and what the first of them say, for while it is folded."""

    key: str
    title: str
    line: str
    gist: str
    path: str
    done: bool
    answers: list[SaidView]


# Of a chapter that is folded: enough to see that the right thing stands there.
GIST_PARTS, GIST_PART = 4, 40
_SAYS_NOTHING_ALONE = ("Yes", "No", "None", "Nothing to add")


def said(whole: Whole, all_stops: list[Stop], path: PathOf) -> list[SaidPageView]:
    """Every chapter that this person fills in, in order, with what stands there; another applicant's by itself."""
    own = set(whole.subjects()) | {""}
    found: dict[tuple[str, UUID], SaidPageView] = {}
    for stop in all_stops:
        if stop.subject == NOBODY or str(stop.subject) in own:
            found.setdefault(_place(whole, stop), _chapter(whole, stop, path))
    facts = whole.context.facts(NOBODY)
    asked, own_homes = whole.context.asked_pages, whole.households
    for row in rows(asked, whole.stored, facts, subjects=whole.subjects(), households=own_homes):
        _add(whole, found, all_stops, row, path)
    for page in found.values():
        count = len(page["answers"])
        page["line"] = f"{count} {'answer' if count == 1 else 'answers'}" if count else "Nothing yet"
        page["gist"] = gist(page["answers"])
    return list(found.values())


def gist(answers: Iterable[SaidView]) -> str:
    """The first things that were said, each in a few words: an entry by its name, an amount with what it is for."""
    parts: dict[str, None] = {}
    for each in answers:
        words = each["words"]
        if not each["item"] and words in _SAYS_NOTHING_ALONE:
            continue
        alone = each["item"] or (f"{each['label']} {words}" if words.startswith(("$", "-$")) else words)
        parts[shortened(" ".join(alone.split()), GIST_PART)] = None
        if len(parts) == GIST_PARTS:
            break
    return " · ".join(parts)


def _place(whole: Whole, stop: Stop) -> tuple[str, UUID]:
    """The reader's own answers and the shared ones of a chapter stand together."""
    own = stop.subject == whole.context.reader.contact_id
    return stop.chapter.key, NOBODY if own else stop.subject


def _chapter(whole: Whole, stop: Stop, path: PathOf) -> SaidPageView:
    key, owner = _place(whole, stop)
    return SaidPageView(
        key=f"{key}.{owner}",
        title=with_name(whole, stop.chapter.title, owner),
        line="",
        gist="",
        path=path(stop),
        done=progress_in(whole, stop.chapter).complete,
        answers=[],
    )


def _add(
    whole: Whole, found: dict[tuple[str, UUID], SaidPageView], all_stops: list[Stop], row: Row, path: PathOf
) -> None:
    subject = _uuid(row.subject)
    try:
        stop = find_stop(all_stops, row.section_id, None if subject == NOBODY else subject)
    except NotFound:
        return
    page = found.get(_place(whole, stop))
    if page is None:
        return
    spot = Spot(row.section_id, subject, _uuid(row.item_id), row.field_key)
    opened = ["open=" + row.item_id] if row.item_id else []
    page["answers"].append(
        SaidView(
            id=f"said-{field_id(spot)}",
            label=row.label,
            words=row.words,
            item=row.item,
            path=with_query(path(stop), opened) + (f"#{field_id(spot)}" if row.field_key else ""),
        )
    )


def with_query(path: str, parts: Iterable[str]) -> str:
    """A path with more after its question mark."""
    added = "&".join(parts)
    return f"{path}{'&' if '?' in path else '?'}{added}" if added else path


def _uuid(text: str) -> UUID:
    return UUID(text) if text else NOBODY
