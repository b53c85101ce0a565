"""A deal's pages through the gate: within budget, live, and closed to everybody else."""

import json

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading
from salestrekker_portal.domains.fact_find.context import profile_context
from salestrekker_portal.portals.broker.add_deal.state import AddDealState
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.broker.contacts.state import ContactsState
from salestrekker_portal.portals.broker.deal.activity_state import ActivityState
from salestrekker_portal.portals.broker.deal.add_contact_state import AddContactState
from salestrekker_portal.portals.broker.deal.edit_state import EditDealState
from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.portals.broker.deal.overview_state import OverviewState
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from tests.cast import Cast
from tests.support.harness import Harness
from tests.support.statements import counted

OPEN_DEAL_BUDGET = 12


def at(cast: Cast, who: str = "alice", tail: str = "") -> dict:
    return {"cookie": cast.cookies[who], "path": f"/deals/{cast.deal.id}{tail}"}


async def stored(cast: Cast) -> Deal:
    async with reading() as session:
        return (await session.scalars(select(Deal).where(Deal.id == cast.deal.id))).one()


async def test_open_a_deal_within_its_budget(sqlite, cast: Cast) -> None:
    async with Harness() as browser:
        with counted() as seen:
            await browser.call(ShellState.load, **at(cast))
            frame = await browser.call(DealFrameState.load, **at(cast))
            overview = await browser.call(OverviewState.load, **at(cast))
    assert len(seen) <= OPEN_DEAL_BUDGET, str(seen)
    assert (frame.name, frame.amount, frame.share_fact) == ("Nguyen purchase", "$640,000", "2 of 2")
    assert [stage["state"] for stage in frame.stages] == ["done", "now", "next", "next", "next", "next"]
    assert [contact["portal"] for contact in overview.contacts] == ["active", "active"]
    assert overview.next_stage == "Preparing"


@pytest.mark.parametrize("who", ["mallory", "kim", "priya", ""])
async def test_a_deal_shows_nothing_to_others(sqlite, cast: Cast, who: str) -> None:
    where = {"cookie": cast.cookies.get(who, ""), "path": f"/deals/{cast.deal.id}"}
    async with Harness() as browser:
        for handler in (DealFrameState.load, OverviewState.load, ActivityState.load, EditDealState.show):
            state = await browser.call(handler, **where)
            said = json.dumps(state.dict(), default=str)
            assert "Nguyen" not in said and "kim@example.com" not in said
        for handler, payload in (
            (DealFrameState.move, {"stage_id": str(cast.stages[3].id)}),
            (DealFrameState.settle, {}),
            (DealFrameState.archive, {}),
            (EditDealState.save, {"form": {"name": "Mine", "amount": "1", "owner": str(cast.mallory_user.id)}}),
        ):
            await browser.call(handler, **where, **payload)
            assert browser.was_stopped or browser.refusal or who == "mallory"
    kept = await stored(cast)
    assert (kept.name, kept.stage_id, kept.locked_at, kept.archived_at) == (
        "Nguyen purchase", cast.stages[1].id, None, None,
    )  # fmt: skip


async def test_settling_warns_with_names_and_then_locks(sqlite, cast: Cast) -> None:
    async with Harness() as browser:
        frame = await browser.call(DealFrameState.load, **at(cast))
        assert "Kim and Sam" in frame.settle_warning
        await browser.call(DealFrameState.ask, what="settle", **at(cast))
        await browser.call(DealFrameState.settle, **at(cast))
        frame = await browser.call(DealFrameState.load, **at(cast))
        assert frame.locked and frame.locked_title.startswith("Settled on")
        await browser.call(DealFrameState.move, stage_id=str(cast.stages[2].id), **at(cast))
        assert "locked" in browser.refusal
        await browser.call(DealFrameState.unlock, **at(cast))
        assert browser.refusal == ""
    assert (await stored(cast)).settled_on


async def test_an_assistant_reads_why_settling_is_not_theirs(sqlite, cast: Cast) -> None:
    async with Harness() as browser:
        frame = await browser.call(DealFrameState.load, **at(cast, "bob"))
        assert "Only a broker or an admin" in frame.settle_refusal
        await browser.call(DealFrameState.settle, **at(cast, "bob"))
        assert "Only a broker or an admin" in browser.refusal
    assert (await stored(cast)).locked_at is None


async def test_fixing_a_mobile_in_place(sqlite, cast: Cast) -> None:
    async with Harness() as browser:
        await browser.call(OverviewState.edit, contact_id=str(cast.kim_contact.id), **at(cast))
        state = await browser.call(OverviewState.save_contact, form={"mobile": "1,2,3"}, **at(cast))
        assert "phone number like" in state.errors["mobile"] and state.editing
        state = await browser.call(
            OverviewState.save_contact, form={"mobile": "0491 570 110", "role": "admin"}, **at(cast)
        )
        assert state.editing == "" and state.errors == {}
    async with reading() as session:
        mobile = await session.scalar(select(Contact.mobile).where(Contact.id == cast.kim_contact.id))
    assert mobile == "+61491570110"


