"""Every handler that changes a deal, on one that is settled, archived or in a stage that locks: words of its own.

Generated from the table of refusals: whatever is added there is tried here. On a closed deal a change is refused
with what the deal is and what one can do about it, or the handler stands in STILL with the reason why it works.
"""

import re
from uuid import UUID

import pytest

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.pipeline.settling import archive_deal, settle_deal
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.workflows import FactFindMode, Stage
from tests.refusals.case import Case, filled
from tests.refusals.handlers import Tab
from tests.refusals.place import Place
from tests.refusals.snapshot import snapshot
from tests.refusals.table import CASES
from tests.support.harness import Harness

pytestmark = pytest.mark.slow

STAFF = ("alice", "bob")
# What the team is told: what the deal is, and the way out by the name of its button.
WORDS = {"settled": re.compile(r"settled.*Unlock", re.S), "archived": re.compile(r"archived.*Restore", re.S)}
CLOSE = {"settled": settle_deal, "archived": archive_deal}
EVER = ("settled", "archived")
# What works all the same: handler -> in which states, and why.
STILL: dict[str, tuple[tuple[str, ...], str]] = {
    "deal_frame_state.unlock": (("settled",), "the way out"),
    "deal_frame_state.restore": (EVER, "the way out"),
    "stop_deal_state.copy": (EVER, "a client comes back: nothing of the closed deal changes"),
    "deal_frame_state.archive": (("settled",), "a settled deal is put away too"),
    "merge_state.merge": (EVER, "who a person is, is theirs, not the deal's"),
    "merge_state.take_apart": (EVER, "who a person is, is theirs, not the deal's"),
    "merge_state.not_the_same": (EVER, "who a person is, is theirs, not the deal's"),
    "merge_state.maybe_the_same": (EVER, "who a person is, is theirs, not the deal's"),
    "new_contact_state.save": (EVER, "no deal is told of somebody new"),
    "contact_page_state.save": (EVER, "a person's details are theirs, not the deal's"),
    "overview_state.save_contact": (EVER, "a person's details are theirs, not the deal's"),
    "share_state.revoke": (EVER, "access is ended on a closed deal too (S0-20)"),
    "share_state.revoke_other": (EVER, "it is another deal's access"),
    "contact_access_state.revoke": (EVER, "access is ended on a closed deal too (S0-20)"),
    "deal_notes_state.save": (EVER, "the team goes on writing; sharing on an archived deal is refused below"),
    "note_edit_state.save": (EVER, "the team goes on writing"),
    "deal_notes_state.mark": (EVER, "the team's own mark"),
    "deal_notes_state.leave_out": (EVER, "takes a file out of what is not sent"),
    "deal_notes_state.share": (("settled",), "partners go on reading a settled deal"),
    "bank_statements_state.withdraw": (EVER, "asks for less"),
    "deal_partners_state.share": (("settled",), "partners see closed deals (S4-16)"),
    "deal_partners_state.stop": (EVER, "shows less"),
    "tasks_state.add": (EVER, "the team goes on working: what is to be done after settlement, too"),
    "tasks_state.tick": (EVER, "the team's own"),
    "tasks_state.put_off": (EVER, "the team's own"),
    "tasks_state.remove": (EVER, "the team's own"),
    "tasks_state.put_back": (EVER, "the team's own"),
    "task_form_state.save": (EVER, "the team's own"),
    "activity_state.send_again": (EVER, "refused for what matters more: its reader's access has ended"),
    "activity_state.take_back": (EVER, "nobody is told anything"),
    "write_state.send": (("settled",), "people are thanked, and written to, after settlement too"),
    "deal_partners_state.called": (EVER, "that its people were called stays true"),
    "deal_partners_state.promise": (EVER, "the team's own word to a partner, also about what comes afterwards"),
    "partner_deal_state.nudge": (("settled",), "what was promised may be asked for still"),
    "partner_deal_state.thank": (("settled",), "thanks are for what settled"),
    "profile_review_state.submit": (EVER, "its client is of another deal"),
    "partner_deal_state.send_note": (("settled",), "partners and the team go on talking about a settled deal"),
    "partner_deal_state.leave_out": (("settled",), "takes a file out of what is not sent"),
}
CHANGING = [
    case
    for case in CASES
    if case.control == "changes"
    and ("{deal}" in case.path + repr(case.payload) + repr(case.after) or case.path.startswith("/portal"))
]


async def _close(place: Place, state: str) -> None:
    async with transaction() as session:
        alice = await actor_in(Portal.BROKER, place.cookies["alice"])
        deal = await session.get(Deal, UUID(place.ids["deal"]))
        if state == "locked":
            (await session.get(Stage, deal.stage_id)).fact_find = FactFindMode.READ_ONLY
            return
        if state == "settled" and deal.archived_at is not None:
            deal.locked_at = utc_now()  # it had settled before it was archived
        elif (deal.locked_at if state == "settled" else deal.archived_at) is None:
            await CLOSE[state](session, alice, deal.id)


async def _tried(place: Place, case: Case, state: str) -> tuple[str, bool]:
    """What was said, and whether anything changed. Of somebody who is out by now: where they are sent."""
    async with Harness() as browser:
        for handler, payload in case.given:
            await Tab(browser, case, place, case.rightful).call(handler, filled(payload, place.ids))
        tab = Tab(browser, case, place, case.rightful)
        await tab.prepare()
        await _close(place, state)
        before = await snapshot(place)
        await tab.act()
        notice = await browser.state(Notices, tab=tab.name)
        said = " ".join([browser.refusal, notice.text, tab.told, *browser.events])
        return said, await snapshot(place) != before


@pytest.mark.parametrize("state", WORDS)
@pytest.mark.parametrize("case", CHANGING, ids=lambda case: case.handler)
async def test_a_closed_deal_says_what_it_is_and_what_one_can_do(place: Place, case: Case, state: str):
    said, changed = await _tried(place, case, state)
    states, why = STILL.get(case.handler, ((), ""))
    shares = re.search(r"share_(client|partner)", repr(case.after)) and state == "archived"
    if why and ((state in states and not shares) or case.payload.get("on") is False):
        return
    assert not changed, f"{case.handler} changed a deal that is {state}"
    if case.rightful in STAFF:
        assert WORDS[state].search(said), f"{case.handler} on a deal that is {state}: {said}"
    elif case.path.startswith("/portal"):
        assert "/portal/ended" in said, f"{case.handler}, of a client whose access ended with the deal: {said}"
    else:
        assert "can't find that deal" in said or "settled" in said, f"{case.handler} on {state}: {said}"


# What a stage takes from clients: changing what they told, other than by text, which is held for them.
TAKEN = re.compile(r"client_profile_state\.|profile_review_state\.submit")


@pytest.mark.parametrize("case", CHANGING, ids=lambda case: case.handler)
async def test_a_stage_that_locks_takes_answers_from_clients_only_and_says_so(place: Place, case: Case):
    """Locked is neither settled nor archived: the team works on, and so do partners and documents."""
    said, changed = await _tried(place, case, "locked")
    assert not any(words.search(said) for words in WORDS.values()), f"{case.handler}: {said}"
    if changed:
        return
    assert TAKEN.search(case.handler), f"{case.handler} does nothing in a stage that locks: {said}"
    assert re.search(r"so your answers are locked.*Ask your", said, re.S), f"{case.handler}: {said}"
