"""What the demo answers can be read: every fact find can be filled in as a person would."""

import pytest

from salestrekker_portal.demo.answers import demo_answers
from salestrekker_portal.domains.questions.answers import check
from salestrekker_portal.domains.questions.catalogue import COUNTRIES, find_section
from salestrekker_portal.domains.questions.vocabulary import NOTHING_TO_ADD, Loan, Party
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.contacts import Contact, ContactKind
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.fact_find import Answer


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("loan", Loan)
def test_a_whole_fact_find_is_answered_without_a_mistake(country, party, loan):
    contact = Contact(
        id=new_id(), organisation_id=new_id(), kind=ContactKind(party.value), first_name="Kim", last_name="Doe",
        company_name="Wattle Pty Ltd" if party is Party.COMPANY else "", mobile="+61491570159",
        email="kim@example.com",
    )  # fmt: skip
    deal = Deal(id=new_id(), loan_kind=loan)
    said: dict[tuple[str, object], dict[str, str]] = {}
    for row in demo_answers(deal, country, [contact], 100):
        if isinstance(row, Answer) and row.field_key != NOTHING_TO_ADD:
            said.setdefault((row.section_id, row.item_id), {})[row.field_key] = row.raw
    facts = {"country": country, "applicants": ((str(contact.id), contact.name),)}
    wrong = {}
    for (full_id, _), answers in said.items():
        checked = check(find_section(country, *full_id.split(".")), answers, facts)
        wrong |= {f"{full_id}.{key}": sentence for key, sentence in checked.errors.items()}
    assert said and not wrong
