"""The front door: who are you? In demo mode also the demo's people, each with a button to enter as them."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import reading
from salestrekker_portal.demo import cast
from salestrekker_portal.domains.firm.founding import is_first_run
from salestrekker_portal.kernel.text import initials
from salestrekker_portal.portals.events.gate import ANYONE, allow
from salestrekker_portal.portals.pages import page
from salestrekker_portal.ui import data, forms, frame, marks
from salestrekker_portal.ui.forms.post import post_form


class DemoPerson(TypedDict):
    """One row of the demo's people; e-mail and password are empty for clients."""

    key: str
    name: str
    about: str
    initials: str
    button: str
    email: str
    password: str


class LandingState(rx.State):
    """Whether this is the demo, and who is in it."""

    is_demo: bool = False
    ready: bool = False
    staff: list[DemoPerson] = []
    clients: list[DemoPerson] = []
    partners: list[DemoPerson] = []

    @rx.event
    @allow(ANYONE)
    async def load(self):
        """The demo's people in demo mode; the set-up page when nothing has been set up."""
        if settings().is_demo:
            self.is_demo = True
            self.staff = [_person(p.key, p.first, p.last, p.about, p.email, p.password) for p in cast.STAFF]
            self.partners = [_person(p.key, p.first, p.last, p.about, p.email, p.password) for p in cast.REFERRERS]
            self.clients = [_person(door.key, door.first, door.last, door.about) for door in cast.CLIENT_DOORS]
        else:
            async with reading() as session:
                if await is_first_run(session):
                    return rx.redirect("/setup")
        self.ready = True


def _person(key: str, first: str, last: str, about: str, email: str = "", password: str = "") -> DemoPerson:
    return DemoPerson(
        key=key,
        name=f"{first} {last}",
        about=about,
        initials=initials(f"{first} {last}"),
        button=f"Enter as {first}",
        email=email,
        password=password,
    )


def _row(person: rx.Var[DemoPerson]) -> rx.Component:
    known = rx.cond(
        person["email"] != "",
        rx.el.span(person["email"], " · ", person["password"], class_name="person-role demo-login"),
        rx.fragment(),
    )
    return rx.el.div(
        data.avatar(person["initials"]),
        rx.el.span(
            rx.el.span(person["name"], class_name="person-name"),
            rx.el.span(person["about"], class_name="person-role"),
            known,
            class_name="grow",
        ),
        post_form(
            rx.el.input(type="hidden", name="person", value=person["key"]),
            forms.submit(person["button"], tone="second"),
            action="/session/demo",
        ),
        class_name="person-line",
        key=person["key"],
    )


def _people(title: str, people: rx.Var[list[DemoPerson]]) -> rx.Component:
    return data.card(rx.el.div(rx.foreach(people, _row), class_name="demo-people"), title=title)


def _demo() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Try the demo"),
            data.badge("Demo mode", tone="info", icon="flask-conical"),
            class_name="row",
        ),
        rx.el.p(
            "Everyone here is invented. Open two people side by side and watch what one does appear for the other. "
            "Nothing leaves this machine: messages land in the ",
            marks.link("demo outbox", to="/outbox"),
            ".",
            class_name="muted lead",
        ),
        _people("Brokers", LandingState.staff),
        _people("Clients", LandingState.clients),
        _people("Partners", LandingState.partners),
        class_name="stack",
    )


@page("/", title="Welcome", portal=None, on_load=[LandingState.load])
def landing() -> rx.Component:
    outbox = rx.cond(LandingState.is_demo, marks.link(marks.icon("inbox"), "Demo outbox", to="/outbox"), rx.fragment())
    return frame.landing_frame(
        frame.page_head(title="Are you a broker, a client or a partner?"),
        rx.el.nav(
            frame.door(name="Broker", text="Sign in with your e-mail and password", to="/sign-in", mark="briefcase"),
            frame.door(
                name="Client",
                text="Open the link in your invitation. Lost it? We can send it again",
                to="/portal/lost-link",
                mark="house",
            ),
            frame.door(
                name="Partner", text="Refer clients and follow their progress", to="/partner/sign-in", mark="handshake"
            ),
            class_name="doors",
            aria_label="Ways in",
        ),
        rx.cond(LandingState.is_demo, _demo(), rx.fragment()),
        firm="Salestrekker Portal",
        end=outbox,
        foot=rx.cond(LandingState.is_demo, "Demo data is made afresh at every start.", ""),
    )
