"""The videos of a client's page: their stage's on the dashboard, a page's and a section's in the fact find."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.firm.videos import Video, dashboard_video, flow_videos_on
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.session import ClientState
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data import video_card

# Says no stage: where the status bar is off, none is named anywhere (S1-03).
ON_DASHBOARD = "What happens now"


class VideoRow(TypedDict):
    """`frame` is empty until the client asks to play it: before that nothing of the vendor is on the page."""

    id: str
    title: str
    text: str
    vendor: str
    page: str
    frame: str


class ClientVideosState(ClientState, rx.State):
    """Put `load` after the page's own, and `refresh` among what looks again."""

    videos: list[VideoRow] = []
    _playing: str = ""

    @rx.event
    @allow(Portal.CLIENT)
    async def load(self):
        """The videos of the address; none plays."""
        self._playing = ""
        await self._read()

    @rx.event
    @allow(Portal.CLIENT)
    async def refresh(self):
        """Look again; the one that plays goes on playing."""
        await self._read()

    @rx.event
    @allow(Portal.CLIENT)
    async def play(self, video_id: str):
        """Bring the vendor's player in."""
        self._playing = video_id if isinstance(video_id, str) else ""
        await self._read()

    async def _read(self) -> None:
        path = self._path()
        async with self._looking() as (session, actor):
            found = await _found(session, actor, path[2] if len(path) > 2 else "")
        rows = [_row(title, video, self._playing) for title, video in found]
        if rows != self.videos:
            self.videos = rows


async def _found(session: ReadSession, actor: Actor, screen: str) -> list[tuple[str, Video]]:
    if screen:
        return await flow_videos_on(session, actor, screen)
    video = await dashboard_video(session, actor)
    return [(ON_DASHBOARD, video)] if video is not None else []


def _row(title: str, video: Video, playing: str) -> VideoRow:
    key = f"{video.link.vendor}-{video.link.id}"
    return VideoRow(
        id=key,
        title=title,
        text=video.text,
        vendor=video.link.vendor_name,
        page=video.link.page,
        frame=video.link.frame if key == playing else "",
    )


def videos() -> rx.Component:
    """Their cards; nothing where there are none."""

    def one(row: rx.Var) -> rx.Component:
        return video_card(
            title=row["title"],
            text=row["text"],
            vendor=row["vendor"],
            page=row["page"],
            frame=row["frame"],
            on_play=ClientVideosState.play(row["id"]),
            key=row["id"],
        )

    return rx.foreach(ClientVideosState.videos, one)
