"""What stands around every page of a deal: its name, its stages, its lock; moving and settling it."""

from datetime import datetime
from typing import TypedDict
from uuid import UUID

import reflex as rx
from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import REFUSALS, Permission
from salestrekker_portal.domains.activity.service import deal_topic
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.domains.insights.board import promised
from salestrekker_portal.domains.pipeline import settling as service
from salestrekker_portal.domains.pipeline.stopping import outcome_words
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import day_words, local
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.kernel.money import money_words
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.portals.broker.deal.partners_words import owed_words
from salestrekker_portal.portals.broker.moving.state import MovingState
from salestrekker_portal.portals.broker.words import days_words, documents_words
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.live import subscriptions
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import form_from, uuid_from
from salestrekker_portal.portals.shared.closing import closes_with_page
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.organisations import User
from salestrekker_portal.tables.portal_access import PortalAccess
from salestrekker_portal.tables.workflows import FactFindMode, Stage, Workflow


class StageShown(TypedDict):
    """One part of the strip; `state` is done, now or next."""

    id: str
    name: str
    state: str
    note: str


@closes_with_page(lambda state: setattr(state, "asking", ""))
class DealFrameState(BrokerState, rx.State):
    """The frame of one deal. Its `load` also subscribes the tab to the deal."""

    deal_id: str = ""
    missing: bool = False
    name: str = ""
    amount: str = ""
    reference: str = ""
    owner: str = ""
    workflow: str = ""
    board_path: str = "/board"
    deal_path: str = ""
    stages: list[StageShown] = []
    now_name: str = ""
    progress: str = ""
    locked: bool = False
    locked_title: str = ""
    archived: bool = False
    settle_refusal: str = ""
    # "settle", "unlock" or "archive" while the page asks whether to go on.
    asking: str = ""
    settle_warning: str = ""
    # The form before settling: the day that it begins with, "" for today, and what was refused.
    settled_day: str = ""
    settle_errors: dict[str, str] = {}
    outcome: str = ""
    # The update that a partner waits for, today or longer: short, and in a sentence.
    owed: str = ""
    owed_what: str = ""
    profile_fact: str = ""
    required_fact: str = ""
    share_fact: str = ""

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read the deal of this address, and listen for its changes."""
        try:
            async with self._looking() as (session, actor):
                deal_id = self._path_id(1, "deal")
                deal, owner, workflow, stages, due = await _deal_and_around(session, actor, deal_id)
                people = await _people(session, deal.id)
        except NotFound:
            self.missing, self.deal_id = True, ""
            return
        if self.deal_id != str(deal.id):
            self.asking = ""
        self._show(actor, deal, owner, workflow, stages)
        self._show_people(people)
        owed = None if deal.locked_at or deal.archived_at else owed_words(due, actor.time_zone)
        self.owed, self.owed_what = (owed["word"], owed["what"]) if owed else ("", "")
        subscriptions.watch(self.router.session.client_token, deal_topic(deal.id))

    def _show(self, actor: Actor, deal: Deal, owner: str, workflow: Workflow, stages: list[Stage]) -> None:
        self.deal_id, self.missing, self.deal_path = str(deal.id), False, f"/deals/{deal.id}"
        self.name, self.reference, self.owner = deal.name, deal.reference, owner
        self.amount = money_words(deal.value_cents) if deal.value_cents else "No value yet"
        self.workflow, self.board_path = workflow.name, f"/board?workflow={workflow.id}"
        self.stages = _strip(deal, stages, actor.time_zone)
        position = next((n for n, stage in enumerate(stages) if stage.id == deal.stage_id), 0)
        self.now_name = stages[position].name if stages else ""
        self.progress = f"stage {position + 1} of {len(stages)}"
        self.locked, self.archived = deal.locked_at is not None, deal.archived_at is not None
        self.locked_title = f"Settled on {day_words(deal.settled_on)}" if deal.settled_on else "Settled"
        self.outcome = outcome_words(deal)
        self.settled_day = f"{deal.settled_on:%d/%m/%Y}" if deal.settled_on else ""
        allowed = actor.may(Permission.DEAL_SETTLE)
        self.settle_refusal = "" if allowed else REFUSALS[Permission.DEAL_SETTLE]
        self.profile_fact = f"{deal.profile_pct}%"
        self.required_fact = f"{documents_words(deal)} in" if deal.documents_asked else ""

    def _show_people(self, people: list[tuple[str, bool]]) -> None:
        inside = [name for name, is_in in people if is_in]
        self.share_fact = f"{len(inside)} of {len(people)}" if people else ""
        self.settle_warning = (
            f"{joined(inside)} will be signed out and can no longer open the client portal. "
            if inside
            else "Nobody has access to the client portal now. "
        )

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a stage is a place: a deal that stands there stays there")
    async def move(self, stage_id: str):
        """Put the deal on top of another stage; asked first where a client is typing."""
        deal, stage = self._path_id(1, "deal"), uuid_from(stage_id, "stage")
        moving = await self.get_state(MovingState)
        if await moving._asked(deal, stage, None):
            return None
        await moving._move(deal, stage, None)
        return DealFrameState.load

    @rx.event
    @allow(Portal.BROKER)
    async def ask(self, what: str):
        """Say what settling, unlocking or archiving will do, before it is done."""
        self.settle_errors = {}
        self.asking = what if what in ("settle", "unlock", "archive") else ""

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def settle(self, form: dict | None = None):
        """Settle the deal, after the warning, on the day of the form."""
        typed = form_from(form)
        try:
            async with self._acting() as (session, actor):
                facts = {"on": typed.get("on"), "note": typed.get("note")}
                await service.settle_deal(session, actor, self._path_id(1, "deal"), **facts)
        except Invalid as refusal:
            self.settle_errors = refusal.errors
            return None
        self.asking, self.settle_errors = "", {}
        return [DealFrameState.load, Notices.tell("The deal is settled and locked.")]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def unlock(self):
        """Open a settled deal for changes."""
        async with self._acting() as (session, actor):
            await service.unlock_deal(session, actor, self._path_id(1, "deal"))
        self.asking = ""
        return [DealFrameState.load, Notices.tell("The deal is unlocked. Its settlement day is kept.")]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def archive(self):
        """Put the deal away, after the warning."""
        async with self._acting() as (session, actor):
            await service.archive_deal(session, actor, self._path_id(1, "deal"))
        self.asking = ""
        return [DealFrameState.load, Notices.tell("The deal is archived.")]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def restore(self, deal_id: str = ""):
        """Bring an archived deal back: this one, or the one that a notice tells of wherever its person has gone."""
        async with self._acting() as (session, actor):
            key = uuid_from(deal_id, "deal") if deal_id else self._path_id(1, "deal")
            await service.restore_deal(session, actor, key)
        return [DealFrameState.load, Notices.tell("The deal is back on the board.")]


async def _deal_and_around(
    session: ReadSession, actor: Actor, deal_id: UUID
) -> tuple[Deal, str, Workflow, list[Stage], datetime | None]:
    """The deal, its owner's name, its workflow and the stages of that in order, and when a partner waits for the next
    update. One statement."""
    rows = (
        await session.execute(
            visible_deals(actor)
            .where(Deal.id == deal_id)
            .join(User, User.id == Deal.owner_id)
            .join(Workflow, Workflow.id == Deal.workflow_id)
            .outerjoin(Stage, Stage.workflow_id == Workflow.id)
            .with_only_columns(Deal, User, Workflow, Stage, promised(Deal))
            .order_by(Stage.position)
        )
    ).all()
    if not rows:
        raise NotFound("deal")
    first, stages = rows[0], [row.Stage for row in rows if row.Stage is not None]
    return first.Deal, first.User.name, first.Workflow, stages, first.promised_for


async def _people(session: ReadSession, deal_id: UUID) -> list[tuple[str, bool]]:
    """The first names of the deal's people, and whether each has access to the client portal."""
    rows = await session.execute(
        select(Contact, PortalAccess.id)
        .join(DealApplicant, DealApplicant.contact_id == Contact.id)
        .outerjoin(
            PortalAccess,
            (PortalAccess.deal_id == deal_id)
            & (PortalAccess.contact_id == Contact.id)
            & PortalAccess.revoked_at.is_(None),
        )
        .where(DealApplicant.deal_id == deal_id)
        .order_by(DealApplicant.position)
    )
    return [(contact.called, access_id is not None) for contact, access_id in rows]


def _strip(deal: Deal, stages: list[Stage], zone: str) -> list[StageShown]:
    now = next((n for n, stage in enumerate(stages) if stage.id == deal.stage_id), -1)
    shown: list[StageShown] = []
    for position, stage in enumerate(stages):
        state = "done" if position < now else "now" if position == now else "next"
        shown.append({"id": str(stage.id), "name": stage.name, "state": state, "note": _note(deal, stage, state, zone)})
    return shown


def _note(deal: Deal, stage: Stage, state: str, zone: str) -> str:
    if state == "now":
        since = local(deal.stage_entered_at, zone)
        return f"{days_words((utc_now() - deal.stage_entered_at).days)}, since {since.day} {since:%b}"
    return "Profile read-only" if stage.fact_find is FactFindMode.READ_ONLY else ""
