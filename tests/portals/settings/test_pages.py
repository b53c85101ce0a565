"""Client Portal, details and workflows through the gate."""

import json

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.portal_access.queries import settings_for
from salestrekker_portal.portals.settings.client_portal.state import ClientPortalSettingsState as Clients
from salestrekker_portal.portals.settings.organisation.state import OrganisationState
from salestrekker_portal.portals.settings.workflows.state import WorkflowsState
from tests.cast import join
from tests.support.harness import Harness

CLIENTS, FLOWS = "/settings/client-portal", "/settings/workflows"


@pytest.fixture
async def browser(sqlite):
    async with Harness() as harness:
        yield harness


async def test_an_admin_begins_with_the_organisations_settings(browser, cast):
    cookie = cast.cookies["alice"]
    state = await browser.call(Clients.load, cookie=cookie, path=CLIENTS)
    assert state.whose == "organisation" and state.may_edit and len(state.slots) == 2
    state = await browser.call(Clients.switch, cookie=cookie, path=CLIENTS, name="status_bar", on=False)
    assert not state.status_bar and state.saved.startswith("Saved ")
    async with reading() as session:
        assert not (await settings_for(session, cast.firm.id, cast.alice_user.id)).show_status_bar
    state = await browser.call(Clients.switch, cookie=cookie, path=f"{CLIENTS}?whose=own", name="status_bar", on=True)
    assert state.whose == "own" and state.is_own and state.status_bar
    state = await browser.call(Clients.follow_firm, cookie=cookie, path=f"{CLIENTS}?whose=own")
    assert not state.is_own and not state.status_bar


async def test_a_bad_link_stays_beside_its_field(browser, cast):
    cookie = cast.cookies["alice"]
    state = await browser.call(Clients.save_link, cookie=cookie, path=CLIENTS, form={"privacy_url": "harbour"})
    assert "https://" in state.errors["privacy_url"] and not state.saved
    good = {"privacy_url": "https://harbour.example.com/privacy"}
    state = await browser.call(Clients.save_link, cookie=cookie, path=CLIENTS, form=good)
    assert not state.errors and state.mode == "link" and state.url == good["privacy_url"]
    for wrong in (None, "x", ["a"], {"privacy_url": {"a": 1}}):
        await browser.call(Clients.save_link, cookie=cookie, path=CLIENTS, form=wrong)
    state = await browser.call(Clients.load, cookie=cookie, path=CLIENTS)
    assert state.url == good["privacy_url"]


async def test_a_broker_sees_the_firms_privacy_and_can_not_change_it(browser, cast):
    async with transaction() as session:
        await join(session, cast)
    cookie = cast.cookies["dana"]
    await browser.call(Clients.switch, cookie=cookie, path=CLIENTS, name="status_bar", on=False)
    good = {"privacy_url": "https://harbour.example.com/privacy"}
    for handler, payload in ((Clients.choose_mode, {"mode": "link"}), (Clients.save_link, {"form": good})):
        for path in (CLIENTS, f"{CLIENTS}?whose=own", f"{CLIENTS}?whose=organisation"):
            await browser.call(handler, cookie=cookie, path=path, **payload)
            assert browser.refusal.startswith("Only an admin")
    await browser.call(Clients.save_link, cookie=cast.cookies["alice"], path=CLIENTS, form=good)
    state = await browser.call(Clients.load, cookie=cookie, path=CLIENTS)
    assert state.is_own and state.may_edit and not state.may_set_privacy
    assert (state.mode, state.url) == ("link", good["privacy_url"])


async def test_an_assistant_looks_and_changes_nothing(browser, cast):
    cookie = cast.cookies["bob"]
    state = await browser.call(Clients.load, cookie=cookie, path=CLIENTS)
    assert state.ready and not state.may_edit
    for path in (CLIENTS, f"{CLIENTS}?whose=organisation"):
        await browser.call(Clients.switch, cookie=cookie, path=path, name="status_bar", on=False)
        assert browser.refusal.startswith("Only a")


async def test_details_are_saved_and_mistakes_are_kept_apart(browser, cast):
    cookie = cast.cookies["alice"]
    state = await browser.call(OrganisationState.load, cookie=cookie, path="/settings/organisation")
    assert state.details["name"] == "Harbour Finance"
    form = {"name": "Harbour Finance", "phone": "", "email": "", "licence": "ACL 1", "theme_colour": "#eee"}
    state = await browser.call(OrganisationState.save, cookie=cookie, path="/settings/organisation", form=form)
    assert list(state.errors) == ["theme_colour"] and not state.saved
    state = await browser.call(
        OrganisationState.save, cookie=cookie, path="/settings/organisation", form={**form, "theme_colour": "#0f6b66"}
    )
    assert not state.errors and state.saved and state.details["theme_colour"] == "#0f6b66"
    await browser.call(OrganisationState.load, cookie=cast.cookies["bob"], path="/settings/organisation", tab="bob")
    assert browser.refusal.startswith("Only an admin")


