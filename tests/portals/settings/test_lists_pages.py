"""Users, labels, flows, document lists and partners' switches through the gate."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.signing_in.sessions import actor_of
from salestrekker_portal.portals.settings.document_lists.state import DocumentListsState
from salestrekker_portal.portals.settings.flows.state import FlowsState
from salestrekker_portal.portals.settings.labels.state import LabelsState
from salestrekker_portal.portals.settings.partner_portal.state import PartnerPortalSettingsState
from salestrekker_portal.portals.settings.users.state import UsersState
from salestrekker_portal.portals.shared.flow_picker import ticked
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Role
from tests.cast import join
from tests.support.harness import Harness


@pytest.fixture
async def browser(sqlite):
    async with Harness() as harness:
        yield harness


async def test_an_admin_invites_changes_and_switches_off(browser, cast):
    seat = {"cookie": cast.cookies["alice"], "path": "/settings/users"}
    state = await browser.call(UsersState.invite, **seat, form={"last_name": " ", "email": "jo", "role": "broker"})
    assert set(state.errors) == {"first_name", "email"} and not state.saved
    form = {"first_name": "Jo", "last_name": "Lee", "email": "jo@example.com", "role": "broker"}
    state = await browser.call(UsersState.invite, **seat, form=form)
    assert not state.errors and {each["name"]: each["state"] for each in state.people}["Jo Lee"] == "invited"
    await browser.call(UsersState.invite, **seat, form={**form, "email": "x@example.com", "role": "owner"})
    state = await browser.call(UsersState.choose_role, **seat, user_id=str(cast.bob_user.id), role="admin")
    assert state.saved and {each["id"]: each["role"] for each in state.people}[str(cast.bob_user.id)] == "admin"
    form = {"user": str(cast.bob_user.id)}
    state = await browser.call(UsersState.ask_disable, **seat, user_id=form["user"])
    assert state.leaving_name == "Bob Tran" and form["user"] not in {each["value"] for each in state.colleagues}
    state = await browser.call(UsersState.disable, **seat, form=form)
    assert {each["id"]: each["state"] for each in state.people}[form["user"]] == "off"
    async with reading() as session:
        assert await actor_of(session, Portal.BROKER, cast.cookies["bob"].split("=", 1)[1]) is None
    await browser.call(UsersState.choose_role, **seat, user_id=str(cast.alice_user.id), role=Role.ASSISTANT.value)
    assert browser.refusal.startswith("A firm needs an admin")


async def test_labels_say_what_is_wrong_where_it_was_typed(browser, cast):
    seat = {"cookie": cast.cookies["alice"], "path": "/settings/labels"}
    state = await browser.call(LabelsState.save, **seat, form={"name": "Investor"})
    label = next(each for each in state.labels if each["name"] == "Investor")
    assert label["use"] == "0 deals" and state.saved
    state = await browser.call(LabelsState.save, **seat, form={"name": "investor"})
    assert "already" in state.errors["add"]
    state = await browser.call(LabelsState.edit, **seat, label_id=label["id"], remove=False)
    state = await browser.call(LabelsState.save, **seat, form={"label": label["id"], "name": ""})
    assert state.editing == label["id"] and state.errors["edit"]
    state = await browser.call(LabelsState.remove, **seat, label_id=label["id"])
    assert label["id"] not in {each["id"] for each in state.labels}


async def test_a_flow_is_ticked_together_by_page_and_by_section(browser, cast):
    seat = {"cookie": cast.cookies["alice"], "path": "/settings/flows"}
    state = await browser.call(FlowsState.edit, **seat, flow_id="")
    assert (
        state.open and "applicant.personal_details" in ticked(state.pages) and "entity.details" in ticked(state.pages)
    )
    state = await browser.call(FlowsState.choose_type, **seat, flow_type="personal_loan")
    assert "needs.uses" in ticked(state.pages) and "needs.borrowing" not in ticked(state.pages)
    for page in list(state.pages):
        state = await browser.call(FlowsState.tick_page, **seat, key=page["key"], on=False)
    form = {"name": "Short", "flow_type": "personal_loan"}
    state = await browser.call(FlowsState.save, **seat, form=form)
    assert "section" in state.errors["sections"] and state.open
    state = await browser.call(FlowsState.tick_section, **seat, section="<script>", on=True)
    state = await browser.call(FlowsState.tick_section, **seat, section="applicant.personal_details", on=True)
    state = await browser.call(FlowsState.save, **seat, form=form)
    assert [each["name"] for each in state.flows] == ["Short"] and "1 section" in state.flows[0]["facts"]
    state = await browser.call(FlowsState.duplicate, **seat, flow_id=state.flows[0]["id"])
    state = await browser.call(FlowsState.retire, **seat, flow_id=state.flows[0]["id"])
    assert [each["name"] for each in state.flows] == ["Short (copy)"]


async def test_a_list_of_ours_is_copied_to_change_it(browser, cast):
    seat = {"cookie": cast.cookies["alice"], "path": "/settings/document-lists"}
    state = await browser.call(DocumentListsState.load, **seat)
    assert not state.own and len(state.ours) > 5
    state = await browser.call(DocumentListsState.edit, **seat, key=state.ours[0]["id"])
    assert state.open and state.draft["id"] == "" and state.draft["lines"]
    form = {"list": "", "name": "Ours", "lines": state.draft["lines"]}
    state = await browser.call(DocumentListsState.save, **seat, form=form)
    assert [each["name"] for each in state.own] == ["Ours"] and state.saved
    for wrong in (None, {"list": "<script>"}, {"name": "x" * 10_000, "lines": "a"}):
        state = await browser.call(DocumentListsState.save, **seat, form=wrong)
        assert len(state.own) == 1


async def test_partners_switches_are_saved_at_once(browser, cast):
    seat = {"cookie": cast.cookies["alice"], "path": "/settings/partner-portal"}
    state = await browser.call(PartnerPortalSettingsState.switch, **seat, name="can_add_deals", on=False)
    assert not state.can_add_deals and state.saved
    state = await browser.call(PartnerPortalSettingsState.choose, **seat, workflow_id=str(cast.workflow.id))
    assert state.workflow == str(cast.workflow.id)


@pytest.mark.parametrize("state", [UsersState, LabelsState, FlowsState, DocumentListsState, PartnerPortalSettingsState])
async def test_everybody_else_is_kept_out(browser, cast, state):
    await browser.call(state.load, cookie=cast.cookies["bob"], path="/settings")
    assert browser.refusal.startswith("Only an admin")


async def test_a_broker_has_flows_of_their_own_and_can_not_touch_the_firms(browser, cast):
    async with transaction() as session:
        await join(session, cast)
    admin = {"cookie": cast.cookies["alice"], "path": "/settings/flows", "tab": "alice"}
    seat = {"cookie": cast.cookies["dana"], "path": "/settings/flows"}
    for name in ("Firm", "Second"):
        await browser.call(FlowsState.edit, **admin, flow_id="")
        form = {"name": name, "flow_type": "home_loan", "whose": "organisation"}
        state = await browser.call(FlowsState.save, **admin, form=form)
    firms = state.flows[0]["id"]
    state = await browser.call(FlowsState.load, **seat)
    assert [(each["whose"], each["may"]) for each in state.flows] == [("Organisation", False)] * 2
    await browser.call(FlowsState.edit, **seat, flow_id=firms)
    form = {"flow": firms, "name": "Taken", "flow_type": "home_loan"}
    for handler, payload in (
        (FlowsState.save, {"form": form}),
        (FlowsState.shift, {"flow_id": firms, "up": False}),
        (FlowsState.retire, {"flow_id": firms}),
    ):
        await browser.call(handler, **seat, **payload)
        assert browser.refusal.startswith("Only an admin"), handler
    await browser.call(FlowsState.edit, **seat, flow_id="")
    # Whatever a broker's form says, what they make is their own.
    form = {"name": "Mine", "flow_type": "home_loan", "whose": "organisation"}
    state = await browser.call(FlowsState.save, **seat, form=form)
    state = await browser.call(FlowsState.duplicate, **seat, flow_id=firms)
    assert [(each["name"], each["whose"]) for each in state.flows[2:]] == [("Mine", "Yours"), ("Firm (copy)", "Yours")]
    state = await browser.call(FlowsState.load, **admin)
    assert [each["name"] for each in state.flows] == ["Firm", "Second"]
