"""What people do all day, at ten thousand deals and on both databases: few statements, no scan, small patches."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.throttles import count_try
from salestrekker_portal.domains.billing.service import balance, release, settle
from salestrekker_portal.domains.notifications.rounds import tell_due
from salestrekker_portal.domains.outbox.service import claim
from salestrekker_portal.keeping.the_secret import demand_own_secret
from salestrekker_portal.portals.broker.board.dates_state import DatesState
from salestrekker_portal.portals.broker.board.filter_state import BoardFilterState
from salestrekker_portal.portals.broker.board.list_state import DealListState
from salestrekker_portal.portals.broker.board.state import BoardState
from salestrekker_portal.portals.broker.contacts.one_state import ContactPageState
from salestrekker_portal.portals.broker.contacts.state import ContactsState
from salestrekker_portal.portals.broker.search.state import SearchState
from salestrekker_portal.portals.broker.tasks.state import TasksState
from salestrekker_portal.portals.client.profile.state import ClientProfileState
from tests.hot_paths.budgets import HANDLERS
from tests.hot_paths.pipeline import GROWING
from tests.refusals.place import Place
from tests.support.harness import Harness
from tests.support.local_files import LocalFiles
from tests.support.statements import Statements, counted, scans

pytestmark = pytest.mark.slow

PATCH_BYTES = 2048
SAVE_BYTES = 2048


@asynccontextmanager
async def within(number: int) -> AsyncIterator[Statements]:
    """What runs in here takes at most `number` statements, and none that reads a growing table from end to end."""
    with counted() as seen:
        yield seen
    assert len(seen) <= number, str(seen)
    assert [line for table in GROWING for line in await scans(seen, table)] == []


async def test_a_move_is_a_small_patch_on_every_open_board(big: Place) -> None:
    alice, bob = ({"cookie": big.cookies[name], "path": "/board", "tab": name} for name in ("alice", "bob"))
    async with Harness() as browser:
        async with within(HANDLERS["board_state.load"]):
            board = await browser.call(BoardState.load, **alice)
        assert len(board.page["cards"]) <= 180 and sum(board.page["counts"].values()) > 9_000
        await browser.call(BoardState.load, **bob)
        target, deal = big.ids["stage"], board.page["order"][big.ids["deal_stage"]][4]
        async with within(HANDLERS["board_state.move"]):
            await browser.call(BoardState.move, {"deal_id": deal, "stage_id": target, "after_id": ""}, **alice)
        assert browser.refusal == "" and browser.bytes_sent() <= PATCH_BYTES
        async with within(HANDLERS["board_state.refresh"]):
            theirs = await browser.call(BoardState.refresh, **bob)
        assert [move["id"] for move in theirs.patch["moves"]] == [deal]
        assert 0 < browser.bytes_sent() <= PATCH_BYTES


async def test_an_answer_is_saved_in_six_statements(big: Place) -> None:
    seat = {"cookie": big.cookies["kim"], "path": "/portal/profile/applicant.personal_details"}
    field = f"applicant.personal_details:{big.ids['kim']}:-:middle_name"
    async with Harness() as browser:
        await browser.call(ClientProfileState.load, **seat)
        for text in ("Rose", "Rosa"):  # the first makes the answer, the second changes it
            version = int(text == "Rosa")
            typed = {"field": field, "text": text, "version": version, "number": str(version + 1)}
            async with within(HANDLERS["client_profile_state.save"]):
                state = await browser.call(ClientProfileState.save, typed, **seat)
            assert browser.refusal == "" and state.saved.startswith("Saved")
            assert 0 < browser.bytes_sent() <= SAVE_BYTES


async def test_a_wrong_pin_is_counted_by_key(big: Place) -> None:
    async with within(3), transaction() as session:
        await count_try(session, "pin:hot-path", 5, "Too many tries.")


async def test_the_worker_finds_what_is_due_by_index(big: Place) -> None:
    async with within(2), transaction() as session:
        assert await claim(session, "worker", limit=20) == []


async def test_the_worker_finds_whom_to_tell_by_index(big: Place) -> None:
    while await tell_due():
        pass
    async with within(2):
        assert await tell_due() == 0


async def test_credits_are_counted_and_settled_by_index(big: Place) -> None:
    async with within(1), reading() as session:
        assert await balance(session, big.firm_id) < 0
    async with within(4), transaction() as session:
        await settle(session, UUID(big.ids["deal"]))
        await release(session, big.firm_id, UUID(big.ids["deal"]))


async def test_a_server_starts_on_the_big_firm(firm: Place, tmp_path: Path):
    """The benchmarks start one on it, and what its secret doesn't open is refused before anything is served."""
    await demand_own_secret(LocalFiles(tmp_path, b"s" * 32))


