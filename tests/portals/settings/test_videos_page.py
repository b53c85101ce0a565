"""Videos through the gate: set by a broker, met by a client, and nothing of the vendor before play."""

import json

import pytest

from salestrekker_portal.database.session import transaction
from salestrekker_portal.portals.client.videos import ClientVideosState
from salestrekker_portal.portals.http.policy import plain_policy
from salestrekker_portal.portals.settings.client_portal.state import ClientPortalSettingsState
from salestrekker_portal.portals.settings.videos.state import VideosState
from salestrekker_portal.tables.organisations import Flow
from salestrekker_portal.tables.portal_access import PortalAccess
from tests.support.harness import Harness

PAGE = "/settings/client-portal/videos"
LINK = "https://youtu.be/aqz-KE-bpKQ"


@pytest.fixture
async def browser(sqlite):
    async with Harness() as harness:
        yield harness


async def test_a_stages_video_reaches_the_dashboard_and_loads_nothing_before_play(browser, cast):
    alice, kim, stage = cast.cookies["alice"], cast.cookies["kim"], str(cast.stages[1].id)
    state = await browser.call(VideosState.load, cookie=alice, path=PAGE)
    assert [each["name"] for each in state.places][:2] == ["New enquiry", "Fact find"] and not state.switched_on
    state = await browser.call(VideosState.edit, cookie=alice, path=PAGE, place=stage)
    assert state.place["name"] == "Fact find"
    form = {"place": stage, "url": LINK, "text": "What we need from you <b>now</b>"}
    state = await browser.call(VideosState.save, cookie=alice, path=PAGE, form=form)
    assert state.switched_on and state.saved and state.places[1]["vendor"] == "YouTube" and not state.place["id"]

    shown = await browser.call(ClientVideosState.load, cookie=kim, path="/portal", tab="kim")
    assert [(row["text"], row["frame"]) for row in shown.videos] == [("What we need from you <b>now</b>", "")]
    assert "Fact find" not in json.dumps(shown.videos)
    shown = await browser.call(ClientVideosState.play, cookie=kim, path="/portal", tab="kim", video_id="nonsense")
    assert shown.videos[0]["frame"] == ""
    shown = await browser.call(
        ClientVideosState.play, cookie=kim, path="/portal", tab="kim", video_id=shown.videos[0]["id"]
    )
    assert shown.videos[0]["frame"].startswith("https://www.youtube-nocookie.com/embed/")
    shown = await browser.call(ClientVideosState.refresh, cookie=kim, path="/portal", tab="kim")
    assert shown.videos[0]["frame"]


async def test_the_switch_takes_the_videos_away(browser, cast):
    alice, stage = cast.cookies["alice"], str(cast.stages[1].id)
    await browser.call(VideosState.load, cookie=alice, path=PAGE)
    await browser.call(VideosState.save, cookie=alice, path=PAGE, form={"place": stage, "url": LINK})
    state = await browser.call(
        ClientPortalSettingsState.switch, cookie=alice, path="/settings/client-portal", name="stage_videos", on=False
    )
    assert not state.stage_videos
    shown = await browser.call(ClientVideosState.load, cookie=cast.cookies["kim"], path="/portal", tab="kim")
    assert shown.videos == []


async def test_a_bad_link_stays_beside_its_field_and_the_form_stays_open(browser, cast):
    alice, stage = cast.cookies["alice"], str(cast.stages[1].id)
    await browser.call(VideosState.load, cookie=alice, path=PAGE)
    await browser.call(VideosState.edit, cookie=alice, path=PAGE, place=stage)
    for wrong in ("<script>", "javascript:alert(1)", "https://youtube.example.com/watch?v=aqz-KE-bpKQ", "x" * 2000):
        state = await browser.call(VideosState.save, cookie=alice, path=PAGE, form={"place": stage, "url": wrong})
        assert state.errors["url"].endswith(".") and state.place["id"] == stage and not state.saved
    for garbage in (None, [], {"place": {"a": 1}}, {"place": "x", "url": LINK}):
        await browser.call(VideosState.save, cookie=alice, path=PAGE, form=garbage)
    state = await browser.call(VideosState.load, cookie=alice, path=PAGE)
    assert all(not each["url"] for each in state.places)


async def test_flow_videos_stand_only_where_the_invitation_asks(browser, cast):
    alice, kim = cast.cookies["alice"], cast.cookies["kim"]
    async with transaction() as session:
        flow = Flow(organisation_id=cast.firm.id, name="Short", section_ids=["assets.property", "liabilities.cards"])
        session.add(flow)
        await session.flush()
        access = await session.get(PortalAccess, cast.kim_access.id)
        access.flow_id, access.section_ids = flow.id, ["assets.property"]
    path = f"{PAGE}?kind=flows&whose=organisation&of={flow.id}"
    state = await browser.call(VideosState.load, cookie=alice, path=path)
    assert [each["id"] for each in state.places] == ["assets", "assets.property", "liabilities", "liabilities.cards"]
    for place in ("assets", "liabilities"):
        await browser.call(VideosState.save, cookie=alice, path=path, form={"place": place, "url": LINK})
    shown = await browser.call(ClientVideosState.load, cookie=kim, path="/portal/profile/assets", tab="kim")
    assert len(shown.videos) == 1
    for screen in ("liabilities", "liabilities.cards", "..", "nonsense"):
        shown = await browser.call(ClientVideosState.load, cookie=kim, path=f"/portal/profile/{screen}", tab="kim")
        assert shown.videos == []


def test_frames_may_come_from_ourselves_and_the_two_players_only():
    policy = dict(part.strip().split(" ", 1) for part in plain_policy().split(";"))
    assert policy["frame-src"] == "'self' https://www.youtube-nocookie.com https://player.vimeo.com"
    assert policy["default-src"] == "'self'" and "vimeo" not in policy["script-src"] + policy["img-src"]
