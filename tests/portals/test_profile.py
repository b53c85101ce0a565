"""The profile pages of clients and brokers through their event handlers, as a browser would drive them."""

import json

import pytest
from sqlalchemy import func, select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.places import Spot, field_id
from salestrekker_portal.domains.fact_find.submission import submit_profile
from salestrekker_portal.domains.questions.catalogue import pages_for
from salestrekker_portal.domains.questions.vocabulary import Loan, Party, section_id
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.portals.broker.profile.state import BrokerProfileState
from salestrekker_portal.portals.client.profile.state import ClientProfileState, ProfileReviewState
from salestrekker_portal.tables.fact_find import NOBODY, Answer
from salestrekker_portal.tables.portal_access import PortalAccess
from tests.support.harness import Harness
from tests.support.statements import counted

PERSONAL = "applicant.personal_details"
CARDS = "liabilities.cards"


@pytest.fixture
async def browser(sqlite, cast):
    async with transaction() as session:
        for access in (cast.kim_access, cast.sam_access):
            (await session.get(PortalAccess, access.id)).consented_at = utc_now()
    async with Harness() as harness:
        yield harness


def _spot(subject, key, section=PERSONAL, item=NOBODY):
    return field_id(Spot(section, subject, item, key))


class Person:
    """One person's tab."""

    def __init__(self, browser, cast, who, state, path):
        self.browser, self.cookie, self.tab, self.cls, self.path = browser, cast.cookies[who], who, state, path

    async def call(self, name, path=None, **payload):
        handler = getattr(self.cls, name)
        return await self.browser.call(handler, cookie=self.cookie, path=path or self.path, tab=self.tab, **payload)

    async def save(self, field, text, version=0):
        return await self.call("save", field=field, text=text, version=version, number="1")


def _kim(browser, cast, screen=PERSONAL):
    return Person(browser, cast, "kim", ClientProfileState, f"/portal/profile/{screen}")


def _alice(browser, cast, query=""):
    return Person(browser, cast, "alice", BrokerProfileState, f"/deals/{cast.deal.id}/profile{query}")


async def _answers():
    async with reading() as session:
        return await session.scalar(select(func.count()).select_from(Answer))


async def test_a_section_opens_and_an_answer_is_saved(browser, cast):
    kim = _kim(browser, cast)
    state = await kim.call("load")
    assert (state.title, state.place) == ("You, and how to reach you", "Section 1 of 7")
    first_name = _spot(cast.kim.id, "first_name")
    assert first_name in [field["id"] for field in state.blocks[0]["fields"]]
    state = await kim.save(first_name, "Kim")
    assert state.saved.startswith("Saved ") and state.acks[first_name] == {
        "number": "1",
        "version": 1,
        "value": "Kim",
        "sum": "",
    }


async def test_saving_a_plain_answer_stays_within_its_statements_and_sends_little(browser, cast):
    kim = _kim(browser, cast)
    await kim.call("load")
    await kim.save(_spot(cast.kim.id, "first_name"), "Kim")
    with counted() as statements:
        await kim.save(_spot(cast.kim.id, "first_name"), "Kimberley", 1)
    assert len(statements) <= 6, str(statements)
    assert browser.bytes_sent() < 1500


async def test_questions_come_with_the_answer_that_asks_for_them(browser, cast):
    kim = _kim(browser, cast)
    await kim.call("load")
    await kim.save(_spot(cast.kim.id, "has_previous_name"), "yes")
    state = await kim.call("refresh")
    assert "previous_name" in [field["key"] for field in state.blocks[0]["fields"]]


@pytest.mark.parametrize("field", [7, None, {}, ["x"], "nowhere", "a:b:c:d", "x" * 5000])
@pytest.mark.parametrize("text", ["x", 7, None, {"evil": 1}])
async def test_wrong_types_change_nothing(browser, cast, field, text):
    kim = _kim(browser, cast)
    await kim.call("load")
    await kim.save(field, text)
    assert browser.refusal and await _answers() == 0


