"""A fact find filled to its end as its people would: whatever is still missing is answered, until nothing is.

What a household is about is given (`said`); the rest is typed plausibly by the kind of question. It goes through the
same use cases as the screens, so whatever nobody could answer stops it with its sentence.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.fact_find.lists import add_item
from salestrekker_portal.domains.fact_find.progress import Outstanding
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.whole import Whole, read_whole
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.domains.questions.facts import options_of
from salestrekker_portal.domains.questions.vocabulary import NOTHING_TO_ADD, TYPE, DateLimit, Field, Kind
from salestrekker_portal.tables.fact_find import NOBODY

ROUNDS = 15
Said = Mapping[str, Any]  # "section" or "section@person" -> answers, or a list's entries

# By key, or by how it ends.
_TYPED = {
    "street_number": "14", "street_name": "Kestrel", "suburb": "Lambton", "postcode": "2299", "nz_region": "wellington",
    "licence_number": "12345678", "licence_card_number": "2987654321", "licence_version": "045",
    "passport_number": "PA1234567", "passport_expires_on": "15/06/2029", "documents": "driver_licence,passport",
    "state": "nsw", "living_arrangement": "own_outright", "marital_status": "single", "visa_subclass": "482",
    "residency_status": "", "traded": "no", "found": "looking", "years": "5", "current": "current",
}  # fmt: skip
_NEW_ZEALAND = {"suburb": "Petone", "postcode": "5012", "licence_number": "AB123456", "passport_number": "LM123456"}
_DAYS = {DateLimit.FUTURE: "15/06/2029", DateLimit.ADULT: "23/07/1991"}
_MONTHS = {DateLimit.FUTURE: "06/2029"}
_BY_KIND = {
    Kind.TEXT: "As discussed", Kind.LONG_TEXT: "As discussed.", Kind.MONEY: "1,250", Kind.PERCENT: "5",
    Kind.INTEGER: "3", Kind.YES_NO: "no", Kind.TICK: "yes", Kind.ADDRESS: "14 Kestrel Street, Lambton NSW 2299",
    Kind.PHONE: "+61 491 570 313", Kind.MOBILE: "+61 491 570 313", Kind.EMAIL: "someone@example.com",
    Kind.ABN: "51 824 753 556", Kind.ACN: "004 085 616", Kind.NZBN: "9429 0000 0000 0", Kind.BSB: "062-000",
    Kind.IRD: "49-091-850", Kind.NZ_ACCOUNT: "01-0902-0068389-00",
}  # fmt: skip


def typed(field: Field, facts: Mapping[str, Any], name: str) -> str:
    """What somebody of this name would type."""
    first, _, last = name.partition(" ")
    if field.key in ("first_name", "last_name"):
        return first if field.key == "first_name" else last
    local = _NEW_ZEALAND if facts["country"] == "NZ" else {}
    for table in (local, _TYPED):
        for key, raw in table.items():
            if raw and (field.key == key or field.key.endswith(f"_{key}")):
                return raw
    if field.kind is Kind.DATE:
        return _DAYS.get(field.dates, "03/08/2021")
    if field.kind is Kind.MONTH:
        return _MONTHS.get(field.dates, "08/2021")
    if field.kind in (Kind.SELECT, Kind.CARDS, Kind.TICKS, Kind.FREQUENCY):
        found = [option.value for option in options_of(field, facts)]
        return ",".join(found if field.options_from == "applicants" else found[:1])
    return _BY_KIND[field.kind]


async def fill(actor: Actor, deal_id: UUID, said: Said, ids: Mapping[str, UUID], leave: tuple[str, ...] = ()) -> None:
    """Answer what is given and then all that is missing, but for the sections (or fields) in `leave`.

    `ids` are the people by the names that `said` uses. AssertionError where an answer is refused, or never accepted.
    """
    names = {name: str(each) for name, each in ids.items()}
    for where, answers in said.items():
        section_id, _, who = where.partition("@")
        subject = ids[who] if who else None
        for entry in answers if isinstance(answers, list) else (answers,):
            item = await _new_item(actor, deal_id, section_id, subject) if isinstance(answers, list) else None
            for key, raw in entry.items():
                place = Place(section_id=section_id, field_key=key, subject_id=subject, item_id=item)
                await _say(actor, deal_id, place, raw.format_map(names) if "{" in raw else raw)
    for _ in range(ROUNDS):
        async with reading() as session:
            whole = await read_whole(session, actor, deal_id)
        left = [each for section in whole.progress.sections for each in section.outstanding
                if each.section_id not in leave and f"{each.section_id}.{each.field_key}" not in leave]  # fmt: skip
        if not left:
            return
        for thing in left:
            await _answer(actor, deal_id, whole, thing)
    raise AssertionError(f"still missing: {[(each.section_id, each.field_key) for each in left]}")


async def _answer(actor: Actor, deal_id: UUID, whole: Whole, thing: Outstanding) -> None:
    assert not thing.sentence, f"{thing.section_id}, {thing.label}: {thing.sentence}"
    subject = UUID(thing.subject) if thing.subject else None
    _, section = whole.context.section(thing.section_id)
    if not thing.field_key:
        if section.nothing_label:
            place = Place(section_id=thing.section_id, field_key=NOTHING_TO_ADD, subject_id=subject)
            return await _say(actor, deal_id, place, "yes")
        item = await _new_item(actor, deal_id, thing.section_id, subject)
        if section.item_types:
            place = Place(section_id=thing.section_id, field_key=TYPE, subject_id=subject, item_id=item)
            await _say(actor, deal_id, place, section.item_types[0].value)
        return None
    name = whole.context.applicant(subject).name if subject else "Kim Doe"
    raw = typed(section.field(thing.field_key), whole.facts(subject or NOBODY), name)
    item = UUID(thing.item_id) if thing.item_id else None
    place = Place(section_id=thing.section_id, field_key=thing.field_key, subject_id=subject, item_id=item)
    return await _say(actor, deal_id, place, raw)


async def _new_item(actor: Actor, deal_id: UUID, section_id: str, subject: UUID | None) -> UUID:
    async with transaction() as session:
        return (await add_item(session, actor, deal_id, section_id, subject)).id


async def _say(actor: Actor, deal_id: UUID, place: Place, raw: str) -> None:
    async with transaction() as session:
        saved = await save_answer(session, actor, deal_id, place, raw)
    error = saved.checked.errors.get(place.field_key) if saved.checked else None
    assert error is None, f"{place.section_id}.{place.field_key} {raw!r}: {error}"
