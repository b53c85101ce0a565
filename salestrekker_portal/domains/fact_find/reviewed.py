"""What the team approved of a fact find, and what they asked a client to look at again: kept with the deal. Pure.

`Deal.answers_reviewed` maps "page:subject" to an approval ("by", "at") and "page.section:subject" to what was asked
again ("by", "at", "note", and "to", the contacts on whose screens it stands); "at" is an ISO instant.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from salestrekker_portal.domains.fact_find.outline import MissingView, PathOf, Stop
from salestrekker_portal.domains.fact_find.queries import Copy
from salestrekker_portal.domains.fact_find.whole import Whole
from salestrekker_portal.domains.questions.vocabulary import section_id
from salestrekker_portal.kernel.days import day_words, local
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.tables.fact_find import Item


class Approval(NamedTuple):
    """In words: who approved a page and when, and what was changed since; blank for nothing."""

    words: str = ""
    changed: str = ""


def review_key(what: str, subject: UUID) -> str:
    """`what` is a page, or a section's id."""
    return f"{what}:{subject}"


def approval_of(whole: Whole, stop: Stop) -> Approval:
    """What the team is told of one of its pages."""
    kept = whole.context.deal.answers_reviewed.get(review_key(stop.page.key, stop.subject))
    if not kept:
        return Approval()
    at = datetime.fromisoformat(kept["at"])
    copies = whole.copies_on(stop.page.key, stop.subject)
    count = sum(answer.answered_at > at for copy in copies for answer in copy.every_answer)
    count += sum(item.created_at > at for copy in copies for item, _ in copy.items)
    count += sum(removed_since(copy.removed, at) for copy in copies)
    changed = f"{counted(count, 'answer')} changed since." if count else ""
    return Approval(f"Approved by {kept['by']} on {_day(whole, at)}.", changed)


def asked_again(whole: Whole, copy: Copy) -> str:
    """What stands above a section that somebody was asked to look at again: for its client until they answered there,
    for the team with what came of it.
    """
    kept = whole.context.deal.answers_reviewed.get(review_key(section_id(copy.page, copy.section), copy.subject))
    if not kept:
        return ""
    at = datetime.fromisoformat(kept["at"])
    answered = was_answered(at, (each.answered_at for each in copy.every_answer), copy.removed)
    if not whole.context.reader.is_staff:
        return "" if answered else f"{kept['by'].split(' ')[0]} asks you to look at this again: {kept['note']}"
    since = "Answered since." if answered else "Not answered yet."
    return f"{kept['by']} asked again on {_day(whole, at)}: {kept['note']} {since}"


def was_answered(at: datetime, answers: Iterable[datetime], removed: Sequence[Item]) -> bool:
    """Whether a section was answered since it was sent back: one of the answers that stand there is newer, or an entry
    was taken out, because to take out what should not be there is an answer too."""
    return any(each > at for each in answers) or removed_since(removed, at) > 0


def to_look_at(whole: Whole, all_stops: list[Stop], path: PathOf) -> list[MissingView]:
    """What this client was asked to look at again, as links to it, in the order of the screens."""
    found = []
    for stop in all_stops:
        for copy in whole.copies_on(stop.page.key, stop.subject):
            words = asked_again(whole, copy) if copy.section in stop.sections else ""
            if words:
                key = review_key(section_id(copy.page, copy.section), copy.subject)
                found.append(MissingView(id=key, label=copy.section.title, where=words, path=path(stop)))
    return found


def removed_since(removed: Iterable[Item], at: datetime) -> int:
    """How many entries were taken out that had been there then."""
    return sum(item.created_at <= at < item.removed_at for item in removed if item.removed_at is not None)


def _day(whole: Whole, at: datetime) -> str:
    return day_words(local(at, whole.context.actor.time_zone).date())
