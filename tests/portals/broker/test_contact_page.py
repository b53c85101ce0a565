"""The page of one contact: every deal of theirs, and changing them there."""

from uuid import uuid4

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.pipeline.stopping import stop_deal
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
