"""The client's dashboard: one next step, where the loan is up to, what is asked, who is who."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.bank_statements.queries import current, statement_requests_in
from salestrekker_portal.domains.fact_find.submission import changed_since_sent
from salestrekker_portal.domains.notes.queries import notes_of
from salestrekker_portal.domains.portal_access import phone
from salestrekker_portal.domains.portal_access.home import BESIDE_THE_LOAN, TO_DO, Home, home_of
from salestrekker_portal.domains.portal_access.several import Application, other_applications
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import ago_words, day_words
from salestrekker_portal.kernel.text import initials, shortened
from salestrekker_portal.kernel.wording import said_in
from salestrekker_portal.portals.client.dashboard.bank import NO_BANK, BankWords, bank_words
from salestrekker_portal.portals.client.dashboard.words import (
    NextStep,
    about_words,
    hello_words,
    loan_of_whom,
    next_step,
    profile_words,
)
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import ClientState
from salestrekker_portal.portals.http import flash
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import PartnersSee
from salestrekker_portal.tables.documents import RequestState
from salestrekker_portal.tables.notes import AuthorKind, Note


class StageRow(TypedDict):
    id: str
    name: str
    state: str
    meaning: str


class OpenRequestRow(TypedDict):
    id: str
    name: str
    text: str
    again: bool


class LatestMessageRow(TypedDict):
    id: str
    author: str
    initials: str
    when: str
    text: str


class PersonRow(TypedDict):
    id: str
    name: str
    initials: str
    sees: str


class ApplicationRow(TypedDict):
    """Another application of the same client."""

    id: str
    title: str
    text: str


# Who may see what, as the privacy page lists it.
PARTNERS_SEE = {
    PartnersSee.NOTHING: "Nothing of how it goes",
    PartnersSee.STAGE: "Your stage, and what your broker shares with them",
    PartnersSee.DATES: "Your stage and its dates, and what your broker shares with them",
    PartnersSee.PAPERS: "Your stage and its dates, how many papers are open, and what your broker shares with them",
}


class DashboardState(ClientState, rx.State):
    """Everything on the page, in words."""

    ready: bool = False
    hello: str = ""
    about: str = ""
    step: NextStep = {"eyebrow": "", "title": "", "text": "", "label": "", "to": ""}
    show_profile: bool = False
    profile_pct: int = 0
    profile_whose: str = ""
    profile_note: str = ""
    stages: list[StageRow] = []
    where: str = ""
    stage_name: str = ""
    stage_meaning: str = ""
    to_do: int = 0
    with_broker: int = 0
    accepted: int = 0
    requests: list[OpenRequestRow] = []
    messages: list[LatestMessageRow] = []
    bank: BankWords = NO_BANK
    broker: str = ""
    broker_first: str = ""
    broker_initials: str = ""
    people: list[PersonRow] = []
    applications: list[ApplicationRow] = []
    refusal: str = ""
    # Whether to ask for this phone once, and what the last press on that came to.
    asks_phone: bool = False
    phone_refused: str = ""
    phone_kept: str = ""

    @rx.event
    @allow(Portal.CLIENT)
    async def load(self):
        """Look at one's own file."""
        async with self._looking() as (session, actor):
            home = await home_of(session, actor)
            notes = await notes_of(session, actor, home.deal.id, most=3)
            self.applications = [_application(each) for each in await other_applications(session, actor)]
            statements = current(await statement_requests_in(session, actor, home.deal.id))
            self._show_head(home, actor.time_zone)
            self._show_stages(home)
            self._show_requests(home)
            self._show_people(home, actor.sees_other_applicants)
            self.messages = [_message(note, actor.id, actor.time_zone) for note in reversed(notes)]
            self.bank = bank_words(statements, home.owner.first_name, utc_now())
            changed = await changed_since_sent(session, actor, home.access)
            self.step = next_step(home, home.first_name, self.bank, changed=changed)
            self.asks_phone = phone.is_offered(actor, home.access)
        # What the last try to move to another application, or to have this phone remembered, was told.
        said = flash.read(self.router.headers.cookie or "", "/portal")[0]
        self.refusal, self.phone_refused, self.phone_kept = (said.get(name, "") for name in ("", "phone", "kept"))
        self.ready = True

    @rx.event
    @allow(Portal.CLIENT)
    @once
    async def not_now(self):
        """They were asked to have this phone remembered, and would rather type PINs."""
        async with self._acting() as (session, actor):
            await phone.not_now(session, actor)
        self.asks_phone = False

    def _show_head(self, home: Home, zone: str) -> None:
        self.hello, self.about = hello_words(home, zone), about_words(home)
        self.where = f"Where {'the' if home.role in BESIDE_THE_LOAN else 'your'} loan is up to"
        self.broker, self.broker_first = home.owner.name, home.owner.first_name
        self.broker_initials = initials(home.owner.name)
        self.show_profile, self.profile_whose, self.profile_note, self.profile_pct = profile_words(home)

    def _show_stages(self, home: Home) -> None:
        here = home.stage.position
        self.stages = [
            StageRow(
                id=str(stage.id),
                name=stage.client_name,
                state="now" if stage.id == home.stage.id else "done" if stage.position < here else "next",
                meaning=stage.client_meaning,
            )
            for stage in home.stages
        ]
        self.stage_name = home.stage.client_name if home.stages else ""
        self.stage_meaning = home.stage.client_meaning if home.stages else ""

    def _show_requests(self, home: Home) -> None:
        waiting = [request for request in home.requests if request.state in TO_DO]
        self.to_do = len(waiting)
        self.with_broker = sum(request.state is RequestState.UPLOADED for request in home.requests)
        self.accepted = sum(request.state is RequestState.ACCEPTED for request in home.requests)
        self.requests = [
            OpenRequestRow(
                id=str(request.id),
                name=request.name,
                text=_request_text(request, home.owner.first_name),
                again=request.state is RequestState.ASKED_AGAIN,
            )
            for request in waiting[:4]
        ]

    def _show_people(self, home: Home, sees_others: bool) -> None:
        firm = PersonRow(
            id="firm",
            name=f"{home.owner.first_name} and the team at {home.organisation.name}",
            initials=self.broker_initials,
            sees="Everything you share",
        )
        others = [
            PersonRow(
                id=str(contact.id),
                name=contact.name,
                initials=initials(contact.name),
                sees="Joint answers" if sees_others else "Nothing of yours: you each see your own",
            )
            for contact in home.others
        ]
        shown = said_in(home.organisation.country, PARTNERS_SEE[home.partners_see])
        partners = [
            PersonRow(
                id=str(partner.id),
                name=f"{partner.name}, {partner.firm}" if partner.firm else partner.name,
                initials=initials(partner.name),
                sees=shown,
            )
            for partner in home.partners
        ]
        self.people = [firm, *others, *partners]


def _request_text(request, broker: str) -> str:
    if request.state is RequestState.ASKED_AGAIN:
        return f"{broker} asked again: {request.reason}" if request.reason else f"{broker} asked for it again"
    return f"Due {day_words(request.due_on)}" if request.due_on else request.why


def _application(each: Application) -> ApplicationRow:
    return ApplicationRow(
        id=str(each.access_id),
        title=loan_of_whom(each.loan_kind, each.role, each.with_whom),
        text=f"{each.reference}, with {each.broker}",
    )


def _message(note: Note, own_id, zone: str) -> LatestMessageRow:
    mine = note.author_kind is AuthorKind.CLIENT and note.author_id == own_id
    return LatestMessageRow(
        id=str(note.id),
        author="You" if mine else note.author_name,
        initials=initials(note.author_name),
        when=ago_words(note.created_at, utc_now(), zone),
        text=shortened(note.text, 120),
    )
