"""The client's dashboard."""

import reflex as rx

from salestrekker_portal.portals.client.dashboard.at_once import waiting_dashboard
from salestrekker_portal.portals.client.dashboard.state import DashboardState as S
from salestrekker_portal.portals.client.frame import ClientShell, client_page
from salestrekker_portal.portals.client.phone.page import phone_question
from salestrekker_portal.portals.client.videos import ClientVideosState, videos
from salestrekker_portal.portals.pages import page
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data import avatar, badge, card, meter, person, stage, stages
from salestrekker_portal.ui.feedback import banner
from salestrekker_portal.ui.forms import link_to_button, submit
from salestrekker_portal.ui.forms.post import post_form
from salestrekker_portal.ui.frame import page_head
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon, link, outside, unseen


def _next_step() -> rx.Component:
    progress = rx.el.div(
        rx.el.div(
            rx.el.span(S.profile_whose),
            rx.el.span(S.profile_pct, "% done", class_name="muted push"),
            class_name="row",
        ),
        meter(S.profile_pct, label=S.profile_whose),
        rx.el.p(S.profile_note, class_name="small muted"),
        class_name="stack is-tight",
    )
    words = rx.el.div(
        rx.el.p(S.step["eyebrow"], class_name="eyebrow"),
        rx.el.h2(S.step["title"]),
        rx.el.p(S.step["text"], class_name="muted"),
        class_name="stack is-tight",
    )
    press = rx.el.div(link_to_button(S.step["label"], to=S.step["to"], tone="primary"), class_name="button-row")
    inside = rx.el.div(words, optional(S.step["to"], press), optional(S.show_profile, progress), class_name="stack")
    return card(inside, tone="next")


def _where() -> rx.Component:
    def one(row: rx.Var) -> rx.Component:
        return stage(name=row["name"], state=row["state"], key=row["id"])

    return rx.cond(
        S.stages.length() > 0,
        card(
            rx.el.div(
                stages(rx.foreach(S.stages, one)),
                rx.el.p(rx.el.b(S.stage_name, ". "), S.stage_meaning, class_name="small"),
                class_name="stack",
            ),
            title=S.where,
        ),
        rx.fragment(),
    )


def _pile(number: rx.Var, words) -> rx.Component:
    return link(rx.el.b(number), rx.el.span(words), to="/portal/documents", class_name="pile")


def _documents() -> rx.Component:
    def one(row: rx.Var) -> rx.Component:
        return rx.el.li(
            link(
                rx.el.span(
                    rx.el.span(row["name"], class_name="strong"),
                    optional(row["text"], rx.el.span(row["text"], class_name="small muted block")),
                    class_name="grow",
                ),
                rx.cond(
                    row["again"],
                    badge("Send again", tone="warn", icon="rotate-ccw"),
                    badge("To do", icon="clock"),
                ),
                icon("chevron-right", size=18),
                to="/portal/documents",
                class_name="list-link",
            ),
            key=row["id"],
        )

    return card(
        rx.el.div(
            _pile(S.to_do, "To do"),
            _pile(S.with_broker, rx.fragment("With ", S.broker_first)),
            _pile(S.accepted, "Accepted"),
            class_name="piles",
        ),
        rx.el.ul(optional(S.bank["title"], _bank()), rx.foreach(S.requests, one), class_name="list-links"),
        title="Documents",
        end=link("See documents", to="/portal/documents"),
    )


def _bank() -> rx.Component:
    return rx.el.li(
        link(
            rx.el.span(
                rx.el.span("Bank statements", class_name="strong"),
                rx.el.span(S.bank["text"], class_name="small muted block"),
                class_name="grow",
            ),
            rx.match(
                S.bank["mark"],
                ("todo", badge("To do", icon="clock")),
                ("wait", badge("Being fetched", tone="info", icon="hourglass")),
                ("ok", badge("Here", tone="ok", icon="check")),
                badge("Run out", tone="warn", icon="clock"),
            ),
            icon("chevron-right", size=18),
            to="/portal/documents#bank",
            class_name="list-link",
        )
    )


