"""The page of one contact: every deal of theirs, and changing them there."""

from uuid import uuid4

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.pipeline.stopping import stop_deal
from salestrekker_portal.portals.broker.contacts.merge_state import MergeState
from salestrekker_portal.portals.broker.contacts.one_state import ContactPageState
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
        assert there.merges[0]["path"] == seat["path"]
        await browser.call(MergeState.take_apart, **seat, merge_id=page.merges[0]["id"])
        page = await browser.call(ContactPageState.load, **seat)
        assert page.name == "Kim Nguyen" and [each["name"] for each in page.deals] == ["Nguyen purchase"]