@pytest.mark.parametrize("words", ["person 9999", "persno 9999x", "deal 07", "rang", "payslip", "zzzz"])
async def test_a_search_reads_no_table_from_end_to_end(big: Place, words: str) -> None:
    async with Harness() as browser, within(HANDLERS["search_state.search"]):
        state = await browser.call(SearchState.search, {"words": words}, cookie=big.cookies["alice"], path="/board")
    assert browser.refusal == "" and (words == "zzzz" or state.hits or words.startswith("persno"))


@pytest.mark.parametrize("said", ["", "?kind=companies", "?sort=added", "?q=person+99", "?q=pe", "?q=zzzz"])
async def test_a_list_of_contacts_reads_no_table_from_end_to_end(big: Place, said: str) -> None:
    seat = {"cookie": big.cookies["alice"], "tab": "contacts"}
    async with Harness() as browser:
        async with within(HANDLERS["contacts_state.load"]):
            state = await browser.call(ContactsState.load, path="/contacts" + said, **seat)
        for _ in range(2):
            if state.later:
                async with within(HANDLERS["contacts_state.load"]):
                    state = await browser.call(ContactsState.load, path=state.later, **seat)
        if state.earlier:
            async with within(HANDLERS["contacts_state.load"]):
                await browser.call(ContactsState.load, path=state.earlier, **seat)
    assert browser.refusal == ""


async def test_the_page_of_a_contact_reads_no_table_from_end_to_end(big: Place) -> None:
    seat = {"cookie": big.cookies["alice"], "path": f"/contacts/{big.ids['kim']}"}
    async with Harness() as browser:
        async with within(HANDLERS["contact_page_state.load"]):
            state = await browser.call(ContactPageState.load, **seat)
        assert browser.refusal == "" and state.loaded
        for handler, said in (
            (ContactPageState.narrow, {"which": "messages"}), (ContactPageState.narrow, {"which": "changes"}),
            (ContactPageState.show_earlier, {}), (ContactPageState.show_papers, {"every": True}),
        ):  # fmt: skip
            async with within(3):
                await browser.call(handler, said, **seat)
            assert browser.refusal == ""
        async with within(HANDLERS["tasks_state.load"]):
            await browser.call(TasksState.load, **seat)


FILTERS = (
    "owner=me", "move=us", "stale=1", "label={label}", "partner={priya}", "lender=Bank+3", "from=100&to=900000",
    "settles=this-month", "settles=not-set", "days=2", "news=1", "owner=me&move=client&label={label}",
)  # fmt: skip


@pytest.mark.parametrize("said", FILTERS)
async def test_a_filter_reads_no_table_from_end_to_end(big: Place, said: str) -> None:
    seat = {"cookie": big.cookies["alice"], "tab": "filters"}
    path = f"/board?workflow={big.ids['workflow']}&" + said.format(**big.ids)
    async with Harness() as browser:
        async with within(HANDLERS["board_state.load"]):
            await browser.call(BoardState.load, path=path, **seat)
        for sort in ("", "&sort=name", "&sort=settles&dir=desc"):
            async with within(HANDLERS["deal_list_state.load"]):
                state = await browser.call(DealListState.load, path=f"{path}&view=list{sort}", **seat)
            if state.later:
                async with within(HANDLERS["deal_list_state.load"]):
                    await browser.call(DealListState.load, path=state.later, **seat)
        for view in ("forecast", "calendar"):
            async with within(HANDLERS["dates_state.load"]):
                await browser.call(DatesState.load, path=f"{path}&view={view}", **seat)
        async with within(HANDLERS["board_filter_state.load"]):
            await browser.call(BoardFilterState.load, path=path, **seat)
        async with within(HANDLERS["board_filter_state.show"]):
            await browser.call(BoardFilterState.show, path=path, **seat)
    assert browser.refusal == ""
