"""Asking again who sits there, before what can't be called back: a mark for handlers, and what is asked on screen.

A handler that is `@asks_again`, or whose use case calls `demand_proof`, is refused while the last proof is too long
ago. What was pressed is kept, sealed, until the person has shown that it is them; then it is carried out as it was
sent.
"""

import functools
import json
from collections.abc import Awaitable, Callable
from typing import Any

import reflex as rx
from cryptography.exceptions import InvalidTag
from reflex.event import Event, EventSpec

from salestrekker_portal.config import settings
from salestrekker_portal.domains.access import passwords
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.proof import demand_proof
from salestrekker_portal.domains.security_log.service import note_apart
from salestrekker_portal.domains.signing_in import proving
from salestrekker_portal.kernel.errors import Conflict, Invalid
from salestrekker_portal.kernel.tokens import seal, unseal
from salestrekker_portal.portals.events.deeds import do
from salestrekker_portal.portals.events.gate import allow, forgotten_on_load
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState, PartnerState, PortalState
from salestrekker_portal.portals.incoming.cookies import device_in
from salestrekker_portal.portals.incoming.parse import form_from
from salestrekker_portal.portals.incoming.presses import SentEvent
from salestrekker_portal.tables.access import Portal

PURPOSE = "held-press"


def asks_again(handler: Callable) -> Callable:
    """A handler that nobody reaches whose last proof is too long ago. Goes right above the function, below `@once`."""

    @functools.wraps(handler)
    async def asked(self: Any, *args: Any, **named: Any) -> Any:
        demand_proof(self._actor())
        return await handler(self, *args, **named)

    asked.__asks_again__ = True  # type: ignore[attr-defined]
    return asked


def held(press: object) -> str:
    """What was pressed, sealed for the tab to keep: it may hold what somebody typed, secrets among it."""
    if not isinstance(press, SentEvent):
        return ""
    plain = json.dumps([press.name, press.payload, press.intention])
    return seal(plain, secret=settings().secret, purpose=PURPOSE)


class Proving(PortalState, mixin=True):
    """The question, for those who sign in with a password. Its events say whom they ask.

    Also for who has not set up the second step of their firm: they may be asked before that.
    """

    asking: bool = False
    by_app: bool = False
    by_passkey: bool = False
    errors: dict[str, str] = {}
    # Another number empties the boxes.
    form: int = 0
    _held: str = ""

    async def _ask(self, press: str) -> None:
        async with self._looking() as (session, actor):
            ways = await proving.ways_to_prove(session, actor)
        self.by_app, self.by_passkey = ways.app, ways.passkey
        self.asking, self.errors, self.form = True, {}, self.form + 1
        self._held = press if isinstance(press, str) else ""

    async def _prove(self, form: dict) -> Any:
        typed = form_from(form)
        code, password = str(typed.get("code") or ""), str(typed.get("password") or "")
        by_code = bool(code.strip())
        shows = self._by_code(code) if by_code else self._by_password(password)
        return await self._shown(shows, "code" if by_code else "password")

    async def _prove_by_passkey(self, form: dict) -> Any:
        return await self._shown(self._by_passkey(form_from(form).get("answer")), "passkey")

    async def _go_on(self) -> Any:
        kept, self._held = self._held, ""
        try:
            name, payload, intention = json.loads(unseal(kept, secret=settings().secrets, purpose=PURPOSE))
        except (InvalidTag, ValueError, TypeError):
            # The script of passkeys, or a form for a file, waits with what was pressed (assets/passkeys.js).
            return do("go_on")
        return Event(name=name, payload={**payload, **({"_intention": intention} if intention else {})})

    async def _shown(self, proof: Awaitable[None], box: str) -> Any:
        """Go on when the proof is right; else what is wrong stands at its `box`, and in the security log."""
        try:
            await proof
        except (Conflict, Invalid) as refusal:
            by = self._actor()
            await note_apart("factor:proof_refused", organisation_id=by.organisation_id, by=by, why=refusal.message)
            self.errors = {box: refusal.message}
            return None
        self.asking, self.errors, self.form = False, {}, self.form + 1
        return type(self).go_on

    async def _by_code(self, code: str) -> None:
        device = device_in(self.router.headers.cookie or "")
        async with self._acting() as (session, actor):
            await proving.prove_by_code(session, actor, code, device)

    async def _by_password(self, password: str) -> None:
        async with self._acting() as (session, actor):
            kept = await proving.begin_password_proof(session, actor)
        # Between two transactions: it takes a tenth of a second on purpose, and nobody should wait for it.
        if not await passwords.matches(password, kept):
            raise Invalid({"password": proving.WRONG})
        async with self._acting() as (session, actor):
            await proving.note_proof(session, actor, proving.BY_PASSWORD)

    async def _by_passkey(self, answer: object) -> None:
        async with self._acting() as (session, actor):
            await proving.prove_by_passkey(session, actor, answer)


@forgotten_on_load("asking", "errors", "_held")
class ProofState(Proving, BrokerState, rx.State):
    """Asked of staff."""

    @rx.event
    @allow(Portal.BROKER, before_consent=True)
    async def ask(self, press: str):
        """Open the question; `press` is what goes on after it, as `held` wrote it."""
        await self._ask(press)

    @rx.event
    @allow(Portal.BROKER, before_consent=True)
    async def leave(self):
        """Leave it. Nothing was done, and what was typed is still there."""
        self.asking, self.errors, self._held = False, {}, ""

    @rx.event
    @allow(Portal.BROKER, before_consent=True)
    @once
    async def prove(self, form: dict):
        """Password, digits or a recovery code."""
        return await self._prove(form)

    @rx.event
    @allow(Portal.BROKER, before_consent=True)
    @once
    async def prove_by_passkey(self, form: dict):
        """What a passkey signed."""
        return await self._prove_by_passkey(form)

    @rx.event
    @allow(Portal.BROKER, before_consent=True)
    async def go_on(self):
        """Carry out what was pressed, as it was sent, once; its handler asks by itself whether it may."""
        return await self._go_on()


@forgotten_on_load("asking", "errors", "_held")
class PartnerProofState(Proving, PartnerState, rx.State):
    """Asked of partners."""

    @rx.event
    @allow(Portal.PARTNER, before_consent=True)
    async def ask(self, press: str):
        """Open the question; `press` is what goes on after it, as `held` wrote it."""
        await self._ask(press)

    @rx.event
    @allow(Portal.PARTNER, before_consent=True)
    async def leave(self):
        """Leave it. Nothing was done, and what was typed is still there."""
        self.asking, self.errors, self._held = False, {}, ""

    @rx.event
    @allow(Portal.PARTNER, before_consent=True)
    @once
    async def prove(self, form: dict):
        """Password, digits or a recovery code."""
        return await self._prove(form)

    @rx.event
    @allow(Portal.PARTNER, before_consent=True)
    @once
    async def prove_by_passkey(self, form: dict):
        """What a passkey signed."""
        return await self._prove_by_passkey(form)

    @rx.event
    @allow(Portal.PARTNER, before_consent=True)
    async def go_on(self):
        """Carry out what was pressed, as it was sent, once; its handler asks by itself whether it may."""
        return await self._go_on()


def ask_who(actor: Actor | None, press: object) -> EventSpec:
    """Open the question in the portal of whoever pressed."""
    asks = PartnerProofState if actor is not None and actor.is_partner else ProofState
    return asks.ask(held(press))
