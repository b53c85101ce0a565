"""Somebody typed again is offered; and somebody typed twice can be invited."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.clients import contacts as service
from salestrekker_portal.domains.contacts.known import known_like, question
from salestrekker_portal.domains.portal_access.queries import _who_shares, people_of, share_facts
from salestrekker_portal.domains.portal_access.rules import blockers, preflight
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import takes_texts
from tests import factories as make
from tests.cast import Cast


@pytest.fixture
async def bronwyn(database, cast: Cast):
    async with transaction() as session:
        return await service.add_contact(
            session, cast.bob, first_name="Bronwyn", last_name="D’Souza", email="bron@example.com", mobile="0491571266"
        )


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ({"first_name": "Bron", "last_name": "Hale", "email": "Bron@example.com", "mobile": "+61 491 571 266"}, True),
        ({"first_name": "BRONWYN", "last_name": "dsouza", "mobile": "0491 571 266"}, True),
        ({"first_name": "Brónwyn", "last_name": "D'Souza", "email": "bron@example.com"}, True),
        ({"first_name": "Bronwyn", "last_name": "D’Souza"}, False),
        ({"first_name": "Carlo", "last_name": "D’Souza", "email": "bron@example.com"}, False),
        ({"first_name": "Bronwyn", "last_name": "D’Souza", "mobile": "0491 571 804"}, False),
        ({"first_name": "Bronwyn", "last_name": "D’Souza", "email": "bron@"}, False),
        ({}, False),
    ],
)
async def test_two_of_name_email_and_mobile_are_enough(bronwyn, cast: Cast, typed: dict, known: bool) -> None:
    async with reading() as session:
        found = await known_like(session, cast.bob, [typed])
        assert [each.id for each in found] == ([bronwyn.id] if known else [])
        assert await known_like(session, cast.mallory, [typed]) == []
        assert await known_like(session, cast.priya, [typed]) == []
    if known:
        assert question(found).startswith("Is this the Bronwyn D’Souza you know? ")


async def test_somebody_typed_twice_does_not_stand_in_their_own_way(database, cast: Cast) -> None:
    async with transaction() as session:
        own = cast.kim_contact
        await make.make_contact(session, cast.firm, "KIM", "Nguyễn", email=own.email, mobile=own.mobile)
    async with reading() as session:
        people = await people_of(session, cast.deal, cast.kim_contact.id)
        assert await _who_shares(session, people) == {"email": "", "mobile": ""}
    async with transaction() as session:
        await make.make_contact(session, cast.firm, "Huy", "Nguyen", email=own.email)
    async with reading() as session:
        assert (await _who_shares(session, people))["email"] == "Huy Nguyen"


async def test_one_name_is_enough(database, cast: Cast) -> None:
    async with transaction() as session:
        only_first = await service.add_contact(session, cast.bob, first_name="Sukarno")
        only_last = await service.add_contact(session, cast.bob, last_name="Suharto")
        with pytest.raises(Invalid) as refusal:
            await service.add_contact(session, cast.bob, first_name=" ", last_name="")
    assert (only_first.name, only_last.name) == ("Sukarno", "Suharto")
    assert refusal.value.errors == {"first_name": "Enter a name. One is enough for somebody who has only one."}


@pytest.mark.parametrize("number", ["02 5550 1234", "1300 975 707", "1800 975 707", "13 12 13", "(03) 7010 1234"])
async def test_a_call_is_enough_for_a_contact_and_not_for_an_invitation(database, cast: Cast, number: str) -> None:
    async with transaction() as session:
        contact = await service.change_contact(session, cast.alice, cast.kim_contact.id, mobile=number)
    assert contact.mobile.startswith("+61") and not takes_texts(contact.mobile)
    async with reading() as session:
        people = await people_of(session, cast.deal, cast.kim_contact.id)
        checks = {check.key: check for check in preflight(await share_facts(session, cast.alice, people))}
    assert checks["mobile"] in blockers(list(checks.values()))
    assert checks["mobile"].title.startswith("No text can go to ") and "needs a mobile" in checks["mobile"].reason