async def test_edit_deal(sqlite, cast: Cast) -> None:
    async with Harness() as browser:
        state = await browser.call(EditDealState.show, **at(cast, "bob"))
        assert {owner["label"] for owner in state.owners} == {"Alice O’Rourke", "Bob Tran"}
        form = {"name": "New name", "amount": "1,2,3", "owner": state.facts["owner"], "settles": ""}
        state = await browser.call(EditDealState.save, form=form, **at(cast, "bob"))
        assert set(state.errors) == {"value"}
        state = await browser.call(
            EditDealState.save, form=form | {"amount": "10", "settles": "30/2/2026"}, **at(cast, "bob")
        )
        assert set(state.errors) == {"settles"}
        right = form | {"amount": "1,250.50", "settles": "17/4/2026"}
        state = await browser.call(EditDealState.save, form=right | {"loan": "mortgage"}, **at(cast, "bob"))
        assert set(state.errors) == {"loan"}
        state = await browser.call(EditDealState.save, form=right | {"loan": "personal_loan"}, **at(cast, "bob"))
        assert state.errors == {} and not state.shown, browser.refusal
    kept = await stored(cast)
    assert (kept.name, kept.value_cents, str(kept.expected_settlement_on)) == ("New name", 125_050, "2026-04-17")
    assert kept.loan_kind == "personal_loan"


async def test_timeline_reads_as_sentences(sqlite, cast: Cast) -> None:
    async with Harness() as browser:
        await browser.call(DealFrameState.move, stage_id=str(cast.stages[3].id), **at(cast, "bob"))
        state = await browser.call(ActivityState.load, **at(cast, tail="/activity"))
    assert state.deeds[0]["words"].startswith("Bob Tran moved the deal from Fact find to Lodged")


async def test_add_deal_from_the_drawer(sqlite, cast: Cast) -> None:
    here = {"cookie": cast.cookies["bob"], "path": "/board"}
    async with Harness() as browser:
        state = await browser.call(AddDealState.show, **here)
        row = state.people[0]["id"]
        wrong = {"deal_name": "", "value": "lots", f"{row}-first_name": "<script>", f"{row}-mobile": "12"}
        state = await browser.call(AddDealState.save, form=wrong, **here)
        assert set(state.errors) == {"name", "value", f"{row}-mobile"}
        await browser.call(AddDealState.add_person, **here, company=False)
        await browser.call(AddDealState.search, words="sam", **here)
        state = await browser.call(AddDealState.choose, contact_id=str(cast.sam_contact.id), **here)
        assert [person["name"] for person in state.people] == ["", "", "Sam Nguyen"]
        right = {
            "deal_name": "Wikaira – Swansea",
            "value": "$740,000",
            f"{row}-first_name": "Tāne",
            f"{row}-last_name": "Wikaira",
            f"{row}-mobile": "0491 570 159",
            f"{row}-email": "tane@example.com",
            f"{row}-role": "client",
        }
        await browser.call(AddDealState.save, form=right, **here)
        assert browser.refusal == ""
        went = [text for text in browser.events if "/deals/" in text]
        await browser.call(AddDealState.save, form=right, **here)  # pressed twice
    async with reading() as session:
        [deal] = await session.scalars(select(Deal).where(Deal.name == "Wikaira – Swansea"))
    assert str(deal.id) in went[0]
    assert deal.clients_line == "Tāne Wikaira, Sam Nguyen"


async def test_somebody_known_who_is_typed_again_is_offered(sqlite, cast: Cast) -> None:
    here = {"cookie": cast.cookies["bob"], "path": "/board"}
    kim = cast.kim_contact
    async with Harness() as browser:
        state = await browser.call(AddDealState.show, **here)
        row = state.people[0]["id"]
        form = {"deal_name": "Again", "value": "1", f"{row}-first_name": "KIM", f"{row}-last_name": "Nguyễn"}
        form[f"{row}-email"] = kim.email
        state = await browser.call(AddDealState.save, form=form, **here)
        assert state.shown and state.errors[f"{row}-first_name"].startswith("Is this the Kim Nguyen you know?")
        assert [each["id"] for each in state.found] == [str(kim.id)]
        state = await browser.call(AddDealState.choose, contact_id=str(kim.id), **here)
        assert [(each["contact_id"], each["name"]) for each in state.people] == [(str(kim.id), "Kim Nguyen")]
        state = await browser.call(AddDealState.show, **here)
        row = state.people[0]["id"]
        again = {"deal_name": "Another", "value": "1", f"{row}-first_name": "Kim", f"{row}-last_name": "Nguyen"}
        again[f"{row}-email"] = kim.email
        state = await browser.call(AddDealState.save, form=again, **here)
        assert state.shown
        state = await browser.call(AddDealState.save, form=again, **here)
        assert not state.shown and browser.refusal == ""


