"""What is new in a fact find for one person of the team since they last said that they have seen it.

Seen by a press and not by leaving: a page that is opened for a phone number, or a tab that is lost, has not been read.
Whoever opens a deal's answers for the first time begins there, so that a profile filled in long ago is no news.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.throttles import INSERT
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.domains.fact_find.outline import Stop
from salestrekker_portal.domains.fact_find.places import Spot, field_id
from salestrekker_portal.domains.fact_find.queries import Copy
from salestrekker_portal.domains.fact_find.screens import block_id
from salestrekker_portal.domains.fact_find.whole import Whole
from salestrekker_portal.domains.questions.answers import visible_fields
from salestrekker_portal.domains.questions.vocabulary import NOTHING_TO_ADD, Facts, section_id
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.fact_find import NOBODY, Answer, Item, ProfileLook


class LastLook(NamedTuple):
    """When somebody last looked, and the newest change that they saw then."""

    looked_at: datetime
    seen_to: datetime


class New(NamedTuple):
    """Something that is new: the id of the field, entry or section that it stands at, who did it, and when."""

    at: str
    what: str
    by: str
    when: datetime


async def look_of(session: ReadSession, actor: Actor, deal_id: UUID) -> LastLook | None:
    """When they last looked at this deal's answers; None for never. One statement."""
    mine = (ProfileLook.deal_id == deal_id, ProfileLook.user_id == actor.id)
    row = (await session.execute(select(ProfileLook.looked_at, ProfileLook.seen_to).where(*mine))).one_or_none()
    return LastLook(*row) if row else None


async def begin_looking(session: WriteSession, actor: Actor, deal_id: UUID, seen_to: datetime) -> None:
    """They opened the answers for the first time. The caller has shown them, so that the deal is theirs to see."""
    insert = INSERT[session.get_bind().dialect.name](ProfileLook)
    row = insert.values(deal_id=deal_id, user_id=actor.id, looked_at=utc_now(), seen_to=seen_to)
    await session.execute(row.on_conflict_do_nothing())  # two tabs may open at once


async def say_seen(session: WriteSession, actor: Actor, deal_id: UUID, seen_to: datetime) -> None:
    """They have seen what their screen shows, up to its newest change. Raises NotFound.

    Never back: a press in a tab that lay open for a day makes nothing new again.
    """
    theirs = visible_deals(actor).where(Deal.id == deal_id).with_only_columns(Deal.id)
    if not actor.is_staff or await session.scalar(theirs) is None:
        raise NotFound("deal")
    seen = {"looked_at": utc_now(), "seen_to": seen_to}
    insert = INSERT[session.get_bind().dialect.name](ProfileLook)
    row = insert.values(deal_id=deal_id, user_id=actor.id, **seen)
    later = ProfileLook.seen_to <= seen_to
    await session.execute(row.on_conflict_do_update(index_elements=["deal_id", "user_id"], set_=seen, where=later))


def newest_of(whole: Whole) -> datetime:
    """The newest change that is shown, whoever made it; the deal's first day where nobody has answered."""
    said = [answer.answered_at for copy in whole.copies for answer in copy.every_answer]
    made = [item.created_at for copy in whole.copies for item, _ in copy.items]
    gone = [item.removed_at for copy in whole.copies for item in copy.removed if item.removed_at]
    return max([*said, *made, *gone, whole.context.deal.created_at])


def news_on(whole: Whole, stop: Stop, look: LastLook | None) -> list[New]:
    """What others changed on one of the team's pages since: nothing for whoever has never looked. Pure."""
    if look is None:
        return []
    return [new for copy in whole.copies_on(stop.page.key, stop.subject) for new in _of_copy(whole, copy, look.seen_to)]


def marks_of(whole: Whole, news: list[New], look: LastLook | None) -> dict[str, str]:
    """Words by the id of what is new: "New since 27 Nov 2026, 4:10 pm: Kim Nguyen, 28 Nov 2026, 9:15 am"."""
    zone = whole.context.actor.time_zone
    since = instant_words(look.looked_at, zone) if look else ""
    found: dict[str, dict[str, list[str]]] = {}
    for new in news:
        said = f"{new.by}, {instant_words(new.when, zone)}"
        found.setdefault(new.at, {}).setdefault(new.what, []).append(said)
    return {
        at: ". ".join(f"{what} since {since}: {'; '.join(said)}" for what, said in each.items())
        for at, each in found.items()
    }


def news_words(whole: Whole, count: int, look: LastLook | None) -> str:
    """What stands above every page; blank where nothing is new."""
    if look is None or not count:
        return ""
    since = instant_words(look.looked_at, whole.context.actor.time_zone)
    return f"{counted(count, 'change')} by others since you looked on {since}."


def _of_copy(whole: Whole, copy: Copy, since: datetime) -> Iterator[New]:
    me = whole.context.actor.id
    if not _touched(copy, since, me):
        return  # nearly every copy: what is asked there need not be worked out
    facts = whole.facts(copy.subject)
    nothing = copy.answers.get(NOTHING_TO_ADD)
    if nothing and _is_news(nothing, since, me) and not copy.items:
        yield New(block_id(copy), "New", nothing.author_name, nothing.answered_at)
    if not copy.section.repeats:
        yield from _of_fields(copy, NOBODY, copy.answers, facts, since, me)
    for item, said in copy.items:
        if first := _added(item, said, since, me):
            yield New(str(item.id), "Added", first.author_name, item.created_at)
        else:
            yield from _of_fields(copy, item.id, said, facts, since, me)
    names = {each.id: each.name for each in whole.context.applicants}
    for item in copy.removed:
        if item.removed_at and item.created_at <= since < item.removed_at and item.removed_by not in (None, me):
            by = names.get(item.removed_by, "The team") if item.removed_by else ""
            yield New(block_id(copy), "Entry taken out", by, item.removed_at)


def _touched(copy: Copy, since: datetime, me: UUID) -> bool:
    gone = (item.removed_at for item in copy.removed if item.removed_at)
    return any(_is_news(each, since, me) for each in copy.every_answer) or any(at > since for at in gone)


def _of_fields(
    copy: Copy, item: UUID, said: dict[str, Answer], facts: Facts, since: datetime, me: UUID
) -> Iterator[New]:
    """Only what is asked now can be found on the screen."""
    for field in visible_fields(copy.section, {key: each.raw for key, each in said.items()}, facts):
        answer = said.get(field.key)
        if answer and _is_news(answer, since, me):
            at = field_id(Spot(section_id(copy.page, copy.section), copy.subject, item, field.key))
            yield New(at, "New", answer.author_name, answer.answered_at)


def _added(item: Item, said: dict[str, Answer], since: datetime, me: UUID) -> Answer | None:
    """The first answer of an entry that somebody else added. Who began it is who answered in it first."""
    if item.created_at <= since or not said:
        return None
    first = min(said.values(), key=lambda each: (each.version > 1, each.answered_at))
    return first if first.author_id != me else None


def _is_news(answer: Answer, since: datetime, me: UUID) -> bool:
    return answer.answered_at > since and answer.author_id != me
