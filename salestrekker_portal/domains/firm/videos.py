"""Videos for clients: one for each stage on the dashboard, and for pages and sections of a flow (S1-07..S1-12).

They belong to the portal settings, so a broker's own take the place of the firm's. Clients see those of the
settings as they are now, as far as their own invitation asks the page or section that a video belongs to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.versions import on_top_of
from salestrekker_portal.domains.firm.settings import change_portal_settings, hold_settings, settings_trail
from salestrekker_portal.domains.organisations.flow_choice import flows_open_to
from salestrekker_portal.domains.organisations.video_links import VideoLink, checked_video
from salestrekker_portal.domains.questions.catalogue import every_page
from salestrekker_portal.domains.questions.chapters import JOINED
from salestrekker_portal.domains.questions.flows import apply_flow
from salestrekker_portal.domains.questions.vocabulary import Page, section_id
from salestrekker_portal.kernel.errors import Invalid, NotFound, noting
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import Flow, PortalSettings
from salestrekker_portal.tables.portal_access import PortalAccess
from salestrekker_portal.tables.workflows import Stage, Workflow

TEXT_LIMIT = 300


@dataclass(frozen=True, kw_only=True)
class Video:
    """One video with what it is about, which is also its text alternative."""

    link: VideoLink
    text: str


def video_of(kept: object) -> Video | None:
    """A kept video, looked at again: a link that is none any more shows nothing."""
    if not isinstance(kept, Mapping):
        return None
    try:
        return Video(link=checked_video(kept.get("url")), text=str(kept.get("text") or ""))
    except Invalid:
        return None


def video_form(kept: object) -> dict[str, str]:
    """What the form shows of a kept video, by its fields."""
    video = video_of(kept)
    return {"url": video.link.page if video else "", "text": video.text if video else ""}


async def keep_stage_video(
    session: WriteSession,
    actor: Actor,
    stage_id: UUID,
    *,
    for_firm: bool,
    url: object,
    text: object,
    shown: Mapping[str, object] | None = None,
) -> None:
    """Set a stage's video, which also switches stage videos on; an empty link removes it.

    Raises NotPermitted, NotFound, Invalid (`url`, `text`), Faster for what somebody else changed since `shown`.
    """
    found = select(Stage.id).join(Workflow, Workflow.id == Stage.workflow_id)
    if not await session.scalar(found.where(Stage.id == stage_id, Workflow.organisation_id == actor.organisation_id)):
        raise NotFound("stage")
    place, videos = str(stage_id), (await hold_settings(session, actor, for_firm=for_firm)).settings.stage_videos
    kept = await on_top_of(
        session, actor, settings_trail(for_firm, place, "stage_videos"),
        shown=shown, now=video_form(videos.get(place)), typed={"url": url, "text": text},
    )  # fmt: skip
    wanted = _with(videos, place, kept["url"], kept["text"])
    on: dict[str, Any] = {"show_stage_videos": True} if place in wanted else {}
    await change_portal_settings(session, actor, for_firm=for_firm, about=place, stage_videos=wanted, **on)


async def keep_flow_video(
    session: WriteSession,
    actor: Actor,
    flow_id: UUID,
    place: object,
    *,
    for_firm: bool,
    url: object,
    text: object,
    shown: Mapping[str, object] | None = None,
) -> None:
    """Set the video of a page ("assets") or section ("assets.property") of a flow; an empty link removes it.

    Raises NotPermitted, NotFound, Invalid (`url`, `text`), Faster for what somebody else changed since `shown`.
    """
    flow = await flow_in_use(session, actor, flow_id, for_firm=for_firm)
    if place not in dict(places_of(actor.country, flow.section_ids)):
        raise NotFound("page")
    settings, about = (await hold_settings(session, actor, for_firm=for_firm)).settings, f"{flow.id} {place}"
    videos = settings.flow_videos.get(str(flow_id)) or {}
    kept = await on_top_of(
        session, actor, settings_trail(for_firm, about, "flow_videos"),
        shown=shown, now=video_form(videos.get(str(place))), typed={"url": url, "text": text},
    )  # fmt: skip
    own = _with(videos, str(place), kept["url"], kept["text"])
    wanted = {**settings.flow_videos, str(flow_id): own}
    on: dict[str, Any] = {"show_flow_videos": True} if str(place) in own else {}
    await change_portal_settings(session, actor, for_firm=for_firm, about=about, flow_videos=wanted, **on)


async def flow_in_use(session: ReadSession, actor: Actor, flow_id: UUID, *, for_firm: bool) -> Flow:
    """A flow of the firm, or for one's own settings also one's own, that invitations may choose. Raises NotFound."""
    for flow in await flows_with_videos(session, actor, for_firm=for_firm):
        if flow.id == flow_id:
            return flow
    raise NotFound("flow")


async def flows_with_videos(session: ReadSession, actor: Actor, *, for_firm: bool) -> list[Flow]:
    """Whose pages may have a video in these settings: the firm's flows, and in one's own settings one's own too."""
    return await flows_open_to(session, actor.organisation_id, *([] if for_firm else [actor.id]))


