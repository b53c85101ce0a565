"""A client who is known: what they told for an earlier loan is there, and one press a screen says that it is true."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.clients.sharing import share_deal
from salestrekker_portal.domains.fact_find.earlier import bring_earlier, brought_along
from salestrekker_portal.domains.fact_find.lists import add_item
from salestrekker_portal.domains.fact_find.outline import find_stop, missing, stops
from salestrekker_portal.domains.fact_find.progress import progress
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.still_true import (
    SAID_ALREADY,
    begin_to_change,
    say_still_true,
    told_on,
)
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.domains.questions.answers import Filled
from salestrekker_portal.domains.questions.catalogue import find_section, pages_for
from salestrekker_portal.domains.questions.vocabulary import NOTHING_TO_ADD, Kind, Loan, Party
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, NotFound
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Slot
from salestrekker_portal.tables.fact_find import Answer, Item
from salestrekker_portal.tables.portal_access import PortalAccess
from tests import factories as make

PERSONAL, HOMES, LOANS = "applicant.personal_details", "assets.property", "liabilities.home_loans"
TODAY = date(2026, 3, 9)


@pytest.fixture
async def again(database, cast):
    """Kim alone asked for a loan in the first deal and is asked again in a second one: its access and Kim there."""
    async with transaction() as session:
        first = await make.make_deal(session, cast.firm, cast.stages[1], cast.alice_user, name="First loan")
        await make.add_applicant(session, first, cast.kim_contact)
        before = await make.make_access(session, first, cast.kim_contact, cast.alice_user)
        second = await make.make_deal(session, cast.firm, cast.stages[1], cast.alice_user, name="Second loan")
        await make.add_applicant(session, second, cast.kim_contact)
        access = await make.make_access(session, second, cast.kim_contact, cast.alice_user)
    then = _kim(cast, first, before)
    for key, raw in (("first_name", "Kim"), ("last_name", "Nguyen"), ("date_of_birth", "27/03/1986")):
        await _save(then, PERSONAL, key, raw)
    home, loan = await _entry(then, HOMES), await _entry(then, LOANS)
    await _save(then, HOMES, "value", "800,000", home)
    await _save(then, LOANS, "secured_property", str(home), loan)
    await _save(then, "needs.reasons", "reason", "A garden")
    await _save(then, "liabilities.cards", NOTHING_TO_ADD, "yes")
    return _kim(cast, second, access)


def _kim(cast, deal, access) -> Actor:
    return Actor(
        portal=Portal.CLIENT, session_id=new_id(), organisation_id=cast.firm.id, id=cast.kim_contact.id,
        name="Kim Nguyen", country="AU", time_zone="Australia/Sydney", deal_id=deal.id, access_id=access.id,
    )  # fmt: skip


async def _save(kim, section, key, raw, item=None):
    place = Place(section_id=section, field_key=key, item_id=item)
    async with transaction() as session:
        return await save_answer(session, kim, kim.deal_id, place, raw)


async def _entry(kim, section):
    async with transaction() as session:
        return (await add_item(session, kim, kim.deal_id, section)).id


async def _bring(cast, kim) -> bool:
    async with transaction() as session:
        access, deal = await session.get(PortalAccess, kim.access_id), await session.get(Deal, kim.deal_id)
        return await bring_earlier(session, cast.alice, deal, access, None)


async def _whole(actor, deal_id):
    async with reading() as session:
        return await read_whole(session, actor, deal_id)


async def test_what_was_told_earlier_is_there_and_one_press_keeps_it_with_its_date(again, cast):
    assert await _bring(cast, again)
    whole = await _whole(again, again.deal_id)
    stop = find_stop(stops(whole), PERSONAL, None)
    told = told_on(whole, stop)
    assert told.when and ("First name", "Kim") in [(each["label"], each["words"]) for each in told.answers]
    assert [line["label"] for line in missing(whole, stops(whole), lambda each: each.key)].count(
        "Is it still true?"
    ) == 3
    async with transaction() as session:
        await say_still_true(session, again, again.deal_id, PERSONAL)
    async with reading() as session:
        kept = (await session.get(PortalAccess, again.access_id)).told_earlier[PERSONAL]
    assert kept["still_true"][:10] == utc_now().date().isoformat() and kept["told_at"] < kept["still_true"]
    assert not told_on(await _whole(again, again.deal_id), stop).when
    with pytest.raises(Conflict, match=SAID_ALREADY):
        async with transaction() as session:
            await say_still_true(session, again, again.deal_id, PERSONAL)


async def test_entries_come_along_with_what_refers_to_them_and_the_loan_is_asked_anew(again, cast):
    await _bring(cast, again)
    async with reading() as session:
        rows = (await session.scalars(select(Answer).where(Answer.deal_id == again.deal_id))).all()
        homes = await session.scalars(select(Item).where(Item.deal_id == again.deal_id, Item.section_id == HOMES))
        [home] = homes.all()
    said = {(row.section_id, row.field_key): row for row in rows}
    assert said[LOANS, "secured_property"].raw == str(home.id)
    assert said[PERSONAL, "first_name"].author_id == again.id
    assert ("liabilities.cards", NOTHING_TO_ADD) in said and ("needs.reasons", "reason") not in said
    assert not await _bring(cast, again)  # a second time there is nothing that nobody has begun


async def test_a_loan_does_not_come_along_with_a_property_that_stays_behind(again, cast):
    async with transaction() as session:
        home = (await session.scalars(select(Item).where(Item.section_id == HOMES))).one()
        home.removed_at = utc_now()
    await _bring(cast, again)
    async with reading() as session:
        rows = await session.scalars(select(Answer.field_key).where(Answer.deal_id == again.deal_id))
        assert "secured_property" not in rows.all()


async def test_changing_shows_the_questions(again, cast):
    await _bring(cast, again)
    async with transaction() as session:
        await begin_to_change(session, again, again.deal_id, PERSONAL)
    whole = await _whole(again, again.deal_id)
    assert not told_on(whole, find_stop(stops(whole), PERSONAL, None)).when
    assert "Is it still true?" not in [each.label for each in whole.progress.outstanding if each.section_id == PERSONAL]


async def test_of_a_couple_each_brings_only_what_is_their_own(database, cast):
    """The first deal is Kim's and Sam's, the new one Kim's alone: what they own together is asked again."""
    await _save(cast.kim, PERSONAL, "first_name", "Kim")
    await _save(cast.kim, "liabilities.cards", NOTHING_TO_ADD, "yes")
    async with transaction() as session:
        deal = await make.make_deal(session, cast.firm, cast.stages[1], cast.alice_user, name="Alone")
        await make.add_applicant(session, deal, cast.kim_contact)
    async with transaction() as session:
        for slot in (Slot.CREDIT_GUIDE, Slot.PRIVACY_DISCLOSURE):
            await make.make_compliance_document(session, cast.firm, slot)
    async with transaction() as session:
        access = await share_deal(session, cast.alice, deal.id, cast.kim.id)
    assert set(access.told_earlier) == {PERSONAL}
    async with reading() as session:
        sections = set(await session.scalars(select(Answer.section_id).where(Answer.deal_id == deal.id)))
    assert sections == {PERSONAL, "applicant.contact_details"}  # what the firm knows of them comes as always


