"""A deal that doesn't go ahead, and one that is begun from another."""

import reflex as rx

from salestrekker_portal.domains.pipeline.copying import copy_deal
from salestrekker_portal.domains.pipeline.stopping import OUTCOMES, stop_deal
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import UNDOES, Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import form_from
from salestrekker_portal.portals.shared.closing import closes_with_page
from salestrekker_portal.tables.access import Portal


@closes_with_page(lambda state: setattr(state, "shown", False))
class StopDealState(BrokerState, rx.State):
    """The question "Not going ahead?", with what happened and why."""

    shown: bool = False
    errors: dict[str, str] = {}

    @rx.event
    @allow(Portal.BROKER)
    async def show(self):
        """Ask what happened."""
        self.shown, self.errors = True, {}

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        self.shown = False

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def stop(self, form: dict):
        """Take the deal off the board with its outcome; the notice offers the way back."""
        typed = form_from(form)
        try:
            async with self._acting() as (session, actor):
                facts = {name: typed.get(name) for name in ("outcome", "reason", "note")}
                deal = await stop_deal(session, actor, self._path_id(1, "deal"), **facts)
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        self.shown, self.errors = False, {}
        words = f"Marked as {OUTCOMES[deal.outcome].lower()}."
        return [DealFrameState.load, Notices.offer_undo(words, "stopped", str(deal.id))]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def copy(self):
        """Begin another deal with the same people, and go there."""
        async with self._acting() as (session, actor):
            made = await copy_deal(session, actor, self._path_id(1, "deal"))
        return [rx.redirect(f"/deals/{made.id}"), Notices.tell(f"This is the copy, {made.reference}.")]


UNDOES["stopped"] = DealFrameState.restore
