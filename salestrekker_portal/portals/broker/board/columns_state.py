"""Choosing the columns of the list: each press is kept for this person, in the open saved view or everywhere."""

from collections.abc import Callable

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.organisations.list_columns import (
    Columns,
    DealColumn,
    as_wide,
    change_columns,
    placed,
    scope_of,
    shown_or_not,
)
from salestrekker_portal.domains.organisations.saved_views import views_for
from salestrekker_portal.portals.broker.board.address import address_of, read_address
from salestrekker_portal.portals.broker.board.list_state import DealListState
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import repeatable
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import bool_from, choice_from
from salestrekker_portal.portals.shared.closing import closes_with_page
from salestrekker_portal.tables.access import Portal


@closes_with_page(lambda state: setattr(state, "shown", False))
class ListColumnsState(BrokerState, rx.State):
    """The drawer; its lines are read with the list."""

    shown: bool = False

    @rx.event
    @allow(Portal.BROKER)
    async def begin(self):
        """Open the drawer."""
        self.shown = True

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        """Everything is kept already."""
        self.shown = False

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a column is shown or not")
    async def show(self, column: str, on: bool):
        """Show a column at the end, or no more."""
        key, wanted = choice_from(column, DealColumn, "columns"), bool_from(on)
        return await self._keep(lambda columns: shown_or_not(columns, key, wanted))

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a column stands at a place")
    async def place(self, column: str, place: int):
        """Put a column elsewhere, counted from the deal's name."""
        key, at = choice_from(column, DealColumn, "columns"), _number(place)
        return await self._keep(lambda columns: placed(columns, key, at))

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a column has a width")
    async def widen(self, column: str, width: int):
        """So many pixels, or 0 for what it needs."""
        key, wide = choice_from(column, DealColumn, "columns"), _number(width)
        return await self._keep(lambda columns: as_wide(columns, key, wide))

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("there is one standard")
    async def standard(self):
        """The columns that everybody begins with."""
        return await self._keep(None)

    async def _keep(self, change: Callable[[Columns], Columns] | None):
        async with self._acting() as (session, actor):
            await change_columns(session, actor, await self._scope(session, actor), change)
        return DealListState.load

    async def _scope(self, session: ReadSession, actor: Actor) -> str:
        """A saved view has columns of its own once somebody chooses them there."""
        here = read_address(self._query).unsorted
        kept = [address_of(view.query).unsorted for view in await views_for(session, actor)]
        return scope_of(here) if here in kept else ""


def _number(raw: object) -> int:
    """A whole number that a browser sent; nonsense is 0."""
    return round(raw) if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) < 10_000 else 0