@pytest.mark.parametrize(
    ("section", "key"), [("applicant.nothing", "x"), (PERSONAL, "summary_notes"), (PERSONAL, "__class__")]
)
async def test_questions_that_are_not_asked_cannot_be_answered(browser, cast, section, key):
    kim = _kim(browser, cast)
    await kim.call("load")
    state = await kim.save(_spot(cast.kim.id, key, section), "x")
    assert await _answers() == 0 and "Not saved" in state.errors[_spot(cast.kim.id, key, section)]


def _sent_on(browser) -> bool:
    """Whether the page gave way to the client's own profile."""
    return any(event.startswith("_redirect") and "/portal/profile'" in event for event in browser.events)


async def test_another_applicants_page_is_neither_seen_nor_changed(browser, cast):
    kim = _kim(browser, cast)
    await kim.call("load")
    await kim.save(_spot(cast.sam.id, "first_name"), "Mallory")
    assert await _answers() == 0
    state = await kim.call("load", path=f"/portal/profile/{PERSONAL}?of={cast.sam.id}")
    assert state.blocks == [] and _sent_on(browser)


async def test_a_section_outside_the_flow_does_not_exist(browser, cast):
    async with transaction() as session:
        (await session.get(PortalAccess, cast.kim_access.id)).section_ids = [PERSONAL]
    kim = _kim(browser, cast, CARDS)
    assert (await kim.call("load")).blocks == [] and _sent_on(browser)
    await kim.call("add", block=_spot(NOBODY, "", CARDS), kind="credit_card")
    assert browser.refusal


async def test_no_section_is_shown_under_the_address_of_another(browser, cast):
    """Each section of the catalogue, with a flow that asks its neighbour on the same page only."""
    pages = pages_for("AU", Party.PERSON, Loan.HOME)
    several = [page for page in pages if len(page.sections) > 1]
    assert several
    for page in several:
        asked, *others = [section_id(page, each) for each in page.sections]
        async with transaction() as session:
            (await session.get(PortalAccess, cast.kim_access.id)).section_ids = [asked]
        for other in others:
            state = await _kim(browser, cast, other).call("load", path=f"/portal/profile/{other}")
            assert state.blocks == [] and _sent_on(browser), f"{other} showed {state.about} for a flow of {asked}"


async def test_after_revocation_the_next_action_is_refused(browser, cast):
    kim = _kim(browser, cast)
    await kim.call("load")
    async with transaction() as session:
        (await session.get(PortalAccess, cast.kim_access.id)).revoked_at = utc_now()
    await kim.save(_spot(cast.kim.id, "first_name"), "Kim")
    assert browser.was_stopped and await _answers() == 0


async def test_what_is_typed_after_the_lock_is_held_and_can_be_discarded(browser, cast):
    kim, field = _kim(browser, cast), _spot(cast.kim.id, "first_name")
    await kim.call("load")
    await kim.save(field, "Kim")
    async with transaction() as session:
        deal = await session.get(type(cast.deal), cast.deal.id)
        deal.stage_id = next(stage.id for stage in cast.stages if stage.fact_find == "read_only")
    await kim.save(field, "Kimberley", 1)
    state = await kim.call("refresh")
    assert state.held[field] == "Kimberley" and "locked" in state.lock_reason and state.blocks[0]["locked"]
    state = await kim.call("discard", field=field)
    assert state.held == {}


async def test_two_values_that_met_are_both_shown_and_either_can_be_kept(browser, cast):
    kim, alice, field = _kim(browser, cast), _alice(browser, cast), _spot(cast.kim.id, "first_name")
    await kim.call("load")
    await alice.call("load")
    await kim.save(field, "Kim")
    await alice.save(field, "Kimberly", 1)
    state = await kim.save(field, "Kimberley", 1)
    assert state.clashes[field]["theirs"] == "Kimberly" and state.clashes[field]["name"] == "Alice"
    state = await kim.call("use_mine", field=field)
    assert not state.clashes
    state = await alice.call("refresh")
    assert state.news[field]["value"] == "Kimberley" and state.news[field]["by"].startswith("Kim")


