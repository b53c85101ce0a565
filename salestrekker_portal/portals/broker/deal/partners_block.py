"""The block of a deal that says which partners follow it, and lets a broker change that.

`partners_block()` stands on the overview, whose `load` fills it: one look at the deal for the whole page.
"""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.partners import sharing
from salestrekker_portal.domains.partners.queries import partners_by_following
from salestrekker_portal.kernel.days import day_words, local
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.kernel.text import clean, initials
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import form_from, uuid_from
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.ui import data, forms
from salestrekker_portal.ui.marks import unseen
from salestrekker_portal.ui.overlay import ask_first


class Follower(TypedDict):
    id: str
    name: str
    initials: str
    note: str


class DealPartnersState(BrokerState, rx.State):
    """Who follows this deal, and who else could."""

    followers: list[Follower] = []
    choices: list[Choice] = []
    may_share: bool = False

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read the deal in the address."""
        async with self._looking() as (session, actor):
            deal = await access_deal(session, actor, self._path_id(1, "deal"), Permission.DEAL_READ)
            await self._read(session, actor, deal)

    async def _read(self, session: ReadSession, actor: Actor, deal: Deal) -> None:
        """Show the partners of a deal that has been accessed already."""
        following, free = await partners_by_following(session, actor, deal.id)
        self.may_share = actor.may(Permission.PARTNER_MANAGE)
        self.followers = [
            Follower(
                id=str(partner.id),
                name=partner.name,
                initials=initials(partner.name),
                note=_note(partner.firm, partner.id == deal.partner_id, shared_at, actor.time_zone),
            )
            for partner, shared_at in following
        ]
        could = free if self.may_share else []
        self.choices = [Choice(value=str(each.id), label=_name(each.name, each.firm)) for each in could]

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


def _name(name: str, firm: str) -> str:
    return f"{name}, {firm}" if firm else name


def _note(firm: str, referred: bool, shared_at, zone: str) -> str:
    day = day_words(local(shared_at, zone).date())
    parts = [firm, f"Referred it, {day}" if referred else f"Since {day}"]
    return " · ".join(part for part in parts if part)


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
        key=each["id"],
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
            rx.cond(
                DealPartnersState.followers.length() > 0,
                rx.el.ul(rx.foreach(DealPartnersState.followers, _follower), class_name="stack is-tight"),
                nobody,
            ),
            rx.cond(may, share, rx.fragment()),
            rx.el.p(
                "Partners see stages and dates, and the notes and documents that you share with them. No amounts.",
                class_name="small muted",
            ),
            class_name="stack",
        ),
        title="Partners",
    )
