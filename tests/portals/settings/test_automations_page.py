"""Automations of a workflow, through the gate: added, changed in the drawer, and what is refused beside its field."""

import json

import pytest

from salestrekker_portal.portals.settings.workflows.automations_state import BLANK, OFF_AGAIN, AutomationsState
from tests.support.harness import Harness


@pytest.fixture
async def browser(sqlite):
    async with Harness() as harness:
        yield harness


async def test_one_is_added_tried_changed_and_tried_again(browser, cast):
    seat = {"cookie": cast.cookies["alice"], "path": f"/settings/workflows?workflow={cast.workflow.id}"}
    form = {**BLANK, "stage": str(cast.stages[0].id), "what": "tell:owner", "words": "Ring them"}
    state = await browser.call(AutomationsState.add, **seat, form=form)
    key = state.lines[0]["id"]
    tried = {"automation": key, "deal": str(cast.deal.id)}
    state = await browser.call(AutomationsState.try_on, **seat, form=tried)
    state = await browser.call(AutomationsState.switch, **seat, automation_id=key, on=True)
    assert state.lines[0]["on"] and state.lines[0]["said"]
    state = await browser.call(AutomationsState.edit, **seat, automation_id=key)
    assert (state.editing, state.facts) == (key, form)
    shown = {"automation": key, "_shown": json.dumps(state.facts)}
    for wrong, field in (
        ({"words": " "}, "words"),
        ({"days": "x"}, "days"),
        ({"what": ""}, "what"),
        ({"stage": ""}, "stage"),
    ):
        state = await browser.call(AutomationsState.save, **seat, form={**form, **shown, **wrong})
        assert state.editing == key and list(state.wrong) == [field] and state.lines[0]["on"]
    state = await browser.call(AutomationsState.save, **seat, form={**form, **shown, "words": "Write"})
    assert not state.editing and state.lines[0]["words"] == "Write" and state.lines[0]["on"]
    state = await browser.call(AutomationsState.edit, **seat, automation_id=key)
    shown = {"automation": key, "_shown": json.dumps(state.facts)}
    state = await browser.call(AutomationsState.save, **seat, form={**state.facts, **shown, "days": "3"})
    line = state.lines[0]
    assert (line["on"], line["tried"], line["said"]) == (False, False, "")
    assert OFF_AGAIN in str(browser.events) + str(browser.out)


async def test_what_is_folded_opens_for_what_it_holds_and_for_what_is_refused(browser, cast):
    seat = {"cookie": cast.cookies["alice"], "path": f"/settings/workflows?workflow={cast.workflow.id}"}
    form = {**BLANK, "stage": str(cast.stages[0].id), "what": "tell:owner", "words": "Ring them"}
    state = await browser.call(AutomationsState.add, **seat, form={**form, "words3": "Ring again"})
    assert state.unfolded and list(state.errors) == ["what3"] and not state.lines
    state = await browser.call(AutomationsState.add, **seat, form={**form, "least": "plenty"})
    assert state.unfolded and list(state.errors) == ["least"]
    more = {"what3": "task:owner", "words3": "Order the valuation, 3 days", "least": "500k"}
    state = await browser.call(AutomationsState.add, **seat, form={**form, **more})
    line = state.lines[0]
    assert not state.unfolded and line["words"] == "Ring them”, “Order the valuation, 3 days"
    assert "only if its amount is at least $500,000" in line["what"] and ", then give " in line["what"]
    state = await browser.call(AutomationsState.edit, **seat, automation_id=line["id"])
    assert (state.narrowed, state.longer) == (True, True) and state.facts["least"] == "500,000"
    # The second stands second, whichever field it was typed into.
    assert (state.facts["what2"], state.facts["what3"]) == ("task:owner", "")
    shown = {"automation": line["id"], "_shown": json.dumps(state.facts)}
    state = await browser.call(AutomationsState.save, **seat, form={**state.facts, **shown, "most": "1"})
    assert list(state.wrong) == ["most"] and state.editing
