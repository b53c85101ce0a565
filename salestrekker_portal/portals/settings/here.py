"""What stands around every settings page: the list beside it, and a door for those who may not come in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import reflex as rx

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.firm.asking import ask_an_admin
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import time_words
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.broker.around.shell import broker_page
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import feedback, forms, frame
from salestrekker_portal.ui.kinds import Child, Text

ACCOUNT = [
    ("my-details", "My details", "/settings/my-details", "user"),
    ("security", "Password and security", "/settings/security", "lock"),
    ("updates", "My updates and reminders", "/settings/account/updates", "bell"),
    ("client-portal", "Client Portal", "/settings/client-portal", "monitor-smartphone"),
    ("flows", "Flows", "/settings/flows", "list-checks"),
    ("integrations", "Integrations", "/settings/integrations", "landmark"),
]
ORGANISATION = [
    ("organisation", "Details and branding", "/settings/organisation", "building-2"),
    ("users", "Users and roles", "/settings/users", "users"),
    ("workflows", "Workflows and stages", "/settings/workflows", "workflow"),
    ("labels", "Labels", "/settings/labels", "tag"),
    ("message-templates", "Message templates", "/settings/message-templates", "mail"),
    ("document-lists", "Required document lists", "/settings/document-lists", "file-check"),
    ("partner-portal", "Partner Portal", "/settings/partner-portal", "handshake"),
    ("import", "Import and export", "/settings/import", "upload"),
    ("connect", "Connect (SMS)", "/settings/connect", "message-square"),
    ("api", "API and webhooks", "/settings/api", "plug"),
    ("billing", "Billing details", "/settings/billing", "credit-card"),
    ("security-log", "Security log", "/settings/security-log", "shield-check"),
]


class SettingsHere(BrokerState, rx.State):
    """Whether the person is an admin, or a broker at all; put `load` before a settings page's own."""

    loaded: bool = False
    is_admin: bool = False
    is_broker: bool = False

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Look at the role afresh: it may have changed."""
        async with self._looking() as (_, actor):
            self.is_admin = actor.may(Permission.ORGANISATION_MANAGE)
            self.is_broker = actor.may(Permission.DEAL_SHARE)
        self.loaded = True

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def ask(self, about: str):
        """Send the firm's admins an e-mail that this person needs something of them."""
        try:
            async with self._acting() as (session, actor):
                names = await ask_an_admin(session, actor, about)
        except Invalid as refusal:
            return Notices.refuse(refusal.message)
        return Notices.tell(f"We e-mailed {names}. You can carry on meanwhile.")


class KeptAtOnce(BrokerState, mixin=True):
    """A settings page that keeps what was chosen at once, and says when. It reads itself in `_read`."""

    saved: str = ""

    @asynccontextmanager
    async def _keeping(self) -> AsyncIterator[tuple[WriteSession, Actor]]:
        """A transaction as `_acting()` gives it, after which the page shows how things are now."""
        async with self._acting() as (session, actor):
            yield session, actor
            saved = saved_words(actor.time_zone)
        await self._read()
        self.saved = saved

    async def _read(self) -> object:
        raise NotImplementedError


def saved_words(zone: str) -> str:
    """Saved 9:41 am."""
    return f"Saved {time_words(utc_now(), zone)}"


def settings_page(
    *children: Child,
    current: str,
    title: str,
    lead: str = "",
    saved: Text = "",
    end: Child | None = None,
    ready: rx.Var[bool] | bool = True,
    admin: bool = True,
    broker: bool = False,
) -> rx.Component:
    """A settings page with its list. `admin`, or `broker`, keeps everybody else out, with a way to ask."""
    body = rx.fragment(
        frame.page_head(feedback.saved_mark(saved), end if end is not None else rx.fragment(), title=title, lead=lead),
        rx.cond(ready, rx.el.div(*children, class_name="settings-body"), feedback.skeleton_card()),
    )
    if admin or broker:
        words = ("Only an admin can change this", "These settings are for the whole organisation.")
        words = ("Only a broker or an admin has these", "They say what clients are asked.") if broker else words
        shut = rx.cond(SettingsHere.loaded, _closed(current, *words), feedback.skeleton_card())
        body = rx.cond(SettingsHere.is_broker if broker else SettingsHere.is_admin, body, shut)
    return broker_page(
        frame.settings_frame(
            body, groups=[("Account", ACCOUNT, True), ("Organisation", ORGANISATION, SettingsHere.is_admin)],
            current=current,
        ),
        current="settings",
    )  # fmt: skip


def _closed(about: str, title: str, why: str) -> rx.Component:
    return rx.el.div(
        rx.el.h1("You can't open this page", class_name="unseen"),
        feedback.empty(
            forms.button("Ask an admin", tone="primary", icon="send", on_click=SettingsHere.ask(about)),
            forms.link_to_button("Back to the deals", to="/board"),
            title=title,
            text=f"{why} Ask an admin: we send them an e-mail for you.",
            mark="lock",
        ),
    )
