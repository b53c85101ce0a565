"""Workflows change under their deals: nothing is lost, and two who edit at once are told."""

import pytest
from sqlalchemy import func, select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.pipeline import removing_stages as removing
from salestrekker_portal.domains.workflows import service
from salestrekker_portal.domains.workflows.queries import stages_of, workflows_with_stages
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, DomainError, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import PartnerPortalSettings
from salestrekker_portal.tables.portal_access import PortalAccess
from salestrekker_portal.tables.workflows import FactFindMode, Stage, Workflow

GOOD = {"name": "Valuation", "client_name": "Valuing your home", "probability_pct": "60%", "stale_days": "5"}


async def _version(cast):
    async with reading() as session:
        return (await session.get(Workflow, cast.workflow.id)).version


async def _do(deed, cast, *args, actor=None, **more):
    version = () if deed is service.change_stage else (await _version(cast),)
    async with transaction() as session:
        return await deed(session, actor or cast.alice, *args, *version, **more)


async def _deal(cast):
    async with reading() as session:
        return await session.get(Deal, cast.deal.id)


async def test_a_stage_is_added_changed_and_moved(sqlite, cast):
    async with transaction() as session:
        made = await service.add_stage(session, cast.alice, cast.workflow.id, 1, GOOD)
    assert (made.probability_pct, made.stale_days, made.client_name) == (60, 5, "Valuing your home")
    await _do(service.shift_stage, cast, made.id, up=True)
    async with reading() as session:
        assert [each.name for each in await stages_of(session, cast.workflow.id)][-2:] == ["Valuation", "Settlement"]
    assert await _version(cast) == 3


async def test_two_admins_at_once_and_the_second_is_told(sqlite, cast):
    stage = cast.stages[0].id
    async with transaction() as session:
        await service.change_stage(session, cast.alice, stage, GOOD)
    with pytest.raises(Conflict) as refusal:
        async with transaction() as session:
            await service.shift_stage(session, cast.alice, stage, 1, up=False)
    assert "Somebody else changed this workflow" in refusal.value.message
    async with reading() as session:
        assert (await session.get(Stage, stage)).name == "Valuation"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "x" * 10_000),
        ("client_meaning", "x" * 301),
        ("colour", "#123456"),
        ("probability_pct", "101"),
        ("probability_pct", "-1"),
        ("probability_pct", "many"),
        ("stale_days", "366"),
        ("stale_days", "1.5"),
        ("stale_days", "9" * 10_000),
        ("name", None),
        ("name", {"a": 1}),
    ],
)
async def test_what_a_stage_can_not_be_is_said_beside_its_field(sqlite, cast, field, typed):
    with pytest.raises(Invalid) as refusal:
        await _do(service.change_stage, cast, cast.stages[0].id, facts={**GOOD, field: typed})
    assert list(refusal.value.errors) == [field] and await _version(cast) == 1


async def test_script_text_is_kept_as_text(sqlite, cast):
    stage = await _do(
        service.change_stage, cast, cast.stages[0].id, facts={**GOOD, "name": "<script>alert(1)</script>"}
    )
    assert stage.name == "<script>alert(1)</script>"


async def test_read_only_takes_effect_for_deals_in_the_stage(sqlite, cast):
    stage = cast.stages[1].id
    await _do(service.change_stage, cast, stage, facts={**GOOD, "read_only": True})
    async with reading() as session:
        assert (await session.get(Stage, stage)).fact_find is FactFindMode.READ_ONLY


async def test_a_deleted_stage_hands_its_deals_on_the_put_away_ones_too(sqlite, cast):
    async with transaction() as session:
        old = await session.get(Deal, cast.deal.id)
        old.archived_at = utc_now()
    await _do(removing.delete_stage, cast, cast.stages[1].id, to_stage_id=cast.stages[2].id, archive=False)
    deal = await _deal(cast)
    assert deal.stage_id == cast.stages[2].id and deal.archived_at is not None
    async with reading() as session:
        assert await session.get(Stage, cast.stages[1].id) is None


async def test_a_deleted_stage_may_archive_its_deals_which_can_come_back(sqlite, cast):
    async with reading() as session:
        before = await session.scalar(select(func.count()).select_from(Deal))
    await _do(removing.delete_stage, cast, cast.stages[1].id, to_stage_id=None, archive=True)
    deal = await _deal(cast)
    assert deal.archived_at is not None and deal.stage_id == cast.stages[0].id
    async with reading() as session:
        assert await session.scalar(select(func.count()).select_from(Deal)) == before
        left = select(func.count()).where(PortalAccess.deal_id == deal.id, PortalAccess.revoked_at.is_(None))
        assert await session.scalar(left) == 0
        assert await access_deal(session, cast.alice, deal.id, Permission.DEAL_READ)


async def test_deals_need_a_place_and_a_firm_needs_a_stage_and_a_workflow(sqlite, cast):
    with pytest.raises(Invalid) as refusal:
        await _do(removing.delete_stage, cast, cast.stages[1].id, to_stage_id=None, archive=False)
    assert "to_stage" in refusal.value.errors
    with pytest.raises(NotFound):
        await _do(removing.delete_stage, cast, cast.stages[1].id, to_stage_id=cast.other_stages[0].id, archive=False)
    with pytest.raises(Conflict):
        await _do(removing.delete_workflow, cast, cast.workflow.id, to_stage_id=None, archive=True)
    assert (await _deal(cast)).stage_id == cast.stages[1].id


async def test_a_deleted_workflow_moves_its_deals_unless_leads_arrive_there(sqlite, cast):
    async with transaction() as session:
        other = await service.add_workflow(session, cast.alice, "Refinances")
        settings = select(PartnerPortalSettings).where(PartnerPortalSettings.organisation_id == cast.firm.id)
        (await session.scalars(settings)).one().default_workflow_id = cast.workflow.id
    async with reading() as session:
        [stage] = await stages_of(session, other.id)
    with pytest.raises(Conflict) as refusal:
        await _do(removing.delete_workflow, cast, cast.workflow.id, to_stage_id=stage.id, archive=False)
    assert "Partner Portal" in refusal.value.message
    async with transaction() as session:
        (await session.scalars(settings)).one().default_workflow_id = other.id
    await _do(removing.delete_workflow, cast, cast.workflow.id, to_stage_id=stage.id, archive=False)
    deal = await _deal(cast)
    assert (deal.workflow_id, deal.stage_id) == (other.id, stage.id)
    async with reading() as session:
        assert [each.name for each, _ in await workflows_with_stages(session, cast.alice)] == ["Refinances"]


async def test_only_an_admin_of_the_firm_changes_anything(sqlite, cast):
    for actor, refusal in ((cast.bob, NotPermitted), (cast.kim, NotPermitted), (cast.mallory, NotFound)):
        for deed in (
            lambda s, a: service.rename_workflow(s, a, cast.workflow.id, "Mine"),
            lambda s, a: service.add_stage(s, a, cast.workflow.id, 1, GOOD),
            lambda s, a: service.change_stage(s, a, cast.stages[0].id, GOOD),
            lambda s, a: service.shift_stage(s, a, cast.stages[1].id, 1, up=True),
            lambda s, a: removing.delete_stage(s, a, cast.stages[0].id, 1, to_stage_id=None, archive=True),
            lambda s, a: removing.delete_workflow(s, a, cast.workflow.id, 1, to_stage_id=None, archive=True),
        ):
            with pytest.raises(DomainError) as told:
                async with transaction() as session:
                    await deed(session, actor)
            assert isinstance(told.value, refusal)
    assert await _version(cast) == 1
