"""A spreadsheet comes in whole, names what can't, brings nobody twice, tells nobody, and goes again without a trace."""

import asyncio

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.contacts.queries import contacts_page
from salestrekker_portal.domains.fact_find.looks import begin_looking
from salestrekker_portal.domains.imports import rounds, service
from salestrekker_portal.domains.imports.queries import left_out
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.imports import DataImport, ImportRow, ImportStatus, RowState
from salestrekker_portal.tables.notifications import Notice
from salestrekker_portal.tables.organisations import Role, User
from salestrekker_portal.tables.outbox import OutboxMessage
from salestrekker_portal.tables.security_log import SecurityEvent
from tests import factories as make
from tests.cast import join
from tests.domains.imports.files import WRONG, line_of, written

# The file itself, and that somebody brought it in and took it back.
STAYS_ON_RECORD = {"data_imports", "import_rows", "activities", "security_events"}


async def chosen(actor, raw, name="deals.csv") -> DataImport:
    async with transaction() as session:
        return await service.begin_import(session, actor, name, raw)


async def until_done() -> None:
    while await rounds.import_round():
        pass


async def looked_at(actor, file, **typed) -> dict[RowState, int]:
    mapping = {f"column-{place}": field for place, field in enumerate(file.mapping)} | typed
    async with transaction() as session:
        await service.check_import(session, actor, file.id, mapping, None)
    await until_done()
    return await counts(file)


async def counts(file) -> dict[RowState, int]:
    async with reading() as session:
        found = select(ImportRow.state, func.count()).where(ImportRow.import_id == file.id).group_by(ImportRow.state)
        return dict((await session.execute(found)).all())


async def brought_in(actor, file) -> None:
    async with transaction() as session:
        await service.bring_in(session, actor, file.id)
    await until_done()


async def taken_back(actor, file) -> None:
    async with transaction() as session:
        await service.take_back(session, actor, file.id)
    await until_done()


async def everything() -> dict[str, list]:
    """Every row of the database, but what stays on record; a running number is never given twice."""
    found = {}
    async with reading() as session:
        for table in SQLModel.metadata.sorted_tables:
            if table.name not in STAYS_ON_RECORD:
                columns = [each for each in table.columns if each.name != "deals_made"]
                found[table.name] = sorted(map(repr, await session.execute(select(*columns))))
    return found


@pytest.mark.slow
async def test_five_thousand_rows_with_three_hundred_bad_ones_come_in_and_go_again(sqlite, cast):
    lines = [line_of(number) for number in range(4_700)]
    bad = {number * 16: WRONG[number % len(WRONG)] for number in range(300)}
    for place, wrong in sorted(bad.items()):
        lines.insert(place, line_of(place, **wrong))
    before = await everything()
    file = await chosen(cast.alice, written(lines))
    assert await looked_at(cast.alice, file) == {RowState.GOOD: 4_700, RowState.BAD: 300}
    async with reading() as session:
        _, text = await left_out(session, cast.alice, file.id)
        found = select(ImportRow.number, ImportRow.says).where(ImportRow.state == RowState.BAD)
        said = dict((await session.execute(found)).all())
    assert sorted(said) == [place + 2 for place in sorted(bad)]
    assert said[2] == ["E-mail “kim@@example”: Enter an e-mail address like name@example.com."]
    assert said[66] == ["First name: Enter a name. One is enough for somebody who has only one."]
    assert text.count("No stage of yours is called that.") == 60
    await brought_in(cast.alice, file)
    async with reading() as session:
        deals = list(await session.scalars(select(Deal).where(Deal.name.like("Home loan %")).order_by(Deal.rank)))
        assert await session.scalar(select(func.count()).select_from(Contact)) == len(before["contacts"]) + 4_700
    assert len(deals) == 4_700 and len({each.reference for each in deals}) == 4_700
    assert [each.name for each in deals[:2]] == ["Home loan 0", "Home loan 1"]
    assert {each.value_cents for each in deals} == {75_000_000, 125_000_000, 64_000_000}
    assert {each.stage_id for each in deals} == {cast.stages[1].id} and deals[0].clients_line == "Zoë0 O’Brien"
    assert deals[0].summary.startswith("Two lines,\nand a")
    async with reading() as session:
        for table in (OutboxMessage, Notice):
            assert await session.scalar(select(func.count()).select_from(table)) == 0, "somebody was told"
    await taken_back(cast.alice, file)
    assert await everything() == before


