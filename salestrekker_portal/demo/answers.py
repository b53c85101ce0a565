"""Plausible answers for the demo's clients, straight from the catalogue, so that a new question fills itself in."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from salestrekker_portal.domains.questions.answers import is_asked, is_required, raw_of, visible_fields
from salestrekker_portal.domains.questions.catalogue import pages_for
from salestrekker_portal.domains.questions.facts import options_of
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

# By field key, or by how it ends: an address has the same parts wherever it stands.
_BY_KEY = {
    "street_number": "14",
    "street_name": "Kestrel",
    "suburb": "Lambton",
    "postcode": "2299",
    "employer_name": "Hunter Ridge Nursing",
    "occupation": "Registered nurse",
    "gross_salary": "92,500",
    "bank_name": "Wattle Mutual",
    "balance": "18,400",
    "limit": "6,000",
    "value": "24,000",
    "fund": "Coastal Super",
    "donor": "My parents",
    "lender": "Wattle Mutual",
    "licence_number": "12345678",
    "licence_card_number": "2987654321",
    "passport_number": "PA1234567",
    "licence_version": "045",
    "visa_subclass": "482",
    "role": "Director",
    "industry": "Café and bakery",
    "build_year": "2023",
    "spouse_name": "Alex",
    "reason": "We would like to stop renting and buy our first home.",
    "immediate_needs": "A three-bedroom house near the school, with repayments that leave room for savings.",
    "amount_sought": "620,000",
    "groceries": "820",
    "sales": "684,000",
    "net_profit": "96,400",
    "rent": "540",
    "retirement_age": "67",
    "provider": "Lantern Insurance",
    "name": "Toyota Corolla",
}
# Where New Zealand's answers differ; choices too.
_IN_NEW_ZEALAND = {
    "suburb": "Petone",
    "postcode": "5012",
    "nz_region": "wellington",
    "bank_name": "Kererū Bank",
    "lender": "Kererū Bank",
    "licence_number": "AB123456",
    "passport_number": "LM123456",
    "employer_name": "Hutt Valley Nursing",
}
# What is so of everybody in the demo: employees who buy a home to live in, and told so in full.
_THEY = dict.fromkeys(
    ("has_dependants", "owns_home", "has_debts", "pays_out_unsaid", "amount_unsaid", "asks_first_home_here", "buys",
     "buys_to_live_in", "works_for_wages", "still_works", "asks_rent", "asks_housing"),
    True,
)  # fmt: skip
# Where the first choice would leave something out.
_CHOSEN = {"documents": "driver_licence,passport", "passport_expires_on": "15/06/2029"}
_DAYS = {DateLimit.PAST: "03/08/2021", DateLimit.FUTURE: "15/06/2029", DateLimit.ADULT: "23/07/1991"}
_PLAIN = {
    Kind.TEXT: "As discussed",
    Kind.LONG_TEXT: "As we talked about on the phone.",
    Kind.MONTH: "08/2021",
    Kind.MONEY: "1,250",
    Kind.PERCENT: "5",
    Kind.INTEGER: "2",
    Kind.YES_NO: "no",
    Kind.TICK: "yes",
    Kind.ADDRESS: "14 Kestrel Street, Lambton NSW 2299",
    Kind.PHONE: "+61 491 570 313",
    Kind.MOBILE: "+61 491 570 313",
    Kind.EMAIL: "someone@example.com",
    Kind.ABN: "51 824 753 556",
    Kind.ACN: "004 085 616",
    Kind.BSB: "062-000",
    Kind.NZBN: "9429 0000 0000 0",
    Kind.IRD: "49-091-850",
    Kind.NZ_ACCOUNT: "01-0902-0068389-00",
}


def _typed(field: Field, contact: Contact, facts: dict[str, Any]) -> str:
    """What this person would type into this field."""
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
    local = _IN_NEW_ZEALAND if facts["country"] == "NZ" else {}
    for key, raw in local.items():
        if field.kind in (Kind.TEXT, Kind.SELECT) and (field.key == key or field.key.endswith(f"_{key}")):
            return raw
    known = next((raw for key, raw in _BY_KEY.items() if field.key == key or field.key.endswith(f"_{key}")), "")
    if known and field.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.MONEY, Kind.INTEGER):
        return known
    if field.key in _CHOSEN:
        return _CHOSEN[field.key]
    if field.kind in (Kind.SELECT, Kind.CARDS, Kind.TICKS, Kind.FREQUENCY):
        options = [each.value for each in options_of(field, facts)]
        # Who shares costs, or a debt: all of them. Who is left out keeps a household of their own.
        return ",".join(options if field.options_from == "applicants" else options[:1])
    if field.kind is Kind.DATE:
        return _DAYS.get(field.dates, _DAYS[DateLimit.PAST])
    if field.kind is Kind.INTEGER:
        return str(max(2, field.minimum or 0))
    return _PLAIN.get(field.kind, "")


def _filled(section: Section, contact: Contact, facts: dict[str, Any], given: dict[str, str]) -> dict[str, str]:
    """Every required answer of one section or item; questions that appear because of one are answered too."""
    said = dict(given)
    for _ in range(4):
        shown = visible_fields(section, said, facts)
        seen = {each.key: raw_of(each, said) for each in shown}
        fresh = {
            each.key: _typed(each, contact, facts)
            for each in shown
            if is_required(each, seen, facts) and not seen[each.key]
        }
        fresh = {key: raw for key, raw in fresh.items() if raw}
        if not fresh:
            break
        said |= fresh
    return said


def demo_answers(deal: Deal, country: str, contacts: list[Contact], percent: int) -> Iterator[Answer | Item]:
    """Rows that fill about `percent` of the profile, from the first page on."""
    if not contacts or percent <= 0:
        return
    places = list(_places(deal, country, contacts))
    for section, full_id, subject, contact, facts in places[: max(1, round(len(places) * percent / 100))]:
        yield from _rows(deal.id, section, full_id, subject, contact, facts)


def _places(
    deal: Deal, country: str, contacts: list[Contact]
) -> Iterator[tuple[Section, str, UUID, Contact, dict[str, Any]]]:
    everybody = {
        **_THEY,
        "today": utc_now().date(),
        "country": country,
        "applicants": tuple((str(each.id), each.name) for each in contacts),
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
    if section.repeats and section.nothing_label and not section.item_types:
        yield _answer(deal_id, full_id, subject, NOBODY, contact, NOTHING_TO_ADD, "yes")
        return
    if section.repeats:
        item = Item(deal_id=deal_id, section_id=full_id, subject_id=subject, made_by_contact=contact.id, id=new_id())
        yield item
        item_id = item.id
        given = {TYPE: section.item_types[0].value} if section.item_types else {}
    for key, raw in _filled(section, contact, facts, given).items():
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
