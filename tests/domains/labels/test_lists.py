"""Labels, flows, document lists and partners' switches: made, changed and put away without touching deals."""

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.documents import lists
from salestrekker_portal.domains.documents.requests import lists_for
from salestrekker_portal.domains.firm import partner_settings
from salestrekker_portal.domains.labels import service as labels
from salestrekker_portal.domains.labels.queries import labels_of
from salestrekker_portal.domains.organisations import flow_choice
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.labels import DealLabel
from salestrekker_portal.tables.organisations import Flow

FLOW = {"name": "Short", "flow_type": "home_loan", "sections": ["applicant.personal_details"]}
LIST = {
    "name": "First meeting",
    "lines": "Payslips | Two most recent\nContract of sale | | one for all\n\nRates notice",
}


async def _do(deed, *args, **more):
    async with transaction() as session:
        return await deed(session, *args, **more)


async def test_a_renamed_label_is_renamed_on_the_cards_and_a_deleted_one_leaves_them(sqlite, cast):
    label = await _do(labels.add_label, cast.alice, "Investor ")
    async with transaction() as session:
        session.add(DealLabel(deal_id=cast.deal.id, label_id=label.id))
    await _do(labels.rename_label, cast.alice, label.id, "Landlord")
    async with reading() as session:
        assert (await session.get(Deal, cast.deal.id)).labels_line == "Landlord"
        assert ("Landlord", 1) in [(each.name, n) for each, n in await labels.labels_with_use(session, cast.alice)]
    await _do(labels.delete_label, cast.alice, label.id)
    async with reading() as session:
        assert (await session.get(Deal, cast.deal.id)).labels_line == ""
        assert label.id not in {each.id for each in await labels_of(session, cast.firm.id)}


@pytest.mark.parametrize("typed", ["", "   ", "x" * 41, "x" * 10_000, None, ["a"], "investor"])
async def test_a_label_that_is_empty_long_or_there_already_is_refused(sqlite, cast, typed):
    await _do(labels.add_label, cast.alice, "Investor")
    with pytest.raises(Invalid):
        await _do(labels.add_label, cast.alice, typed)


async def test_a_flow_is_made_of_known_sections_in_the_order_of_the_catalogue(sqlite, cast):
    chosen = ["needs.purposes", "nonsense", "applicant.personal_details", 7]
    flow = await _do(flow_choice.save_flow, cast.alice, None, **{**FLOW, "sections": chosen})
    assert flow.section_ids == ["applicant.personal_details", "needs.purposes"]
    copy = await _do(flow_choice.duplicate_flow, cast.alice, flow.id)
    assert copy.name == "Short (copy)" and copy.section_ids == flow.section_ids
    await _do(flow_choice.shift_flow, cast.alice, copy.id, up=True)
    async with reading() as session:
        assert [each.id for each in await flow_choice.flows_in_use(session, cast.alice)][:2] == [copy.id, flow.id]
    await _do(flow_choice.retire_flow, cast.alice, flow.id)
    with pytest.raises(Conflict):
        await _do(flow_choice.retire_flow, cast.alice, copy.id)
    async with reading() as session:
        assert (await session.get(Flow, flow.id)).retired_at is not None


@pytest.mark.parametrize(
    ("field", "typed"),
    [("name", ""), ("name", "x" * 10_000), ("flow_type", "mortgage"), ("flow_type", []), ("sections", []),
     ("sections", ["<script>"])],
)  # fmt: skip
async def test_a_flow_without_a_section_is_refused(sqlite, cast, field, typed):
    with pytest.raises(Invalid) as refusal:
        await _do(flow_choice.save_flow, cast.alice, None, **{**FLOW, field: typed})
    assert list(refusal.value.errors) == [field]


async def test_an_own_list_is_offered_before_those_that_ship(sqlite, cast):
    kept = await _do(lists.save_list, cast.alice, None, **LIST)
    assert [(item["name"], item["each"]) for item in kept.items] == [
        ("Payslips", True), ("Contract of sale", False), ("Rates notice", True)
    ]  # fmt: skip
    assert lists.items_from(lists.lines_of(kept.items)) == kept.items
    async with reading() as session:
        assert (await lists_for(session, cast.bob))[0].name == "First meeting"
        assert "First meeting" not in {each.name for each in await lists_for(session, cast.mallory)}
    await _do(lists.delete_list, cast.alice, kept.id)
    async with reading() as session:
        assert "First meeting" not in {each.name for each in await lists_for(session, cast.alice)}


@pytest.mark.parametrize("typed", ["", "\n\n", " | why", "x" * 10_000, "a\n" * 101, "a | " + "x" * 401, None])
async def test_lines_that_are_no_list_are_refused(sqlite, cast, typed):
    with pytest.raises(Invalid) as refusal:
        await _do(lists.save_list, cast.alice, None, name="A", lines=typed)
    assert "lines" in refusal.value.errors


async def test_partners_switches_are_the_admins(sqlite, cast):
    await _do(partner_settings.switch_for_partners, cast.alice, "can_add_notes", on=False)
    await _do(partner_settings.choose_workflow, cast.alice, cast.workflow.id)
    async with reading() as session:
        kept = await partner_settings.partner_settings_of(session, cast.alice)
        assert not kept.can_add_notes and kept.default_workflow_id == cast.workflow.id
    for wrong in ("organisation_id", "", None, "x" * 10_000):
        with pytest.raises(Invalid):
            await _do(partner_settings.switch_for_partners, cast.alice, wrong, on=False)
    with pytest.raises(NotFound):
        await _do(partner_settings.choose_workflow, cast.mallory, cast.workflow.id)


async def test_only_an_admin_of_the_firm_changes_any_of_it(sqlite, cast):
    label = await _do(labels.add_label, cast.alice, "Investor")
    flow = await _do(flow_choice.save_flow, cast.alice, None, **FLOW)
    await _do(flow_choice.save_flow, cast.alice, None, **FLOW)
    kept = await _do(lists.save_list, cast.alice, None, **LIST)
    deeds = (
        lambda s, a: labels.rename_label(s, a, label.id, "Mine"),
        lambda s, a: labels.delete_label(s, a, label.id),
        lambda s, a: flow_choice.save_flow(s, a, flow.id, **FLOW),
        lambda s, a: flow_choice.duplicate_flow(s, a, flow.id),
        lambda s, a: flow_choice.shift_flow(s, a, flow.id, up=True),
        lambda s, a: flow_choice.retire_flow(s, a, flow.id),
        lambda s, a: lists.save_list(s, a, kept.id, **LIST),
        lambda s, a: lists.delete_list(s, a, kept.id),
    )
    for deed in deeds:
        for actor, refusal in ((cast.bob, NotPermitted), (cast.priya, NotPermitted), (cast.mallory, NotFound)):
            with pytest.raises(refusal):
                await _do(deed, actor)
    for deed in (
        lambda s, a: labels.add_label(s, a, "Mine"),
        lambda s, a: flow_choice.save_flow(s, a, None, **FLOW),
        lambda s, a: lists.save_list(s, a, None, **LIST),
        lambda s, a: partner_settings.switch_for_partners(s, a, "can_add_notes", on=False),
        lambda s, a: partner_settings.choose_workflow(s, a, None),
    ):
        with pytest.raises(NotPermitted):
            await _do(deed, cast.bob)
    async with reading() as session:
        assert len(list(await session.scalars(select(Flow).where(Flow.organisation_id == cast.firm.id)))) == 2
