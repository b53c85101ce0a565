"""One contact: how to reach them, every deal that they are in, and what found over all of them."""

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.clients.contacts import CONTACT_FIELDS, change_contact, contact_form
from salestrekker_portal.domains.clients.parting import merges_of
from salestrekker_portal.domains.contacts.queries import access_contact
from salestrekker_portal.domains.insights.contact_overview import (
    FEW_DOCUMENTS,
    MOST_DEALS,
    MOST_DOCUMENTS,
    deals_of_contact,
    documents_of_contact,
    people_around,
    where_merged,
)
from salestrekker_portal.domains.insights.contact_timeline import (
    PAGE_SIZE,
    Happened,
    TimelineCursor,
    TimelineFilter,
    timeline_of,
)
from salestrekker_portal.domains.insights.contact_told import told_of_themselves
from salestrekker_portal.domains.search.contact_list import MOST_LETTERS
from salestrekker_portal.domains.search.contact_neighbours import neighbours_of
from salestrekker_portal.domains.tasks.queries import tasks_around
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.kernel.text import clean, initials
from salestrekker_portal.portals.broker.contacts import one_rows as rows
from salestrekker_portal.portals.broker.contacts.list_place import NO_PLACE, ListPlace, place_in, sort_of
from salestrekker_portal.portals.broker.contacts.merge_rows import MergeLine, merge_lines
from salestrekker_portal.portals.broker.contacts.timeline_rows import TimelineLine, day_of, timeline_lines
from salestrekker_portal.portals.broker.tasks.state import TasksState
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import choice_from, form_from, shown_from
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.portals.shared.closing import closes_with_page
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.contacts import Contact, ContactKind


