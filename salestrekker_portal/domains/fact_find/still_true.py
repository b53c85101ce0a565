""" "Still true": one press for a screen of what was told for an earlier loan, or for beginning to change it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.fact_find import progress
from salestrekker_portal.domains.fact_find.export import rows
from salestrekker_portal.domains.fact_find.outline import Stop, find_stop, left_on, stops
from salestrekker_portal.domains.fact_find.told import CHANGE, STILL_TRUE, TOLD_AT, instant_of, is_open
from salestrekker_portal.domains.fact_find.whole import Whole, read_whole
from salestrekker_portal.domains.fact_find.writing import tell
from salestrekker_portal.domains.questions.vocabulary import section_id
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import day_words, local
from salestrekker_portal.kernel.errors import Conflict, NotFound
from salestrekker_portal.tables.fact_find import NOBODY
from salestrekker_portal.tables.portal_access import PortalAccess

SAID_ALREADY = "You have said that already."


class ToldView(TypedDict):
    """One answer of an earlier loan, in words; `item` names the entry that it belongs to."""

    id: str
    label: str
    words: str
    item: str


@dataclass(frozen=True, kw_only=True)
class ToldEarlier:
    """What a screen asks to be confirmed: when it was told in words, and the answers. Blank: nothing."""

    when: str = ""
    answers: list[ToldView] = field(default_factory=list)


def told_on(whole: Whole, stop: Stop) -> ToldEarlier:
    """What stands on a screen of the reader's because they told it for an earlier loan, and is not confirmed."""
    told = _open_on(whole, stop)
    if not told or whole.context.lock_reason:
        return ToldEarlier()
    moments = [each for key in told if (each := instant_of(_own(whole)[key], TOLD_AT))]
    subjects = [str(stop.subject)] if stop.subject != NOBODY else None
    said = rows(whole.context.asked_pages, whole.stored, whole.context.facts(NOBODY), subjects=subjects)
    return ToldEarlier(
        when=day_words(local(max(moments), whole.context.actor.time_zone).date()),
        answers=[
            ToldView(id=f"told-{number}", label=row.label, words=row.words, item=row.item)
            for number, row in enumerate(said)
            if row.section_id in told and row.subject in ("", str(stop.subject))
        ],
    )


async def say_still_true(session: WriteSession, actor: Actor, deal_id: UUID, key: str, of: UUID | None = None) -> int:
    """All that was told earlier on the screen with that address is still true; kept with the moment.

    How many answers the screen still misses. Raises NotFound, NotPermitted, Conflict when locked or nothing is open.
    """
    whole, stop = await _answer(session, actor, deal_id, key, of, STILL_TRUE)
    return len([each for each in left_on(whole, stop) if each.label != progress.STILL_TRUE])


async def begin_to_change(session: WriteSession, actor: Actor, deal_id: UUID, key: str, of: UUID | None = None) -> None:
    """They go through that screen themselves: its questions are shown. Raises as `say_still_true` does."""
    await _answer(session, actor, deal_id, key, of, CHANGE)


async def _answer(
    session: WriteSession, actor: Actor, deal_id: UUID, key: str, of: UUID | None, what: str
) -> tuple[Whole, Stop]:
    whole = await read_whole(session, actor, deal_id)
    if actor.access_id is None:
        raise NotFound("page")
    stop = find_stop(stops(whole), key, of)
    if whole.context.lock_reason:
        raise Conflict(whole.context.lock_reason)
    told = _open_on(whole, stop)
    if not told:
        raise Conflict(SAID_ALREADY)
    access, now = await existing(session, PortalAccess, actor.access_id), _instant(utc_now())
    access.told_earlier = access.told_earlier | {each: access.told_earlier[each] | {what: now} for each in told}
    if what == STILL_TRUE:
        record(session, actor, "profile:still_true", organisation_id=whole.context.deal.organisation_id,
               deal_id=deal_id, section=stop.title)  # fmt: skip
    tell(session, deal_id)
    return whole, stop


def _own(whole: Whole) -> dict:
    return dict(whole.context.told_earlier.get(whole.context.reader.contact_id or NOBODY, {}))


def _open_on(whole: Whole, stop: Stop) -> list[str]:
    """Sections of a screen that the reader has not confirmed; nothing on another applicant's."""
    if stop.subject not in (NOBODY, whole.context.reader.contact_id):
        return []
    own = _own(whole)
    filled = {copy.section.key for copy in whole.copies_on(stop.page.key, stop.subject) if copy.filled.started}
    shown = [section_id(stop.page, each) for each in stop.sections if each.key in filled]
    return [key for key in shown if key in own and is_open(own[key])]


def _instant(at: datetime) -> str:
    return at.isoformat()
