"""One deal as its partner sees it: people at the left, notes in the middle, documents at the right."""

import reflex as rx

from salestrekker_portal.domains.documents.checks import box_rules
from salestrekker_portal.domains.notes.service import MOST_LETTERS
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.partner.deal.state import PartnerDealState
from salestrekker_portal.portals.partner.here import PARTNER_LOADS, PartnerHere, back_link, partner_page
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.portals.shared.note_files import attaching, files_under
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data import avatar, badge, card, file_row, labels, note, stage, stages
from salestrekker_portal.ui.feedback import banner, not_found, skeleton_card
from salestrekker_portal.ui.forms import button, fields, submit, text_area
from salestrekker_portal.ui.frame import page_head
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon, outside
from salestrekker_portal.ui.uploads.upload_box import upload_box

Here = PartnerDealState


def _fact(name: str, *value: rx.Component | rx.Var) -> rx.Component:
    return rx.el.div(rx.el.dt(name, class_name="small muted"), rx.el.dd(*value))


def _broker() -> rx.Component:
    call = outside(Here.broker_phone, href="tel:" + Here.broker_call)
    return rx.el.span(
        avatar(Here.broker_initials, size="small", tone="accent"),
        rx.el.span(rx.el.span(Here.broker), optional(Here.broker_phone, call), class_name="stack is-close"),
        class_name="row is-top",
    )


def _client(client: rx.Var) -> rx.Component:
    call = outside(icon("phone"), client["phone"], href="tel:" + client["call"], class_name="contact-way")
    mail = outside(icon("mail"), client["email"], href="mailto:" + client["email"], class_name="contact-way")
    return rx.el.li(
        rx.el.b(client["name"]),
        rx.el.div(optional(client["phone"], call), optional(client["email"], mail), class_name="stack is-close"),
        class_name="stack is-tight",
        key=client["id"],
    )


def _about() -> rx.Component:
    return card(
        rx.el.div(
            rx.el.dl(
                _fact("Deal", Here.name),
                _fact("Broker", _broker()),
                rx.cond(Here.labels.length() > 0, _fact("Labels", labels(Here.labels)), rx.fragment()),
                optional(Here.created, _fact("Created", Here.created)),
                optional(Here.called, _fact("Called", Here.called)),
                optional(Here.settled, _fact("Settled", Here.settled)),
                rx.foreach(
                    Here.facts,
                    lambda each: _fact(each["label"], rx.el.span(each["value"], class_name="lines breakable")),
                ),
                class_name="stack",
            ),
            rx.el.h3("Clients"),
            rx.el.ul(rx.foreach(Here.clients, _client), class_name="stack"),
            _allowed(),
            class_name="stack",
        ),
        title="About",
    )


def _allowed() -> rx.Component:
    """What the clients let partners see; amounts, answers and papers are on no partner's screen, whatever they say."""

    def line(each: rx.Var) -> rx.Component:
        mark = rx.cond(each["on"], icon("check", size=18), icon("eye-off", size=18))
        said = rx.cond(each["on"], each["what"], each["what"] + ": they don’t show this")
        return rx.el.li(mark, rx.el.span(said), class_name="row is-tight", key=each["what"])

    return rx.el.div(
        rx.el.h3("What your client lets you see"),
        rx.el.ul(rx.foreach(Here.allowed, line), class_name="stack is-close"),
        rx.el.p(
            "They can change this at any time. Amounts, answers and papers stay between them and ",
            Here.broker_first_name,
            ".",
            class_name="small muted",
        ),
        class_name="stack is-tight",
    )


def _writer() -> rx.Component:
    clip = attaching(
        Here.drafts,
        box=rx.Var.create("note-") + Here.loaded,
        fields={"portal": "partner", "deal": Here.loaded, "with": "note"},
        known=Here.draft_ids,
        on_done=Here.file_sent,
        on_discard=Here.leave_out,
        hint=Here.broker_first_name + " gets them with the note. They are under Documents then.",
    )
    form = rx.el.form(
        fields(
            text_area(
                id="note",
                name="text",
                label="Write a note to " + Here.broker_first_name,
                error=Here.note_error,
                limit=MOST_LETTERS,
                key="note-" + Here.note_box.to_string(),
            ),
            rx.cond(Here.can_file & ~Here.is_settled, clip, rx.fragment()),
            rx.el.div(submit("Send note"), class_name="button-row"),
        ),
        on_submit=Here.send_note,
    )
    off = rx.el.p("Your broker has switched off notes from partners. Call them instead.", class_name="muted")
    return rx.cond(Here.can_note, form, off)


