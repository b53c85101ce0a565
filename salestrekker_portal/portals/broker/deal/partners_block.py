"""The block of a deal that says which partners follow it, and lets a broker change that.

`partners_block()` stands on the overview, whose `load` fills it: one look at the deal for the whole page.
"""

from typing import TypedDict
from uuid import UUID

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.partners import promises, sharing
from salestrekker_portal.domains.partners.queries import partners_by_following
from salestrekker_portal.domains.partners.reach import IN_SHORT
from salestrekker_portal.domains.partners.wishes import wishes_in_words
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import instant_words, local
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.kernel.text import clean, initials
from salestrekker_portal.portals.broker.deal.partners_seen import what_they_see
from salestrekker_portal.portals.broker.deal.partners_words import name_of, note_of, promise_of
from salestrekker_portal.portals.broker.letters.drawer import write_to_button
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import form_from, uuid_from
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import Deal, PartnersSee
from salestrekker_portal.tables.partners import Lead
from salestrekker_portal.ui import data, forms
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import unseen
from salestrekker_portal.ui.overlay import ask_first


class Follower(TypedDict):
    id: str
    name: str
    initials: str
    note: str
    # What they were promised: words, and "late", "today", "due" or "".
    promise: str
    when: str
    thanked: bool


class LeadFact(TypedDict):
    name: str
    value: str


class DealPartnersState(BrokerState, rx.State):
    """Who follows this deal, and who else could."""

    followers: list[Follower] = []
    choices: list[Choice] = []
    may_share: bool = False
    # What came with the referral, and whether somebody still has to call.
    lead: list[LeadFact] = []
    waits_for_call: bool = False
    # What the clients let partners see, in words, and whether that is nothing.
    allowed: str = ""
    private: bool = False

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read the deal in the address."""
        async with self._looking() as (session, actor):
            deal = await access_deal(session, actor, self._path_id(1, "deal"), Permission.DEAL_READ)
            await self._read(session, actor, deal)

    async def _read(self, session: ReadSession, actor: Actor, deal: Deal) -> None:
        """Show the partners of a deal that has been accessed already."""
        following, free, lead, sees = await partners_by_following(session, actor, deal.id)
        self.may_share = actor.may(Permission.PARTNER_MANAGE)
        self.allowed, self.private = IN_SHORT[sees], sees is PartnersSee.NOTHING
        self._show_lead(actor, deal, lead, {partner.id: partner.first_name for partner, _ in following})
        self.followers = [
            Follower(
                id=str(partner.id),
                name=partner.name,
                initials=initials(partner.name),
                note=note_of(partner.firm, partner.id == deal.partner_id, tie.shared_at, actor.time_zone),
                **promise_of(tie, actor.time_zone),
            )
            for partner, tie in following
        ]
        could = free if self.may_share else []
        self.choices = [Choice(value=str(each.id), label=name_of(each.name, each.firm)) for each in could]

    def _show_lead(self, actor: Actor, deal: Deal, lead: Lead | None, names: dict[UUID, str]) -> None:
        self.lead, self.waits_for_call = [], lead is not None and lead.called_at is None
        if lead is not None and deal.partner_id is not None:
            today, zone = local(utc_now(), actor.time_zone).date(), actor.time_zone
            pairs = wishes_in_words(lead, today, zone, names.get(deal.partner_id, ""))
            called = [("Called", f"{lead.called_by}, {instant_words(lead.called_at, zone)}")] if lead.called_at else []
            self.lead = [LeadFact(name=name, value=value) for name, value in [*pairs, *called]]

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("who called first stays")
    async def called(self):
        """Somebody called the people of this lead: the partner is told, and nobody is reminded."""
        async with self._acting() as (session, actor):
            first = await promises.mark_called(session, actor, self._path_id(1, "deal"))
        told = "Kept. The partner is told that you called." if first else "Somebody said so already."
        return [DealPartnersState.load, Notices.tell(told)]

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a promise is set to a day")
    async def promise(self, partner_id: str, in_days: str):
        """Promise a partner the next update by a day, or take the promise back."""
        async with self._acting() as (session, actor):
            key, deal_id = uuid_from(partner_id, "partner"), self._path_id(1, "deal")
            await promises.promise_update(session, actor, deal_id, key, in_days)
        return DealPartnersState.load

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def share(self, form: dict):
        """Put the deal on a partner's board."""
        partner_id = clean(form_from(form).get("partner"))
        if not partner_id:
            raise Conflict("Choose a partner first.")
        async with self._acting() as (session, actor):
            deal_id = self._path_id(1, "deal")
            await sharing.share_deal_with_partner(session, actor, deal_id, uuid_from(partner_id, "partner"))
        return [DealPartnersState.load, Notices.tell("Shared. The partner gets an e-mail.")]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def stop(self, partner_id: str):
        """Take the deal off a partner's board."""
        async with self._acting() as (session, actor):
            deal_id = self._path_id(1, "deal")
            await sharing.stop_sharing_deal(session, actor, deal_id, uuid_from(partner_id, "partner"))
        return [DealPartnersState.load, Notices.tell("No longer shared with this partner.")]


