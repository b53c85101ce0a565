"""What the referral form knows. What was typed stays in the browser until it has been accepted."""

import reflex as rx

from salestrekker_portal.domains.partners.own_link import end_link, make_link, own_link
from salestrekker_portal.domains.partners.queries import brokers_of, labels_of, membership_of
from salestrekker_portal.domains.partners.referrals import add_lead, count_lead_try, demand_adding
from salestrekker_portal.domains.partners.rules import MOST_CONTACTS, ReferredBefore, TypedContact
from salestrekker_portal.kernel.errors import Invalid, NotPermitted
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.portals.events.deeds import do
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.events.session import PartnerState
from salestrekker_portal.portals.incoming.parse import bool_from, form_from, uuid_from
from salestrekker_portal.portals.partner.refer.code import code_of
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.tables.access import Portal

WISHES = ("purpose", "price", "auction", "best_time", "agreed")
PERSON = ("first_name", "last_name", "phone", "email")


class PartnerReferState(PartnerState, rx.State):
    """A new lead on its way in."""

    ready: bool = False
    refused: str = ""
    people: list[str] = ["1"]
    brokers: list[Choice] = []
    broker: str = ""
    labels: list[Choice] = []
    errors: dict[str, str] = {}
    warning: str = ""
    own_deals: list[Choice] = []
    # The partner's own link, and the picture of it that a phone reads; "" while there is none.
    own_link: str = ""
    own_code: str = ""
    embed: str = ""
    # Another number starts the form empty.
    form: int = 0
    # Who the warning was about: saving the same people again goes on.
    _warned: str = ""

    @rx.event
    @allow(Portal.PARTNER)
    async def load(self):
        """An empty form, with the firm's brokers and labels; or why there is none."""
        form = self.form
        self.reset()
        self.form = form + 1
        try:
            async with self._looking() as (session, actor):
                await demand_adding(session, actor)
                mine = await membership_of(session, actor.organisation_id, actor.id)
                brokers = await brokers_of(session, actor.organisation_id)
                labels = await labels_of(session, actor.organisation_id)
                self.broker = str(mine.assigned_user_id or "")
                self.brokers = [Choice(value=str(user.id), label=user.name) for user in brokers]
                self.labels = [Choice(value=str(label.id), label=label.name) for label in labels]
                self._show_link(await own_link(session, actor))
        except NotPermitted as refusal:
            self.refused = refusal.message
        self.ready = True

    def _show_link(self, address: str) -> None:
        self.own_link, self.own_code = address, code_of(address) if address else ""
        self.embed = f'<iframe src="{address}" title="Leave your details" width="100%" height="760"></iframe>'

    @rx.event
    @allow(Portal.PARTNER)
    @repeatable("an address that is there stays")
    async def make_link(self):
        """Have a link of one's own, behind which clients leave their details themselves."""
        async with self._acting() as (session, actor):
            self._show_link(await make_link(session, actor))

    @rx.event
    @allow(Portal.PARTNER)
    @repeatable("what was ended stays ended")
    async def end_link(self):
        """The address opens nothing any more."""
        async with self._acting() as (session, actor):
            await end_link(session, actor)
        self._show_link("")
        return Notices.tell("The link opens nothing any more.")

    @rx.event
    @allow(Portal.PARTNER)
    async def add_person(self):
        """Room for one more client of the same lead."""
        if len(self.people) < MOST_CONTACTS:
            self.people = [*self.people, str(max(int(key) for key in self.people) + 1)]

    @rx.event
    @allow(Portal.PARTNER)
    async def remove_person(self, key: str):
        """Take one client out again; the first stays."""
        if key != self.people[0]:
            self.people = [each for each in self.people if each != key]

    @rx.event
    @allow(Portal.PARTNER)
    @once
    async def save(self, form: dict):
        """Send the lead, or say what is missing."""
        typed = form_from(form)
        people = [TypedContact(**{name: typed.get(f"{name}_{key}") for name in PERSON}) for key in self.people]
        same = _fingerprint(people)
        try:
            async with self._acting() as (session, actor):
                await count_lead_try(session, actor)
            async with self._acting() as (session, actor):
                broker = clean(typed.get("broker"))
                deal = await add_lead(
                    session,
                    actor,
                    contacts=people,
                    summary=typed.get("summary"),
                    broker_id=uuid_from(broker, "broker") if broker else None,
                    label_ids=[uuid_from(each, "label") for each in _ticked(typed)],
                    wishes={name: typed.get(name) for name in WISHES},
                    known_is_fine=same == self._warned,
                )
                deal_id = str(deal.id)
        except Invalid as refusal:
            self.errors, self.warning = self._by_key(refusal.errors), ""
            return do("focus", "[aria-invalid=true]", 0)
        except ReferredBefore as known:
            self.errors, self.warning, self._warned = {}, known.message, same
            self.own_deals = [Choice(value=f"/partner/deals/{k}", label=n) for k, n in known.own_deals.items()]
            return None
        return rx.redirect(f"/partner/deals/{deal_id}")

    def _by_key(self, errors: dict[str, str]) -> dict[str, str]:
        """The service counts clients from one; the form names them by key."""
        found = {}
        for field, sentence in errors.items():
            name, _, place = field.rpartition("_")
            if name in PERSON and place.isdecimal() and int(place) <= len(self.people):
                field = f"{name}_{self.people[int(place) - 1]}"
            found[field] = sentence
        return found


def _ticked(typed: dict[str, object]) -> list[str]:
    return [name.removeprefix("label_") for name, on in typed.items() if name.startswith("label_") and bool_from(on)]


def _fingerprint(people: list[TypedContact]) -> str:
    """Which people these are, by how they are reached."""
    return "|".join(f"{clean(each.phone)}/{clean(each.email).lower()}" for each in people)
