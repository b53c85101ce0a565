"""The lists of people and companies: page after page nobody is missed or shown twice, and strangers find nobody."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.clients.contacts import add_contact
from salestrekker_portal.domains.search import contact_list as lists
from salestrekker_portal.domains.search.contact_list import ContactSort, contact_list
from salestrekker_portal.domains.search.contact_neighbours import Neighbours, neighbours_of
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import NotPermitted
from salestrekker_portal.tables.contacts import Contact, ContactKind
from salestrekker_portal.tables.deals import ApplicantRole
from tests import factories as make
from tests.cast import Cast


async def listed(actor, *args, **kwargs):
    async with reading() as session:
        return await contact_list(session, actor, *args, **kwargs)


@pytest.mark.parametrize("sort", list(ContactSort))
async def test_pages_on_and_back_show_everybody_once(database, cast: Cast, monkeypatch, sort) -> None:
    monkeypatch.setattr(lists, "PAGE_SIZE", 4)
    async with transaction() as session:
        for n in range(9):  # three of each name: the id decides
            await make.make_contact(session, cast.firm, "Ann", f"Same {n // 3}", email=f"ann{n}@example.com")
    whole = []
    page = await listed(cast.alice, sort=sort)
    starts = []
    while True:
        starts.append([each.contact.id for each in page.lines])
        whole += starts[-1]
        if not page.later:
            break
        page = await listed(cast.alice, sort=sort, after=page.lines[-1].contact.id)
    assert len(whole) == len(set(whole)) == page.totals[ContactKind.PERSON]
    back = await listed(cast.alice, sort=sort, before=starts[-1][0])
    assert [each.contact.id for each in back.lines] == starts[-2] and back.later
    async with reading() as session:
        people = {key: await session.get(Contact, key) for key in whole}
    order = {"name": lambda each: (each.sort_key, each.id), "added": lambda each: each.id}[sort.value]
    expected = sorted(people.values(), key=order, reverse=sort is ContactSort.ADDED)
    assert [each.id for each in expected] == whole


@pytest.mark.parametrize("sort", list(ContactSort))
@pytest.mark.parametrize("typed", ["", "ann", "ann same 1", "nguy"])
async def test_everybody_stands_where_the_list_has_them(database, cast: Cast, sort, typed) -> None:
    async with transaction() as session:
        for n in range(9):
            await make.make_contact(session, cast.firm, "Ann", f"Same {n // 3}", email=f"ann{n}@example.com")
        stranger = await make.make_contact(session, cast.other_firm, "Ann", "Same 1", email="ann@example.com")
        away = await make.make_contact(session, cast.firm, "Ann", "Same 1", email="away@example.com")
        away.archived_at = utc_now()
    for kind in ContactKind:
        page = await listed(cast.alice, kind, typed, sort=sort)
        lines = [each.contact for each in page.lines]
        assert len(lines) == page.totals.get(kind, 0)
        for number, contact in enumerate(lines):
            async with reading() as session:
                found = await neighbours_of(session, cast.alice, contact, typed, sort)
            before = lines[number - 1].id if number else None
            after = lines[number + 1].id if number + 1 < len(lines) else None
            assert found == Neighbours(place=number + 1, total=len(lines), before=before, after=after)
    async with reading() as session:
        for nobody in (stranger, away):
            assert await neighbours_of(session, cast.alice, nobody, typed, sort) is None
        assert await neighbours_of(session, cast.alice, cast.kim_contact, "ann", sort) is None


async def test_people_and_companies_apart_found_by_how_names_begin(database, cast: Cast) -> None:
    async with transaction() as session:
        firm = await add_contact(
            session, cast.alice, company_name="Nguyen Holdings", first_name="Jo", last_name="Bell", company=True
        )
        away = await make.make_contact(session, cast.firm, "Kimberley", "Nguyen", email="away@example.com")
        away.archived_at = utc_now()
        session.add(away)
    people = await listed(cast.bob, typed="nguy")
    assert {each.contact.name for each in people.lines} == {"Kim Nguyen", "Sam Nguyen"}
    assert people.totals == {ContactKind.PERSON: 2, ContactKind.COMPANY: 1} and not people.cut
    companies = await listed(cast.bob, ContactKind.COMPANY, "nguy")
    assert [each.contact.id for each in companies.lines] == [firm.id]
    assert (await listed(cast.bob, typed="guyen")).lines == []  # inside a name
    assert (await listed(cast.bob, typed="!?")).lines == []
    kim = next(each for each in people.lines if each.contact.first_name == "Kim")
    assert kim.roles == (ApplicantRole.CLIENT,) and kim.deal == (cast.deal.id, "Nguyen purchase")


async def test_more_than_can_be_counted_is_said(database, cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr(lists, "MOST_FOUND", 3)
    async with transaction() as session:
        for n in range(5):
            await make.make_contact(session, cast.firm, "Zoe", f"Z{n}", email=f"zoe{n}@example.com")
    page = await listed(cast.alice, typed="zoe")
    assert page.cut and page.totals == {ContactKind.PERSON: 3}


async def test_strangers_find_nobody(database, cast: Cast) -> None:
    theirs = await listed(cast.mallory, typed="nguyen", after=cast.kim_contact.id)
    assert theirs.lines == [] and theirs.totals == {}
    for stranger in (cast.kim, cast.priya):
        with pytest.raises(NotPermitted):
            await listed(stranger)