def _follower(each: rx.Var) -> rx.Component:
    stop = ask_first(
        forms.button("Stop sharing", tone="danger", on_click=DealPartnersState.stop(each["id"])),
        press=forms.looks_like_link("Stop sharing", unseen(" with " + each["name"]), danger=True),
        title="Stop sharing with " + each["name"] + "?",
        text="The deal leaves their board at once. They are not told, and what they wrote stays.",
    )
    return rx.el.li(
        data.person(
            name=each["name"],
            initials=each["initials"],
            role=each["note"],
            end=rx.cond(DealPartnersState.may_share, stop, rx.fragment()),
        ),
        rx.cond(each["thanked"], data.badge("Said thanks", tone="ok", icon="heart"), rx.fragment()),
        optional(
            each["promise"],
            rx.cond(
                each["when"] == "due",
                data.badge(each["promise"], tone="info", icon="clock"),
                data.badge(each["promise"], tone="warn", icon="clock"),
            ),
        ),
        rx.cond(
            DealPartnersState.may_share,
            rx.el.div(
                write_to_button("partner-" + each["id"].to(str), whom=each["name"].to(str)),
                _promising(each),
                class_name="row is-wrap is-tight",
            ),
            rx.fragment(),
        ),
        key=each["id"],
    )


def _promising(each: rx.Var) -> rx.Component:
    days = [
        forms.chip(words, on=False, on_click=DealPartnersState.promise(each["id"], key))
        for key, words in promises.IN_DAYS.items()
    ]
    back = optional(each["promise"], forms.chip("none", on=False, on_click=DealPartnersState.promise(each["id"], "")))
    return rx.el.details(
        rx.el.summary("Promise an update", unseen(" to " + each["name"]), class_name="small"),
        rx.el.div(*days, back, class_name="row is-wrap is-tight"),
    )


def _lead() -> rx.Component:
    def fact(each: rx.Var) -> rx.Component:
        value = rx.el.dd(each["value"], class_name="breakable")
        return rx.el.div(rx.el.dt(each["name"], class_name="small muted"), value, key=each["name"])

    call = forms.button("I called them", icon="phone", tone="primary", small=True, on_click=DealPartnersState.called)
    return rx.cond(
        DealPartnersState.lead.length() > 0,
        rx.el.div(
            rx.el.dl(rx.foreach(DealPartnersState.lead, fact), class_name="stack is-tight"),
            rx.cond(DealPartnersState.waits_for_call, call, rx.fragment()),
            class_name="stack is-tight",
        ),
        rx.fragment(),
    )


def partners_block() -> rx.Component:
    """The card; partners see stages, dates, shared notes and shared documents, and that is said here."""
    share = rx.el.form(
        forms.select(
            id="share-partner",
            name="partner",
            label="Share this deal with",
            choices=DealPartnersState.choices,
            blank="Choose a partner",
        ),
        forms.submit("Share with partner", tone="second", small=True),
        on_submit=DealPartnersState.share,
        class_name="stack is-tight",
        key="share-" + DealPartnersState.followers.length().to_string(),
    )
    may = DealPartnersState.may_share & (DealPartnersState.choices.length() > 0)
    nobody = rx.el.p("No partner follows this deal.", class_name="small muted")
    return data.card(
        rx.el.div(
            _lead(),
            rx.cond(
                DealPartnersState.followers.length() > 0,
                rx.el.ul(rx.foreach(DealPartnersState.followers, _follower), class_name="stack is-tight"),
                nobody,
            ),
            rx.cond(may, share, rx.fragment()),
            what_they_see(DealPartnersState.allowed, private=DealPartnersState.private),
            class_name="stack",
        ),
        title="Partners",
    )
