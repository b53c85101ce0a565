"""The share panel: a drawer over the deal, before and after the invitation."""

import reflex as rx

from salestrekker_portal.portals.broker.deal.frame import deal_frame
from salestrekker_portal.portals.broker.deal.overview import OVERVIEW_LOADS, overview
from salestrekker_portal.portals.broker.share.bank_gate import BankGateState as G
from salestrekker_portal.portals.broker.share.channels import another_way
from salestrekker_portal.portals.broker.share.flow import flow_field
from salestrekker_portal.portals.broker.share.other_deals import other_deals
from salestrekker_portal.portals.broker.share.preview import preview_as_client
from salestrekker_portal.portals.broker.share.state import ShareState as S
from salestrekker_portal.portals.broker.share.statements import statements_field
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data import avatar, facts, preflight_row, status_badge
from salestrekker_portal.ui.feedback import banner, confirm
from salestrekker_portal.ui.forms import button, choice_card, group, reason_beside, tick, ticks
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon
from salestrekker_portal.ui.overlay import drawer

STATUS = {
    "queued": ("Queued", "plain", "clock"),
    "sending": ("Sending", "info", "clock"),
    "sent": ("Sent", "ok", "check"),
    "unknown": ("Not confirmed", "warn", "clock"),
    "delivered": ("Delivered", "ok", "check"),
    "bounced": ("Not delivered", "bad", "x"),
    "failed": ("Not delivered", "bad", "x"),
    "withdrawn": ("Withdrawn", "plain", "minus"),
}
SEES = "Can see other applicants' details"


def _person(row: rx.Var) -> rx.Component:
    state_id = rx.Var.create("state-") + row["id"]
    return rx.el.button(
        avatar(row["initials"], tone="info", size="small"),
        rx.el.span(
            rx.el.span(row["name"], class_name="strong block"),
            rx.el.span(row["state"], id=state_id, class_name="small muted block"),
            class_name="grow",
        ),
        type="button",
        aria_label=row["name"],
        aria_describedby=state_id,
        aria_pressed=rx.cond(S.chosen == row["id"], "true", "false"),
        on_click=S.choose(row["id"]),
        class_name="person-tab",
        key=row["id"],
    )


def _people() -> rx.Component:
    return rx.el.div(rx.foreach(S.people, _person), role="group", aria_label="Clients", class_name="person-tabs")


def _check(row: rx.Var) -> rx.Component:
    return preflight_row(
        state=row["state"],
        name=row["title"],
        reason=row["reason"],
        fix=row["fix_label"],
        fix_to=row["fix_href"],
        key=row["key"],
    )


def _section(*children, title, note: rx.Var | str = "") -> rx.Component:
    head = rx.el.h3(title, " ", optional(note, rx.el.span(note, class_name="muted small")))
    return rx.el.section(head, *children, class_name="stack is-tight")


def _sees() -> rx.Component:
    def option(value: str, words: str, note) -> rx.Component:
        return choice_card(
            name="sees", value=value, label=words, note=note, checked=S.sees == value, on_change=S.set_sees,
            aria_label=words,
        )  # fmt: skip

    no = option("no", "No", S.first_name + " sees only their own pages and documents, and their share of joint pages.")
    yes = option("yes", "Yes", S.first_name + " also sees the pages of " + S.others + ", and can upload for them.")
    return group(rx.el.div(no, yes, class_name="choices"), id="sees", label=SEES, role="radiogroup")


def _request(row: rx.Var) -> rx.Component:
    return tick(
        id=rx.Var.create("request-") + row["id"],
        label=row["name"],
        end=row["who"],
        checked=row["ticked"],
        on_change=lambda on: S.tick(row["id"], on),
        disabled=~row["allowed"],
        key=row["id"],
    )


def _documents() -> rx.Component:
    none = rx.el.p("This deal asks for no documents yet. Add them under Required documents.", class_name="small muted")
    return rx.cond(
        S.requests.length() > 0,
        ticks(rx.foreach(S.requests, _request), id="requests", label="Required documents", boxed=True),
        _section(none, title="Required documents"),
    )


def _preview() -> rx.Component:
    mail = rx.el.div(
        rx.el.div(icon("mail"), rx.el.span("E-mail: ", S.preview["subject"]), class_name="preview-head"),
        rx.el.div(
            rx.foreach(S.preview["lines"], lambda line: rx.el.p(line, key=line)),
            class_name="preview-body stack is-tight",
        ),
        class_name="preview",
    )
    text = rx.el.div(
        rx.el.div(icon("smartphone"), rx.el.span("SMS to ", S.preview["sms_to"]), class_name="preview-head"),
        rx.el.div(rx.el.p(S.preview["sms"], class_name="bubble"), class_name="preview-body"),
        rx.el.div(
            rx.el.span(S.preview["sms_size"], class_name="muted"),
            rx.el.span(S.preview["cost"], class_name="push"),
            class_name="preview-foot",
        ),
        class_name="preview",
    )
    return _section(mail, text, title=rx.fragment("What ", S.first_name, " will get"))


