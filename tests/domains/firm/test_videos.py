"""Videos of stages and flows: who sets them, whose apply, and which a client can reach."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.firm import videos
from salestrekker_portal.domains.firm.settings import change_portal_settings
from salestrekker_portal.kernel.errors import Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.organisations import Flow
from salestrekker_portal.tables.portal_access import PortalAccess

pytestmark = pytest.mark.usefixtures("sqlite")
YOUTUBE, VIMEO = "https://youtu.be/aqz-KE-bpKQ", "https://vimeo.com/76979871/8272103f6e"


async def _stage(who, stage, url=YOUTUBE, text="What happens here", *, for_firm=True):
    async with transaction() as session:
        await videos.keep_stage_video(session, who, stage.id, for_firm=for_firm, url=url, text=text)


async def _flow(cast, *sections: str) -> Flow:
    """A flow of the firm that kim was invited with."""
    async with transaction() as session:
        flow = Flow(organisation_id=cast.firm.id, name="Short", section_ids=list(sections))
        session.add(flow)
        await session.flush()
        access = await session.get(PortalAccess, cast.kim_access.id)
        access.flow_id, access.section_ids = flow.id, list(sections)
    return flow


async def _flow_video(who, flow, place, url=YOUTUBE, text="", *, for_firm=True):
    async with transaction() as session:
        await videos.keep_flow_video(session, who, flow.id, place, for_firm=for_firm, url=url, text=text)


async def _dashboard(who):
    async with reading() as session:
        return await videos.dashboard_video(session, who)


async def _on(who, screen: str) -> list[str]:
    async with reading() as session:
        return [title for title, _ in await videos.flow_videos_on(session, who, screen)]


async def test_a_client_sees_the_video_of_the_stage_that_the_deal_is_in(cast):
    await _stage(cast.alice, cast.stages[2])
    assert await _dashboard(cast.kim) is None
    await _stage(cast.alice, cast.stages[1], VIMEO, "What we need from you")
    video = await _dashboard(cast.kim)
    assert (video.link.vendor, video.link.hash, video.text) == ("vimeo", "8272103f6e", "What we need from you")


async def test_switched_off_or_taken_away_there_is_none(cast):
    await _stage(cast.alice, cast.stages[1])
    async with transaction() as session:
        await change_portal_settings(session, cast.alice, for_firm=True, show_stage_videos=False)
    assert await _dashboard(cast.kim) is None
    await _stage(cast.alice, cast.stages[1])
    assert await _dashboard(cast.kim) is not None
    await _stage(cast.alice, cast.stages[1], "")
    assert await _dashboard(cast.kim) is None


async def test_a_brokers_own_video_takes_the_place_of_the_firms(cast):
    await _stage(cast.alice, cast.stages[1], YOUTUBE, "The firm's")
    await _stage(cast.alice, cast.stages[1], VIMEO, "Alice's", for_firm=False)
    assert (await _dashboard(cast.kim)).text == "Alice's"
    await _stage(cast.alice, cast.stages[1], YOUTUBE, "The firm's, later")
    assert (await _dashboard(cast.kim)).text == "Alice's"


async def test_who_may_not_is_refused_and_ids_of_elsewhere_are_not_found(cast):
    with pytest.raises(NotPermitted):
        await _stage(cast.bob, cast.stages[1])
    with pytest.raises(NotPermitted):
        await _stage(cast.bob, cast.stages[1], for_firm=False)
    with pytest.raises(NotFound):
        await _stage(cast.mallory, cast.stages[1])
    flow = await _flow(cast, "assets.property")
    with pytest.raises(NotFound):
        await _flow_video(cast.mallory, flow, "assets")
    assert await _dashboard(cast.kim) is None


@pytest.mark.parametrize("url", ["<script>alert(1)</script>", "javascript:alert(1)", "https://youtube.evil.example/x"])
async def test_a_bad_link_is_refused_beside_its_field_and_nothing_is_kept(cast, url):
    with pytest.raises(Invalid) as refusal:
        await _stage(cast.alice, cast.stages[1], url, "x" * 2000)
    assert set(refusal.value.errors) == {"url", "text"}
    assert await _dashboard(cast.kim) is None


async def test_a_flow_without_liabilities_has_no_video_of_liabilities(cast):
    """Oracle 10, S1-12: neither the page's nor a section's, whatever the address names."""
    flow = await _flow(cast, "assets.property", "liabilities.cards")
    for place in ("assets", "assets.property", "liabilities", "liabilities.cards"):
        await _flow_video(cast.alice, flow, place)
    assert await _on(cast.kim, "liabilities") != []
    async with transaction() as session:
        access = await session.get(PortalAccess, cast.kim_access.id)
        access.section_ids = ["assets.property"]
    for screen in ("liabilities", "liabilities.cards", "liabilities.nonsense", "", ".", "assets.savings", "nonsense"):
        assert await _on(cast.kim, screen) == []
    assert len(await _on(cast.kim, "assets")) == 2
    # Sam was invited without a flow.
    assert await _on(cast.sam, "assets") == []


async def test_a_pages_video_stands_on_its_first_screen_and_a_sections_on_its_own(cast):
    flow = await _flow(cast, "applicant.personal_details", "applicant.contact_details", "applicant.identification")
    await _flow_video(cast.alice, flow, "applicant")
    await _flow_video(cast.alice, flow, "applicant.identification", VIMEO)
    assert len(await _on(cast.kim, "applicant.personal_details")) == 1
    assert len(await _on(cast.kim, "applicant.identification")) == 1
    # What shares a screen shows its videos there.
    await _flow_video(cast.alice, flow, "applicant.contact_details", VIMEO)
    assert len(await _on(cast.kim, "applicant.personal_details")) == 2
    with pytest.raises(NotFound):
        await _flow_video(cast.alice, flow, "liabilities")
    with pytest.raises(NotFound):
        await _flow_video(cast.alice, flow, None)