async def test_a_company_is_added_with_its_contact_person_and_the_deal_type(sqlite, cast: Cast) -> None:
    """D-12, K-01: the form's deal type drives which fact find the deal asks."""
    here = {"cookie": cast.cookies["alice"], "path": "/board"}
    async with Harness() as browser:
        await browser.call(AddDealState.show, **here)
        state = await browser.call(AddDealState.add_person, **here, company=True)
        row = state.people[1]["id"]
        form = {"deal_name": "Fit-out", "value": "260000", "loan": "mortgage", f"{row}-first_name": "Grace"}
        state = await browser.call(AddDealState.save, form=form, **here)
        assert f"{row}-company_name" in state.errors
        form |= {f"{row}-company_name": "Wattle & Rye Pty Ltd", f"{row}-email": "grace@example.com"}
        state = await browser.call(AddDealState.save, form=form, **here)
        assert state.errors == {"loan": "Choose what the deal is for."}
        await browser.call(AddDealState.save, form=form | {"loan": "commercial_loan"}, **here)
    async with reading() as session:
        [deal] = await session.scalars(select(Deal).where(Deal.name == "Fit-out"))
        assert deal.loan_kind == "commercial_loan" and deal.clients_line == "Wattle & Rye Pty Ltd"
        context = await profile_context(session, cast.alice, deal.id)
        assert context.applicants[0].first_name == "Wattle & Rye Pty Ltd" and context.pages[0].key == "entity"


async def test_a_contact_is_added_to_a_deal_that_is_there(sqlite, cast: Cast) -> None:
    async with Harness() as browser:
        await browser.call(AddContactState.show, **at(cast))
        state = await browser.call(AddContactState.choose_kind, kind="company", **at(cast))
        state = await browser.call(AddContactState.save, form={"role": "client"}, **at(cast))
        assert list(state.errors) == ["company_name"]
        form = {"company_name": "Rewi Family Trust", "first_name": "Tāne", "last_name": "Rewi", "role": "client"}
        state = await browser.call(AddContactState.save, form=form, **at(cast))
        assert not state.shown
        await browser.call(AddContactState.show, **at(cast))
        await browser.call(AddContactState.search, words="sam", **at(cast))
        state = await browser.call(AddContactState.choose, contact_id=str(cast.sam_contact.id), **at(cast))
        state = await browser.call(AddContactState.save, form={"role": "client"}, **at(cast))
        assert state.errors["first_name"] == "Sam Nguyen is in this deal already."
    async with reading() as session:
        assert "Rewi Family Trust" in (await session.get(Deal, cast.deal.id)).clients_line


async def test_adding_with_a_made_up_role_or_contact(sqlite, cast: Cast) -> None:
    here = {"cookie": cast.cookies["mallory"], "path": "/board"}
    async with Harness() as browser:
        await browser.call(AddDealState.show, **here)
        state = await browser.call(AddDealState.search, words="ngu", **here)
        assert state.found == []
        state = await browser.call(AddDealState.choose, contact_id=str(cast.sam_contact.id), **here)
        assert [person["contact_id"] for person in state.people] == [""]
        row = state.people[0]["id"]
        form = {"deal_name": "X", "value": "1", f"{row}-first_name": "A", f"{row}-last_name": "B"}
        state = await browser.call(AddDealState.save, form=form | {f"{row}-role": "owner"}, **here)
        assert state.errors and state.shown


async def test_contacts_list(sqlite, cast: Cast) -> None:
    async with Harness() as browser:
        state = await browser.call(ContactsState.load, cookie=cast.cookies["bob"], path="/contacts?q=ngu")
        assert [line["name"] for line in state.contacts] == ["Kim Nguyen", "Sam Nguyen"]
        assert state.contacts[0]["deal"] == "Nguyen purchase"
        theirs = await browser.call(ContactsState.load, cookie=cast.cookies["mallory"], path="/contacts", tab="m")
        assert theirs.contacts == []


async def test_a_press_that_overtakes_the_pages_loading_keeps_its_drawer(sqlite, cast: Cast) -> None:
    async with Harness() as browser:
        await browser.call(AddDealState.show, **at(cast))
        await browser.call(ShellState.load, **at(cast))
        assert (await browser.state(AddDealState)).shown


async def test_an_open_drawer_stays_behind_on_the_page_that_was_left(sqlite, cast: Cast) -> None:
    async with Harness() as browser:
        assert (await browser.call(AddDealState.show, **at(cast))).shown
        await browser.call(DealFrameState.ask, what="settle", **at(cast))
        await browser.call(ShellState.load, **at(cast, tail="/activity"))
        assert not (await browser.state(AddDealState)).shown
        assert (await browser.state(DealFrameState)).asking == ""