async def test_what_the_other_told_where_each_saw_their_own_alone_is_not_brought_to_somebody(sqlite, cast):
    """The same two apply again: Kim gets the card that she entered then, and nothing of Sam's."""
    async with transaction() as session:
        for who in (cast.kim, cast.sam):
            (await session.get(PortalAccess, who.access_id)).sees_other_applicants = False
        deal = await make.make_deal(session, cast.firm, cast.stages[1], cast.alice_user, name="Again")
        for contact in (cast.kim_contact, cast.sam_contact):
            await make.add_applicant(session, deal, contact)
        access = await make.make_access(session, deal, cast.kim_contact, cast.alice_user, sees_other_applicants=True)
    for who in (cast.kim, cast.sam):
        who = replace(who, sees_other_applicants=False)
        card = await _entry(who, "liabilities.cards")
        await _save(who, "liabilities.cards", "limit", "4,000" if who.id == cast.kim.id else "9,000", card)
    assert await _bring(cast, _kim(cast, deal, access))
    async with reading() as session:
        rows = (await session.scalars(select(Answer).where(Answer.deal_id == deal.id))).all()
    assert [row.raw for row in rows if row.field_key == "limit"] == ["4,000"]


async def test_nobody_brings_from_a_deal_that_they_may_not_see_or_confirms_for_others(again, cast):
    async with transaction() as session:
        access, deal = await session.get(PortalAccess, again.access_id), await session.get(Deal, again.deal_id)
        assert not await bring_earlier(session, cast.mallory, deal, access, None)
    await _bring(cast, again)
    for who in (cast.alice, cast.mallory, cast.kim):
        with pytest.raises(NotFound):
            async with transaction() as session:
                await say_still_true(session, who, again.deal_id, PERSONAL)


