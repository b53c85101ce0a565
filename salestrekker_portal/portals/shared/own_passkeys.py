"""Passkeys of staff and partners: the list, away with one, one more, and recovery codes beside them."""

from typing import Any, TypedDict

import reflex as rx

from salestrekker_portal.domains.signing_in import own_passkeys
from salestrekker_portal.domains.signing_in.own_passkeys import MOST_IN_A_NAME
from salestrekker_portal.domains.signing_in.passkeys import relying_party
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.kernel.devices import browser_name
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.session import PortalState
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.portals.shared.own_factor import shown_once
from salestrekker_portal.tables.access import Passkey
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.forms.passkey import ANYWHERE, passkey_form
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.overlay import ask_first

WHAT = "Your fingerprint, face or a security key. Nothing to type, nothing to steal."
NOT_HERE = "They work only at the portal’s own secure address."
SAID_NO = "Your device said no, or you stopped it. Try again, or use an authenticator app."


class PasskeyLine(TypedDict):
    id: str
    name: str
    about: str


class OwnPasskeys(PortalState, mixin=True):
    """Which there are, and what the last try to add one came to.

    Its events `take_away` and `make_first_codes` say who may press them.
    """

    ready: bool = False
    keys: list[PasskeyLine] = []
    has_codes: bool = True
    # Shown once, right after they were made.
    first_codes: list[str] = []
    possible: bool = False
    page: str = ""
    name: str = ""
    errors: dict[str, str] = {}
    added: str = ""

    async def _open(self) -> None:
        await self._read()
        self.page = "/" + "/".join(self._path())
        said, typed = flash.read(self.router.headers.cookie or "", self.page)
        self.added = said.pop("added", "")
        self.errors = said
        self.name = typed.get("name", browser_name(self.router.headers.user_agent))
        self.first_codes, self.possible, self.ready = [], relying_party() != "", True

    async def _take_away(self, passkey_id: str) -> rx.event.EventSpec:
        async with self._acting() as (session, actor):
            await own_passkeys.take_passkey_away(session, actor, uuid_from(passkey_id, "passkey"))
        await self._read()
        return Notices.tell("Removed. Your phone or computer may still list it; it opens nothing here.")

    async def _make_first_codes(self) -> None:
        async with self._acting() as (session, actor):
            codes = await own_passkeys.first_codes(session, actor)
        await self._read()
        self.first_codes = codes

    async def _read(self) -> None:
        async with self._looking() as (session, actor):
            own = await own_passkeys.own_passkeys(session, actor)
            self.keys = [_line(each, actor.time_zone) for each in own.keys]
        self.has_codes = own.has_codes


def _line(key: Passkey, zone: str) -> PasskeyLine:
    used = f"used {instant_words(key.used_at, zone)}" if key.used_at else "never used"
    return PasskeyLine(id=str(key.id), name=key.name, about=f"Added {instant_words(key.created_at, zone)}, {used}")


def passkeys_part(S: Any, *, action: str = "/session/passkey") -> rx.Component:
    """Everything about them, for an OwnPasskeys; hidden where the browser has none and there are none."""
    codes = feedback.banner(
        forms.button("Make recovery codes", on_click=S.make_first_codes, small=True),
        tone="warn",
        title="No way in yet if it is lost",
        text="Ten recovery codes let you in when no passkey is at hand.",
    )
    return rx.el.div(
        rx.el.p(WHAT),
        optional(S.added, feedback.banner(tone="ok", text=S.added)),
        rx.cond(S.first_codes.length() > 0, shown_once(S.first_codes), rx.fragment()),
        rx.cond(S.keys.length() > 0, data.rows(rx.foreach(S.keys, lambda each: _one(S, each))), rx.fragment()),
        rx.cond((S.keys.length() > 0) & ~S.has_codes, codes, rx.fragment()),
        rx.cond(
            S.possible,
            _add(S, action),
            rx.el.p("They work only at the portal’s own secure address.", class_name="small"),
        ),
        class_name="stack",
    )


def _one(S: Any, each: rx.Var) -> rx.Component:
    away = ask_first(
        forms.button("Remove it", tone="danger", on_click=S.take_away(each["id"].to(str))),
        press=forms.looks_like_button("Remove", small=True),
        title="Remove this passkey?",
        text="It lets nobody in any more. Without another one, or an app, your password alone opens your account.",
    )
    words = rx.el.div(
        rx.el.strong(each["name"]), rx.el.div(each["about"], class_name="row-note"), class_name="grow breakable"
    )
    return rx.el.li(rx.el.div(words, away, class_name="row"), key=each["id"])


def _add(S: Any, action: str) -> rx.Component:
    return rx.el.div(
        optional(S.errors["passkey"], feedback.banner(tone="bad", text=S.errors["passkey"])),
        passkey_form(
            rx.el.input(type="hidden", name="page", value=S.page),
            forms.fields(
                forms.text_input(
                    id="passkey-name",
                    name="name",
                    label="Name",
                    default_value=S.name,
                    key=S.name,
                    limit=MOST_IN_A_NAME,
                    help="So that you can tell it from others: “Work laptop”, “Security key in the safe”.",
                    error=S.errors["name"],
                ),
                rx.el.div(forms.submit("Add a passkey", tone="second"), class_name="button-row"),
            ),
            kind="make",
            ask=f"{action}/ask",
            action=action,
            said_no=SAID_NO,
        ),
        class_name=ANYWHERE,
    )