def _messages() -> rx.Component:
    def one(row: rx.Var) -> rx.Component:
        return rx.el.li(
            avatar(row["initials"], tone="accent", size="small"),
            rx.el.span(
                rx.el.span(
                    rx.el.b(row["author"]), rx.el.time(row["when"], class_name="small muted push"), class_name="row"
                ),
                rx.el.span(row["text"], class_name="small block breakable"),
                class_name="grow",
            ),
            class_name="fact-line is-ruled",
            key=row["id"],
        )

    none = rx.el.p("Nothing yet. Write to ", S.broker_first, " whenever you like.", class_name="small muted")
    return card(
        rx.cond(S.messages.length() > 0, rx.el.ul(rx.foreach(S.messages, one), class_name="fact-lines is-plain"), none),
        title="Messages",
        end=link("Open all", unseen(" messages"), to="/portal/messages"),
    )


def _team() -> rx.Component:
    ways = rx.el.span(
        optional(
            ClientShell.phone,
            outside(
                icon("phone", size=18),
                unseen("Call "),
                unseen(S.broker),
                href=f"tel:{ClientShell.phone}",
                class_name="button is-icon",
            ),
        ),
        link(
            icon("message-circle", size=18),
            unseen("Write to "),
            unseen(S.broker),
            to="/portal/messages",
            class_name="button is-icon",
        ),
        class_name="row is-tight",
    )
    return card(
        person(
            name=S.broker, initials=S.broker_initials, role="Your " + ClientShell.broker_word, end=ways, tone="accent"
        ),
        title="Your team",
    )


def _applications() -> rx.Component:
    def one(row: rx.Var) -> rx.Component:
        form = post_form(
            rx.el.input(type="hidden", name="access", value=row["id"]),
            submit("Open", rx.el.span(" ", row["title"], ", ", row["text"], class_name="unseen"), tone="second"),
            action="/session/client/switch",
        )
        return rx.el.li(
            rx.el.span(
                rx.el.span(row["title"], class_name="strong block"),
                rx.el.span(row["text"], class_name="small muted block"),
                class_name="grow",
            ),
            form,
            class_name="fact-line is-ruled",
            key=row["id"],
        )

    found = card(
        optional(S.refusal, banner(tone="bad", text=S.refusal)),
        rx.el.ul(rx.foreach(S.applications, one), class_name="fact-lines is-plain"),
        title="Your other applications",
    )
    return rx.cond((S.applications.length() > 0) | (S.refusal != ""), found, rx.fragment())


def _who() -> rx.Component:
    def one(row: rx.Var) -> rx.Component:
        return rx.el.li(
            rx.el.span(
                rx.el.span(row["name"], class_name="strong block"),
                rx.el.span(row["sees"], class_name="small muted block"),
                class_name="grow",
            ),
            icon("eye", size=16),
            class_name="fact-line is-ruled",
            key=row["id"],
        )

    return card(
        rx.el.ul(rx.foreach(S.people, one), class_name="fact-lines is-plain"),
        title="Who can see your file",
        end=link("See who has", to="/portal/privacy"),
    )


@page("/portal", title="Dashboard", portal=Portal.CLIENT, on_load=[ClientShell.load, S.load, ClientVideosState.load])
def dashboard_page() -> rx.Component:
    question = phone_question(asks=S.asks_phone, refused=S.phone_refused, kept=S.phone_kept, on_later=S.not_now)
    body = rx.el.div(
        page_head(title=S.hello, lead=S.about),
        rx.el.div(
            rx.el.div(question, _next_step(), _where(), videos(), _documents(), class_name="stack"),
            rx.el.div(_applications(), _messages(), _team(), _who(), class_name="stack"),
            class_name="columns",
        ),
    )
    return client_page(
        rx.cond(S.ready, body, waiting_dashboard()), current="dashboard", on_change=[S.load, ClientVideosState.refresh]
    )
