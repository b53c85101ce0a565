"""2.14: what a firm in New Zealand asks, through the same doors."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.context import profile_context
from salestrekker_portal.domains.fact_find.lists import add_item
from salestrekker_portal.domains.fact_find.queries import open_copy
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.domains.questions.ownership import read_ownership
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.wording import said_in
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.fact_find import Answer
from salestrekker_portal.tables.organisations import Role
from salestrekker_portal.tables.portal_access import PortalAccess
from tests import factories as make
from tests.support.seven import SEVEN, started


@pytest.fixture
async def rawiri(sqlite, cast):
    """The applicant of the deal of mallory, who is an adviser in New Zealand."""
    async with transaction() as session:
        contact = await make.make_contact(session, cast.other_firm, "Rāwiri", "Ōrmsby", mobile="+64211234568")
        await make.add_applicant(session, cast.other_deal, contact)
    return contact


async def _save(cast, contact, section, key, raw, item=None):
    place = Place(section_id=section, field_key=key, subject_id=None if item else contact.id, item_id=item)
    async with transaction() as session:
        return await save_answer(session, cast.mallory, cast.other_deal.id, place, raw)


async def test_the_firms_country_decides_which_questions_there_are(rawiri, cast):
    async with reading() as session:
        context = await profile_context(session, cast.mallory, cast.other_deal.id)
        assert [page.key for page in context.pages][-1] == "advice"
        with pytest.raises(NotFound):
            await open_copy(session, context, "assets.superannuation")
        copy = await open_copy(session, context, "applicant.addresses", rawiri.id)
    keys = [field.key for field in copy.section.fields]
    assert "current_nz_region" in keys and copy.section.field("current_country").default == "nz"
    with pytest.raises(NotFound):
        async with transaction() as session:
            await add_item(session, cast.alice, cast.deal.id, "assets.kiwisaver")


async def test_numbers_are_checked_as_they_are_written_there(rawiri, cast):
    wrong = await _save(cast, rawiri, "applicant.personal_details", "ird_number", "49-091-851")
    assert "ird_number" in wrong.checked.errors and "ird_number" not in wrong.checked.missing
    async with transaction() as session:
        account = await add_item(session, cast.mallory, cast.other_deal.id, "assets.savings")
    await _save(cast, rawiri, "assets.savings", "type", "bank_account", account.id)
    for raw, right in (("062-000 1234", False), ("01-0902-0068389-00", True)):
        saved = await _save(cast, rawiri, "assets.savings", "account_number", raw, account.id)
        assert ("account_number" not in saved.checked.errors) is right
    phone = await _save(cast, rawiri, "applicant.contact_details", "mobile", "021 123 4568")
    assert phone.checked.values["mobile"] == "+64211234568"


@pytest.mark.parametrize(
    ("name", "fund", "whose", "other"),
    [("NZ couple with KiwiSaver", "assets.kiwisaver", "rua", "mia"),
     ("couple with guarantor", "assets.superannuation", "ana", "ben"),
     ("NZ couple with KiwiSaver", "liabilities.student_debt", "rua", "mia"),
     ("couple with guarantor", "liabilities.student_debt", "ana", "ben")],
)  # fmt: skip
async def test_a_fund_and_a_student_debt_are_one_persons_and_never_half_of_each(sqlite, cast, name, fund, whose, other):
    actor, deal_id, ids = await started(cast, next(each for each in SEVEN if each.name == name))
    async with transaction() as session:
        if whose == "rua":  # who comes second, and adds it
            access = await session.get(PortalAccess, actor.access_id)
            access.contact_id = ids[whose]
            await session.flush()
            actor = replace(actor, id=ids[whose])
        else:
            actor = cast.alice  # who has none herself: the first borrower's
        item = await add_item(session, actor, deal_id, fund)
        both = await add_item(session, actor, deal_id, "assets.savings")
    async with reading() as session:
        said = await session.scalars(select(Answer).where(Answer.field_key == "ownership"))
        shares = {each.item_id: read_ownership(each.raw)[0] for each in said}
    assert shares[item.id] == {str(ids[whose]): 100}
    assert shares[both.id] == {str(ids[whose]): 50, str(ids[other]): 50}


async def test_a_first_home_withdrawal_is_asked_of_those_who_use_kiwisaver(rawiri, cast):
    async with transaction() as session:
        item = await add_item(session, cast.mallory, cast.other_deal.id, "assets.kiwisaver")
    saved = await _save(cast, rawiri, "assets.kiwisaver", "use_for_deposit", "no", item.id)
    assert "withdrawal" not in saved.asked
    saved = await _save(cast, rawiri, "assets.kiwisaver", "use_for_deposit", "yes", item.id)
    assert {"withdrawal", "withdrawal_amount"} <= set(saved.asked)


DECLARED = "advice.declaration"


async def _couple(cast):
    """Mia answers for Rua too, who has no way in; the deal, and both by name."""
    actor, deal_id, ids = await started(cast, next(each for each in SEVEN if each.name == "NZ couple with KiwiSaver"))
    return actor, deal_id, ids["mia"], ids["rua"]


async def test_nobody_declares_for_a_partner_who_has_no_way_in(sqlite, cast):
    mia, deal_id, own, partner = await _couple(cast)
    async with transaction() as session:
        with pytest.raises(NotFound):
            await save_answer(
                session, mia, deal_id,
                Place(section_id=DECLARED, field_key="true_and_complete", subject_id=partner), "yes",
            )  # fmt: skip
    async with reading() as session:
        whole = await read_whole(session, mia, deal_id)
        asked = [each.subject for each in whole.progress.sections if each.section_id == DECLARED]
        seen = [copy.subject for copy in whole.copies if copy.section.key in ("declaration", "disclosure")]
    assert asked == [str(own)] and set(seen) == {own}


async def test_what_somebody_else_ticked_for_them_is_nobodys_word_until_they_say_it(sqlite, cast):
    mia, deal_id, own, partner = await _couple(cast)
    place = Place(section_id=DECLARED, field_key="true_and_complete", subject_id=partner)
    async with transaction() as session:  # as it was kept before each spoke for themselves
        session.add(
            Answer(deal_id=deal_id, subject_id=partner, section_id=DECLARED, field_key=place.field_key, raw="yes",
                   author_id=own, author_name="Mia Tau", answered_at=utc_now())
        )  # fmt: skip

    async def shown(actor):
        async with reading() as session:
            context = await profile_context(session, actor, deal_id)
            copy = await open_copy(session, context, DECLARED, partner)
            return {key: each.raw for key, each in copy.answers.items()}

    broker = await _owner_of(deal_id, mia)
    assert await shown(broker) == {}
    async with reading() as session:
        whole = await read_whole(session, broker, deal_id)
        [theirs] = [e for e in whole.progress.sections if e.section_id == DECLARED and e.subject == str(partner)]
    assert place.field_key in [each.field_key for each in theirs.outstanding]
    async with transaction() as session:  # with them on the phone
        await save_answer(session, broker, deal_id, place, "yes")
    assert await shown(broker) == {place.field_key: "yes"}


async def _owner_of(deal_id, client):
    async with reading() as session:
        deal = await session.get(Deal, deal_id)
    return replace(client, portal=Portal.BROKER, id=deal.owner_id, role=Role.ADMIN, access_id=None, deal_id=None)


def test_a_broker_is_an_adviser_in_new_zealand_only():
    assert said_in("NZ", "Your broker. Brokers, brokerage.") == "Your adviser. Advisers, brokerage."
    assert said_in("AU", "Ask your broker.") == "Ask your broker."
