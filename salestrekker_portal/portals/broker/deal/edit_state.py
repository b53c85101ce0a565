"""Changing a deal: name, value, owner, labels, expected settlement."""

from datetime import date
from typing import TypedDict

import reflex as rx
from sqlalchemy import select

from salestrekker_portal.domains.access.models import Portal
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals import service
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.deals.rules import typed_value
from salestrekker_portal.domains.fact_find.flows import loan_of
from salestrekker_portal.domains.labels.queries import labels_of, labels_on
from salestrekker_portal.domains.organisations.models import Membership, User
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.dates import read_day
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.money import money_words
from salestrekker_portal.kernel.names import by_name
from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.portals.broker.deal.overview_state import OverviewState
from salestrekker_portal.portals.gate import allow
from salestrekker_portal.portals.once import once
from salestrekker_portal.portals.parse import form_from, uuid_from
from salestrekker_portal.portals.session import BrokerState
from salestrekker_portal.portals.shared.notices import Notices


class Choice(TypedDict):
    value: str
    label: str


class LabelChoice(TypedDict):
    id: str
    name: str
    on: bool


class EditDealState(BrokerState, rx.State):
    """The dialog "Edit deal". What is typed stays in the browser until it is saved."""

    shown: bool = False
    name: str = ""
    value: str = ""
    owner_id: str = ""
    settles: str = ""
    loan: str = ""
    owners: list[Choice] = []
    labels: list[LabelChoice] = []
    errors: dict[str, str] = {}

    @rx.event
    @allow(Portal.BROKER)
    async def show(self):
        """Open with what the deal says now."""
        async with self._looking() as (session, actor):
            deal = await access_deal(session, actor, self._path_id(1, "deal"), Permission.DEAL_WRITE)
            staff = await session.scalars(
                select(User)
                .join(Membership, Membership.user_id == User.id)
                .where(Membership.organisation_id == actor.organisation_id, Membership.disabled_at.is_(None))
            )
            self.owners = [{"value": str(user.id), "label": user.name} for user in by_name(staff)]
            worn = {label.id for label in await labels_on(session, deal.id)}
            self.labels = [
                {"id": str(label.id), "name": label.name, "on": label.id in worn}
                for label in await labels_of(session, actor.organisation_id)
            ]
        day = deal.expected_settlement_on
        self.name, self.value = deal.name, money_words(deal.value_cents or None).lstrip("$")
        self.owner_id, self.settles = str(deal.owner_id), f"{day:%d/%m/%Y}" if day else ""
        self.loan = loan_of(deal.loan_kind).value
        self.errors, self.shown = {}, True

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        self.shown = False

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Keep what the form says, or say what can't be kept."""
        typed = form_from(form)
        try:
            facts = service.DealFacts(
                name=typed.get("name"),
                value_cents=typed_value(typed.get("amount")),
                owner_id=uuid_from(typed.get("owner"), "person"),
                loan_kind=typed.get("loan") or None,
                expected_settlement_on=_day(typed.get("settles")),
                label_ids=[uuid_from(key[6:], "label") for key in typed if key.startswith("label-") and typed[key]],
            )
            async with self._acting() as (session, actor):
                await service.change_deal(session, actor, self._path_id(1, "deal"), facts)
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        self.shown, self.errors = False, {}
        return [DealFrameState.load, OverviewState.load, Notices.tell("The deal is saved.")]


def _day(raw: object) -> date | None:
    """The day typed, or None for nothing. Raises Invalid."""
    text = str(raw or "").strip()
    if not text:
        return None
    day, sentence = read_day(text, utc_now().date())
    if day is None:
        raise Invalid({"settles": sentence or "Enter a day like 17/04/2026."})
    return day