async def test_a_person_is_brought_in_once_and_a_deal_too(database, cast):
    lines = [
        line_of(1),
        line_of(1, Opportunity="Car"),
        line_of(1),
        line_of(2, **{"First Name": "Kim", "Surname": "NGUYEN", "Email Address": "KIM@example.com", "Opportunity": "",
                      "Loan Amount": "", "Status": "", "Mobile Phone": ""}),
        line_of(3, **{"First Name": "Kim", "Surname": "Nguyen", "Email Address": "kim@example.com"}),
    ]  # fmt: skip
    file = await chosen(cast.alice, written(lines, mark=",", letters="utf-8-sig"))
    assert await looked_at(cast.alice, file) == {RowState.GOOD: 3, RowState.KNOWN: 2}
    await brought_in(cast.alice, file)
    async with reading() as session:
        zoes = [each.name for each in await contacts_page(session, cast.alice, "zoe")]
        kims = select(Deal.name).join(DealApplicant, DealApplicant.deal_id == Deal.id)
        kims = kims.where(DealApplicant.contact_id == cast.kim_contact.id, Deal.name.like("Home loan%"))
        assert zoes == ["Zoë1 O’Brien"] and list(await session.scalars(kims)) == ["Home loan 3"]
    with pytest.raises(Invalid, match="this very file"):
        await chosen(cast.alice, written(lines, mark=",", letters="utf-8-sig"))
    again = await chosen(cast.alice, written([*lines, line_of(9)], mark="\t", letters="utf-16"))
    assert await looked_at(cast.alice, again) == {RowState.GOOD: 1, RowState.KNOWN: 5}


async def test_what_was_built_on_stays_and_is_said(database, cast):
    file = await chosen(cast.alice, written([line_of(number) for number in range(4)]))
    await looked_at(cast.alice, file)
    await brought_in(cast.alice, file)
    async with reading() as session:
        deals = {each.name: each for each in await session.scalars(select(Deal))}
        zoe3 = await session.scalar(select(Contact).where(Contact.email == "zoe3@example.com"))
    async with transaction() as session:
        await add_note(session, cast.alice, deals["Home loan 2"].id, "Called them")
        await begin_looking(session, cast.alice, deals["Home loan 1"].id, utc_now())  # a look builds nothing
    async with transaction() as session:
        (await session.get(Contact, zoe3.id)).last_name = "Ling"
    await taken_back(cast.alice, file)
    async with reading() as session:
        left = list(await session.scalars(select(Deal.name).where(Deal.name.like("Home loan%"))))
        people = list(await session.scalars(select(Contact.email).where(Contact.email.like("zoe%")).order_by("email")))
        says = [
            each for row in await session.scalars(select(ImportRow.says).order_by(ImportRow.number)) for each in row
        ]
    assert left == ["Home loan 2"] and people == ["zoe2@example.com", "zoe3@example.com"]
    assert len(says) == 2 and "happened on it since" in says[0] and says[1].startswith("Zoë3 Ling stays")
    with pytest.raises(Conflict):
        await taken_back(cast.alice, file)


async def test_only_admins_bring_in_and_the_security_log_knows(sqlite, cast):
    raw = written([line_of(1)])
    for actor in (cast.bob, cast.kim, cast.priya):
        with pytest.raises(NotPermitted):
            await chosen(actor, raw)
    file = await chosen(cast.alice, raw)
    assert (await chosen(cast.alice, raw)).id == file.id
    with pytest.raises(Conflict, match=r"deals\.csv waits here"):
        await chosen(cast.alice, written([line_of(2)]))
    for deed in (service.bring_in, service.take_back, service.drop_import, service.choose_again):
        for actor, refusal in ((cast.bob, NotPermitted), (cast.mallory, NotFound)):
            with pytest.raises(refusal):
                async with transaction() as session:
                    await deed(session, actor, file.id)
    await looked_at(cast.alice, file)
    await brought_in(cast.alice, file)
    await taken_back(cast.alice, file)
    async with reading() as session:
        kinds = list(await session.scalars(select(SecurityEvent.kind).order_by(SecurityEvent.created_at)))
    assert kinds[-2:] == ["settings:imported", "settings:import_taken_back"]


