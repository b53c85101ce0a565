"""Whether an invitation can ask for bank statements, and if not why."""

import reflex as rx

from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.bank_statements.integrations import gate_of
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.wiring import offered_banks


class BankGateState(BrokerState, rx.State):
    """`closed` is the reason, `fix` where it is put right."""

    closed: str = ""
    fix: str = ""
    months: int = 6

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Look at the integration of the deal's owner."""
        try:
            async with self._looking() as (session, actor):
                deal = await access_deal(session, actor, self._path_id(1, "deal"), Permission.DEAL_READ)
                gate = await gate_of(
                    session,
                    deal.organisation_id,
                    deal.owner_id,
                    offered_banks(),
                    is_owner=actor.id == deal.owner_id,
                )
        except NotFound:  # the frame says so
            self.closed = self.fix = ""
            return
        self.closed, self.fix = gate.reason, gate.fix
        self.months = gate.integration.months if gate.integration else 6