def places_of(country: str, section_ids: list[str]) -> list[tuple[str, str]]:
    """Where a flow may have a video, in the order of its pages: (key, title) of each page and its sections."""
    found = []
    for page in _asked(country, section_ids):
        found.append((page.key, page.broker_title))
        found += [(section_id(page, section), section.title) for section in page.sections]
    return found


async def dashboard_video(session: ReadSession, actor: Actor) -> Video | None:
    """A client's video for the stage that their deal is in. One statement."""
    row = (await session.execute(_own_settings(actor).add_columns(Deal.stage_id))).first()
    if row is None or row[1] is None or not row[1].show_stage_videos:
        return None
    return video_of(row[1].stage_videos.get(str(row[2])))


async def flow_videos_on(session: ReadSession, actor: Actor, screen: str) -> list[tuple[str, Video]]:
    """A client's videos of one screen of their fact find: (title, video), the page's first.

    `screen` is a page's key, or a section's. Nothing outside the sections that this client was invited to answer
    is ever found (S1-12). One statement.
    """
    row = (await session.execute(_own_settings(actor))).first()
    if row is None or row[1] is None or not row[1].show_flow_videos or row[0].flow_id is None:
        return []
    videos = row[1].flow_videos.get(str(row[0].flow_id)) or {}
    shown = [(title, video_of(videos.get(key))) for key, title in _shown_on(actor.country, row[0].section_ids, screen)]
    return [(title, video) for title, video in shown if video is not None]


def _own_settings(actor: Actor) -> Select[PortalAccess, PortalSettings]:
    """A client's access with the settings that apply: the broker's own before the firm's."""
    return (
        select(PortalAccess, PortalSettings)
        .join(Deal, Deal.id == PortalAccess.deal_id)
        .outerjoin(
            PortalSettings,
            (PortalSettings.organisation_id == Deal.organisation_id)
            & or_(PortalSettings.user_id == Deal.owner_id, PortalSettings.user_id.is_(None)),
        )
        .where(PortalAccess.id == actor.access_id)
        .order_by(PortalSettings.user_id.is_(None))
    )


def _shown_on(country: str, section_ids: list[str], screen: str) -> list[tuple[str, str]]:
    """The page and sections of a screen. A page's video stands on its first screen, whole pages show all theirs, and
    so do screens that several sections share."""
    page_key, _, wanted = screen.partition(".")
    page = next((each for each in _asked(country, section_ids) if each.key == page_key), None)
    if page is None:
        return []
    sections = [(section_id(page, section), section.title) for section in page.sections]
    if not wanted:
        return [(page.key, page.title), *sections]
    together = next((each.section_ids for each in JOINED if screen in each.section_ids), (screen,))
    own = [pair for pair in sections if pair[0] in together]
    return [(page.key, page.title), *own] if own and own[0] == sections[0] else own


def _asked(country: str, section_ids: list[str]) -> tuple[Page, ...]:
    every = every_page(country)
    return apply_flow(every, section_ids) if section_ids else every


def _with(videos: Mapping[str, object], place: str, url: object, text: object) -> dict[str, object]:
    """The videos with this one set, or without it when the link is empty."""
    kept = dict(videos)
    if not clean(url):
        kept.pop(place, None)
        return kept
    errors: dict[str, str] = {}
    words = clean(text)
    if len(words) > TEXT_LIMIT:
        errors["text"] = f"Use at most {TEXT_LIMIT} characters. This has {len(words):,}."
    with noting(errors):
        link = checked_video(url)
    if errors:
        raise Invalid(errors)
    kept[place] = {"url": link.page, "text": words}
    return kept
