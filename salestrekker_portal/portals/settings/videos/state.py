"""Videos for clients: choose a workflow or a flow, then give its stages, or its pages and sections, a video each."""

from typing import TypedDict
from uuid import UUID

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.firm import videos
from salestrekker_portal.domains.firm.settings import portal_settings_of
from salestrekker_portal.domains.workflows.queries import workflows_with_stages
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.incoming.parse import form_from, shown_from, uuid_from
from salestrekker_portal.portals.settings.client_portal.state import FIRM, is_for_firm
from salestrekker_portal.portals.settings.here import KeptAtOnce
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import PortalSettings

PAGE = "/settings/client-portal/videos"
FLOWS = "flows"


class PlaceLine(TypedDict):
    """Where a video may stand. `deep` marks a section under its page."""

    id: str
    name: str
    deep: bool
    vendor: str
    url: str
    text: str


class SetLine(TypedDict):
    """A workflow or a flow to choose."""

    id: str
    name: str
    path: str
    current: bool


NO_PLACE = PlaceLine(id="", name="", deep=False, vendor="", url="", text="")


class VideosState(KeptAtOnce, rx.State):
    """`kind` is "stages" or "flows", `whose` as on the page of the client portal; both come from the address."""

    ready: bool = False
    kind: str = "stages"
    whose: str = "own"
    may_edit: bool = False
    switched_on: bool = False
    sets: list[SetLine] = []
    chosen: str = ""
    places: list[PlaceLine] = []
    place: PlaceLine = NO_PLACE
    errors: dict[str, str] = {}

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """The videos of the address's workflow or flow, or of the first."""
        self.saved, self.errors, self.place = "", {}, NO_PLACE
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    async def edit(self, place: str):
        """The form of one place."""
        await self._read()
        self.place = next((each for each in self.places if each["id"] == place), NO_PLACE)
        self.errors = {}

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        """Close the form; nothing changed."""
        self.place, self.errors = NO_PLACE, {}

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Keep the video in the form; without a link there is none."""
        typed = form_from(form)
        await self._keep(str(typed.get("place") or ""), typed.get("url"), typed.get("text"), shown_from(form))

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def remove(self, place: str):
        """Show no video there any more."""
        await self._keep(place if isinstance(place, str) else "", "", "")

    async def _keep(self, place: str, url: object, text: object, shown: dict[str, object] | None = None) -> None:
        typed = {"url": url, "text": text, "shown": shown}
        try:
            async with self._keeping() as (session, actor):
                for_firm = is_for_firm(self._query("whose"), actor)
                if self._kind() == FLOWS:
                    flow = uuid_from(self.chosen, "flow")
                    await videos.keep_flow_video(session, actor, flow, place, for_firm=for_firm, **typed)
                else:
                    stage = uuid_from(place, "stage")
                    await videos.keep_stage_video(session, actor, stage, for_firm=for_firm, **typed)
        except Invalid as refusal:
            self.errors = refusal.errors
            return
        self.errors, self.place = {}, NO_PLACE

    def _kind(self) -> str:
        return FLOWS if self._query("kind") == FLOWS else "stages"

    async def _read(self) -> None:
        self.kind = self._kind()
        async with self._looking() as (session, actor):
            for_firm = is_for_firm(self._query("whose"), actor)
            settings = (await portal_settings_of(session, actor, for_firm=for_firm)).settings
            sets = await (_flows(session, actor, for_firm) if self.kind == FLOWS else _workflows(session, actor))
        self.whose = FIRM if for_firm else "own"
        self.may_edit = actor.may(Permission.ORGANISATION_MANAGE if for_firm else Permission.DEAL_SHARE)
        self.switched_on = settings.show_flow_videos if self.kind == FLOWS else settings.show_stage_videos
        wanted = self._query("of")
        shown = next((each for each in sets if str(each[0]) == wanted), sets[0] if sets else None)
        self.chosen = str(shown[0]) if shown else ""
        self.sets = [
            SetLine(id=str(key), name=name, path=self._path_to(key), current=str(key) == self.chosen)
            for key, name, _ in sets
        ]
        kept = _kept(settings, self.kind, self.chosen)
        self.places = [_line(key, name, kept.get(key)) for key, name in (shown[2] if shown else [])]
        self.ready = True

    def _path_to(self, key: UUID) -> str:
        return f"{PAGE}?kind={self.kind}&whose={self.whose}&of={key}"


Places = list[tuple[str, str]]


async def _workflows(session: ReadSession, actor: Actor) -> list[tuple[UUID, str, Places]]:
    found = await workflows_with_stages(session, actor)
    return [(flow.id, flow.name, [(str(stage.id), stage.name) for stage in stages]) for flow, stages in found]


async def _flows(session: ReadSession, actor: Actor, for_firm: bool) -> list[tuple[UUID, str, Places]]:
    found = await videos.flows_with_videos(session, actor, for_firm=for_firm)
    return [(flow.id, flow.name, videos.places_of(actor.country, flow.section_ids)) for flow in found]


def _kept(settings: PortalSettings, kind: str, chosen: str) -> dict:
    return (settings.flow_videos.get(chosen) or {}) if kind == FLOWS else settings.stage_videos


def _line(key: str, name: str, kept: object) -> PlaceLine:
    video = videos.video_of(kept)
    return PlaceLine(
        id=key,
        name=name,
        deep="." in key,
        vendor=video.link.vendor_name if video else "",
        **videos.video_form(kept),
    )
