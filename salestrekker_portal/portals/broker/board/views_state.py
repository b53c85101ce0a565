"""Saved views of the board: going to one, keeping what is shown, renaming, sharing, deleting."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.organisations import saved_views
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.broker.board.address import address_of, read_address
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import UNDOES, Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import form_from, shown_from, uuid_from
from salestrekker_portal.portals.shared.closing import closes_with_page
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import SavedView

NEW = "new"


class ViewLine(TypedDict):
    """A view in the menu: `mine` may be changed by this person."""

    id: str
    name: str
    to: str
    on: bool
    mine: bool
    shared: bool


@closes_with_page(lambda state: state._begin("key"))
class SavedViewsState(BrokerState, rx.State):
    """The menu of views, and the drawer that keeps or changes one; `key` is "new" or the view's id, "" closed."""

    views: list[ViewLine] = []
    current: str = ""
    key: str = ""
    facts: dict[str, str] = {}
    errors: dict[str, str] = {}

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """One's own views and the firm's."""
        async with self._looking() as (session, actor):
            found = await saved_views.views_for(session, actor)
        here = read_address(self._query).but().query
        self.views = [_line(each, actor, here) for each in found]
        self.current = next((each["name"] for each in self.views if each["on"]), "")

    @rx.event
    @allow(Portal.BROKER)
    async def begin(self):
        """Ask for the name of what is shown."""
        self.facts, self.errors, self.key = saved_views.view_form(None), {}, NEW

    @rx.event
    @allow(Portal.BROKER)
    async def show(self, view_id: str):
        """Open with what the view says now."""
        async with self._looking() as (session, actor):
            view = await saved_views.view_to_change(session, actor, uuid_from(view_id, "view"))
        self.facts, self.errors, self.key = saved_views.view_form(view), {}, str(view.id)

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        """Nothing is kept."""
        self.key = ""

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Keep the address under this name, or change the view that is open."""
        typed = form_from(form)
        try:
            async with self._acting() as (session, actor):
                if self.key == NEW:
                    query = read_address(self._query).but().query
                    view = await saved_views.add_view(session, actor, query, typed)
                else:
                    key = uuid_from(self.key, "view")
                    view = await saved_views.change_view(session, actor, key, typed, shown_from(form))
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        self.key, self.errors = "", {}
        return [SavedViewsState.load, Notices.tell(f"“{view.name}” is kept.")]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def delete(self, view_id: str):
        """Off the list, for everybody who saw it there."""
        async with self._acting() as (session, actor):
            gone = await saved_views.delete_view(session, actor, uuid_from(view_id, "view"))
        return [SavedViewsState.load, Notices.offer_undo(f"“{gone.name}” is deleted.", "view", str(gone.id))]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def put_back(self, view_id: str):
        """Undo: it is on the list again."""
        async with self._acting() as (session, actor):
            await saved_views.put_back_view(session, actor, uuid_from(view_id, "view"))
        return [SavedViewsState.load, Notices.tell("Put back.")]


UNDOES["view"] = SavedViewsState.put_back


def _line(view: SavedView, actor: Actor, here: str) -> ViewLine:
    # Read anew: what was kept long ago may say what addresses no longer mean.
    address = address_of(view.query)
    return {
        "id": str(view.id),
        "name": view.name,
        "to": address.path,
        "on": address.query == here,
        "mine": saved_views.may_change_view(actor, view),
        "shared": view.shared_at is not None,
    }
