"""The bell on every page, its list, and the page of one's own choices."""

from datetime import timedelta

import pytest

from salestrekker_portal.domains.activity.service import board_topic, deal_topic, user_topic
from salestrekker_portal.portals.broker.around.bell_state import BellState
from salestrekker_portal.portals.broker.deal.activity_state import ActivityState
from salestrekker_portal.portals.broker.notifications.state import NotificationsState
from salestrekker_portal.portals.events.live import Subscriptions, subscriptions
from salestrekker_portal.portals.settings.updates.state import UpdatesState
from tests.domains.documents.world import upload
from tests.domains.notifications.world import tell
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("sqlite")


def seat(cast, who: str, path: str, **more) -> dict:
    return {"cookie": cast.cookies[who], "path": path, **more}


async def test_the_bell_counts_the_list_shows_and_reading_stays_read(cast):
    await upload(cast.kim, cast.deal)
    await tell(timedelta(0))
    async with Harness() as browser:
        bell = await browser.call(BellState.load, **seat(cast, "alice", "/board"))
        assert bell.unread == "1"
        page = await browser.call(NotificationsState.load, **seat(cast, "alice", "/notifications"))
        [row] = page.rows
        assert row["words"] == "Kim Nguyen sent “Payslip.pdf”" and row["unread"]
        assert row["to"] == f"/deals/{cast.deal.id}/required-documents" and cast.deal.name in row["about"]
        seen = await browser.call(
            NotificationsState.mark, {"notice_id": row["id"], "read": True}, **seat(cast, "alice", "/notifications")
        )  # fmt: skip
        assert not seen.rows[0]["unread"] and not seen.any_unread
        assert (await browser.call(BellState.load, **seat(cast, "alice", "/board"))).unread == ""
        empty = await browser.call(NotificationsState.load, **seat(cast, "alice", "/notifications?show=unread"))
        assert empty.rows == [] and empty.view == "?show=unread"
        await browser.call(
            NotificationsState.mark, {"notice_id": row["id"], "read": True}, **seat(cast, "bob", "/notifications")
        )
        assert browser.refusal


async def test_a_tab_hears_of_its_owners_bell_on_every_page():
    live = Subscriptions()
    alice, bob = user_topic("alice"), user_topic("bob")
    live.watch("tab", board_topic("firm"))
    live.stands_around("tab", alice)
    live.watch("tab", deal_topic("deal"))
    assert live.watchers(frozenset({alice})) == {"tab"} == live.watchers(frozenset({deal_topic("deal")}))
    assert live.watchers(frozenset({board_topic("firm")})) == set()
    live.stands_around("tab", bob)  # somebody else signed in here
    assert live.watchers(frozenset({alice})) == set() and live.watchers(frozenset({bob})) == {"tab"}
    live.forget("tab")
    assert live.watchers(frozenset({bob, deal_topic("deal")})) == set()


async def test_the_bell_is_watched_for_the_person_who_is_signed_in(cast):
    async with Harness() as browser:
        await browser.call(BellState.load, **seat(cast, "alice", "/board"))
        assert subscriptions.watchers(frozenset({user_topic(cast.alice_user.id)}))
        assert not subscriptions.watchers(frozenset({user_topic(cast.bob_user.id)}))


async def test_choices_are_saved_at_once_with_a_mark(cast):
    where = seat(cast, "bob", "/settings/account/updates")
    async with Harness() as browser:
        page = await browser.call(UpdatesState.load, **where)
        rows = {row["key"]: row for group in page.groups for row in group["rows"]}
        assert rows["client_wrote"]["email"] == "on" and rows["team_note"]["email"] == "off" and "sms_low" not in rows
        page = await browser.call(UpdatesState.switch, {"key": "client_wrote", "way": "email", "on": False}, **where)
        rows = {row["key"]: row for group in page.groups for row in group["rows"]}
        assert rows["client_wrote"]["email"] == "off" and page.saved.startswith("Saved")
        page = await browser.call(UpdatesState.choose_mail, {"kind": "summary"}, **where)
        assert page.mail == "summary" and page.saved.startswith("Saved")


@pytest.mark.parametrize(("key", "way"), [("client_wrote", "pigeon"), ("nothing", "email"), ({}, "email")])
async def test_a_choice_that_is_not_on_the_page_is_refused(cast, key, way):
    async with Harness() as browser:
        where = seat(cast, "alice", "/settings/account/updates")
        await browser.call(UpdatesState.load, **where)
        page = await browser.call(UpdatesState.switch, {"key": key, "way": way, "on": True}, **where)
        assert page.saved == "" and browser.refusal


async def test_the_activity_page_lists_messages_when_asked(cast):
    await upload(cast.kim, cast.deal)
    await tell()
    async with Harness() as browser:
        path = f"/deals/{cast.deal.id}/activity"
        page = await browser.call(ActivityState.load, **seat(cast, "alice", f"{path}?show=messages"))
        assert [row["what"] for row in page.messages] == ["Client sends documents"]
        assert page.messages[0]["to"] == "to Alice O’Rourke by e-mail" and page.view == "?show=messages"
        assert (await browser.call(ActivityState.load, **seat(cast, "alice", path))).view == "?show=all"
