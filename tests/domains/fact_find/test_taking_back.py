"""An optional choice that was taken back is as if it had never been answered, in every section that has one."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.reconciling import reconcile_figures
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.domains.questions.answers import check, visible_fields
from salestrekker_portal.domains.questions.vocabulary import Field, Kind, Section
from salestrekker_portal.tables.deals import Deal
from tests.domains.questions.test_catalogue import each_section

ONE_OF = (Kind.YES_NO, Kind.CARDS)
OPTIONAL = [
    (section, field)
    for _, section in each_section()
    for field in section.fields
    if field.kind in ONE_OF and not (field.required or field.required_when or field.default)
]


def first_of(field: Field) -> str:
    return field.options[0].value if field.options else "yes"


@pytest.mark.parametrize(("section", "field"), OPTIONAL, ids=lambda each: getattr(each, "key", ""))
def test_taken_back_reads_as_never_answered(section: Section, field: Field):
    for rest in ({}, {"type": "x"}, {"first_home_buyer": "yes"}):
        never, taken = dict(rest), {**rest, field.key: ""}
        assert check(section, taken, {}) == check(section, never, {})
        shown = [each.key for each in visible_fields(section, taken, {})]
        assert shown == [each.key for each in visible_fields(section, never, {})]


def test_there_are_some_to_take_back():
    assert len({field.key for _, field in OPTIONAL}) > 5


async def test_figures_follow_a_choice_that_was_taken_back(database, cast):
    home, grants = (Place(section_id="needs.borrowing", field_key=key) for key in ("first_home_buyer", "grants"))
    figures = []
    for place, text in ((home, "yes"), (grants, "yes"), (grants, ""), (home, "")):
        async with transaction() as session:
            saved = await save_answer(session, cast.kim, cast.deal.id, place, text)
        assert not saved.checked.errors.get(place.field_key)
        await reconcile_figures()
        async with reading() as session:
            figures.append((await session.get(Deal, cast.deal.id)).profile_pct)
    # An optional one counts for nothing, a required one that is cleared is open again.
    assert figures[0] == figures[1] == figures[2] >= figures[3]
    assert "first_home_buyer" in saved.checked.missing