async def test_a_new_invitation_keeps_what_was_confirmed(again, cast):
    await _bring(cast, again)
    async with transaction() as session:
        before, deal = await session.get(PortalAccess, again.access_id), await session.get(Deal, again.deal_id)
        fresh = PortalAccess(deal_id=deal.id, contact_id=again.id, organisation_id=deal.organisation_id,
                             granted_by=cast.alice.id)  # fmt: skip
        assert not await bring_earlier(session, cast.alice, deal, fresh, before)
    assert fresh.told_earlier == before.told_earlier != {}


# What somebody says who has a job, an account, a flat that they rent and nothing else.
_SAYS = {"living_arrangement": "renting", "marital_status": "single", "purpose": "purchase", "found": "looking",
         "type": None, "documents": "licence", "current": "current"}  # fmt: skip
_HAS = {"applicant.employment", "income.salary", "assets.savings", "needs.purposes"}


def _typed(field, facts) -> str:
    if _SAYS.get(field.key):
        return _SAYS[field.key]
    if field.options:
        return field.options[0].value
    return {
        Kind.YES_NO: "no", Kind.TICK: "yes", Kind.MONEY: "1,000", Kind.DATE: "27/03/1986", Kind.MONTH: "02/2015",
        Kind.MOBILE: "0491 570 156", Kind.EMAIL: "kim@example.com", Kind.INTEGER: "1", Kind.PERCENT: "5",
    }.get(field.kind, "Banksia")  # fmt: skip


def _filled_in(pages, facts):
    """Answers to all that is asked, one after the other, as somebody gives them; what can't be right is left."""
    stored: dict = {}
    for _ in range(400):
        todo = [t for t in progress(pages, stored, facts).outstanding if not t.sentence]
        todo = [t for t in todo if (t.section_id, t.subject, t.item_id, t.field_key) not in stored.get("tried", set())]
        if not todo:
            break
        thing = todo[0]
        stored.setdefault("tried", set()).add((thing.section_id, thing.subject, thing.item_id, thing.field_key))
        page, _, key = thing.section_id.partition(".")
        section, at = find_section("AU", page, key), (thing.section_id, thing.subject)
        before = stored.get(at, Filled())
        if not thing.field_key:
            given = {NOTHING_TO_ADD: "yes"} if thing.section_id not in _HAS else {}
            entries = ({"id": "1", **({"type": section.item_types[0].value} if section.item_types else {})},)
            stored[at] = Filled({**before.answers, **given}, before.items if given else entries)
        elif thing.item_id:
            value = _typed(section.field(thing.field_key), facts)
            stored[at] = Filled(before.answers, tuple({**each, thing.field_key: value} for each in before.items))
        else:
            value = _typed(section.field(thing.field_key), facts)
            stored[at] = Filled({**before.answers, thing.field_key: value}, before.items)
    stored.pop("tried", None)
    return stored


def test_a_second_application_re_asks_at_most_three_tenths():
    """Presses of "Still true" counted in, of a sole applicant's home loan in Australia."""
    pages = pages_for("AU", Party.PERSON, Loan.HOME)
    facts = {"today": TODAY, "country": "AU", "loan": Loan.HOME, "applicants": (("kim", "Kim Doe"),)}
    stored = _filled_in(pages, facts)
    first = progress(pages, stored, facts)
    asked = first.answered + len(first.outstanding)
    assert first.answered > 45
    kept = {at: said for at, said in stored.items() if at[0] in brought_along("AU", (), own_only=False)}
    second = progress(pages, kept, facts, unconfirmed=set(kept))
    presses = [each for each in second.outstanding if each.label == "Is it still true?"]
    assert 5 <= len(presses) <= 12
    assert len(second.outstanding) <= 0.3 * asked, f"{len(second.outstanding)} of {asked}"
