"""Plausible answers for the demo's clients, straight from the catalogue, so that a new question fills itself in."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from salestrekker_portal.demo.said import BY_KEY, BY_PLACE, CHOSEN, DAYS, IN_NEW_ZEALAND, NONE, PLAIN, SHARE, SOME, THEY
from salestrekker_portal.domains.questions.answers import is_asked, is_required, raw_of, visible_fields
from salestrekker_portal.domains.questions.catalogue import pages_for
from salestrekker_portal.domains.questions.facts import options_of
from salestrekker_portal.domains.questions.flows import loan_of
from salestrekker_portal.domains.questions.vocabulary import (
    NOTHING_TO_ADD,
    TYPE,
    DateLimit,
    Field,
    Kind,
    Party,
    Scope,
    Section,
    scope_of,
    section_id,
)
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.kernel.text import phone_words
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.fact_find import NOBODY, Answer, Item


def _of_the_purchase(deal: Deal) -> dict[str, str]:
    """What is bought, what is borrowed, and what they bring: the sums of one deal agree."""
    amount = (deal.value_cents or 62_000_000) // 100
    price = round(amount / SHARE / 1000) * 1000
    return {
        "needs.borrowing.amount_sought": f"{amount:,}",
        "needs.loan.amount_sought": f"{amount:,}",
        "needs.property.price": f"{price:,}",
        "needs.purposes.amount": f"{amount:,}",
        "needs.uses.amount": f"{amount:,}",
        "needs.funds.amount": f"{price - amount:,}",
    }


def _typed(field: Field, full_id: str, contact: Contact, facts: dict[str, Any]) -> str:
    """What this person would type into this field."""
    if here := facts["typed_there"].get(f"{full_id}.{field.key}"):
        return here
    own = {
        "first_name": contact.first_name,
        "last_name": contact.last_name,
        "legal_name": contact.company_name,
        "mobile": phone_words(contact.mobile, facts["country"]),
        "email": contact.email or "",
    }
    if contact.company_name:
        own["name"] = f"{contact.first_name} {contact.last_name}".strip()
    if own.get(field.key):
        return own[field.key]
    local = IN_NEW_ZEALAND if facts["country"] == "NZ" else {}
    for key, raw in local.items():
        if field.kind in (Kind.TEXT, Kind.SELECT) and (field.key == key or field.key.endswith(f"_{key}")):
            return raw
    known = next((raw for key, raw in BY_KEY.items() if field.key == key or field.key.endswith(f"_{key}")), "")
    if known and field.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.MONEY, Kind.INTEGER):
        return known
    if field.key in CHOSEN:
        return CHOSEN[field.key]
    if field.kind in (Kind.SELECT, Kind.CARDS, Kind.TICKS, Kind.FREQUENCY):
        options = [each.value for each in options_of(field, facts)]
        # Who shares costs, or a debt: all of them. Who is left out keeps a household of their own.
        return ",".join(options if field.options_from == "applicants" else options[:1])
    if field.kind is Kind.DATE:
        return DAYS.get(field.dates, DAYS[DateLimit.PAST])
    if field.kind is Kind.INTEGER:
        return str(max(2, field.minimum or 0))
    return PLAIN.get(field.kind, "")


def _filled(
    section: Section, full_id: str, contact: Contact, facts: dict[str, Any], given: dict[str, str]
) -> dict[str, str]:
    """Every required answer of one section or item; questions that appear because of one are answered too."""
    said = dict(given)
    for _ in range(4):
        shown = visible_fields(section, said, facts)
        seen = {each.key: raw_of(each, said) for each in shown}
        fresh = {
            each.key: _typed(each, full_id, contact, facts)
            for each in shown
            if is_required(each, seen, facts) and not seen[each.key]
        }
        fresh = {key: raw for key, raw in fresh.items() if raw}
        if not fresh:
            break
        said |= fresh
    return said


def demo_answers(deal: Deal, country: str, contacts: list[Contact], percent: int) -> Iterator[Answer | Item]:
    """Rows that fill about `percent` of the profile, whole sections from the first page on."""
    if not contacts or percent <= 0:
        return
    sections = [list(_rows(deal.id, *place)) for place in _places(deal, country, contacts)]
    enough = sum(len(rows) for rows in sections) * percent / 100
    told = 0
    for rows in sections:
        if told >= enough:
            return
        yield from rows
        told += len(rows)


def _places(
    deal: Deal, country: str, contacts: list[Contact]
) -> Iterator[tuple[Section, str, UUID, Contact, dict[str, Any]]]:
    everybody = {
        **THEY,
        "today": utc_now().date(),
        "country": country,
        "applicants": tuple((str(each.id), each.name) for each in contacts),
        "loan": loan_of(deal.loan_kind),
        "typed_there": BY_PLACE | _of_the_purchase(deal),
        "parties": {str(each.id): Party(each.kind.value) for each in contacts},
    }
    parties = frozenset(everybody["parties"].values())
    for page in pages_for(country, parties, deal.loan_kind):
        own_kind = [each for each in contacts if page.party in (None, Party(each.kind.value))]
        owners = own_kind if page.scope is Scope.PER_APPLICANT else own_kind[:1]
        for contact in owners:
            facts = everybody | {"contact_id": str(contact.id)}
            for section in page.sections:
                own = scope_of(page, section) is Scope.PER_APPLICANT
                if is_asked(section, facts) and (own or contact is owners[0]):
                    yield section, section_id(page, section), contact.id if own else NOBODY, contact, facts


def _rows(
    deal_id: UUID, section: Section, full_id: str, subject: UUID, contact: Contact, facts: dict[str, Any]
) -> Iterator[Answer | Item]:
    item_id, given = NOBODY, {}
    may_be_none = section.repeats and section.nothing_label
    if may_be_none and full_id not in SOME and (full_id in NONE or not section.item_types):
        yield _answer(deal_id, full_id, subject, NOBODY, contact, NOTHING_TO_ADD, "yes")
        return
    if section.repeats:
        item = Item(deal_id=deal_id, section_id=full_id, subject_id=subject, made_by_contact=contact.id, id=new_id())
        yield item
        item_id = item.id
        given = {TYPE: section.item_types[0].value} if section.item_types else {}
    for key, raw in _filled(section, full_id, contact, facts, given).items():
        yield _answer(deal_id, full_id, subject, item_id, contact, key, raw)


def _answer(deal_id: UUID, full_id: str, subject: UUID, item_id: UUID, contact: Contact, key: str, raw: str) -> Answer:
    return Answer(
        deal_id=deal_id,
        subject_id=subject,
        section_id=full_id,
        item_id=item_id,
        field_key=key,
        raw=raw,
        author_id=contact.id,
        author_name=contact.name,
        answered_at=utc_now() - timedelta(hours=20),
    )
