""" "Same as Clara": where another applicant lives, taken over in one press by whoever lives with them."""

from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.fact_find.outline import Stop, find_stop, stops
from salestrekker_portal.domains.fact_find.queries import Copy
from salestrekker_portal.domains.fact_find.service import write_answer
from salestrekker_portal.domains.fact_find.whole import Whole, read_whole
from salestrekker_portal.domains.fact_find.writing import Place, tell
from salestrekker_portal.kernel.errors import Conflict, NotFound
from salestrekker_portal.tables.fact_find import NOBODY

ADDRESSES = "applicant.addresses"
# Since when somebody lives there is their own, and the rent of a home is asked once (known.py).
_TAKEN = frozenset({"living_arrangement"})
_PLACE = "current_"
ALREADY = "There is an address already. Change it below."


def who_lives_somewhere(whole: Whole, stop: Stop) -> list[dict[str, str]]:
    """Whose address may be taken over on this screen, as id and first name; nothing once somebody has begun."""
    own = _copy_of(whole, stop.subject) if ADDRESSES in {f"{stop.page.key}.{s.key}" for s in stop.sections} else None
    if own is None or not own.may_write or _place_of(own):
        return []
    others = [copy for copy in whole.copies if _is_addresses(copy) and copy.subject != stop.subject]
    known = [whole.context.applicant(copy.subject) for copy in others if not copy.is_hidden and _place_of(copy)]
    return [{"id": str(each.id), "name": each.first_name} for each in known]


async def live_with(session: WriteSession, actor: Actor, deal_id: UUID, key: str, of: UUID | None, other: UUID) -> None:
    """Write where another applicant lives, and how, into the addresses on the screen with that address.

    Raises NotFound for a screen or person that isn't this one's to read, Conflict when locked or begun.
    """
    whole = await read_whole(session, actor, deal_id)
    stop = find_stop(stops(whole), key, of)
    own = _copy_of(whole, stop.subject)
    if own is None or not stop.shows(own.section.key) or stop.page.key != own.page.key:
        raise NotFound("page")
    if not own.may_write or _place_of(own):
        raise Conflict(whole.context.lock_reason or ALREADY)
    if str(other) not in {each["id"] for each in who_lives_somewhere(whole, stop)}:
        raise NotFound("applicant")
    theirs = _copy_of(whole, other)
    for field, answer in theirs.answers.items() if theirs else ():
        if field.startswith(_PLACE) or field in _TAKEN:
            place = Place(section_id=ADDRESSES, field_key=field, subject_id=stop.subject)
            write_answer(session, whole.context, place, stop.subject, NOBODY, own.answers.get(field), answer.raw)
    tell(session, deal_id)


def _is_addresses(copy: Copy) -> bool:
    return f"{copy.page.key}.{copy.section.key}" == ADDRESSES


def _copy_of(whole: Whole, subject: UUID) -> Copy | None:
    return next((copy for copy in whole.copies if _is_addresses(copy) and copy.subject == subject), None)


def _place_of(copy: Copy) -> list[str]:
    """What is typed of the place: a country alone is none."""
    said = (key for key, answer in copy.answers.items() if answer.raw)
    return [key for key in said if key.startswith(_PLACE) and key != f"{_PLACE}country"]