def _notes() -> rx.Component:
    def row(each: rx.Var) -> rx.Component:
        return note(
            author=each["author"],
            initials=each["initials"],
            role=each["role"],
            when_at=each["at"],
            exact=each["exact"],
            body=each["text"],
            files=files_under(each["files"]),
            key=each["id"],
        )

    return card(
        rx.el.div(
            _writer(),
            rx.el.div(rx.foreach(Here.notes, row)),
            class_name="stack",
        ),
        title="Notes with " + Here.broker_first_name,
    )


def _documents() -> rx.Component:
    def row(each: rx.Var) -> rx.Component:
        get = outside(
            icon("download", size=20),
            href=each["href"],
            class_name="button is-icon is-quiet",
            aria_label="Download " + each["name"],
        )
        return file_row(
            name=each["name"],
            meta=rx.fragment(each["meta"], optional(each["held"], rx.el.span(" ", each["held"], class_name="is-held"))),
            href=each["href"],
            actions=optional(each["href"], get),
            key=each["id"],
        )

    none = rx.el.p("Nothing shared yet. What your broker shares with you shows here.", class_name="small muted")
    return card(
        rx.cond(Here.documents.length() > 0, rx.el.div(rx.foreach(Here.documents, row)), none),
        rx.cond(Here.can_file & ~Here.is_settled, _upload(), rx.fragment()),
        title="Documents",
    )


def _upload() -> rx.Component:
    return upload_box(
        rx.el.h3("Share a file with ", Here.broker_first_name),
        box="partner-" + Here.loaded,
        name="a file for the broker",
        fields={"portal": "partner", "deal": Here.loaded},
        known=Here.document_ids,
        photos=False,
        on_done=Here.file_sent,
        **box_rules(),
    )


def _promise() -> rx.Component:
    """The next update: promised, late with a press that asks for it, or after the end a press that thanks."""
    ask = rx.cond(
        Here.nudged,
        rx.el.p(Here.broker_first_name, " was asked for it.", class_name="small muted"),
        button("Ask for it", icon="bell", on_click=Here.nudge),
    )
    was = "It was promised by " + Here.promise + "."
    late = banner(ask, tone="warn", title="An update is late", text=was, live=False)
    due = banner(tone="info", title="Next update", text="By " + Here.promise + ".", live=False)
    thanks = rx.cond(
        Here.thanked,
        banner(tone="ok", text="You thanked " + Here.broker_first_name + ".", live=False),
        rx.el.p(button("Say thanks to " + Here.broker_first_name, icon="heart", on_click=Here.thank)),
    )
    received = banner(
        tone="ok", title="Received", text=Here.broker_first_name + " calls them. You read here when.", live=False
    )
    promised = rx.fragment(
        rx.cond(Here.received, received, rx.fragment()), optional(Here.promise, rx.cond(Here.is_late, late, due))
    )
    private = banner(
        tone="info",
        title="Kept private",
        text="Your client lets partners see nothing of how this goes. That is theirs to say, and to change. You can "
        "still write to " + Here.broker_first_name + ".",
        live=False,
    )
    return rx.cond(Here.private, private, rx.cond(Here.is_settled, thanks, promised))


def _deal() -> rx.Component:
    going = rx.cond(Here.is_settled, badge("Settled", tone="ok", icon="check"), badge("Live", tone="ok", icon="radio"))
    progress = stages(
        rx.foreach(Here.stages, lambda each: stage(name=each["name"], state=each["state"], key=each["id"]))
    )
    return rx.fragment(
        page_head(
            optional(Here.papers, badge(Here.papers, icon="files")),
            rx.cond(Here.private, badge("Kept private", icon="eye-off"), going),
            title=Here.title,
            above=back_link(),
        ),
        rx.el.div(
            rx.cond(
                Here.private,
                rx.fragment(),
                rx.el.section(rx.el.div(progress, class_name="card-body"), aria_label="Progress", class_name="card"),
            ),
            _promise(),
            rx.el.div(_about(), _notes(), _documents(), class_name="columns is-deal"),
            class_name="stack",
        ),
    )


@page(
    "/partner/deals/[deal_id]",
    title="Deal",
    portal=Portal.PARTNER,
    on_load=[*PARTNER_LOADS, PartnerDealState.load, PartnerDealState.seen],
)
def partner_deal_page() -> rx.Component:
    """Gone, here, or on its way."""
    missing = not_found(to="/partner", words="Your deals")
    body = rx.cond(Here.gone != "", missing, rx.cond(Here.loaded != "", _deal(), skeleton_card(lines=5)))
    return partner_page(body, live_signal(on_change=[PartnerHere.load, Here.refresh]), current="deals")
