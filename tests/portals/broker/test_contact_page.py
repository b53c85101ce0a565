"""The page of one contact: every deal of theirs, and changing them there."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.pipeline.stopping import stop_deal
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.portals.broker.add_deal.state import AddDealState
from salestrekker_portal.portals.broker.contacts.adding_state import NewContactState
from salestrekker_portal.portals.broker.contacts.merge_state import MergeState
from salestrekker_portal.portals.broker.contacts.one_state import ContactPageState
from salestrekker_portal.portals.broker.contacts.state import ContactsState
from salestrekker_portal.portals.broker.tasks.state import TasksState
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.contacts import DifferentContacts
from tests import factories as make
from tests.cast import Cast
from tests.support.harness import Harness


async def test_a_contact_shows_every_deal_and_is_changed_in_all_of_them(sqlite, cast: Cast) -> None:
    async with transaction() as session:
        older = await make.make_deal(
            session, cast.firm, cast.stages[2], cast.alice_user, cast.kim_contact, name="Older"
        )
        await stop_deal(session, cast.alice, older.id, outcome="lost", reason="bank")
    seat = {"cookie": cast.cookies["bob"], "path": f"/contacts/{cast.kim_contact.id}"}
    async with Harness() as browser:
        state = await browser.call(ContactPageState.load, **seat)
        assert {(each["name"], each["state"]) for each in state.deals} == {
            ("Nguyen purchase", cast.stages[1].name), ("Older", "Lost: went to the bank"),
        }  # fmt: skip
        typed = dict(state.facts) | {"first_name": "Kimberley"}
        await browser.call(ContactPageState.save, {"form": typed}, **seat)
        assert browser.refusal == ""
        assert (await browser.call(ContactPageState.load, **seat)).name.startswith("Kimberley")
        nobody = await browser.call(ContactPageState.load, cookie=cast.cookies["alice"], path=f"/contacts/{uuid4()}")
        assert nobody.missing and not nobody.loaded
        theirs = await browser.call(ContactPageState.load, cookie=cast.cookies["mallory"], path=seat["path"], tab="m")
        assert theirs.missing and "Kim" not in repr(theirs.dict())


async def test_a_twin_is_merged_and_taken_apart(sqlite, cast: Cast) -> None:
    async with transaction() as session:
        twin = await make.make_contact(session, cast.firm, "Kimmy", "Nguyen", mobile="+61491570110")
        await make.make_deal(session, cast.firm, cast.stages[2], cast.alice_user, twin, name="Refinance")
    seat = {"cookie": cast.cookies["alice"], "path": f"/contacts/{cast.kim_contact.id}"}
    async with Harness() as browser:
        await browser.call(MergeState.show, **seat, on=True)
        state = await browser.call(MergeState.search, **seat, words="nguyen")
        assert {each["name"] for each in state.found} == {"Kimmy Nguyen", "Sam Nguyen"}
        state = await browser.call(MergeState.choose, **seat, contact_id=str(cast.sam_contact.id))
        assert "Both are in" in state.refusal
        state = await browser.call(MergeState.choose, **seat, contact_id=str(twin.id))
        assert state.refusal == "" and state.moves.startswith("1 deal of theirs") and "Refinance" in state.moves
        assert {each["name"]: each["gone"] for each in state.choices} == {
            "first_name": "Kimmy", "mobile": "0491 570 110",
        }  # fmt: skip
        state = await browser.call(MergeState.merge, **seat, form={"other": str(twin.id), "first_name": "gone"})
        assert not state.shown
        page = await browser.call(ContactPageState.load, **seat)
        assert page.name == "Kimmy Nguyen" and {each["name"] for each in page.deals} == {"Nguyen purchase", "Refinance"}
        assert page.merges[0]["words"].startswith("Kimmy Nguyen was merged into Kimmy Nguyen")
        gone = {"cookie": seat["cookie"], "path": f"/contacts/{twin.id}", "tab": "twin"}
        there = await browser.call(ContactPageState.load, **gone)
        assert not there.loaded and any(seat["path"] in each for each in browser.events)
        await browser.call(MergeState.take_apart, **seat, merge_id=page.merges[0]["id"])
        page = await browser.call(ContactPageState.load, **seat)
        assert page.name == "Kim Nguyen" and [each["name"] for each in page.deals] == ["Nguyen purchase"]


async def test_two_who_look_alike_are_said_to_be_two_and_undo_offers_them_again(sqlite, cast: Cast) -> None:
    async with transaction() as session:
        twin = await make.make_contact(session, cast.firm, "Kim", "Nguyen", mobile=cast.kim_contact.mobile)
    seat = {"cookie": cast.cookies["bob"], "path": f"/contacts/{cast.kim_contact.id}"}
    async with Harness() as browser:
        page = await browser.call(ContactPageState.load, **seat)
        assert [each["id"] for each in page.alike] == [str(twin.id)]
        await browser.call(MergeState.not_the_same, **seat, contact_id=str(twin.id))
        assert (await browser.state(Notices)).undoable
        async with reading() as session:
            pair = (await session.scalars(select(DifferentContacts.id))).one()
        page = await browser.call(ContactPageState.load, **seat)
        assert page.alike == []
        await browser.call(MergeState.maybe_the_same, **seat, pair_id=str(pair))
        page = await browser.call(ContactPageState.load, **seat)
        assert [each["id"] for each in page.alike] == [str(twin.id)]


async def test_from_one_contact_of_a_list_to_the_next_and_back_to_it(sqlite, cast: Cast) -> None:
    async with Harness() as browser:
        seat = {"cookie": cast.cookies["bob"], "path": "/contacts?q=nguy&sort=added"}
        listed = [each["path"] for each in (await browser.call(ContactsState.load, **seat)).contacts]
        assert len(listed) == 2
        for number, path in enumerate(listed):
            page = await browser.call(ContactPageState.load, cookie=seat["cookie"], path=path)
            assert page.in_list == {
                "words": f"{number + 1} of 2",
                "before": "" if number == 0 else listed[0],
                "after": "" if number else listed[1],
                "back": "/contacts?q=nguy&sort=added",
            }
        page = await browser.call(ContactPageState.load, cookie=seat["cookie"], path=listed[0].split("?")[0])
        assert page.in_list == {"words": "", "before": "", "after": "", "back": "/contacts"}
        page = await browser.call(
            ContactPageState.load, cookie=seat["cookie"], path=listed[0].split("?")[0] + "?sort=x&q=y"
        )
        assert page.in_list["words"] == ""


async def test_the_page_says_what_is_around_a_contact(sqlite, cast: Cast) -> None:
    async with transaction() as session:
        for n in range(40):
            session.add(
                Activity(
                    organisation_id=cast.firm.id, deal_id=cast.deal.id, kind="deal:changed", actor_kind="broker",
                    actor_name="Alice", facts={"fields": "name"}, created_at=utc_now() - timedelta(hours=n),
                )
            )  # fmt: skip
        await make.make_contact(session, cast.firm, "Kim", "Nguyen", email=cast.kim_contact.email)
    seat = {"cookie": cast.cookies["alice"], "path": f"/contacts/{cast.kim_contact.id}"}
    async with Harness() as browser:
        state = await browser.call(ContactPageState.load, **seat)
        assert browser.refusal == "" and state.roles == ["Client"] and state.called == "Kim"
        said = {each["name"]: each["value"] for each in state.details}
        assert said["E-mail"] == cast.kim_contact.email and "Sydney" in said["Time there"]
        assert [each["label"] for each in state.threads] == ["Nguyen purchase"]
        assert [each["name"] for each in state.people][:1] == ["Sam Nguyen"]
        assert state.people[0]["note"] == "Applies together · Nguyen purchase"
        assert [each["why"].split(",")[0] for each in state.alike] == ["same e-mail and name"]
        assert len(state.timeline) == 30 and state.earlier
        heads = [each["head"] for each in state.timeline if each["head"]]
        assert len(heads) == len(set(heads))
        state = await browser.call(ContactPageState.show_earlier, **seat)
        ids = [each["id"] for each in state.timeline]
        assert len(ids) == len(set(ids)) >= 40 and not state.earlier
        assert len([each for each in state.timeline if each["head"]]) == len({e["exact"][:11] for e in state.timeline})
        state = await browser.call(ContactPageState.narrow, {"which": "notes"}, **seat)
        assert state.which == "notes" and state.timeline == []
        await browser.call(ContactPageState.narrow, {"which": "everything"}, **seat)
        assert browser.refusal != ""


async def test_what_is_to_do_about_somebody_stands_on_their_page_and_among_ones_own(sqlite, cast: Cast) -> None:
    seat = {"cookie": cast.cookies["alice"], "path": f"/contacts/{cast.kim_contact.id}"}
    async with Harness() as browser:
        await browser.call(TasksState.add, {"form": {"title": "Ring Kim", "due": "today"}}, **seat)
        assert browser.refusal == ""
        tasks = await browser.call(TasksState.load, **seat)
        assert [(each["title"], each["deal_path"]) for each in tasks.tasks] == [("Ring Kim", "")]
        await browser.call(ContactPageState.load, **seat)
        assert [each["title"] for each in (await browser.state(TasksState)).tasks] == ["Ring Kim"]
        mine = await browser.call(TasksState.load, cookie=seat["cookie"], path="/tasks", tab="mine")
        assert [(each["deal"], each["deal_path"], each["person"]) for each in mine.tasks] == [
            ("Kim Nguyen", seat["path"], True)
        ]  # fmt: skip
        theirs = await browser.call(TasksState.load, cookie=cast.cookies["mallory"], path=seat["path"], tab="m")
        assert theirs.tasks == [] and not theirs.loaded
        deal = await browser.call(AddDealState.show_with, {"contact_id": str(cast.kim_contact.id)}, **seat)
        assert [(each["contact_id"], each["name"]) for each in deal.people] == [
            (str(cast.kim_contact.id), "Kim Nguyen")
        ]  # fmt: skip


async def test_lists_are_in_the_address_and_searched_as_somebody_types(sqlite, cast: Cast) -> None:
    cookie = cast.cookies["alice"]
    async with Harness() as browser:
        state = await browser.call(ContactsState.load, cookie=cookie, path="/contacts")
        people = [each["name"] for each in state.contacts]
        assert {"Kim Nguyen", "Sam Nguyen"} <= set(people) and people == sorted(people, key=lambda n: n.split()[::-1])
        assert [each["on"] for each in state.tabs] == [True, False] and state.said == f"{len(people)} people"
        await browser.call(ContactsState.search, {"words": " kim"}, cookie=cookie, path="/contacts")
        assert any("q=kim" in each for each in browser.events)
        state = await browser.call(ContactsState.load, cookie=cookie, path="/contacts?q=kim")
        assert [each["name"] for each in state.contacts] == ["Kim Nguyen"] and state.box == 0
        assert state.contacts[0]["roles"] == ["Client"] and state.contacts[0]["deal"] == "Nguyen purchase"
        state = await browser.call(ContactsState.load, cookie=cookie, path="/contacts?q=sam")  # Back, or a link
        assert state.box == 1 and [each["name"] for each in state.contacts] == ["Sam Nguyen"]
        odd = "/contacts?kind=%00&sort=x&after=nobody&q=" + "z" * 500
        state = await browser.call(ContactsState.load, cookie=cookie, path=odd)
        assert browser.refusal == "" and state.contacts == [] and state.kind == ""


async def test_somebody_new_is_added_without_a_deal_and_somebody_known_is_offered(sqlite, cast: Cast) -> None:
    seat = {"cookie": cast.cookies["bob"], "path": "/contacts?kind=companies"}
    kim = {"first_name": "Kim", "last_name": "Nguyen", "email": cast.kim_contact.email}
    async with Harness() as browser:
        state = await browser.call(NewContactState.show, {"on": True}, **seat)
        assert state.shown and state.company
        state = await browser.call(NewContactState.save, {"form": {"company_name": ""}}, **seat)
        assert "company_name" in state.errors and state.shown
        await browser.call(NewContactState.choose_kind, {"kind": "person"}, **seat)
        state = await browser.call(NewContactState.save, {"form": kim}, **seat)
        assert [each["id"] for each in state.found] == [str(cast.kim_contact.id)] and state.shown
        assert "Is this the Kim Nguyen you know?" in state.errors["first_name"]
        state = await browser.call(NewContactState.save, {"form": kim}, **seat)
        assert not state.shown and any("/contacts/" in each for each in browser.events)
        found = await browser.call(ContactsState.load, cookie=seat["cookie"], path="/contacts?q=kim+nguyen")
        assert len(found.contacts) == 2
