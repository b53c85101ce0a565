"""What every State may use: `_looking()` and `_acting()` are the only ways to a database session."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from salestrekker_portal.database.session import ReadSession, WriteSession, reading, transaction
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.previews import PREVIEW_ONLY
from salestrekker_portal.domains.portal_access.preview import make_believe
from salestrekker_portal.kernel.errors import NotFound, NotPermitted, NotSignedIn
from salestrekker_portal.portals.events.about import AboutSomething
from salestrekker_portal.portals.events.gate import ACTOR
from salestrekker_portal.portals.http.requests import address_behind
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.portals.incoming.presses import keep_press, press_is_kept
from salestrekker_portal.tables.access import Portal


@asynccontextmanager
async def _pressed() -> AsyncIterator[WriteSession]:
    """The transaction of a press, which is kept in it. Raises Busy, or what has the handler run once more."""
    async with transaction() as session:
        await keep_press(session)
        yield session
    # Only after the commit: a press whose change was rolled back may be pressed again.
    press_is_kept()


def _address_of(state: Any) -> str:
    """The browser's address, as far as the proxies that were named can be believed."""
    forwarded = state.router.headers.raw_headers.get("x-forwarded-for", "")
    return address_behind(state.router.session.client_ip, forwarded)


class PortalState(AboutSomething, mixin=True):
    """Identity and sessions for the States of one portal. Nothing about authority is kept in state."""

    def _actor(self) -> Actor:
        actor = ACTOR.get()
        if actor is None:
            raise NotSignedIn()
        return actor

    @asynccontextmanager
    async def _looking(self) -> AsyncIterator[tuple[ReadSession, Actor]]:
        """A session that writes nothing, and who is asking."""
        actor = self._actor()
        async with reading() as session:
            # The access that the client hasn't got yet is made up inside a session that is thrown away.
            if actor.is_preview:
                await make_believe(session, actor)
            yield session, actor

    @asynccontextmanager
    async def _acting(self) -> AsyncIterator[tuple[WriteSession, Actor]]:
        """One transaction, one identity. Leaving it commits; any exception undoes everything.

        Raises NotPermitted in a preview: every change passes here. Raises Busy when somebody else was in the way, or
        what has the handler run once more. The second press of a `@once` handler ends here too.
        """
        actor = self._actor()
        if actor.is_preview:
            raise NotPermitted(PREVIEW_ONLY)
        try:
            async with _pressed() as session:
                yield session, actor
        except Exception:
            self._was_not_saved()
            raise

    def _was_not_saved(self) -> None:
        """No screen says "Saved 9:41 am" beside a refusal: what it said was of another press."""
        if isinstance(getattr(self, "saved", None), str):
            self.saved = ""

    def _noting(self) -> Any:
        """A transaction that notes that somebody looked; in a preview nobody did, and it is a look only."""
        return self._looking() if self._actor().is_preview else self._acting()

    def _from_address(self) -> str:
        return _address_of(self)

    def _path(self) -> list[str]:
        """The parts of this page's address: /deals/<id>/notes gives ["deals", "<id>", "notes"]."""
        return [part for part in self.router.url.path.split("/") if part]

    def _path_id(self, position: int, what: str) -> UUID:
        """The id at a position of the address. Raises NotFound."""
        parts = self._path()
        if len(parts) <= position:
            raise NotFound(what)
        return uuid_from(parts[position], what)

    def _query(self, name: str) -> str:
        """A value after the ? of this page's address, or ""."""
        # Nobody typed an address; one that is longer was made by a program, and means nothing here.
        return self.router.url.query_parameters.get(name, "")[:200]


class PublicState(AboutSomething, mixin=True):
    """A State of a page that anybody may open. Whoever is there, it acts for nobody."""

    def _actor(self) -> None:
        """Nobody: whose press it is doesn't matter here."""

    @asynccontextmanager
    async def _looking_as_anybody(self) -> AsyncIterator[ReadSession]:
        """A session that writes nothing, for nobody in particular."""
        async with reading() as session:
            yield session

    @asynccontextmanager
    async def _acting_as_anybody(self) -> AsyncIterator[WriteSession]:
        """One transaction for what a stranger may do: ask. Like `_acting`, without an identity."""
        async with _pressed() as session:
            yield session

    def _from_address(self) -> str:
        return _address_of(self)

    def _path(self) -> list[str]:
        return [part for part in self.router.url.path.split("/") if part]

    def _query(self, name: str) -> str:
        """A value after the ? of this page's address, or ""."""
        return self.router.url.query_parameters.get(name, "")[:200]


class BrokerState(PortalState, mixin=True):
    """A State of the broker dashboard."""

    _portal = Portal.BROKER


class ClientState(PortalState, mixin=True):
    """A State of the client portal."""

    _portal = Portal.CLIENT


class PartnerState(PortalState, mixin=True):
    """A State of the partner portal."""

    _portal = Portal.PARTNER
