"""Rows with one deal number are one deal with several people: all of it comes in or none, and all of it goes again."""

from sqlalchemy import func, select, update

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.imports import rounds
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.imports import ImportRow, RowState
from tests.domains.imports.test_importing import brought_in, chosen, everything, looked_at, taken_back

HEADINGS = "Deal ID,First Name,Last Name,Email,Mobile,Deal Name,Loan Amount,Notes\n"
COUPLE = (
    "7.1,Zoe,Ling,zoe@example.com,,Our first home,750k,Likes mornings\n"
    "71,Ana,Ngata,ana@example.com,,,200k,\n"
    "7.1,Tama,Ling,tama@example.com,,,,Works nights\n"
    "72,Ana,Ngata,ana@example.com,,,90k,\n"
)


async def in_deals() -> dict[str, tuple[str, int]]:
    """The line of people and the summary's lines of each deal that came in, by name and value."""
    async with reading() as session:
        found = await session.scalars(select(Deal).where(Deal.clients_line.contains("Ling")))
        return {each.name: (each.clients_line, each.summary) for each in found}


async def test_a_couple_is_one_deal_and_two_loans_of_one_person_are_two(database, cast):
    before = await everything()
    file = await chosen(cast.alice, (HEADINGS + COUPLE).encode())
    assert file.mapping[0] == "deal_number"
    assert await looked_at(cast.alice, file) == {RowState.GOOD: 4}
    await brought_in(cast.alice, file)
    assert await in_deals() == {"Our first home": ("Zoe Ling, Tama Ling", "Likes mornings\n\nWorks nights")}
    async with reading() as session:
        anas = await session.scalars(select(Deal.value_cents).where(Deal.name == "Ana Ngata").order_by("value_cents"))
        assert list(anas) == [9_000_000, 20_000_000]
        assert await session.scalar(select(func.count()).where(Contact.email == "ana@example.com")) == 1
        place = select(DealApplicant.position).join(Contact).where(Contact.email == "tama@example.com")
        assert await session.scalar(place) == 1
    again = await chosen(cast.alice, (HEADINGS + COUPLE + "9,,,,,,,\n").encode())
    assert await looked_at(cast.alice, again) == {RowState.KNOWN: 4, RowState.BAD: 1}
    await taken_back(cast.alice, file)
    async with transaction() as session:
        await session.execute(update(ImportRow).values(state=RowState.GONE))
    assert await everything() == before


async def test_a_deal_whose_rows_are_in_two_batches_is_one(database, cast, monkeypatch):
    monkeypatch.setattr(rounds, "A_BATCH", 2)
    before = await everything()
    file = await chosen(cast.alice, (HEADINGS + COUPLE).encode())
    await looked_at(cast.alice, file)
    await brought_in(cast.alice, file)
    assert await in_deals() == {"Our first home": ("Zoe Ling, Tama Ling", "Likes mornings\n\nWorks nights")}
    await taken_back(cast.alice, file)
    assert await everything() == before


async def test_a_deal_that_was_changed_between_its_rows_stays(sqlite, cast, monkeypatch):
    monkeypatch.setattr(rounds, "A_BATCH", 2)
    file = await chosen(cast.alice, (HEADINGS + COUPLE).encode())
    await looked_at(cast.alice, file)
    change = rounds.make_all

    async def changed_first(session, *rest):
        await session.execute(update(Deal).where(Deal.name == "Our first home").values(value_cents=1))
        await change(session, *rest)

    monkeypatch.setattr(rounds, "make_all", changed_first)
    await brought_in(cast.alice, file)
    await taken_back(cast.alice, file)
    assert list(await in_deals()) == ["Our first home"]


async def test_a_part_of_a_deal_never_comes_in_alone(sqlite, cast):
    rows = (
        "7,Zoe,Ling,zoe@example.com,,Our first home,750k,\n"
        "7,Tama,Ling,tama@@example,,,,\n"
        "8,Ana,Ngata,ana@example.com,,Car,90k,\n"
        "8,Rua,Ngata,rua@example.com,,Boat,80k,\n"
        "9,Kim,Nguyen,kim@example.com,,{deal},,\n"
        "9,Sia,Nguyen,sia@example.com,,,,\n"
        "10,Moe,Reid,moe@example.com,,,,\n"
        "10,Moe,Reid,moe@example.com,,,,\n"
    )
    async with reading() as session:
        deal = await session.get(Deal, cast.deal.id)
    file = await chosen(cast.alice, (HEADINGS + rows.replace("{deal}", deal.name)).encode())
    counts = await looked_at(cast.alice, file)
    async with reading() as session:
        found = {each.number: each for each in await session.scalars(select(ImportRow))}
    assert counts == {RowState.GOOD: 1, RowState.BAD: 5, RowState.KNOWN: 2}
    assert found[2].says == [
        "Row 3 is the same deal and can’t come in. Put that right first, so that they come in together."
    ]
    assert found[5].says[0].startswith("Row 4 says this deal differently (deal, amount).")
    assert found[4].says[0].startswith("Row 5 is the same deal")
    assert found[7].says == ["You have the deal of row 6 already. Add this person to it there."]
    assert found[8].state is RowState.GOOD and found[9].state is RowState.KNOWN


async def test_whoever_stands_in_a_row_that_stays_out_is_not_known_by_it(sqlite, cast):
    rows = (
        "8,Ana,Ngata,ana@example.com,,Car,90k,\n"
        "8,Rua,Ngata,rua@example.com,,Boat,,\n"
        ",Rua,Ngata,rua@example.com,,,,\n"
    )  # fmt: skip
    file = await chosen(cast.alice, (HEADINGS + rows).encode())
    assert await looked_at(cast.alice, file) == {RowState.BAD: 2, RowState.GOOD: 1}


async def test_an_overlong_number_is_refused_and_kept(sqlite, cast):
    file = await chosen(cast.alice, (HEADINGS + f"{'7' * 61},Zoe,Ling,zoe@example.com,,,,\n").encode())
    assert await looked_at(cast.alice, file) == {RowState.BAD: 1}
    async with reading() as session:
        row = (await session.scalars(select(ImportRow))).one()
    assert "at most 60 characters" in row.says[0] and row.cells[0] == "7" * 61
