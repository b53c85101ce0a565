"""What somebody said of themselves in a fact find, as far as the page of a contact says it: born, home, work."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.contacts.zones import (
    BY_ADDRESS,
    BY_NUMBER,
    CHOSEN,
    LIKE_THE_FIRM,
    Whereabouts,
)
from salestrekker_portal.domains.insights.contact_overview import their_deals
from salestrekker_portal.kernel.dates import read_day
from salestrekker_portal.kernel.zones import zone_of_phone, zone_of_state
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.fact_find import Answer, Item

PERSON, HOME, WORK = "applicant.personal_details", "applicant.addresses", "applicant.employment"
_STREET = ("unit", "street_number", "street_name", "street_type")
_HOME_FIELDS = tuple(
    f"current_{part}" for part in (*_STREET, "address_type", "description", "suburb", "state", "postcode")
)
_WORK_FIELDS = ("employer_name", "business_name", "occupation", "current", "priority")
MOST = 400


@dataclass(frozen=True, kw_only=True)
class ToldOfThemselves:
    """Blank or None for what nobody said. `state` is that of their home, as the fact find keeps it ("nsw")."""

    born: date | None = None
    lives_at: str = ""
    works_at: str = ""
    state: str = ""


async def told_of_themselves(session: ReadSession, actor: Actor, contact_id: UUID) -> ToldOfThemselves:
    """What stands in the fact finds of their deals that this person may see; the newest counts. One statement.

    The team reads every page of a fact find, so what is said here is theirs to read; nobody else asks.
    """
    if not actor.is_staff:
        return ToldOfThemselves()
    rows = await session.scalars(
        select(Answer)
        .outerjoin(Item, Item.id == Answer.item_id)
        .where(
            Answer.deal_id.in_(their_deals(actor, contact_id)),
            Answer.subject_id == contact_id,
            Answer.section_id.in_((PERSON, HOME, WORK)),
            Answer.field_key.in_(("date_of_birth", *_HOME_FIELDS, *_WORK_FIELDS)),
            Answer.raw != "",
            Item.removed_at.is_(None),
        )
        .order_by(Answer.answered_at.desc(), Answer.id.desc())
        .limit(MOST)
    )
    return what_was_told(list(rows))


def what_was_told(answers: Iterable[Answer]) -> ToldOfThemselves:
    """From answers of one person, the newest first. Pure."""
    born: date | None = None
    homes: dict[UUID, dict[str, str]] = {}
    jobs: dict[tuple[UUID, UUID], dict[str, str]] = {}
    for each in answers:
        if each.section_id == PERSON:
            born = born or read_day(each.raw)[0]
        elif each.section_id == HOME:
            homes.setdefault(each.deal_id, {}).setdefault(each.field_key.removeprefix("current_"), each.raw.strip())
        else:
            jobs.setdefault((each.deal_id, each.item_id), {}).setdefault(each.field_key, each.raw.strip())
    # An address is that of one deal: parts of two would make a third.
    home = next(iter(homes.values()), {})
    return ToldOfThemselves(born=born, lives_at=_home(home), works_at=_work(jobs), state=home.get("state", ""))


def _home(parts: Mapping[str, str]) -> str:
    if parts.get("address_type") in ("non_standard", "no_fixed"):
        street = parts.get("description", "")
    else:
        unit, number, name, kind = (parts.get(each, "") for each in _STREET)
        kind = kind.replace("_", " ").title()
        street = " ".join(
            part for part in (f"{unit}/{number}" if unit and number else unit or number, name, kind) if part
        )
    town = " ".join(
        part for part in (parts.get("suburb"), parts.get("state", "").upper(), parts.get("postcode")) if part
    )
    return ", ".join(part for part in (street, town) if part)


def _work(jobs: Mapping[tuple[UUID, UUID], Mapping[str, str]]) -> str:
    """Where they work now, the main job first, of the deal in which they said it last."""
    now = [(deal_id, job) for (deal_id, _), job in jobs.items() if job.get("current") != "previous"]
    mine = [job for deal_id, job in now if deal_id == now[0][0]]
    mine.sort(key=lambda job: job.get("priority") != "primary")
    names = (job.get("employer_name") or job.get("business_name") or job.get("occupation") for job in mine)
    return ", ".join(dict.fromkeys(name for name in names if name))


def zone_of(contact: Contact, told: ToldOfThemselves, firm: str) -> Whereabouts:
    """Where a contact is by the clock, over all deals: as `whereabouts` says it of one. Pure."""
    if contact.time_zone:
        return Whereabouts(zone=contact.time_zone, because=CHOSEN)
    if by_address := zone_of_state(told.state):
        return Whereabouts(zone=by_address, because=BY_ADDRESS)
    by_number = zone_of_phone(contact.mobile, firm)
    if by_number and by_number != firm:
        return Whereabouts(zone=by_number, because=BY_NUMBER)
    return Whereabouts(zone=firm, because=LIKE_THE_FIRM)
