"""What the drawer that adds a deal knows: whether it is open, its people, what was refused."""

from datetime import datetime, timedelta
from typing import TypedDict
from uuid import UUID

import reflex as rx

from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.contacts.known import known_like, question
from salestrekker_portal.domains.contacts.queries import access_contact, find_contacts
from salestrekker_portal.domains.deals.rules import typed_value
from salestrekker_portal.domains.pipeline.settling import Part, add_deal
from salestrekker_portal.domains.questions.flows import loan_of
from salestrekker_portal.domains.questions.vocabulary import Loan
from salestrekker_portal.domains.workflows.queries import workflows_with_stages
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.portals.broker.contact_fields import TYPED, KnownPerson, known_person
from salestrekker_portal.portals.events.deeds import do
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import bool_from, choice_from, form_from, uuid_from
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.portals.shared.closing import closes_with_page
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import ApplicantRole

MOST_PEOPLE = 12
WRONG = "dialog [aria-invalid=true]"
LOADING = timedelta(seconds=5)


class FormPerson(TypedDict):
    """One contact of the form: somebody known has a `contact_id` and a name, somebody new has neither."""

    id: str
    number: int
    company: bool
    contact_id: str
    name: str


@closes_with_page(lambda state: state._leave_behind())
class AddDealState(BrokerState, rx.State):
    """The drawer "Add deal". What is typed stays in the browser until "Save"."""

    shown: bool = False
    people: list[FormPerson] = []
    found: list[KnownPerson] = []
    workflows: list[Choice] = []
    loan: str = Loan.HOME.value
    _kinds: dict[str, str] = {}
    errors: dict[str, str] = {}
    # The row that somebody known may be chosen for instead, and what was typed when they were offered.
    _instead: str = ""
    _offered: str = ""
    _opened_on: list[str] = []
    _opened_at: datetime | None = None

    def _leave_behind(self) -> None:
        """Another page has come: close. But a press that overtakes its own page's loading keeps the drawer."""
        just_now = self._opened_at is not None and utc_now() - self._opened_at < LOADING
        if not (just_now and self._opened_on == self._path()):
            self.shown = False

    @rx.event
    @allow(Portal.BROKER)
    async def show(self):
        """Open with one empty contact."""
        await self._open(None)

    @rx.event
    @allow(Portal.BROKER)
    async def show_with(self, contact_id: str):
        """Open with somebody known in it."""
        await self._open(uuid_from(contact_id, "contact"))

    async def _open(self, contact_id: UUID | None) -> None:
        first = _blank()
        async with self._looking() as (session, actor):
            workflows = await workflows_with_stages(session, actor)
            if contact_id is not None:
                known = await access_contact(session, actor, contact_id, Permission.CONTACT_READ)
                first = {**first, "contact_id": str(known.id), "name": known.name}
        self.workflows = [{"value": str(each.id), "label": each.name} for each, _ in workflows]
        self.loan = loan_of(workflows[0][0].kind).value if workflows else Loan.HOME.value
        self._kinds = {str(each.id): loan_of(each.kind).value for each, _ in workflows}
        self.people, self.found, self.errors = _numbered([first]), [], {}
        self._instead = self._offered = ""
        self.shown, self._opened_on, self._opened_at = True, self._path(), utc_now()

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        self.shown = False

    @rx.event
    @allow(Portal.BROKER)
    async def add_person(self, company: bool):
        """One more contact: a person, or a company with its contact person."""
        if len(self.people) < MOST_PEOPLE:
            self.people = _numbered([*self.people, _blank(company=bool_from(company))])

    @rx.event
    @allow(Portal.BROKER)
    async def choose_workflow(self, workflow: str):
        """A workflow has a kind of deal of its own, which the form takes over."""
        self.loan = self._kinds.get(str(workflow), self.loan)

    @rx.event
    @allow(Portal.BROKER)
    async def choose_loan(self, loan: str):
        """What the deal is for."""
        self.loan = loan_of(str(loan)).value

    @rx.event
    @allow(Portal.BROKER)
    async def remove_person(self, row_id: str):
        kept = [row for row in self.people if row["id"] != row_id]
        self.people = _numbered(kept or [_blank()])

    @rx.event
    @allow(Portal.BROKER)
    async def search(self, words: str):
        """Offer people whom the brokerage knows already."""
        async with self._looking() as (session, actor):
            contacts = await find_contacts(session, actor, words)
        self.found = [known_person(each, actor.country) for each in contacts]

    @rx.event
    @allow(Portal.BROKER)
    async def choose(self, contact_id: str):
        """Put somebody known into the deal, once."""
        picked = next((each for each in self.found if each["id"] == contact_id), None)
        if picked and all(row["contact_id"] != contact_id for row in self.people):
            known: FormPerson = {**_blank(), "contact_id": contact_id, "name": picked["name"]}
            kept = [row for row in self.people if row["id"] != self._instead]
            self.people = _numbered([*kept, known][-MOST_PEOPLE:])
        self.found, self.errors, self._instead = [], {}, ""

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Add the deal and open it; or say what is missing, with everything typed still there."""
        if not self.shown:  # pressed twice
            return None
        typed = form_from(form)
        rows = [row for row in self.people if row["contact_id"] or _says_something(typed, row)]
        workflow = typed.get("workflow")
        if await self._offers_known(typed, rows):
            return do("focus", WRONG, 0)
        try:
            async with self._acting() as (session, actor):
                deal = await add_deal(
                    session,
                    actor,
                    name=typed.get("deal_name"),
                    value_cents=typed_value(typed.get("value")),
                    people=[_part(typed, row) for row in rows],
                    workflow_id=uuid_from(workflow, "workflow") if workflow else None,
                    loan_kind=typed.get("loan"),
                )
        except Invalid as refusal:
            self.errors = _by_row(refusal.errors, rows or self.people)
            return do("focus", WRONG, 0)
        self.shown, self.errors = False, {}
        return rx.redirect(f"/deals/{deal.id}")

    async def _offers_known(self, typed: dict[str, object], rows: list[FormPerson]) -> bool:
        """Somebody typed whom the brokerage knows is offered, once: the same words saved again are another one."""
        for row in rows:
            words = {name: clean(typed.get(f"{row['id']}-{name}")) for name in TYPED}
            said = f"{row['id']} {words}"
            if row["contact_id"] or said in self._offered:
                continue
            async with self._looking() as (session, actor):
                known = await known_like(session, actor, [words])
            if known:
                self._offered, self._instead = f"{self._offered}\n{said}", row["id"]
                self.found = [known_person(each, actor.country) for each in known]
                self.errors = {f"{row['id']}-first_name": question(known)}
                return True
        return False


def _blank(*, company: bool = False) -> FormPerson:
    return {"id": new_id().hex, "number": 0, "company": company, "contact_id": "", "name": ""}


def _numbered(rows: list[FormPerson]) -> list[FormPerson]:
    return [{**row, "number": number} for number, row in enumerate(rows, 1)]


def _says_something(typed: dict[str, object], row: FormPerson) -> bool:
    return any(clean(typed.get(f"{row['id']}-{name}")) for name in TYPED)


def _part(typed: dict[str, object], row: FormPerson) -> Part:
    role = choice_from(typed.get(f"{row['id']}-role", ApplicantRole.CLIENT), ApplicantRole, "role")
    if row["contact_id"]:
        return Part(role=role, contact_id=uuid_from(row["contact_id"], "contact"))
    words = {name: typed.get(f"{row['id']}-{name}", "") for name in TYPED}
    return Part(role=role, typed=words, company=row["company"])


def _by_row(errors: dict[str, str], rows: list[FormPerson]) -> dict[str, str]:
    """Refusals keyed "0.mobile" become those of the row's fields on screen."""
    shown = {}
    for key, sentence in errors.items():
        position, _, field = key.partition(".")
        on_a_row = position.isdigit() and int(position) < len(rows)
        shown[f"{rows[int(position)]['id']}-{field}" if on_a_row else key] = sentence
    return shown
