"""Contacts: found, added, fixed; refused to everybody else."""

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.clients import contacts as service
from salestrekker_portal.domains.contacts import queries
from salestrekker_portal.kernel.errors import Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.deals import Deal
from tests import factories as make
from tests.cast import Cast


async def test_find_contacts_by_the_start_of_any_name(database, cast: Cast) -> None:
    async with transaction() as session:
        await make.make_contact(session, cast.firm, "", "", company_name="Wattle & Rye Pty Ltd")
        await make.make_contact(session, cast.other_firm, "Kimberley", "Nguyen")
    async with reading() as session:
        assert [c.name for c in await queries.find_contacts(session, cast.bob, "ngu")] == ["Kim Nguyen", "Sam Nguyen"]
        assert [c.name for c in await queries.find_contacts(session, cast.bob, "kim ng")] == ["Kim Nguyen"]
        assert [c.name for c in await queries.find_contacts(session, cast.bob, "wattle")] == ["Wattle & Rye Pty Ltd"]
        assert await queries.find_contacts(session, cast.bob, "%%") == []
        assert await queries.find_contacts(session, cast.bob, "k") == []
        assert await queries.find_contacts(session, cast.priya, "ngu") == []


async def test_change_contact_fixes_the_mobile_and_tells_the_deal(database, cast: Cast) -> None:
    async with transaction() as session:
        await service.change_contact(
            session, cast.alice, cast.kim_contact.id, mobile="0491 570 110", email="K@Example.com "
        )
        assert f"deal:{cast.deal.id}" in session.info["topics"]
    async with reading() as session:
        contact = await queries.access_contact(session, cast.bob, cast.kim_contact.id, Permission.CONTACT_WRITE)
        activity = (await session.scalars(select(Activity).where(Activity.kind == "contact:changed"))).one()
    assert (contact.mobile, contact.email, contact.first_name) == ("+61491570110", "k@example.com", "Kim")
    assert activity.facts == {"contact": "Kim Nguyen", "fields": "email, mobile"}


async def test_a_new_name_reaches_the_cards(database, cast: Cast) -> None:
    async with transaction() as session:
        await service.change_contact(session, cast.alice, cast.kim_contact.id, last_name="Nguyễn-O’Brien")
    async with reading() as session:
        line = await session.scalar(select(Deal.clients_line).where(Deal.id == cast.deal.id))
    assert line == "Kim Nguyễn-O’Brien, Sam Nguyen"


async def test_refusals(database, cast: Cast) -> None:
    tries = [
        (cast.mallory, {"mobile": "021 123 4567"}, NotFound),
        (cast.sam, {"mobile": "0491 570 110"}, NotFound),
        (cast.kim, {"mobile": "0491 570 110"}, NotPermitted),
        (cast.priya, {"mobile": "0491 570 110"}, NotFound),
        (cast.alice, {"mobile": "02 4000 100"}, Invalid),
        (cast.alice, {"email": "kim@"}, Invalid),
        (cast.alice, {"first_name": {"evil": 1}}, Invalid),
        (cast.alice, {"last_name": "x" * 10_000}, Invalid),
    ]
    for actor, typed, refusal in tries:
        with pytest.raises(refusal):
            async with transaction() as session:
                await service.change_contact(session, actor, cast.kim_contact.id, **typed)
    async with reading() as session:
        assert (
            await queries.access_contact(session, cast.alice, cast.kim_contact.id, "deal:read")
        ).mobile == "+61491570156"


async def test_add_contact_is_for_staff(database, cast: Cast) -> None:
    async with transaction() as session:
        added = await service.add_contact(session, cast.bob, first_name="Tāne", last_name="Wikaira")
    assert (added.name, added.email, added.mobile) == ("Tāne Wikaira", None, None)
    with pytest.raises(NotPermitted):
        async with transaction() as session:
            await service.add_contact(session, cast.priya, first_name="Tāne", last_name="Wikaira")