async def test_others_see_a_change_as_news_without_the_whole_page_again(browser, cast):
    kim, alice, field = _kim(browser, cast), _alice(browser, cast), _spot(cast.kim.id, "first_name")
    await kim.call("load")
    await alice.call("load")
    await kim.save(field, "Kim")
    state = await alice.call("refresh")
    assert state.news[field]["value"] == "Kim"
    assert "Middle name" not in json.dumps([change for _, kind, change in browser.out if kind == "delta"])


async def test_somebody_in_a_field_is_seen_there(browser, cast):
    kim, alice, field = _kim(browser, cast), _alice(browser, cast), _spot(cast.kim.id, "first_name")
    await kim.call("load")
    await alice.call("load")
    await kim.call("enter", field=field)
    state = await alice.call("refresh")
    assert state.here == {field: "Kim is here"}
    await kim.call("enter", field="")
    assert (await alice.call("refresh")).here == {}


async def test_entries_are_added_removed_and_brought_back(browser, cast):
    kim = _kim(browser, cast, "liabilities")
    state = await kim.call("load")
    block = state.blocks[0]["id"]
    state = await kim.call("add", block=block, kind="credit_card")
    item = state.blocks[0]["items"][0]
    assert item["opened"] and state.heads[item["id"]]["title"] == "Credit card"
    state = await kim.call("remove", block=block, item=item["id"])
    assert state.blocks[0]["items"] == [] and "Credit card" in state.removed
    state = await kim.call("restore")
    assert len(state.blocks[0]["items"]) == 1
    state = await kim.call("say_nothing", block=state.blocks[3]["id"], nothing=True)
    assert state.blocks[3]["nothing"] and not state.blocks[3]["unanswered"]


async def test_the_broker_sees_earlier_values_and_takes_one_back(browser, cast):
    kim, alice, field = _kim(browser, cast), _alice(browser, cast), _spot(cast.kim.id, "first_name")
    await kim.save(field, "Kim")
    await kim.save(field, "Kimmy", 1)
    await alice.call("load")
    state = await alice.call("show_history", field=field)
    assert [was["words"] for was in state.was] == ["Kimmy", "Kim"]
    await alice.call("put_back", version="1")
    async with reading() as session:
        answer = (await session.scalars(select(Answer))).one()
    assert (answer.raw, answer.version, answer.author_name) == ("Kim", 3, "Alice O’Rourke")


async def test_a_broker_of_another_firm_finds_nothing(browser, cast):
    mallory = Person(browser, cast, "mallory", BrokerProfileState, f"/deals/{cast.deal.id}/profile")
    state = await mallory.call("load")
    assert state.missing and state.blocks == []
    await mallory.save(_spot(cast.kim.id, "first_name"), "Mallory")
    assert await _answers() == 0


async def test_the_review_lists_what_is_missing_and_refuses_to_submit_until_it_is_there(browser, cast):
    review = Person(browser, cast, "kim", ProfileReviewState, "/portal/profile/review")
    state = await review.call("load")
    assert state.missing[0]["label"] == "First name" and not state.submitted
    await review.call("submit")
    assert "missing" in browser.refusal
    with pytest.raises(Conflict):
        async with transaction() as session:
            await submit_profile(session, cast.kim, cast.deal.id)


async def test_the_check_is_folded_but_for_what_misses_something_until_all_is_shown(browser, cast):
    review = Person(browser, cast, "kim", ProfileReviewState, "/portal/profile/review")
    state = await review.call("load")
    # What stands on the page opens while it is not done; the rest says what it is about.
    assert not state.all_open and not any(each["done"] for each in state.pages if not each["answers"])
    state = await review.call("show_all")
    assert state.all_open
    assert not (await review.call("show_all")).all_open
