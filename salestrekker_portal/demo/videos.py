"""Two videos for Alice's clients, so that the demo shows them. Nothing is loaded before somebody presses play."""

from sqlalchemy import select

from salestrekker_portal.database.session import transaction
from salestrekker_portal.demo.deals import staff_actor
from salestrekker_portal.demo.world import World
from salestrekker_portal.domains.firm.videos import keep_flow_video, keep_stage_video
from salestrekker_portal.tables.organisations import Flow
from salestrekker_portal.tables.portal_access import PortalAccess

# A free animated film that stands in for a broker's own video.
STAND_IN = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
ON_DASHBOARD = "Alice explains in two minutes what she needs from you and why lenders ask for it."
ON_ASSETS = "What counts as an asset, and what you may leave out. About a minute."


async def furnish_videos(world: World) -> None:
    """One on the dashboard while a deal is in the fact find, one with the assets."""
    alice = await staff_actor(world, "alice")
    async with transaction() as session:
        stage = next(each for each in world.firms["harbour"].home_loan_stages.values() if each.name == "Fact find")
        await keep_stage_video(session, alice, stage.id, for_firm=True, url=STAND_IN, text=ON_DASHBOARD)
        flow = await session.scalar(
            select(Flow).where(Flow.organisation_id == alice.organisation_id).order_by(Flow.position).limit(1)
        )
        await keep_flow_video(session, alice, flow.id, "assets", for_firm=True, url=STAND_IN, text=ON_ASSETS)
        invited = select(PortalAccess).where(PortalAccess.deal_id == world.deals["odea-rewi"])
        for access in await session.scalars(invited):
            access.flow_id, access.flow_name, access.section_ids = flow.id, flow.name, list(flow.section_ids)
