"""What stands around every page of a signed-in client, and keeps it live."""

import reflex as rx
from sqlalchemy import select

from salestrekker_portal.domains.activity.service import access_topic, deal_topic
from salestrekker_portal.domains.notes.queries import unread_count
from salestrekker_portal.domains.organisations.logo import logo_path
from salestrekker_portal.kernel.text import initials, phone_words
from salestrekker_portal.kernel.wording import said_in
from salestrekker_portal.portals.events.about import stands_around
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.live import subscriptions
from salestrekker_portal.portals.events.session import ClientState
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.portals.shared.notice_region import notice_region
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import Organisation, User
from salestrekker_portal.ui import feedback, forms
from salestrekker_portal.ui.forms.post import post_form
from salestrekker_portal.ui.frame import client_frame
from salestrekker_portal.ui.kinds import Child, optional
from salestrekker_portal.ui.marks import icon, outside

FIRM_AND_BROKER = (
    select(Organisation, User)
    .select_from(Deal)
    .join(Organisation, Organisation.id == Deal.organisation_id)
    .join(User, User.id == Deal.owner_id)
)


@stands_around
class ClientShell(ClientState, rx.State):
    """The firm, the broker and oneself. Put `ClientShell.load` first in the `on_load` of every client page."""

    firm: str = ""
    logo: str = ""
    address: str = ""
    theme: str = ""
    phone: str = ""
    broker_first: str = ""
    # What a broker is called in the firm's country.
    broker_word: str = "broker"
    person: str = ""
    initials: str = ""
    unread: int = 0
    # Set while a member of staff previews this client's pages.
    preview: bool = False

    @rx.event
    @allow(Portal.CLIENT, before_consent=True)
    async def load(self):
        """Who is here and what waits; from now on this tab hears of its deal and of its own access."""
        async with self._looking() as (session, actor):
            organisation, owner = (await session.execute(FIRM_AND_BROKER.where(Deal.id == actor.deal_id))).one()
            self.unread = await unread_count(session, actor, actor.deal_id) if actor.consented else 0
            self.firm, self.broker_first = organisation.name, owner.first_name
            self.logo, self.address = logo_path(organisation), organisation.address
            self.theme = organisation.theme_colour or ""
            self.phone = phone_words(organisation.phone or owner.mobile, organisation.country)
        self.preview, self.broker_word = actor.is_preview, said_in(actor.country, "broker")
        self.person, self.initials = actor.name, initials(actor.name)
        subscriptions.watch(self.router.session.client_token, deal_topic(actor.deal_id), access_topic(actor.access_id))


def client_page(
    *children: Child,
    current: str,
    on_change: rx.event.EventType | None = None,
    saved: Child | None = None,
    band: Child | None = None,
    around: Child | None = None,
) -> rx.Component:
    """A page of the client portal. `on_change` are the handlers that look again when somebody else changed
    something here; the shell looks again by itself.
    """
    more = [] if on_change is None else (on_change if isinstance(on_change, list) else [on_change])
    call = outside(
        icon("phone", size=18),
        rx.el.span("Call ", ClientShell.broker_first, class_name="topbar-words"),
        href=f"tel:{ClientShell.phone}",
        class_name="button is-quiet is-small",
    )
    return client_frame(
        *children,
        current=current,
        firm=ClientShell.firm,
        logo=ClientShell.logo,
        theme=ClientShell.theme,
        person=ClientShell.person,
        initials=ClientShell.initials,
        unread=ClientShell.unread,
        address=ClientShell.address,
        saved=saved,
        contact=optional(ClientShell.phone, call),
        band=rx.fragment(_preview_band(), band if band is not None else rx.fragment()),
        around=rx.fragment(
            live_signal(on_change=[ClientShell.load, *more]),
            notice_region(_call_meanwhile()),
            around if around is not None else rx.fragment(),
        ),
    )


def _call_meanwhile() -> rx.Component:
    """Whom to phone while the page is cut off. Where it was cut off before it knew, plain HTTP still gets through:
    that is what "blocked" means, so a page of its own (routes/client_call.py) tells the number."""
    known = outside(
        icon("phone", size=18),
        rx.el.span("Call ", ClientShell.broker_first, ", ", ClientShell.phone),
        href=f"tel:{ClientShell.phone}",
        class_name="button is-small",
    )
    # A page of its own, because what was typed on this one is kept here only.
    unknown = outside(
        icon("phone", size=18),
        rx.el.span("Call us"),
        href="/portal/call",
        target="_blank",
        class_name="button is-small",
    )
    return rx.cond(ClientShell.phone != "", known, unknown)


def _preview_band() -> rx.Component:
    """Across every page of a preview, with the way out."""
    leave = post_form(forms.submit("End preview", tone="second", small=True), action="/session/preview/end")
    return feedback.locked_band(
        title="Preview – nothing you do here is saved",
        text=rx.Var.create("You see what ") + ClientShell.person + " would see. Nothing counts as seen by them.",
        actions=leave,
        show=ClientShell.preview,
        mark="eye",
    )
