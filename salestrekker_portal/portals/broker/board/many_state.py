"""What is done to the deals that were ticked in the list: one drawer, one press, one Undo."""

from typing import TypedDict
from uuid import UUID

import reflex as rx

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.insights.deal_list import every_deal, note_taken
from salestrekker_portal.domains.labels.queries import labels_of
from salestrekker_portal.domains.organisations.people import working_here
from salestrekker_portal.domains.pipeline import many
from salestrekker_portal.domains.pipeline.many import Back, Done
from salestrekker_portal.domains.pipeline.meaning import meaning_of_move
from salestrekker_portal.domains.workflows.queries import workflows_with_stages
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.kernel.sheets import sheet
from salestrekker_portal.kernel.text import clean, counted
from salestrekker_portal.portals.broker.board.address import read_address
from salestrekker_portal.portals.broker.board.list_state import FILE_COLUMNS, DealListState, in_a_file
from salestrekker_portal.portals.broker.board.reading import stages_shown
from salestrekker_portal.portals.broker.moving.state import who_types
from salestrekker_portal.portals.events.asking import asks_again
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import UNDOES, Notices
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import form_from, uuid_from
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.portals.shared.closing import closes_with_page
from salestrekker_portal.portals.shared.profile.presence import presence
from salestrekker_portal.tables.access import Portal

# What can be done -> what a notice says that was done.
DEEDS = {"move": "moved", "owner": "given to another owner", "label": "labelled", "unlabel": "without the label now",
         "task": "given a task"}  # fmt: skip


class RefusedLine(TypedDict):
    """A deal to which nothing was done, and why."""

    id: str
    name: str
    why: str


@closes_with_page(lambda state: state._leave())
class ManyState(BrokerState, rx.State):
    """`deed` is what the open drawer does, "" while it is closed."""

    deed: str = ""
    choices: list[Choice] = []
    error: dict[str, str] = {}
    refused: list[RefusedLine] = []
    _back: list[Back] = []
    # Which press `_back` is of: an older notice takes nothing back.
    _number: int = 0

    def _leave(self) -> None:
        # Only what is open: whatever is set goes to the browser, on every page that begins.
        self._begin("deed", "choices", "error", "refused")

    @rx.event
    @allow(Portal.BROKER)
    async def begin(self, deed: str):
        """Ask where to, to whom, which label or which task."""
        if not isinstance(deed, str) or deed not in DEEDS:
            raise Invalid({"deed": "Choose one of the options shown."})
        self._leave()
        async with self._looking() as (session, actor):
            self.choices = await _choices(session, actor, deed)
        self.deed = deed

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        """Nothing is done, or what was refused has been read."""
        self._leave()

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def go(self, form: dict):
        """Do it to all that are ticked, and say of each that refused why."""
        typed, deed = form_from(form), self.deed
        ticked = await self.get_state(DealListState)
        ids = [uuid_from(each, "deal") for each in ticked.chosen]
        try:
            if deed not in DEEDS:
                raise Conflict("This was closed meanwhile. Open it again.")
            if deed != "task" and not clean(typed.get("to")):
                raise Invalid({"to": "Choose one."})
            typing = await self._typing(ids, typed) if deed == "move" else {}
            async with self._acting() as (session, actor):
                done = await _do(session, actor, deed, ids, typed, typing)
        except Invalid as refusal:
            self.error = refusal.errors
            return None
        except (Conflict, NotFound, NotPermitted) as refusal:
            self.error = {"all": refusal.message}
            return None
        self._leave()
        ticked.chosen = [str(each.deal_id) for each in done.refused]
        return [DealListState.load, *self._told(done, DEEDS[deed])]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def undo(self, number: str):
        """Put all of them back."""
        if number != str(self._number) or not self._back:
            raise Conflict("There is nothing to take back any more.")
        async with self._acting() as (session, actor):
            done = await many.undo_many(session, actor, self._back)
        # Only now: what somebody was in the way of is tried again.
        self._back = []
        self._refuse(done)
        return [DealListState.load, Notices.tell(f"{counted(len(done.back), 'deal')} put back.")]

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("each file is written down, and gives the same person the same deals")
    @asks_again
    async def download(self):
        """Those that are ticked, as a file for a spreadsheet."""
        ticked = [uuid_from(each, "deal") for each in (await self.get_state(DealListState)).chosen]
        address = read_address(self._query)
        async with self._looking() as (session, actor):
            stages = stages_shown(await workflows_with_stages(session, actor), address)
            wanted = address.wanted(actor)
            cards = await every_deal(session, actor, stages, wanted, only=ticked, most=many.MOST)
        async with self._acting() as (session, actor):
            note_taken(session, actor, cards)
        by_id = {stage.id: stage for stage in stages}
        rows = [in_a_file(card, by_id[card.deal.stage_id]) for card in cards]
        return rx.download(data=sheet(FILE_COLUMNS, rows), filename="deals.csv")

    def _told(self, done: Done, words: str) -> list:
        self._back, self._number = done.back, self._number + 1
        self._refuse(done)
        said = f"{counted(len(done.back), 'deal')} {words}."
        if done.same:
            said += f" {counted(done.same, 'deal')} had it already."
        if not done.back:
            return [Notices.tell(said)]
        return [Notices.offer_undo(said, "many", str(self._number))]

    def _refuse(self, done: Done) -> None:
        """Keep the drawer open for what was refused: a notice would be gone before it is read."""
        self.refused = [{"id": str(each.deal_id), "name": each.name, "why": each.why} for each in done.refused]

    async def _typing(self, ids: list[UUID], typed: dict) -> dict[UUID, str]:
        """The deals whose move would lock a client who is typing, each asked about as by itself."""
        stage, found = uuid_from(typed.get("to"), "stage"), {}
        async with self._looking() as (session, actor):
            for deal_id in ids:
                if presence.others(deal_id, actor.id):
                    who = who_types(actor, await meaning_of_move(session, actor, deal_id, stage))
                    found |= {deal_id: f"{who} Move it by itself."} if who else {}
        return found


UNDOES["many"] = ManyState.undo


async def _choices(session: ReadSession, actor: Actor, deed: str) -> list[Choice]:
    if deed == "move":
        found = await workflows_with_stages(session, actor)
        return [{"value": str(stage.id), "label": f"{workflow.name}: {stage.name}"}
                for workflow, stages in found for stage in stages]  # fmt: skip
    if deed == "owner":
        people = await working_here(session, actor.organisation_id)
        return [{"value": str(user.id), "label": user.name} for user in people]
    if deed == "task":
        return []
    return [{"value": str(each.id), "label": each.name} for each in await labels_of(session, actor.organisation_id)]


async def _do(
    session: WriteSession, actor: Actor, deed: str, ids: list[UUID], typed: dict, typing: dict[UUID, str]
) -> Done:
    if deed == "task":
        return await many.task_for_many(session, actor, ids, title=typed.get("title"), due=typed.get("due"))
    to = uuid_from(typed.get("to"), "choice")
    if deed == "move":
        return await many.move_many(session, actor, ids, to, except_for=typing)
    if deed == "owner":
        return await many.give_many(session, actor, ids, to)
    return await many.label_many(session, actor, ids, to, on=deed == "label")