async def test_a_batch_that_dies_is_done_once(sqlite, cast, monkeypatch):
    file = await chosen(cast.alice, written([line_of(number) for number in range(250)]))
    await looked_at(cast.alice, file)
    async with transaction() as session:
        await service.bring_in(session, cast.alice, file.id)
    assert await rounds.import_round() == rounds.A_BATCH

    async def dies(*_):
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setitem(rounds._WORK, ImportStatus.RUNNING, ((RowState.GOOD,), dies, ImportStatus.DONE))
        await rounds.import_round()
    assert await counts(file) == {RowState.IN: 100, RowState.GOOD: 150}
    await taken_back(cast.alice, file)
    async with reading() as session:
        assert await session.scalar(select(func.count()).where(Deal.name.like("Home loan%"))) == 0
        assert (await session.get(DataImport, file.id)).status is ImportStatus.TAKEN_BACK


async def test_of_two_brokers_with_one_name_nobody_is_guessed(sqlite, cast):
    async with transaction() as session:
        for email in ("pat@example.com", "pat.two@example.com"):
            await make.make_user(session, cast.firm, Role.BROKER, first_name="Pat", last_name="Ngata", email=email)
    raw = b"Name,Deal,Owner\nZoe A,Car,Pat Ngata\nZoe B,Car,PAT@example.com\nZoe C,Car,mallory@example.com\n"
    file = await chosen(cast.alice, raw)
    assert await looked_at(cast.alice, file) == {RowState.GOOD: 1, RowState.BAD: 2}
    await brought_in(cast.alice, file)
    async with reading() as session:
        owners = select(User.email).join(Deal, Deal.owner_id == User.id).where(Deal.name == "Car")
        assert list(await session.scalars(owners)) == ["pat@example.com"]


async def test_columns_are_remembered_and_files_forgotten(sqlite, cast, frozen_clock):
    raw = b"Who;Ring\r\nKim Ngata;12\r\n"
    file = await chosen(cast.alice, raw)
    assert file.mapping == ["", ""]
    with pytest.raises(Invalid, match="which column has the name"):
        await looked_at(cast.alice, file)
    with pytest.raises(Invalid, match="is the full name already"):
        await looked_at(cast.alice, file, **{"column-0": "name", "column-1": "name"})
    assert await looked_at(cast.alice, file, **{"column-0": "name", "column-1": "mobile"}) == {RowState.BAD: 1}
    async with transaction() as session:
        await service.drop_import(session, cast.alice, file.id)
    file = await chosen(cast.alice, raw)
    await looked_at(cast.alice, file, **{"column-0": "name"})
    await brought_in(cast.alice, file)
    assert (await chosen(cast.alice, raw + b"Sam Reid;\r\n")).mapping == ["name", ""]
    clock.freeze(frozen_clock + 2 * rounds.KEPT_FOR)
    await rounds.sweep_imports()
    async with reading() as session:
        assert list(await session.scalars(select(DataImport.id))) == [file.id]
        assert await session.scalar(select(func.count()).select_from(ImportRow)) == 0


async def test_two_admins_at_once_bring_one_file_in_once(database, cast):
    """Both choose it, both press, and two workers take it up."""
    async with transaction() as session:
        dana = await join(session, cast, Role.ADMIN)
    raw = written([line_of(number) for number in range(30)])
    file, same = await asyncio.gather(chosen(cast.alice, raw), chosen(dana, raw))
    assert file.id == same.id and await looked_at(dana, file) == {RowState.GOOD: 30}
    pressed = await asyncio.gather(brought_in(cast.alice, file), brought_in(dana, file), return_exceptions=True)
    assert [str(each) for each in pressed if each] == [service.AT_WORK_ALREADY]
    await asyncio.gather(until_done(), until_done())
    assert await counts(file) == {RowState.IN: 30}
    async with reading() as session:
        brought = list(await session.scalars(select(Deal).where(Deal.name.startswith("Home loan "))))
    assert len(brought) == 30 == len({each.reference for each in brought}) == len({each.name for each in brought})
