"""Every move of a deal that a broker makes passes here: asked about when it must be, told, and taken back."""

from uuid import UUID

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.pipeline.meaning import Meaning, meaning_of_move, sentences
from salestrekker_portal.domains.pipeline.moving import move_deal
from salestrekker_portal.domains.workflows.queries import workflows_with_stages
from salestrekker_portal.kernel.errors import Conflict, NotFound, NotPermitted
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.portals.events.gate import allow, forgotten_on_load
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.portals.shared.closing import closes_with_page
from salestrekker_portal.portals.shared.profile.presence import presence
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.workflows import Stage


@closes_with_page(lambda state: state._leave())
@forgotten_on_load("told")
class MovingState(BrokerState, rx.State):
    """The dialog "Move deal", and the notice after a move with its "Undo"."""

    shown: bool = False
    name: str = ""
    workflows: list[Choice] = []
    workflow: str = ""
    stages: list[Choice] = []
    stage: str = ""
    # A move that was made already on screen, and only waits for a yes: nothing to choose.
    decided: bool = False
    typing: str = ""
    meaning: list[str] = []
    error: str = ""
    told: str = ""
    # Far from the numbers of the other notices: each number is one notice.
    number: int = 1_000_000
    undoable: bool = False
    _deal: str = ""
    _after: str = ""
    # What Undo needs: the deal, where it is, where it was, and below which deal.
    _back: tuple[str, str, str, str] = ("", "", "", "")

    def _leave(self) -> None:
        """Nothing of one deal's question is there for the next."""
        self.shown, self.decided = False, False
        self.name = self.workflow = self.stage = self.typing = self.error = self._deal = self._after = ""
        self.workflows, self.stages, self.meaning = [], [], []

    @rx.event
    @allow(Portal.BROKER)
    async def show(self, deal_id: str):
        """Ask where the deal goes: a workflow and a stage of it, and what that means."""
        deal = uuid_from(deal_id, "deal")
        self._leave()
        async with self._looking() as (session, actor):
            found = await access_deal(session, actor, deal, Permission.DEAL_MOVE)
            workflows = await workflows_with_stages(session, actor)
            self._deal, self.name = str(found.id), found.name
            self.workflows = [{"value": str(each.id), "label": each.name} for each, _ in workflows]
            # Whoever asks wants another workflow; where there is one only, it is that.
            other = next((each for each, _ in workflows if each.id != found.workflow_id), None)
            chosen = other.id if other is not None else found.workflow_id
            await self._choose(session, actor, workflows, str(chosen))
        self.shown = True

    async def _choose(self, session: ReadSession, actor: Actor, workflows: list, chosen: str) -> None:
        stages: list[Stage] = next((stages for each, stages in workflows if str(each.id) == chosen), [])
        self.workflow, self.stages = chosen, [{"value": str(each.id), "label": each.name} for each in stages]
        self.stage = self.stages[0]["value"] if stages else ""
        if stages:
            self._say(actor, await meaning_of_move(session, actor, UUID(self._deal), stages[0].id))

    def _say(self, actor: Actor, found: Meaning) -> None:
        self.meaning, self.typing, self.error = sentences(found), who_types(actor, found), ""

    @rx.event
    @allow(Portal.BROKER)
    async def choose_workflow(self, workflow_id: str):
        """Another workflow: its first stage until one is chosen."""
        chosen = str(uuid_from(workflow_id, "workflow"))
        deal = uuid_from(self._deal, "deal")
        async with self._looking() as (session, actor):
            await access_deal(session, actor, deal, Permission.DEAL_MOVE)
            await self._choose(session, actor, await workflows_with_stages(session, actor), chosen)

    @rx.event
    @allow(Portal.BROKER)
    async def choose_stage(self, stage_id: str):
        """Another stage of that workflow."""
        stage = uuid_from(stage_id, "stage")
        async with self._looking() as (session, actor):
            self._say(actor, await meaning_of_move(session, actor, uuid_from(self._deal, "deal"), stage))
        self.stage = str(stage)

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        """Nothing moves."""
        self._leave()

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def go(self):
        """Make the move that the dialog describes."""
        deal, stage = uuid_from(self._deal, "deal"), uuid_from(self.stage, "stage")
        after = uuid_from(self._after, "deal") if self._after else None
        try:
            await self._move(deal, stage, after)
        except (Conflict, NotFound, NotPermitted) as refusal:
            self.error = refusal.message
            return
        self._leave()

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def undo(self):
        """Put the deal back to where it was. Locking somebody who types asks first, as every move does."""
        deal, stage, was, above = self._back
        self.told = ""
        if not deal:
            return
        came_from = uuid_from(was, "stage"), uuid_from(above, "deal") if above else None
        if await self._asked(uuid_from(deal, "deal"), *came_from):
            return
        await self._move(uuid_from(deal, "deal"), *came_from, only_from=uuid_from(stage, "stage"))

    @rx.event
    @allow(Portal.BROKER)
    async def hush(self):
        """The notice has been read."""
        self.told = ""

    async def _asked(self, deal: UUID, stage: UUID, after: UUID | None) -> bool:
        """Whether the move would lock a client who is typing, so that the dialog asks now.

        Where nobody is in a field of this deal, which is nearly always, no statement runs.
        """
        if not presence.others(deal, self._actor().id):
            return False
        async with self._looking() as (session, actor):
            found = await meaning_of_move(session, actor, deal, stage)
        if not who_types(actor, found):
            return False
        self._leave()
        self._say(actor, found)
        self._deal, self.stage, self._after, self.name = str(deal), str(stage), str(after or ""), found.deal.name
        self.decided = self.shown = True
        return True

    async def _move(self, deal: UUID, stage: UUID, after: UUID | None, *, only_from: UUID | None = None) -> None:
        """Move, and tell. Raises what the use case refuses."""
        async with self._acting() as (session, actor):
            moved = await move_deal(session, actor, deal, stage, after, only_from=only_from)
            name, came_from, above = moved.deal.name, moved.from_stage_id, moved.from_above_id
        words = "Put back in" if only_from else "Moved to"
        self._back = ("", "", "", "") if only_from else (str(deal), str(stage), str(came_from), str(above or ""))
        self.told, self.number = f"{name}: {words} {moved.stage_name}.", self.number + 1
        self.undoable = only_from is None
        (await self.get_state(Notices)).text = ""


def who_types(actor: Actor, found: Meaning) -> str:
    """Who is typing answers that the move would lock; empty when it locks nobody."""
    if not found.locks:
        return ""
    there = {each.person for each in presence.others(found.deal.id, actor.id)}
    names = [name for contact, name in found.clients.items() if contact in there]
    if not names:
        return ""
    verb = "is" if len(names) == 1 else "are"
    return f"{joined(names)} {verb} typing answers right now. What isn’t saved yet is kept, but not in the profile."
