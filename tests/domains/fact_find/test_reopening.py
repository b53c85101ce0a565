"""L20: one section opened for the client, without moving the deal back; and asking for it (L19)."""

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.context import profile_context
from salestrekker_portal.domains.fact_find.queries import open_copy
from salestrekker_portal.domains.fact_find.reopening import NOT_LOCKED, reopen_section
from salestrekker_portal.domains.fact_find.screens import block_of
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, NotFound, NotPermitted
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.workflows import FactFindMode, Stage

PERSONAL, ADDRESSES = "applicant.personal_details", "applicant.addresses"


async def _stage(cast, number, **facts):
    async with transaction() as session:
        (await session.get(Stage, cast.stages[number].id)).fact_find = FactFindMode.READ_ONLY
        deal = await session.get(Deal, cast.deal.id)
        deal.stage_id = cast.stages[number].id
        for name, value in facts.items():
            setattr(deal, name, value)


async def _reopen(actor, cast, section=PERSONAL, opened=True):
    async with transaction() as session:
        await reopen_section(session, actor, cast.deal.id, section, opened=opened)


async def _save(cast, section, key, raw):
    async with transaction() as session:
        return await save_answer(session, cast.kim, cast.deal.id, Place(section_id=section, field_key=key), raw)


async def test_one_section_is_opened_and_the_others_stay_locked(sqlite, cast):
    await _stage(cast, 3)
    assert (await _save(cast, PERSONAL, "first_name", "Kim")).held
    await _reopen(cast.alice, cast)
    saved = await _save(cast, PERSONAL, "first_name", "Kimberley")
    assert not saved.held and saved.version == 1
    assert (await _save(cast, ADDRESSES, "moved_in", "08/2024")).held
    async with reading() as session:
        copy = await open_copy(session, await profile_context(session, cast.kim, cast.deal.id), PERSONAL)
        assert copy.may_write and copy.answers["first_name"].raw == "Kimberley"
        whole = await read_whole(session, cast.kim, cast.deal.id)
        blocks = {c.section.key: block_of(whole, c) for c in whole.copies if c.page.key == "applicant"}
        assert "again" in blocks["personal_details"]["note"] and blocks["addresses"]["locked"]
        for_staff = await read_whole(session, cast.alice, cast.deal.id)
        offers = {c.section.key: block_of(for_staff, c)["reopen"] for c in for_staff.copies if c.subject == cast.kim.id}
        assert (offers["personal_details"], offers["addresses"]) == ("close", "open")
        kinds = await session.scalars(select(Activity.kind).where(Activity.deal_id == cast.deal.id))
        assert "profile:section_reopened" in set(kinds)
    await _reopen(cast.alice, cast, opened=False)
    assert (await _save(cast, PERSONAL, "first_name", "Kim")).held


async def test_moving_on_locks_it_again(sqlite, cast):
    await _stage(cast, 3)
    await _reopen(cast.alice, cast)
    await _stage(cast, 2)
    assert (await _save(cast, PERSONAL, "first_name", "Kim")).held


async def test_a_settled_deal_and_an_open_stage_have_nothing_to_open(sqlite, cast):
    with pytest.raises(Conflict, match=NOT_LOCKED[:20]):
        await _reopen(cast.alice, cast)
    await _stage(cast, 3, locked_at=utc_now())
    with pytest.raises(Conflict):
        await _reopen(cast.alice, cast)


@pytest.mark.parametrize(
    ("who", "refusal"), [("kim", NotFound), ("mallory", NotFound), ("priya", (NotFound, NotPermitted))]
)
async def test_nobody_else_opens_a_section(sqlite, cast, who, refusal):
    await _stage(cast, 3)
    with pytest.raises(refusal):
        await _reopen(getattr(cast, who), cast)
    with pytest.raises(NotFound):
        await _reopen(cast.alice, cast, section="applicant.nothing")
