"""What the demo answers can be read: every fact find can be filled in as a person would."""

from collections.abc import Iterable
from uuid import UUID

import pytest

from salestrekker_portal.demo.answers import demo_answers
from salestrekker_portal.domains.fact_find.known import ASKED_WHILE_UNKNOWN
from salestrekker_portal.domains.fact_find.progress import progress
from salestrekker_portal.domains.questions.answers import Filled
from salestrekker_portal.domains.questions.catalogue import COUNTRIES, pages_for
from salestrekker_portal.domains.questions.flows import loan_of
from salestrekker_portal.domains.questions.vocabulary import ITEM_ID, Loan, Party
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.contacts import Contact, ContactKind
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.fact_find import NOBODY, Answer, Item


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("loan", Loan)
def test_a_whole_fact_find_is_answered_without_a_mistake(country, party, loan):
    """And nothing is left, as the broker's list of pages counts it: a deal of the demo that is done says so there."""
    contact = Contact(
        id=new_id(), organisation_id=new_id(), kind=ContactKind(party.value), first_name="Kim", last_name="Doe",
        company_name="Wattle Pty Ltd" if party is Party.COMPANY else "", mobile="+61491570159",
        email="kim@example.com",
    )  # fmt: skip
    stored = _stored(demo_answers(Deal(id=new_id(), loan_kind=loan), country, [contact], 100))
    facts = ASKED_WHILE_UNKNOWN | {
        "country": country, "loan": loan_of(loan), "today": utc_now().date(), "audience": "broker",
        "applicants": ((str(contact.id), contact.name),),
        "parties": {str(contact.id): party} if party is Party.COMPANY else {},
    }  # fmt: skip
    done = progress(pages_for(country, frozenset({party}), loan_of(loan)), stored, facts)
    assert done.answered
    assert [(each.section_id, each.field_key, each.sentence) for each in done.outstanding] == []


def _stored(rows: Iterable[Answer | Item]) -> dict[tuple[str, str], Filled]:
    answers: dict[tuple[str, str], dict[str, str]] = {}
    items: dict[tuple[str, str], dict[UUID, dict[str, str]]] = {}
    for row in rows:
        at = row.section_id, str(row.subject_id) if row.subject_id != NOBODY else ""
        if isinstance(row, Item):
            items.setdefault(at, {})[row.id] = {ITEM_ID: str(row.id)}
        elif row.item_id != NOBODY:
            items[at][row.item_id][row.field_key] = row.raw
        else:
            answers.setdefault(at, {})[row.field_key] = row.raw
    return {at: Filled(answers.get(at, {}), tuple(items.get(at, {}).values())) for at in {*answers, *items}}
