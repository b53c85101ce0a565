"""Deny by default: every event of every tab passes here, and only handlers marked `@allow` go through.

The gate resolves who is asking from the portal's cookie on each event and leaves the answer in ACTOR for the
handler's `_looking()` and `_acting()`. A tab belongs to the sessions it was hydrated under, and to the person, firm
and application that they were for: when one of them has changed, nothing is done for it, and its whole state is
wiped before anything is sent.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import reflex as rx
from reflex.event import Event
from reflex.state import StateUpdate
from reflex_base.registry import RegistrationContext

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.security_log.whence import come_from
from salestrekker_portal.kernel.tokens import token_hash
from salestrekker_portal.portals.events.about import arrive
from salestrekker_portal.portals.events.aside import in_its_place
from salestrekker_portal.portals.events.deeds import do
from salestrekker_portal.portals.events.once import take_intention
from salestrekker_portal.portals.http.requests import address_behind
from salestrekker_portal.portals.incoming.again import tried_twice
from salestrekker_portal.portals.incoming.cookies import actor_in, cookie_name, cookies_in
from salestrekker_portal.portals.incoming.whose import mark_of
from salestrekker_portal.tables.access import Portal

ANYONE = "anyone"
FRAMEWORK_HANDLERS = {"hydrate", "hydrate_and_load", "on_load_internal", "update_vars_internal"}
HYDRATES = {"hydrate", "hydrate_and_load"}
ARRIVES = {*HYDRATES, "on_load_internal"}

HOMES = {Portal.BROKER: "/board", Portal.CLIENT: "/portal", Portal.PARTNER: "/partner"}
SECOND_STEP = {Portal.BROKER: "/second-step", Portal.PARTNER: "/partner/second-step"}

ACTOR: ContextVar[Actor | None] = ContextVar("actor", default=None)


def allow(who: Portal | str, *, before_consent: bool = False) -> Callable:
    """Mark a handler as callable by people signed in to one portal (or ANYONE). Goes below `@rx.event`.

    Clients reach only handlers with `before_consent` until they have agreed to the privacy disclosure, staff and
    partners until they have set up the second step that their firm asks for.
    """

    def mark(handler: Callable) -> Callable:
        handler.__allow__ = who  # type: ignore[attr-defined]
        handler.__before_consent__ = before_consent  # type: ignore[attr-defined]
        return tried_twice(handler)

    return mark


# What a page that is loaded anew does not show again: (state, variable).
_FORGOTTEN: list[tuple[type[rx.State], str]] = []


def forgotten_on_load(*names: str) -> Callable:
    """Mark variables of a State as spoken once: they are back at their default whenever a page is loaded anew."""

    def mark(state: type[rx.State]) -> type[rx.State]:
        _FORGOTTEN.extend((state, name) for name in names)
        return state

    return mark


class TabBinding(rx.State):
    """Which sessions this tab's state was made under, by portal, as hashes. Backend only."""

    _bound: dict[str, str] = {}
    # For whom it was made, in which firm and for clients in which application, by portal.
    _made_for: dict[str, str] = {}
    # Whose tab this is, by portal, as a mark that says nothing: what is being written is kept under it.
    whose: dict[str, str] = {}


class Gate(rx.Middleware):
    """Stands in front of every handler."""

    async def preprocess(self, app: rx.App, state: Any, event: Event) -> StateUpdate | None:
        registered = RegistrationContext.get().event_handlers[event.name]
        handler = registered.handler
        take_intention(event, handler.fn)
        leaf = event.name.rsplit(".", 1)[-1]
        ours = not handler.fn.__module__.startswith("reflex")
        header = state.router.headers.cookie or ""
        if not ours:
            if leaf in HYDRATES and await self._rebind(state, header):
                # What the page before sent last is answered into this page, ahead of its own first words: so these
                # say all, and don't leave out what a page that never heard anything has already.
                event.payload.pop("hashes", None)
            if leaf in ARRIVES:
                await arrive(state)
            return None if leaf in FRAMEWORK_HANDLERS else _stop()
        who = getattr(handler.fn, "__allow__", None)
        if who is None:
            return _stop()
        ACTOR.set(None)
        _note_whence(state)
        before_consent = handler.fn.__before_consent__
        stopped = None if who == ANYONE else await self._admit(state, header, Portal(who), before_consent)
        return stopped or await in_its_place(state, event, registered)

    async def _admit(self, state: Any, header: str, portal: Portal, before_consent: bool) -> StateUpdate | None:
        binding = await state.get_state(TabBinding)
        if binding._bound.get(portal.value, "") != _tag(header, portal):
            return _stop(do("reload"))
        actor = await actor_in(portal, header, previews=True, lacking_too=True)
        ACTOR.set(actor)
        if actor is None:
            return _stop(_away(portal))
        # A partner who went to another firm in another tab: this page, and what is typed in it, is the first one's.
        if binding._made_for.setdefault(portal.value, _who(actor)) != _who(actor):
            return _stop(_go(HOMES[portal]))
        if not actor.consented and not before_consent:
            return _stop(_go("/portal/consent"))
        if actor.lacks_factor and not before_consent:
            return _stop(_go(SECOND_STEP[portal]))
        return None

    async def _rebind(self, state: Any, header: str) -> bool:
        """Hydration has the whole tree loaded: wipe it when any session behind it changed, ended or went elsewhere.

        Whether the tab had a page before.
        """
        binding = await state.get_state(TabBinding)
        was_known = bool(binding._bound)
        bound = {portal.value: _tag(header, portal) for portal in Portal}
        actors = {each.value: await actor_in(each, header, previews=True, lacking_too=True) for each in Portal}
        made_for = {name: _who(actor) for name, actor in actors.items() if actor is not None}
        ended = any(tag and actors[name] is None for name, tag in bound.items())
        elsewhere = any(binding._made_for.get(name, who) != who for name, who in made_for.items())
        # Before anything is sent. A tab that was Alice's must not show her board to Bob for the moment of one answer.
        if binding._bound != bound or ended or elsewhere:
            state.reset()
            binding = await state.get_state(TabBinding)
        binding._bound, binding._made_for = bound, made_for
        binding.whose = {name: mark_of(actors[name]) for name, tag in bound.items() if tag}
        for kind, name in _FORGOTTEN:
            setattr(await state.get_state(kind), name, kind.get_fields()[name].default_value())
        return was_known


def _note_whence(state: Any) -> None:
    """What the handler writes into the security log comes from this browser."""
    headers = state.router.headers
    forwarded = headers.raw_headers.get("x-forwarded-for", "")
    come_from(address_behind(state.router.session.client_ip, forwarded), headers.user_agent)


def _who(actor: Actor) -> str:
    """A person, in a firm and for clients in an application: what a tab is made for."""
    return f"{actor.id} {actor.organisation_id} {actor.access_id or ''}"


def _tag(header: str, portal: Portal) -> str:
    token = cookies_in(header).get(cookie_name(portal))
    # The state of a tab may be kept in Redis; a session's secret is kept nowhere but in the browser.
    return token_hash(token) if token else ""


def _stop(*specs: Any) -> StateUpdate:
    return StateUpdate(events=Event.from_event_type(list(specs)) if specs else [])


def _go(path: str) -> Any:
    return do("go", path)


def _away(portal: Portal) -> Any:
    """Where somebody whose session has ended is taken: a page that says so, and leads back."""
    if portal is Portal.CLIENT:
        return _go("/portal/ended")
    sign_in = "/sign-in" if portal is Portal.BROKER else "/partner/sign-in"
    return do("sign_in", sign_in)