async def test_two_tabs_on_one_stage_and_the_second_is_asked(browser, cast):
    cookie, stage = cast.cookies["alice"], str(cast.stages[0].id)
    for tab in ("one", "two"):
        state = await browser.call(WorkflowsState.load, cookie=cookie, path=FLOWS, tab=tab)
        state = await browser.call(WorkflowsState.open_stage, cookie=cookie, path=FLOWS, tab=tab, stage_id=stage)
        assert state.stages[0]["name"] == "New enquiry"
    shown = dict(state.stage)
    form = {**{name: str(value) for name, value in shown.items() if value}, "stage": stage, "_shown": json.dumps(shown)}
    first = {**form, "name": "Enquiry", "client_name": ""}
    state = await browser.call(WorkflowsState.save_stage, cookie=cookie, path=FLOWS, tab="one", form=first)
    assert state.saved and state.stages[0]["client_name"] == "Enquiry"
    second = {**form, "name": "Mine"}
    state = await browser.call(WorkflowsState.save_stage, cookie=cookie, path=FLOWS, tab="two", form=second)
    assert browser.refusal.startswith("Somebody was faster")
    # The form is still open with what was typed; having seen theirs, mine is written, and what only they changed stays.
    assert state.dialog == "stage" and state.stage["name"] == "New enquiry"
    second["_shown"] = json.dumps({**shown, "name": "Enquiry"})
    state = await browser.call(WorkflowsState.save_stage, cookie=cookie, path=FLOWS, tab="two", form=second)
    assert (state.stages[0]["name"], state.stages[0]["client_name"]) == ("Mine", "Enquiry")


async def test_a_stage_that_was_deleted_meanwhile_closes_its_form_and_says_so(browser, cast):
    cookie, stage = cast.cookies["alice"], str(cast.stages[4].id)
    for tab in ("one", "two"):
        await browser.call(WorkflowsState.load, cookie=cookie, path=FLOWS, tab=tab)
        await browser.call(WorkflowsState.open_stage, cookie=cookie, path=FLOWS, tab=tab, stage_id=stage)
    gone = {"stage": stage, "goal": "archive"}
    await browser.call(WorkflowsState.remove_stage, cookie=cookie, path=FLOWS, tab="one", form=gone)
    form = {"stage": stage, "name": "Mine", "client_name": "", "probability_pct": "5", "stale_days": "3"}
    state = await browser.call(WorkflowsState.save_stage, cookie=cookie, path=FLOWS, tab="two", form=form)
    assert "can't find that stage" in browser.refusal and state.dialog == "" and len(state.stages) == 5


async def test_a_workflow_is_duplicated_and_given_a_type(browser, cast):
    """W-02, W-03, W-09."""
    cookie, stage = cast.cookies["alice"], str(cast.stages[0].id)
    await browser.call(WorkflowsState.load, cookie=cookie, path=FLOWS)
    form = {"stage": stage, "name": "First", "probability_pct": "5", "stale_days": "3", "milestone": "on"}
    state = await browser.call(WorkflowsState.save_stage, cookie=cookie, path=FLOWS, form=form)
    assert state.stages[0]["milestone"]
    typed = {"name": "Cars", "kind": "asset_finance_consumer"}
    state = await browser.call(WorkflowsState.rename, cookie=cookie, path=FLOWS, form=typed)
    assert (state.name, state.kind) == ("Cars", "asset_finance_consumer")
    state = await browser.call(WorkflowsState.rename, cookie=cookie, path=FLOWS, form={"name": "Cars", "kind": "x"})
    assert "types shown" in state.errors["kind"]
    for goal in ("4500000", "$4.5m", "4,500,000"):
        form = typed | {"monthly_goal": goal}
        state = await browser.call(WorkflowsState.rename, cookie=cookie, path=FLOWS, form=form)
        assert (state.monthly_goal, state.errors) == ("4,500,000", {})
    for wrong in ("lots", "-5", "0", "1e99", "9" * 90):
        form = typed | {"monthly_goal": wrong}
        state = await browser.call(WorkflowsState.rename, cookie=cookie, path=FLOWS, form=form)
        assert list(state.errors) == ["monthly_goal"] and state.monthly_goal == "4,500,000"
    state = await browser.call(WorkflowsState.rename, cookie=cookie, path=FLOWS, form=typed | {"monthly_goal": " "})
    assert (state.monthly_goal, state.errors) == ("", {})
    await browser.call(WorkflowsState.duplicate, cookie=cookie, path=FLOWS)
    state = await browser.call(WorkflowsState.load, cookie=cookie, path=FLOWS)
    copy = next(each for each in state.workflows if each["name"] == "Cars (copy)")
    state = await browser.call(WorkflowsState.load, cookie=cookie, path=f"{FLOWS}?workflow={copy['id']}", tab="copy")
    assert [each["name"] for each in state.stages][:2] == ["First", "Fact find"] and state.stages[0]["milestone"]
    assert state.kind == "asset_finance_consumer" and state.deals == 0


async def test_deleting_a_stage_asks_where_its_deals_go(browser, cast):
    cookie, stage = cast.cookies["alice"], str(cast.stages[1].id)
    await browser.call(WorkflowsState.load, cookie=cookie, path=FLOWS)
    state = await browser.call(WorkflowsState.ask_remove_stage, cookie=cookie, path=FLOWS, stage_id=stage)
    assert state.dialog == "remove_stage" and stage not in {each["value"] for each in state.targets}
    state = await browser.call(WorkflowsState.remove_stage, cookie=cookie, path=FLOWS, form={"stage": stage})
    assert "to_stage" in state.errors and len(state.stages) == 6
    form = {"stage": stage, "to_stage": str(cast.stages[2].id)}
    state = await browser.call(WorkflowsState.remove_stage, cookie=cookie, path=FLOWS, form=form)
    assert len(state.stages) == 5 and not state.dialog
    state = await browser.call(WorkflowsState.remove, cookie=cookie, path=FLOWS, form={"name": "wrong"})
    assert "Type" in state.errors["name"]
