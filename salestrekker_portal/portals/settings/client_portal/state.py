"""What clients see: the firm's settings, and a broker's own for their deals."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.documents.compliance import current_versions
from salestrekker_portal.domains.documents.rules import SLOT_NAMES
from salestrekker_portal.domains.firm.settings import change_portal_settings, drop_own_settings, portal_settings_of
from salestrekker_portal.kernel.days import day_words, local
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.incoming.parse import bool_from, choice_from, form_from, shown_from
from salestrekker_portal.portals.settings.here import KeptAtOnce
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import PrivacyMode

FIRM = "organisation"
SWITCHES = {
    "status_bar": "show_status_bar",
    "profile_first": "profile_at_first_login",
    "stage_videos": "show_stage_videos",
    "flow_videos": "show_flow_videos",
}


def is_for_firm(named: str, actor: Actor) -> bool:
    """Whose settings an address names (`whose`); an admin's page without a name is the organisation's."""
    return named == FIRM or (named != "own" and actor.may(Permission.ORGANISATION_MANAGE))


class SlotLine(TypedDict):
    """A document that clients must be given. `id` is empty while there is none."""

    slot: str
    name: str
    id: str
    version: str
    since: str


class ClientPortalSettingsState(KeptAtOnce, rx.State):
    """`whose` is "organisation" or "own", from the address; an admin begins with the organisation's."""

    ready: bool = False
    whose: str = "own"
    is_own: bool = False
    may_edit: bool = False
    status_bar: bool = True
    profile_first: bool = True
    stage_videos: bool = False
    flow_videos: bool = False
    # The firm's alone, whoever's settings these are.
    may_set_privacy: bool = False
    mode: str = "documents"
    url: str = ""
    slots: list[SlotLine] = []
    errors: dict[str, str] = {}

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read the settings of the address."""
        self.saved, self.errors = "", {}
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a switch is set to a value")
    async def switch(self, name: str, on: bool):
        """Show the status bar or not; the profile at first sign-in or not; videos or not."""
        if not isinstance(name, str) or name not in SWITCHES:
            raise Invalid({"name": "Choose one of the switches shown."})
        await self._change(**{SWITCHES[name]: bool_from(on)})

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a choice is set to a value")
    async def choose_mode(self, mode: str):
        """Documents in each deal, or a link, for the whole firm. A link must be typed before it counts."""
        chosen = choice_from(mode, PrivacyMode, "mode")
        await self._change(privacy=True, privacy_mode=chosen)

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save_link(self, form: dict):
        """Keep the address of the firm's privacy page."""
        typed = form_from(form).get("privacy_url")
        await self._change(privacy=True, shown=shown_from(form), privacy_mode=PrivacyMode.LINK, privacy_url=typed)

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def follow_firm(self):
        """Drop one's own settings."""
        async with self._acting() as (session, actor):
            await drop_own_settings(session, actor)
        await self._read()
        return Notices.tell("Your deals follow the organisation’s settings again.")

    async def _change(self, *, privacy: bool = False, **changes: object) -> None:
        try:
            async with self._keeping() as (session, actor):
                for_firm = privacy or self._for_firm(actor)
                await change_portal_settings(session, actor, for_firm=for_firm, **changes)
        except Invalid as refusal:
            self.errors = refusal.errors
            return
        self.errors = {}

    def _for_firm(self, actor: Actor) -> bool:
        return is_for_firm(self._query("whose"), actor)

    async def _read(self) -> None:
        async with self._looking() as (session, actor):
            for_firm = self._for_firm(actor)
            chosen = await portal_settings_of(session, actor, for_firm=for_firm)
            versions = await current_versions(session, actor)
        settings = chosen.settings
        self.whose, self.is_own = (FIRM if for_firm else "own"), chosen.is_own
        self.may_edit = actor.may(Permission.ORGANISATION_MANAGE if for_firm else Permission.DEAL_SHARE)
        self.status_bar, self.profile_first = settings.show_status_bar, settings.profile_at_first_login
        self.stage_videos, self.flow_videos = settings.show_stage_videos, settings.show_flow_videos
        self.may_set_privacy = for_firm and self.may_edit
        self.mode, self.url = chosen.firms.privacy_mode.value, chosen.firms.privacy_url or ""
        self.slots = [
            SlotLine(
                slot=slot.value,
                name=SLOT_NAMES[slot],
                id=str(found.id) if found else "",
                version=found.version if found else "",
                since=day_words(local(found.created_at, actor.time_zone).date()) if found else "",
            )
            for slot, found in versions.items()
        ]
        self.ready = True
