""" "None of the rest": one press that answers what is still open on a screen with none, nothing or no."""

from dataclasses import dataclass
from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.fact_find import reach
from salestrekker_portal.domains.fact_find.outline import find_stop, stops
from salestrekker_portal.domains.fact_find.queries import Copy
from salestrekker_portal.domains.fact_find.service import write_answer
from salestrekker_portal.domains.fact_find.whole import Whole, read_whole
from salestrekker_portal.domains.fact_find.writing import Place, tell
from salestrekker_portal.domains.questions.answers import check, check_filled
from salestrekker_portal.domains.questions.vocabulary import NOTHING_TO_ADD, Kind, section_id
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.tables.fact_find import NOBODY

NONE_LEFT = "Everything here is answered already."
_LABEL = "None of the rest"


@dataclass(frozen=True, kw_only=True)
class Rest:
    """What one press would answer: what it is called, and how many answers it gives."""

    label: str = ""
    count: int = 0


def rest_of(whole: Whole, copies: list[Copy]) -> Rest:
    """What is still open on a screen and can be none; nothing where that is a single answer, or locked."""
    open_now = [(copy, key) for copy in copies for key, _ in _open(whole, copy)]
    if len(open_now) < 2:
        return Rest()
    plain = any(not copy.section.rest_label for copy, _ in open_now)
    return Rest(label=_LABEL if plain else open_now[0][0].section.rest_label, count=len(open_now))


async def say_none_of_the_rest(
    session: WriteSession, actor: Actor, deal_id: UUID, key: str, of: UUID | None = None
) -> int:
    """Answer all that `rest_of` counts on the screen with that address; how many. What was answered stays.

    Raises NotFound, NotPermitted, Conflict when nothing is open or the section is locked.
    """
    whole = await read_whole(session, actor, deal_id)
    stop = find_stop(stops(whole), key, of)
    copies = [c for c in whole.copies_on(stop.page.key, stop.subject) if stop.shows(c.section.key)]
    answered = 0
    for copy in copies:
        for field_key, raw in _open(whole, copy):
            subject = copy.subject
            if field_key == NOTHING_TO_ADD:
                subject = reach.flag_copy_for(whole.context.reader, copy.page, copy.section, subject)
            place = Place(section_id=section_id(copy.page, copy.section), field_key=field_key)
            write_answer(session, whole.context, place, subject, NOBODY, copy.answers.get(field_key), raw)
            answered += 1
    if not answered:
        raise Conflict(whole.context.lock_reason or NONE_LEFT)
    tell(session, deal_id)
    return answered


def _open(whole: Whole, copy: Copy) -> list[tuple[str, str]]:
    """(field key, what one press writes) of a copy; nothing of one that this person may not change."""
    section = copy.section
    if not copy.may_write:
        return []
    facts = whole.facts(copy.subject)
    if section.repeats:
        open_now = section.nothing_label and check_filled(section, copy.filled, facts).unanswered
        return [(NOTHING_TO_ADD, "yes")] if open_now else []
    missing = check(section, copy.filled.answers, facts).missing
    keys = {field.key for field in section.fields}
    found = [(f"{key}_none", "yes") for key in missing if f"{key}_none" in keys]
    if section.rest_label:
        found += [(key, "no") for key in missing if section.field(key).kind is Kind.YES_NO]
    return found
