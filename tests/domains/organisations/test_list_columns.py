"""The columns of the list of deals: chosen, ordered and widened by each person for themself."""

import asyncio

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.organisations.list_columns import (
    LEAST_WIDTH,
    MOST_WIDTH,
    STANDARD,
    DealColumn,
    ShownColumn,
    as_wide,
    change_columns,
    columns_from,
    columns_kept,
    placed,
    scope_of,
    shown_or_not,
)
from salestrekker_portal.kernel.errors import Invalid, NotPermitted

VIEW = scope_of("view=list&owner=me")


def keys(columns) -> list[str]:
    return [each.key.value for each in columns]


async def kept(actor, scope: str = ""):
    async with reading() as session:
        return columns_from(await session.scalar(select(columns_kept(actor, scope))))


async def change(actor, scope, what):
    async with transaction() as session:
        return await change_columns(session, actor, scope, what)


def test_columns_are_shown_hidden_and_put_elsewhere_behind_the_name():
    assert keys(STANDARD)[:4] == ["deal", "stage", "amount", "days"]
    fewer = shown_or_not(STANDARD, DealColumn.STAGE, False)
    assert "stage" not in keys(fewer) and keys(shown_or_not(fewer, DealColumn.STAGE, True))[-1] == "stage"
    assert shown_or_not(STANDARD, DealColumn.STAGE, True) == STANDARD
    assert shown_or_not(STANDARD, DealColumn.DEAL, False) == placed(STANDARD, DealColumn.DEAL, 4) == STANDARD
    assert keys(placed(STANDARD, DealColumn.SETTLES, 1))[:3] == ["deal", "settles", "stage"]
    assert keys(placed(STANDARD, DealColumn.STAGE, 0))[0] == "deal"
    assert keys(placed(STANDARD, DealColumn.STAGE, 99))[-1] == "stage"
    assert placed(STANDARD, DealColumn.LVR, 2) == STANDARD


def test_a_width_stays_within_what_can_be_read():
    def width(pixels):
        return as_wide(STANDARD, DealColumn.STAGE, pixels)[1].width

    assert [width(each) for each in (0, -5, 1, 200, 9999)] == [0, 0, LEAST_WIDTH, 200, MOST_WIDTH]


@pytest.mark.parametrize("junk", [None, "x", {}, 5])
def test_nothing_kept_is_the_standard(junk):
    assert columns_from(junk) == STANDARD


def test_what_is_kept_is_read_as_far_as_it_means_something():
    raw = [["stage", 120], ["gone", 5], ["amount"], ["days", "x"], ["stage", 90], 7]
    assert columns_from(raw) == (
        ShownColumn(DealColumn.DEAL),
        ShownColumn(DealColumn.STAGE, 120),
        ShownColumn(DealColumn.DAYS),
    )


async def test_each_person_keeps_their_own_in_each_firm_and_view(database, cast):
    await change(cast.alice, "", lambda columns: shown_or_not(columns, DealColumn.LVR, True))
    await change(cast.alice, VIEW, lambda columns: as_wide(columns, DealColumn.LVR, 120))
    await change(cast.alice, VIEW, lambda columns: shown_or_not(columns, DealColumn.DAYS, False))
    assert keys(await kept(cast.alice)) == [*keys(STANDARD), "lvr"]
    assert keys(await kept(cast.alice, scope_of("view=list&owner=other"))) == [*keys(STANDARD), "lvr"]
    own = await kept(cast.alice, VIEW)
    assert "days" not in keys(own) and own[-1] == ShownColumn(DealColumn.LVR, 120)
    assert await kept(cast.bob, VIEW) == await kept(cast.mallory) == STANDARD
    assert await change(cast.alice, VIEW, None) == STANDARD == await kept(cast.alice, VIEW)


async def test_two_tabs_at_once_keep_both_changes(database, cast):
    await change(cast.alice, "", lambda columns: columns)
    await asyncio.gather(
        change(cast.alice, "", lambda columns: shown_or_not(columns, DealColumn.LVR, True)),
        change(cast.alice, "", lambda columns: shown_or_not(columns, DealColumn.DAYS, False)),
    )
    now = keys(await kept(cast.alice))
    assert "lvr" in now and "days" not in now


async def test_one_column_stays_and_clients_and_partners_choose_none(sqlite, cast):
    with pytest.raises(Invalid):
        await change(cast.alice, "", lambda columns: columns[:1])
    for actor in (cast.kim, cast.priya):
        with pytest.raises(NotPermitted):
            await change(actor, "", None)
    assert await kept(cast.alice) == STANDARD