def _before() -> rx.Component:
    conditions = rx.el.ul(rx.foreach(S.checks, _check), class_name="boxed")
    return rx.fragment(
        rx.cond(
            S.stands == "revoked",
            banner(tone="info", text="This access has ended. Inviting again makes a new link and PIN.", live=False),
            rx.cond(
                S.changing,
                banner(tone="info", text=S.preview["keeps"], live=False),
                rx.fragment(),
            ),
        ),
        _section(conditions, title=rx.fragment("Before you invite ", S.first_name), note=S.to_fix),
        another_way(),
        _sees(),
        flow_field(S),
        _documents(),
        statements_field(),
        rx.cond(S.changing, rx.fragment(), _preview()),
    )


def _log(row: rx.Var) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.span(row["what"], class_name="block breakable"),
            rx.el.span(row["steps"], class_name="small muted block"),
            optional(row["problem"], rx.el.span(row["problem"], class_name="small bad block")),
            class_name="grow",
        ),
        status_badge(row["status"], cases=STATUS),
        class_name="preflight",
        key=row["id"],
    )


def _after_buttons() -> rx.Component:
    no = S.refusal != ""
    return rx.el.div(
        button("Resend", icon="rotate-cw", disabled=no, on_click=S.resend),
        button("Send a new PIN", icon="rotate-cw", disabled=no, on_click=S.new_pin),
        button("Copy link", icon="copy", disabled=no, on_click=S.copy),
        button("E-mail me the PIN", icon="mail", disabled=no, on_click=S.email_pin),
        class_name="button-row",
    )


def _revoke() -> rx.Component:
    question = confirm(
        button("Revoke access", tone="danger", icon="ban", on_click=S.revoke),
        button("Keep access", tone="quiet", on_click=S.ask(False)),
        title="Revoke this client’s access?",
        text="They are signed out at once and their link explains why. Answers and documents stay in the deal. "
        "You can invite them again.",
    )
    ask = button("Revoke", tone="danger", icon="ban", disabled=S.refusal != "", on_click=S.ask(True))
    return rx.cond(S.asking, question, ask)


def _after() -> rx.Component:
    hint = "Resending replaces the old link, and the old one says so. A new PIN replaces the old PIN; one a minute."
    change = button("Change", small=True, disabled=S.refusal != "", on_click=S.change)
    return rx.fragment(
        _section(
            rx.el.ul(rx.foreach(S.log, _log), class_name="boxed", aria_live="polite"),
            _after_buttons(),
            rx.el.p(hint, class_name="small muted"),
            title="Messages",
        ),
        _section(
            facts(S.facts, plain=True),
            rx.el.div(change, _revoke(), class_name="button-row"),
            title=rx.fragment("What ", S.first_name, " can see"),
        ),
    )


def _foot() -> rx.Component:
    why = rx.cond(S.refusal != "", S.refusal, S.blocked)
    invite = rx.fragment(
        reason_beside(id="why-not", reason=why, bad=True),
        button("Cancel", tone="quiet", on_click=S.close),
        button(
            rx.cond(S.changing, "Save changes", "Invite"),
            tone="primary",
            icon="send",
            disabled=why != "",
            on_click=S.invite,
            aria_describedby="why-not",
        ),
    )
    return rx.cond((S.stands == "live") & ~S.changing, button("Done", tone="primary", on_click=S.close), invite)


def share_drawer() -> rx.Component:
    """The panel. It opens once its State has looked."""
    nobody = banner(tone="info", title="Nobody to invite yet", text="Add a contact to this deal first.", live=False)
    live = (S.stands == "live") & ~S.changing
    panel = rx.fragment(_people(), rx.cond(live, _after(), _before()), other_deals(), preview_as_client())
    body = rx.cond(S.people.length() > 0, panel, nobody)
    return drawer(
        rx.el.div(
            optional(S.refusal, banner(tone="info", text=S.refusal, live=False)), body, class_name="stack is-loose"
        ),
        id="share",
        open=S.ready & ~S.missing,
        on_close=S.close,
        title="Client portal share",
        foot=_foot(),
    )


@page(
    "/deals/[deal_id]/share",
    title="Client portal share",
    portal=Portal.BROKER,
    on_load=[*OVERVIEW_LOADS, G.load, S.load],
)
def share_page() -> rx.Component:
    return deal_frame(live_signal(on_change=S.load), overview(), active="share", around=share_drawer())
