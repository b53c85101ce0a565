"""Automations of a workflow, through the gate: added, changed in the drawer, and what is refused beside its field."""

import json

import pytest

from salestrekker_portal.portals.settings.workflows.automations_state import OFF_AGAIN, AutomationsState
from tests.support.harness import Harness


@pytest.fixture
async def browser(sqlite):
    async with Harness() as harness:
        yield harness


async def test_one_is_added_tried_changed_and_tried_again(browser, cast):
    seat = {"cookie": cast.cookies["alice"], "path": f"/settings/workflows?workflow={cast.workflow.id}"}
    form = {"stage": str(cast.stages[0].id), "what": "tell:owner", "words": "Ring them", "days": ""}
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
