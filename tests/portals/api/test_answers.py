"""What the API answers, and that it answers what it describes."""

import asyncio

from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.api_tokens.scopes import TokenScope
from salestrekker_portal.domains.api_tokens.service import MARK, tokens_of
from salestrekker_portal.portals.api import shapes
from salestrekker_portal.portals.api.app import PREFIX
from salestrekker_portal.tables.api_tokens import ApiToken
from salestrekker_portal.tables.deals import Deal
from tests import factories as make
from tests.support.statements import counted

LEAD = {
    "people": [
        {"first_name": "Wren", "last_name": "O’Brien", "email": "wren@example.com", "mobile": "0491 570 157"},
        {"first_name": "Ari", "last_name": "Ōtene", "mobile": "+61 491 570 158"},
    ],
    "summary": "Buying together in Lyttelton.",
    "value_cents": 75_000_000,
}


async def test_deals_come_in_pages_that_lose_none_while_others_are_added(sqlite, web, cast, key):
    async with transaction() as session:
        for number in range(7):
            await make.make_deal(session, cast.firm, cast.stages[0], cast.alice_user, name=f"Deal {number}")
    headers, seen, address = await key(), [], f"{PREFIX}/deals?limit=3"
    while address:
        page = (await web.get(address, headers=headers)).json()
        shapes.DealsOut.model_validate(page, strict=False)
        seen += [deal["id"] for deal in page["deals"]]
        async with transaction() as session:
            await make.make_deal(session, cast.firm, cast.stages[0], cast.alice_user, name="In between")
        address = page["next"]
    assert len(seen) == len(set(seen)) == 8
    assert seen == sorted(seen, reverse=True)


async def test_a_deal_with_its_people(sqlite, web, cast, key):
    answer = await web.get(f"{PREFIX}/deals/{cast.deal.id}", headers=await key())
    deal = shapes.DealWhole.model_validate(answer.json())
    assert answer.headers["cache-control"] == "no-store"
    assert [person.name for person in deal.applicants] == ["Kim Nguyen", "Sam Nguyen"]
    assert (deal.stage.id, deal.owner.name, deal.state) == (cast.stages[1].id, "Alice O’Rourke", "open")


async def test_contacts_by_their_address(sqlite, web, cast, key):
    answer = await web.get(f"{PREFIX}/contacts", params={"email": "KIM@example.com"}, headers=await key())
    page = shapes.ContactsOut.model_validate(answer.json())
    assert [(each.name, each.mobile) for each in page.contacts] == [("Kim Nguyen", "+61491570156")]


async def test_a_lead_becomes_a_deal_of_the_keys_maker(sqlite, web, cast, key):
    answer = await web.post(f"{PREFIX}/leads", json=LEAD, headers={**await key(), "idempotency-key": "form-1"})
    assert answer.status_code == 201, answer.text
    made = shapes.LeadOut.model_validate(answer.json())
    deal = (await web.get(f"{PREFIX}/deals/{made.id}", headers=await key())).json()
    assert (deal["name"], deal["value_cents"], deal["owner"]["id"]) == (
        "O’Brien and Ōtene",
        75_000_000,
        str(cast.alice.id),
    )
    assert [each["name"] for each in deal["applicants"]] == ["Wren O’Brien", "Ari Ōtene"]
    assert deal["summary"] == LEAD["summary"]


async def _names() -> list[str]:
    async with reading() as session:
        return list(await session.scalars(select(Deal.name).where(Deal.name == "O’Brien and Ōtene")))


async def test_the_same_lead_again_is_one_deal(database, web, cast, key):
    headers = {**await key(), "idempotency-key": "form-1"}
    at_once = await asyncio.gather(*(web.post(f"{PREFIX}/leads", json=LEAD, headers=headers) for _ in range(5)))
    later = await web.post(f"{PREFIX}/leads", json=LEAD, headers=headers)
    assert {answer.status_code for answer in [*at_once, later]} == {201}
    assert len({answer.json()["id"] for answer in [*at_once, later]}) == 1
    assert len(await _names()) == 1
    other = await web.post(f"{PREFIX}/leads", json={**LEAD, "summary": "Another"}, headers=headers)
    assert other.status_code == 422 and "idempotency-key" in other.json()["errors"]
    theirs = {**await key(cast.mallory), "idempotency-key": "form-1"}
    in_nz = {**LEAD, "people": [{"first_name": "Wren", "last_name": "O’Brien and Ōtene", "email": "w@example.com"}]}
    assert (await web.post(f"{PREFIX}/leads", json=in_nz, headers=theirs)).status_code == 201
    assert len(await _names()) == 2, "another firm's form may count from one as well"


async def test_a_key_is_kept_as_a_hash_and_its_use_is_noted(sqlite, web, cast, key):
    headers = await key()
    secret = headers["authorization"].removeprefix("Bearer ")
    await web.get(f"{PREFIX}/deals", headers=headers)
    async with reading() as session:
        row = (await session.scalars(select(ApiToken))).one()
        (kept,) = await tokens_of(session, cast.alice)
    assert secret.startswith(MARK) and secret not in str(row.model_dump()) and row.ending == secret[-4:]
    assert row.last_used_at is not None and (kept.maker, kept.works) == ("Alice O’Rourke", True)
    assert row.scopes == [scope.value for scope in TokenScope]


async def test_a_program_that_reads_writes_once_in_a_while_and_thirty_that_start_at_once_are_all_answered(
    sqlite, web, cast, key
):
    keys = [await key() for _ in range(15)]
    answers = await asyncio.gather(*(web.get(f"{PREFIX}/deals", headers=each) for each in keys * 2))
    assert {answer.status_code for answer in answers} == {200}
    with counted() as seen:
        await web.get(f"{PREFIX}/deals", headers=keys[0])
    assert not [each for each, _ in seen if not each.startswith("SELECT")]


async def test_the_description_is_there_for_everybody(sqlite, web, cast):
    schema = (await web.get(f"{PREFIX}/openapi.json")).json()
    page = await web.get(f"{PREFIX}/docs")
    assert page.status_code == 200 and "<script" not in page.text
    assert all(f"{PREFIX}{path}" in page.text for path in schema["paths"])
    assert str(cast.deal.id) not in page.text
