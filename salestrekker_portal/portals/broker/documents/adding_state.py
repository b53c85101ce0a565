"""Adding requests: one by one, or from a ready list. Nothing is sent here."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.queries import access_deal, applicants_of
from salestrekker_portal.domains.documents import requests
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.portals.broker.documents.required_state import RequiredState
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import bool_from, form_from, uuid_from
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.tables.access import Portal

PERSON, ITEM = "person-", "item-"


class ItemRow(TypedDict):
    """One document of a list; `key` is the name of its tick."""

    key: str
    name: str
    note: str


class AddingState(BrokerState, rx.State):
    """The dialogs that add requests. `adding` is "single", "list" or nothing."""

    adding: str = ""
    whom: list[Choice] = []
    people: list[Choice] = []
    lists: list[Choice] = []
    list_key: str = ""
    items: list[ItemRow] = []
    # Whether the list's documents begin ticked: all of a short one are meant, three of a long one.
    ticked: bool = True
    errors: dict[str, str] = {}

    @rx.event
    @allow(Portal.BROKER)
    async def show(self, what: str):
        """Open one of the dialogs, or close them."""
        self.adding, self.errors = what if what in ("single", "list") else "", {}
        if not self.adding:
            return
        async with self._looking() as (session, actor):
            deal = await access_deal(session, actor, self._path_id(1, "deal"), Permission.REQUEST_MANAGE)
            people = [contact for _, contact in await applicants_of(session, deal.id)]
            ready = await requests.lists_for(session, actor)
        self.people = [Choice(value=str(contact.id), label=contact.name) for contact in people]
        everybody = joined([contact.called for contact in people])
        self.whom = (
            [*self.people, Choice(value="", label=f"All applicants ({everybody})")]
            if len(people) > 1
            else [*self.people]
        )
        self.lists = [Choice(value=each.key, label=each.name) for each in ready]
        self._choose(ready, ready[0].key)

    @rx.event
    @allow(Portal.BROKER)
    async def choose(self, list_key: str):
        """Look at another list."""
        async with self._looking() as (session, actor):
            self._choose(await requests.lists_for(session, actor), str(list_key))

    @rx.event
    @allow(Portal.BROKER)
    async def tick(self, on: bool):
        """Begin again with all documents of the list, or with none."""
        self.ticked = bool_from(on)

    def _choose(self, ready: list, list_key: str) -> None:
        chosen = next((each for each in ready if each.key == list_key), ready[0])
        self.list_key, self.ticked = chosen.key, True
        self.items = [
            ItemRow(
                key=f"{ITEM}{number}",
                name=item.name,
                note="Each person sends their own" if item.each else "One for everybody",
            )
            for number, item in enumerate(chosen.items)
        ]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def add_single(self, form: dict):
        """Ask for one document."""
        typed = form_from(form)
        try:
            async with self._acting() as (session, actor):
                contact = typed.get("for")
                added = await requests.add_request(
                    session,
                    actor,
                    self._path_id(1, "deal"),
                    name=typed.get("name"),
                    contact_id=uuid_from(contact, "client") if contact else None,
                    why=typed.get("why"),
                    due_on=typed.get("due"),
                )
        except Invalid as refusal:
            self.errors = refusal.errors
            return
        self.adding, self.errors = "", {}
        return [Notices.tell(f"Added “{added.name}”. Nothing is sent until you press Request."), RequiredState.load]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def add_list(self, form: dict):
        """Ask for the ticked documents of a list."""
        typed = form_from(form)
        ticked = {key for key, value in typed.items() if value}
        names = [item["name"] for item in self.items if item["key"] in ticked]
        whom = [uuid_from(key.removeprefix(PERSON), "client") for key in sorted(ticked) if key.startswith(PERSON)]
        try:
            if not names:
                raise Invalid({"items": "Tick at least one document."})
            async with self._acting() as (session, actor):
                added = await requests.add_requests_from_list(
                    session,
                    actor,
                    self._path_id(1, "deal"),
                    self.list_key,
                    contact_ids=whom,
                    names=names,
                    due_on=typed.get("due"),
                )
        except Invalid as refusal:
            self.errors = refusal.errors
            return
        self.adding, self.errors = "", {}
        words = f"Added {len(added)}. Nothing is sent until you press Request." if added else "All of it is asked for."
        return [Notices.tell(words), RequiredState.load]
