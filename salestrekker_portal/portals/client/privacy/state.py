"""Who has seen a client's file, what they agreed to, and where they are signed in."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.activity.service import access_topic, record, touch
from salestrekker_portal.domains.portal_access.consent import consents_of
from salestrekker_portal.domains.portal_access.home import home_of, open_sessions, who_looked
from salestrekker_portal.domains.signing_in.sessions import end_sessions
from salestrekker_portal.kernel.days import day_words, instant_words, local, time_words
from salestrekker_portal.kernel.devices import browser_name
from salestrekker_portal.kernel.text import initials
from salestrekker_portal.portals.client.privacy.words import look_words
from salestrekker_portal.portals.events.deeds import do
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import ClientState
from salestrekker_portal.portals.http import flash
from salestrekker_portal.tables.access import Portal


class LookRow(TypedDict):
    id: str
    who: str
    initials: str
    what: str
    role: str
    at: str
    day: str


class ReceiptRow(TypedDict):
    id: str
    at: str
    what: str
    address: str


class DeviceRow(TypedDict):
    id: str
    name: str
    since: str


class PrivacyState(ClientState, rx.State):
    """The page in words."""

    ready: bool = False
    asking: bool = False
    # Why the download of one's data was refused just now, or empty.
    refused: str = ""
    looks: list[LookRow] = []
    receipts: list[ReceiptRow] = []
    devices: list[DeviceRow] = []

    @rx.event
    @allow(Portal.CLIENT)
    async def load(self):
        """Look at the log of one's own file."""
        async with self._looking() as (session, actor):
            home = await home_of(session, actor)
            zone, firm = actor.time_zone, home.organisation.name
            self.looks = _looks(await who_looked(session, actor), actor.id, zone, firm)
            self.receipts = [_receipt(each, zone) for each in await consents_of(session, actor.access_id)]
            self.devices = [
                DeviceRow(
                    id=str(each.id),
                    name="This browser" if each.id == actor.session_id else browser_name(each.browser),
                    since=f"Signed in {instant_words(each.created_at, zone)}",
                )
                # Where a client is signed in is theirs to know.
                for each in ([] if actor.is_preview else await open_sessions(session, actor))
            ]
        errors, _ = flash.read(self.router.headers.cookie or "", "/portal/privacy")
        self.refused = errors.get("", "")
        self.ready = True

    @rx.event
    @allow(Portal.CLIENT)
    def ask(self, asking: bool):
        """Open or close the question before signing out everywhere."""
        self.asking = asking is True

    @rx.event
    @allow(Portal.CLIENT)
    @once
    async def sign_out_everywhere(self):
        """End every session of this client, this one too."""
        async with self._acting() as (session, actor):
            # This session as well: whoever presses it may be sitting at a borrowed machine.
            await end_sessions(session, access_id=actor.access_id)
            record(
                session,
                actor,
                "portal_access:signed_out_everywhere",
                organisation_id=actor.organisation_id,
                deal_id=actor.deal_id,
            )
            touch(session, access_topic(actor.access_id))
        return do("go", "/portal/ended?signed-out=1")


def _looks(rows, own_id, zone: str, firm: str) -> list[LookRow]:
    shown: list[LookRow] = []
    last = ""
    roles = {"broker": firm, "client": "Applying with you", "partner": "Referral partner"}
    for row in rows:
        day = day_words(local(row.created_at, zone).date())
        mine = row.actor_id == own_id
        who, what = look_words(row)
        shown.append(
            LookRow(
                id=str(row.id),
                who="You" if mine else who,
                initials=initials(row.actor_name or "SP"),
                what=what,
                role="" if mine else roles.get(row.actor_kind, ""),
                at=time_words(row.created_at, zone),
                day=day if day != last else "",
            )
        )
        last = day
    return shown


def _receipt(consent, zone: str) -> ReceiptRow:
    names = [f"{each['name']} (version {each['version']})" if each.get("version") else each["name"]
             for each in consent.documents]  # fmt: skip
    return ReceiptRow(
        id=str(consent.id),
        at=instant_words(consent.agreed_at, zone),
        what=", ".join(names),
        address=consent.from_address,
    )
