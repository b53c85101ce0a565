"""Where one is signed in, and signing those out: the list that staff and partners have on their pages of security."""

from typing import Any, TypedDict

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.signing_in.own_sessions import end_other_sessions, end_own_session, own_sessions
from salestrekker_portal.kernel.days import instant_words, local
from salestrekker_portal.kernel.devices import browser_name
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.session import PortalState
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.tables.access import PortalSession
from salestrekker_portal.ui import data, forms
from salestrekker_portal.ui.overlay import ask_first


class SignInLine(TypedDict):
    id: str
    browser: str
    about: str
    is_here: bool


class OwnSignIns(PortalState, mixin=True):
    """Whose page has the list; its events `sign_out` and `sign_out_others` say who may press them."""

    sign_ins: list[SignInLine] = []

    async def _show_sign_ins(self, session: ReadSession, actor: Actor) -> None:
        self.sign_ins = [_in_words(each, actor) for each in await own_sessions(session, actor)]

    async def _sign_out(self, session_id: str) -> rx.event.EventSpec:
        async with self._acting() as (session, actor):
            await end_own_session(session, actor, uuid_from(session_id, "sign-in"))
        return await self._without("That browser is signed out.")

    async def _sign_out_others(self) -> rx.event.EventSpec:
        async with self._acting() as (session, actor):
            await end_other_sessions(session, actor)
        return await self._without("You are signed out everywhere else.")

    async def _without(self, words: str) -> rx.event.EventSpec:
        async with self._looking() as (session, actor):
            await self._show_sign_ins(session, actor)
        return Notices.tell(words)


def _in_words(each: PortalSession, actor: Actor) -> SignInLine:
    """A session in words, as its owner reads it."""
    began = instant_words(local(each.created_at, actor.time_zone), actor.time_zone)
    place = f"from {each.from_address}, " if each.from_address else ""
    return SignInLine(
        id=str(each.id),
        browser=browser_name(each.browser),
        about=f"{place}since {began}",
        is_here=each.id == actor.session_id,
    )


def sign_ins_list(S: Any) -> rx.Component:
    """`S`, a State, has `sign_ins`, and the events `sign_out` (of one, by its id) and `sign_out_others`."""
    others = ask_first(
        forms.button("Sign out all others", tone="danger", on_click=S.sign_out_others),
        press=forms.looks_like_button("Sign out all others", small=True),
        title="Sign out everywhere but here?",
        text="Every other browser has to sign in again, and is new to us.",
    )
    return rx.fragment(
        data.rows(rx.foreach(S.sign_ins, lambda each: _line(S, each))),
        rx.cond(S.sign_ins.length() > 1, rx.el.div(others, class_name="card-body"), rx.fragment()),
    )


def _line(S: Any, each: rx.Var) -> rx.Component:
    name, key = each["browser"].to(str), each["id"].to(str)
    out = ask_first(
        forms.button("Sign it out", tone="danger", on_click=S.sign_out(key)),
        press=forms.looks_like_button("Sign out", small=True),
        title="Sign out " + name + "?",
        text="Whoever sits there has to sign in again.",
    )
    line = rx.el.div(
        rx.el.div(rx.el.strong(name), rx.el.div(each["about"], class_name="row-note"), class_name="grow breakable"),
        rx.cond(each["is_here"], rx.el.span("This one", class_name="row-note"), out),
        class_name="row",
    )
    return rx.el.li(line, key=key)