@closes_with_page(lambda state: setattr(state, "editing", False))
class ContactPageState(BrokerState, rx.State):
    """The contact at this address."""

    loaded: bool = False
    missing: bool = False
    key: str = ""
    name: str = ""
    called: str = ""
    initials: str = ""
    company: bool = False
    since: str = ""
    roles: list[str] = []
    details: list[rows.ContactFact] = []
    phone: str = ""
    facts: dict[str, str] = {}
    portal: str = ""
    portal_lines: list[rows.ContactFact] = []
    deals: list[rows.ContactDeal] = []
    more: bool = False
    # The open deals, where a message to them is written.
    threads: list[Choice] = []
    papers: list[rows.ContactPaper] = []
    papers_in_all: int = 0
    people: list[rows.PersonLine] = []
    alike: list[rows.LooksAlike] = []
    merges: list[MergeLine] = []
    which: str = TimelineFilter.ALL.value
    timeline: list[TimelineLine] = []
    earlier: bool = False
    editing: bool = False
    errors: dict[str, str] = {}
    in_list: ListPlace = NO_PLACE
    _last: TimelineCursor | None = None
    _last_day: str = ""

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read them and all that is around them. Somebody who was merged away leads to whom they are in."""
        try:
            async with self._looking() as (session, actor):
                contact = await access_contact(session, actor, self._path_id(1, "contact"), Permission.CONTACT_READ)
                into = await where_merged(session, actor, contact)
                if into is None:
                    await self._read(session, actor, contact)
                    await self._place(session, actor, contact)
        except NotFound:
            self.missing, self.loaded = True, False
            return None
        if into is not None:
            said = f"{contact.name} is merged into this contact."
            return [rx.redirect(f"/contacts/{into}", replace=True), Notices.tell(said)]
        self.missing, self.loaded = False, True
        return None

    async def _read(self, session: ReadSession, actor: Actor, contact: Contact) -> None:
        found = await deals_of_contact(session, actor, contact.id)
        self.more, deals = len(found) > MOST_DEALS, found[:MOST_DEALS]
        around, alike = await people_around(session, actor, contact)
        told = await told_of_themselves(session, actor, contact.id)
        papers, self.papers_in_all = await documents_of_contact(session, actor, contact.id)
        merged = await merges_of(session, actor, contact.id)
        which = choice_from(self.which, TimelineFilter, "filter")
        happened = await timeline_of(session, actor, contact.id, which)
        tasks = await tasks_around(session, actor, contact.id, [each.deal.id for each in deals])
        self.key, self.name, self.called = str(contact.id), contact.name, contact.called
        self.initials, self.company = initials(contact.name), contact.kind is ContactKind.COMPANY
        self.phone = contact.mobile or ""
        self.facts = contact_form(contact, actor.country)
        self.since, self.roles = rows.since_words(deals, actor.time_zone), rows.role_words(deals)
        self.details = rows.detail_lines(contact, told, deals, actor)
        self.portal, self.portal_lines = rows.portal_lines(deals, actor.time_zone)
        self.deals = [rows.deal_line(each) for each in deals]
        self.threads = [
            {"value": f"/deals/{each.deal.id}/notes", "label": each.deal.name} for each in deals if each.is_open
        ]
        self.papers = [rows.paper_line(each) for each in papers]
        self.people = rows.people_lines(around, deals)
        self.alike = [rows.alike_line(contact, each, actor.time_zone) for each in alike]
        self.merges = merge_lines(merged, contact.id, actor.time_zone)
        self._tell(happened, actor, on=False)
        (await self.get_state(TasksState))._show_around(actor, tasks)

    async def _place(self, session: ReadSession, actor: Actor, contact: Contact) -> None:
        """Where they stand in the list that the address says."""
        sort, words = sort_of(self._query("sort")), clean(self._query("q"))[:MOST_LETTERS]
        found = await neighbours_of(session, actor, contact, words, sort) if sort else None
        self.in_list = place_in(found, contact.kind, sort, words)

    def _tell(self, found: list[Happened], actor: Actor, *, on: bool) -> None:
        """Show these lines, below those that stand there when it goes `on`."""
        shown = found[:PAGE_SIZE]
        lines = timeline_lines(shown, actor, above=self._last_day if on else "")
        self.timeline = [*self.timeline, *lines] if on else lines
        self.earlier = len(found) > PAGE_SIZE
        if shown:
            self._last, self._last_day = TimelineCursor(shown[-1].at, shown[-1].id), day_of(shown[-1], actor)

    async def _read_on(self, before: TimelineCursor | None) -> None:
        which = choice_from(self.which, TimelineFilter, "filter")
        async with self._looking() as (session, actor):
            contact = await access_contact(session, actor, self._path_id(1, "contact"), Permission.CONTACT_READ)
            self._tell(
                await timeline_of(session, actor, contact.id, which, before=before), actor, on=before is not None
            )

    @rx.event
    @allow(Portal.BROKER)
    async def narrow(self, which: str):
        """Show one kind of lines, or all."""
        self.which = choice_from(which, TimelineFilter, "filter").value
        await self._read_on(None)

    @rx.event
    @allow(Portal.BROKER)
    async def show_earlier(self):
        """Read on, further back."""
        await self._read_on(self._last)

    @rx.event
    @allow(Portal.BROKER)
    async def show_papers(self, every: bool):
        """All of their documents, or the newest few."""
        most = MOST_DOCUMENTS if every is True else FEW_DOCUMENTS
        async with self._looking() as (session, actor):
            contact = await access_contact(session, actor, self._path_id(1, "contact"), Permission.CONTACT_READ)
            papers, self.papers_in_all = await documents_of_contact(session, actor, contact.id, most=most)
        self.papers = [rows.paper_line(each) for each in papers]

    @rx.event
    @allow(Portal.BROKER)
    async def edit(self, on: bool):
        """Open the drawer, or close it."""
        self.editing, self.errors = on is True, {}

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Keep what was typed, in every deal of theirs."""
        typed = form_from(form)
        wanted = {name: typed[name] for name in CONTACT_FIELDS if name in typed}
        try:
            async with self._acting() as (session, actor):
                key = self._path_id(1, "contact")
                contact = await change_contact(session, actor, key, shown_from(form), **wanted)
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        self.editing, self.errors = False, {}
        return [ContactPageState.load, Notices.tell(f"{contact.name} is saved.")]
