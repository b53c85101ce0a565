"""Everything of a firm in sheets: all of its rows, nobody else's, and nothing that opens a door."""

import csv
import io

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.insights.everything import AT_ONCE, begin_taking, gather_everything
from salestrekker_portal.kernel.errors import Conflict, NotPermitted
from salestrekker_portal.tables.loans import DealLoan
from salestrekker_portal.tables.notes import Note
from salestrekker_portal.tables.security_log import SecurityEvent
from salestrekker_portal.tables.tasks import Task


async def taken(actor) -> dict[str, list[dict[str, str]]]:
    async with transaction() as session:
        await begin_taking(session, actor)
    async with reading() as session:
        everything = await gather_everything(session, actor)
    return {
        name: list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))) for name, text in everything.sheets.items()
    }


async def test_every_sheet_has_the_firms_rows_and_nobody_elses(database, cast):
    async with transaction() as session:
        session.add_all(
            [
                DealLoan(deal_id=cast.deal.id, amount_cents=64_000_050, rate_e4=58_900, lender="=Bank"),
                Note(deal_id=cast.deal.id, author_kind="user", author_name="Alice", text="Ours\nand long"),
                Note(deal_id=cast.other_deal.id, author_kind="user", author_name="Mallory", text="Theirs"),
                Task(organisation_id=cast.firm.id, owner_id=cast.alice_user.id, title="Ring"),
            ]
        )
    sheets = await taken(cast.alice)
    assert {each["email"] for each in sheets["contacts.csv"]} >= {"kim@example.com", "sam@example.com"}
    assert {each["deal"] for each in sheets["people in deals.csv"]} == {each["deal"] for each in sheets["deals.csv"]}
    assert [each["text"] for each in sheets["notes.csv"]] == ["Ours\nand long"]
    assert [(each["amount"], each["rate"], each["lender"]) for each in sheets["loans.csv"]] == [
        ("640000.50", "5.8900", "'=Bank")
    ]
    assert [(each["deal"], each["title"]) for each in sheets["tasks.csv"]] == [("", "Ring")]
    assert {each["email"] for each in sheets["team.csv"]} == {"alice@example.com", "bob@example.com"}
    said = repr(sheets)
    assert "mallory@example.com" not in said and "Theirs" not in said
    assert cast.alice_user.password_hash not in said and cast.kim_access.pin_hash not in said


async def test_only_admins_take_it_and_not_without_end(sqlite, cast):
    for actor in (cast.bob, cast.kim, cast.priya):
        with pytest.raises(NotPermitted):
            await taken(actor)
        with pytest.raises(NotPermitted):
            async with reading() as session:
                await gather_everything(session, actor)
    for _ in range(AT_ONCE):
        await taken(cast.alice)
    with pytest.raises(Conflict, match="15 minutes"):
        await taken(cast.alice)
    async with reading() as session:
        kinds = list(await session.scalars(select(SecurityEvent.kind)))
    assert kinds.count("export:everything") == AT_ONCE
