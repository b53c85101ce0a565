"""The drawers that write down a loan or a security, and taking one out with its way back."""

import reflex as rx

from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.loans import service
from salestrekker_portal.domains.loans.queries import asked_for, loans_of, securities_of
from salestrekker_portal.domains.loans.rules import loan_form, security_form
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.portals.broker.loans.state import LoansState
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import UNDOES, Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import form_from, shown_from, uuid_from
from salestrekker_portal.portals.shared.closing import closes_with_page
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.loans import DealLoan, DealSecurity

SHOWN_AGAIN = [LoansState.load, DealFrameState.load]


@closes_with_page(lambda state: setattr(state, "shown", ""))
class LoanFormState(BrokerState, rx.State):
    """`shown` is "loan" or "security" while its drawer is open; `key` is the one that it changes, "" for a new one."""

    shown: str = ""
    key: str = ""
    facts: dict[str, str] = {}
    # Whether the form of a new loan begins with what clients answered.
    from_answers: bool = False
    # The country that addresses are looked for in.
    land: str = ""
    errors: dict[str, str] = {}

    def _open(self, what: str, key: str, facts: dict[str, str]) -> None:
        self.shown, self.key, self.facts, self.errors = what, key, facts, {}
        self.land = self._actor().country.lower()

    @rx.event
    @allow(Portal.BROKER)
    async def show_loan(self, loan_id: str):
        """Open the drawer of a loan; of a new one for "", which begins with what clients asked for."""
        async with self._looking() as (session, actor):
            deal = await access_deal(session, actor, self._path_id(1, "deal"), Permission.DEAL_WRITE)
            loans = await loans_of(session, deal.id)
            said = await asked_for(session, deal.id) if not loan_id and not loans else {}
        loan = _named(loans, loan_id, "loan")
        self.from_answers = bool(said)
        self._open("loan", loan_id, loan_form(loan or DealLoan(deal_id=deal.id)) | said)

    @rx.event
    @allow(Portal.BROKER)
    async def show_security(self, security_id: str):
        """Open the drawer of a security; of a new one for ""."""
        async with self._looking() as (session, actor):
            deal = await access_deal(session, actor, self._path_id(1, "deal"), Permission.DEAL_WRITE)
            known = await securities_of(session, deal.id)
        security = _named(known, security_id, "security") or DealSecurity(deal_id=deal.id, address="")
        self._open("security", security_id, security_form(security))

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        self.shown = ""

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save_loan(self, form: dict):
        """Keep what the form says of the loan, or say what can't be kept."""
        return await self._save(service.save_loan, "loan", form_from(form), shown_from(form))

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save_security(self, form: dict):
        """Keep what the form says of the security, or say what can't be kept."""
        return await self._save(service.save_security, "security", form_from(form), shown_from(form))

    async def _save(self, keep, what: str, typed: dict, shown: dict):
        key = uuid_from(self.key, what) if self.key else None
        try:
            async with self._acting() as (session, actor):
                await keep(session, actor, self._path_id(1, "deal"), key, typed, shown)
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        self.shown, self.errors = "", {}
        return [*SHOWN_AGAIN, Notices.tell(f"The {what} is saved.")]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def remove_loan(self, loan_id: str):
        """Take a loan out of the deal."""
        async with self._acting() as (session, actor):
            gone = await service.remove_loan(session, actor, self._path_id(1, "deal"), uuid_from(loan_id, "loan"))
        return [*SHOWN_AGAIN, Notices.offer_undo("The loan is removed.", "loan", str(gone.id))]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def put_back_loan(self, loan_id: str):
        """Undo: the loan is in the deal again."""
        async with self._acting() as (session, actor):
            await service.put_back_loan(session, actor, uuid_from(loan_id, "loan"))
        return [*SHOWN_AGAIN, Notices.tell("Put back.")]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def remove_security(self, security_id: str):
        """Take a security out of the deal."""
        key = uuid_from(security_id, "security")
        async with self._acting() as (session, actor):
            await service.remove_security(session, actor, self._path_id(1, "deal"), key)
        return [*SHOWN_AGAIN, Notices.offer_undo("The security is removed.", "security", str(key))]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def put_back_security(self, security_id: str):
        """Undo: the security is in the deal again."""
        async with self._acting() as (session, actor):
            await service.put_back_security(session, actor, uuid_from(security_id, "security"))
        return [*SHOWN_AGAIN, Notices.tell("Put back.")]


def _named(known: list, key: str, what: str):
    """Which one a drawer opens with; None for "", a new one. Raises NotFound."""
    wanted = uuid_from(key, what) if key else None
    found = next((each for each in known if each.id == wanted), None)
    if key and found is None:
        raise NotFound(what)
    return found


UNDOES["loan"] = LoanFormState.put_back_loan
UNDOES["security"] = LoanFormState.put_back_security
