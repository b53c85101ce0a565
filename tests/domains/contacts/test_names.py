"""People are found by any part of a name in any spelling, and stand in one order on both databases."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.clients import contacts as service
from salestrekker_portal.domains.contacts import queries
from tests import factories as make
from tests.cast import Cast

SPELLINGS = [
    "Tāne O'Brien-Ling", "TĀNE", "TANE", "Ta\u0304ne", "tane o’brien", "O‘BRIEN", "o brien", "obrien-ling", "Brien",
    "Ling", "O`Brien\u2011Ling", "Oʻbrien–ling", "ling tāne", "obrienling", "tane.ob@", "0491 570 156",
    "+61 491 570 156", "+61 (0)491 570 156", "0061 491 570 156", "491570156", "570 156", "\u202a0491\u00a0570‑156",
]  # fmt: skip


@pytest.fixture
async def tane(database, cast: Cast) -> None:
    async with transaction() as session:
        await service.add_contact(
            session, cast.bob, first_name="Tāne", last_name="O’Brien-Ling", email="tane.ob@example.com",
            mobile="0491 570 156",
        )  # fmt: skip
        cast.kim_contact.mobile = "+61491570110"
        await make.make_contact(session, cast.firm, "Oliver", "Brown")


@pytest.mark.parametrize("typed", SPELLINGS)
async def test_any_spelling_of_any_part_finds_them(tane, cast: Cast, typed: str) -> None:
    async with reading() as session:
        assert "Tāne O’Brien-Ling" in [each.name for each in await queries.find_contacts(session, cast.bob, typed)]
        assert await queries.find_contacts(session, cast.mallory, typed) == []


async def test_a_changed_name_is_found_and_the_old_one_is_not(database, cast: Cast) -> None:
    async with transaction() as session:
        await service.change_contact(
            session, cast.alice, cast.kim_contact.id, first_name="Zoë", mobile="0491571266", email=""
        )
    async with reading() as session:
        assert [each.name for each in await queries.find_contacts(session, cast.bob, "ZOË")] == ["Zoë Nguyen"]
        assert [each.name for each in await queries.find_contacts(session, cast.bob, "571 266")] == ["Zoë Nguyen"]
        assert await queries.find_contacts(session, cast.bob, "kim") == []


async def test_the_list_is_in_one_order(database, cast: Cast) -> None:
    people = [
        ("Ngozi", "de Vries"),
        ("Hēmi", "Ōtene"),
        ("Bảo", "Đặng"),
        ("Elif", "Yılmaz"),
        ("Kim", "Ng"),
        ("Bo", "Young"),
    ]
    async with transaction() as session:
        for first, last in people:
            await make.make_contact(session, cast.other_firm, first, last)
        await make.make_contact(session, cast.other_firm, "", "", company_name="Éclair & Co")
    async with reading() as session:
        names = [each.last_name or each.company_name for each in await queries.contacts_page(session, cast.mallory)]
    wanted = ["Đặng", "de Vries", "Éclair & Co", "Ng", "Ōtene", "Yılmaz", "Young"]
    assert [name for name in names if name in wanted] == wanted
