"""Contacts that look like one and are two: said once from either side, by who may, and taken back."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.clients.merging import preview_merge
from salestrekker_portal.domains.contacts.different import say_different, take_back_different
from salestrekker_portal.domains.insights.contact_overview import people_around
from salestrekker_portal.kernel.errors import Conflict, NotFound, NotPermitted
from salestrekker_portal.tables.contacts import Contact, DifferentContacts
from tests import factories as make
from tests.cast import Cast


async def twin_of_kim(cast: Cast) -> Contact:
    async with transaction() as session:
        return await make.make_contact(session, cast.firm, "Kim", "Nguyen", email=cast.kim_contact.email)


async def offered(cast: Cast, contact: Contact) -> list:
    async with reading() as session:
        return [each.id for each in (await people_around(session, cast.alice, contact))[1]]


async def say(actor, one, other):
    async with transaction() as session:
        return await say_different(session, actor, one, other)


async def test_said_from_both_sides_at_once_it_is_said_once_and_neither_is_offered(database, cast: Cast) -> None:
    kim, twin = cast.kim_contact, await twin_of_kim(cast)
    other = await twin_of_kim(cast)
    assert set(await offered(cast, kim)) == {twin.id, other.id} and kim.id in await offered(cast, twin)
    pairs = await asyncio.gather(*(say(who, *two) for who in (cast.alice, cast.bob)
                                   for two in ((kim.id, twin.id), (twin.id, kim.id))))  # fmt: skip
    assert len({each.id for each in pairs}) == 1
    assert await offered(cast, kim) == [other.id] and await offered(cast, twin) == [other.id]
    async with reading() as session:
        assert await session.scalar(select(func.count()).select_from(DifferentContacts)) == 1
        # Who they are not makes nobody more than a bare contact.
        assert (await preview_merge(session, cast.alice, other.id, twin.id)).refusal == ""
    async with transaction() as session:
        await take_back_different(session, cast.bob, pairs[0].id)
    assert set(await offered(cast, kim)) == {twin.id, other.id}
    with pytest.raises(NotFound):
        async with transaction() as session:
            await take_back_different(session, cast.bob, pairs[0].id)


async def test_others_say_nothing_of_a_firms_contacts(sqlite, cast: Cast) -> None:
    kim, twin = cast.kim_contact.id, (await twin_of_kim(cast)).id
    pair = await say(cast.alice, kim, twin)
    strangers = (cast.mallory, NotFound), (cast.priya, NotFound), (cast.kim, (NotFound, NotPermitted))
    for who, refused in strangers:
        with pytest.raises(refused):
            await say(who, kim, twin)
        with pytest.raises((NotFound, NotPermitted)):
            async with transaction() as session:
                await take_back_different(session, who, pair.id)
    for one, other, refused in ((kim, kim, Conflict), (kim, uuid4(), NotFound)):
        with pytest.raises(refused):
            await say(cast.alice, one, other)
    async with reading() as session:
        assert await session.get(DifferentContacts, pair.id) is not None
