"""The cards around the timeline of a contact."""

import reflex as rx

from salestrekker_portal.domains.insights.contact_overview import FEW_DOCUMENTS
from salestrekker_portal.portals.broker.contacts.one_rows import ContactDeal, ContactFact, ContactPaper, PersonLine
from salestrekker_portal.portals.broker.contacts.one_state import ContactPageState
from salestrekker_portal.portals.broker.documents.rows import STATES
from salestrekker_portal.portals.broker.tasks.parts import task_adding, task_list
from salestrekker_portal.portals.broker.words import PORTAL_BADGES
from salestrekker_portal.ui import data, forms
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon, link, outside
from salestrekker_portal.ui.uploads.file_link import view_link

S = ContactPageState
PAPER_BADGES = {state: (words, tone, mark) for state, (words, tone, mark) in STATES.items()}


def details_card() -> rx.Component:
    edit = forms.button("Change", icon="pencil", small=True, tone="quiet", on_click=S.edit(True))
    return data.card(_facts(S.details), title="Details", end=edit, flush=True)


def _facts(lines: rx.Var) -> rx.Component:
    def line(each: rx.Var[ContactFact]) -> rx.Component:
        value = rx.cond(
            each["href"] != "",
            outside(each["value"], href=each["href"]),
            rx.cond(each["path"] != "", link(each["value"], to=each["path"]), each["value"]),
        )
        note = optional(each["note"], rx.el.span(each["note"], class_name="block small muted"))
        return rx.el.div(rx.el.dt(each["name"]), rx.el.dd(value, note), class_name="contact-fact", key=each["name"])

    return rx.el.dl(rx.foreach(lines, line), class_name="contact-facts")


def portal_card() -> rx.Component:
    """When they were last in, and deal by deal whether they can get in."""

    def line(each: rx.Var[ContactDeal]) -> rx.Component:
        return rx.el.li(
            link(each["name"], to=each["path"].to(str) + "/share", class_name="truncate grow"),
            data.status_badge(each["portal"], cases=PORTAL_BADGES),
            class_name="contact-line",
            key=each["id"],
        )

    per_deal = rx.el.ul(rx.foreach(S.deals, line), class_name="contact-lines is-scrolled")
    none = rx.el.p("In no deal, so in no portal.", class_name="small muted card-none")
    return data.card(
        rx.cond(S.portal_lines.length() > 0, _facts(S.portal_lines), rx.fragment()),
        rx.cond(S.deals.length() > 0, per_deal, none),
        title="Portal",
        end=data.status_badge(S.portal, cases=PORTAL_BADGES),
        flush=True,
    )


def tasks_card() -> rx.Component:
    tasks = rx.el.div(
        task_list(rx.Var.create("What you add about ") + S.called + " waits here."), class_name="contact-tasks"
    )
    return data.card(task_adding(), tasks, title="Tasks", flush=True)


def deals_card() -> rx.Component:
    def line(each: rx.Var[ContactDeal]) -> rx.Component:
        state = rx.match(
            each["tone"],
            ("accent", data.badge(each["state"], tone="accent")),
            ("ok", data.badge(each["state"], tone="ok")),
            data.badge(each["state"]),
        )
        return rx.el.li(
            link(
                rx.el.span(
                    rx.el.span(each["name"], class_name="truncate grow contact-deal-name"),
                    rx.el.span(each["amount"], class_name="money"),
                    class_name="row is-tight",
                ),
                rx.el.span(
                    state,
                    rx.el.span(each["role"]),
                    rx.el.span(each["on"], class_name="push nowrap"),
                    class_name="row is-tight is-wrap small muted",
                ),
                to=each["path"],
                class_name="contact-deal",
            ),
            key=each["id"],
        )

    none = rx.el.p("In no deal yet.", class_name="small muted card-none")
    more = optional(S.more, rx.el.p("The newest 100 are shown.", class_name="small muted card-none"))
    listed = rx.el.ul(rx.foreach(S.deals, line), class_name="contact-lines is-scrolled")
    return data.card(
        rx.cond(S.deals.length() > 0, rx.fragment(listed, more), none),
        title="Deals",
        beside=data.count(S.deals.length()),
        flush=True,
    )


def papers_card() -> rx.Component:
    def line(each: rx.Var[ContactPaper]) -> rx.Component:
        name = rx.cond(
            each["held"] == "",
            view_link(each["name"], id=each["id"].to(str), class_name="truncate", title=each["name"].to(str)),
            rx.el.span(each["name"], class_name="truncate", title=each["held"]),
        )
        held = data.badge("Held back", tone="warn", icon="triangle-alert")
        return rx.el.li(
            icon("file-text", size=16),
            rx.el.span(
                name, rx.el.span(each["deal"], class_name="small muted truncate"), class_name="grow contact-paper"
            ),
            rx.cond(each["held"] == "", data.status_badge(each["state"], cases=PAPER_BADGES), held),
            class_name="contact-line",
            key=each["id"],
        )

    every = forms.link_button(rx.Var.create("All ") + S.papers_in_all.to_string(), on_click=S.show_papers(True))
    fewer = forms.link_button("Fewer", on_click=S.show_papers(False))
    end = rx.cond(
        S.papers_in_all > FEW_DOCUMENTS, rx.cond(S.papers.length() <= FEW_DOCUMENTS, every, fewer), rx.fragment()
    )
    none = rx.el.p("No documents of theirs yet.", class_name="small muted card-none")
    listed = rx.el.ul(rx.foreach(S.papers, line), class_name="contact-lines is-scrolled")
    return data.card(rx.cond(S.papers.length() > 0, listed, none), title="Documents", end=end, flush=True)


def people_card() -> rx.Component:
    def line(each: rx.Var[PersonLine]) -> rx.Component:
        mark = rx.cond(
            each["company"],
            data.avatar(each["initials"], size="small", square=True),
            data.avatar(each["initials"], size="small"),
        )
        words = rx.el.span(
            link(each["name"], to=each["path"], class_name="breakable"),
            rx.el.span(each["note"], class_name="block small muted breakable"),
            class_name="grow",
        )
        return rx.el.li(mark, words, class_name="contact-line", key=each["id"])

    none = rx.el.p("Nobody else is in their deals.", class_name="small muted card-none")
    listed = rx.el.ul(rx.foreach(S.people, line), class_name="contact-lines is-scrolled")
    title = rx.Var.create("People around ") + S.called
    return data.card(rx.cond(S.people.length() > 0, listed, none), title=title, flush=True)
