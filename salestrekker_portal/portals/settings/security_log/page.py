"""Settings, Security log."""

import reflex as rx

from salestrekker_portal.domains.firm.security_log import YEARS
from salestrekker_portal.domains.security_log.kinds import AREAS, REFUSED
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.settings.here import SettingsHere, settings_page
from salestrekker_portal.portals.settings.security_log.state import EXPORT_FORM, NAME_LIMIT
from salestrekker_portal.portals.settings.security_log.state import SecurityLogState as S
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.forms.post import post_form
from salestrekker_portal.ui.kinds import optional

CHOICES = [("", "Everything"), (REFUSED, "Refused"), *AREAS.items()]
COLUMNS = [*((words, False) for words in ("When", "Who", "What", "Device", "Address", "Result")), ("Seal", True)]


@page("/settings/security-log", title="Security log", portal=Portal.BROKER,
      on_load=[ShellState.load, SettingsHere.load, S.load])  # fmt: skip
def security_log_page() -> rx.Component:
    older = rx.cond(S.has_older, forms.button("Show older", on_click=S.load_older), rx.fragment())
    nothing = feedback.empty(
        title="Nothing here", text="Choose other days, another person, or everything.", mark="shield-check"
    )
    rows = data.table(label="Security log, newest first", columns=COLUMNS, body=rx.foreach(S.lines, _row))
    return settings_page(
        _chain(),
        _filters(),
        rx.cond(S.lines, rx.el.div(rows, older, class_name="stack is-wide-page"), nothing),
        current="security-log",
        title="Security log",
        lead="Who got in, who was refused, what left the firm, what was switched. Nobody changes a row unnoticed.",
        saved=S.saved,
        ready=S.ready,
        end=_export(),
    )


def _chain() -> rx.Component:
    broken = feedback.banner(
        rx.el.ul(rx.foreach(S.broken, lambda each: rx.el.li(each, class_name="breakable"))),
        tone="bad",
        title="A log is not what was written. Tell whoever runs this installation.",
    )
    words = rx.cond(
        S.head != "",
        rx.el.p(
            "Each row seals the one before: ", rx.el.b(S.rows), ", the last one sealed as ", rx.el.code(S.head), ". ",
            "Every morning the seal goes to the admins’ mailboxes, where nobody who changes the log can change it too.",
        ),
        rx.el.p("Rows are sealed a few seconds after they are written."),
    )  # fmt: skip
    kept = forms.select(
        id="years",
        label="Keep rows for",
        help="Older ones are removed at night; the log says how many.",
        choices=[(str(each), "1 year" if each == 1 else f"{each} years") for each in YEARS],
        blank=None,
        value=S.years,
        on_change=S.keep,
    )
    return data.card(
        rx.el.div(rx.el.div(words, class_name="small grow"), rx.el.div(kept), class_name="log-chain"),
        optional(S.checked, rx.el.p(S.checked, role="status")),
        rx.cond(S.broken, broken, rx.fragment()),
        title="Unbroken or not",
        end=forms.button("Check now", small=True, icon="shield-check", on_click=S.check),
    )


def _filters() -> rx.Component:
    chips = [forms.chip(words, on=S.area == area, on_click=S.choose(area)) for area, words in CHOICES]
    form = rx.el.form(
        forms.date_input(id="since", name="since", label="From", default_value=S.since,
                         error=S.errors["since"], help=""),
        forms.date_input(id="until", name="until", label="To", default_value=S.until,
                         error=S.errors["until"], help=""),
        forms.text_input(id="who", name="who", label="Who, or a part of the name", default_value=S.who,
                         error=S.errors["who"], limit=NAME_LIMIT),
        forms.submit("Show these", tone="second"),
        on_submit=S.look,
        no_validate=True,
        class_name="log-filters",
    )  # fmt: skip
    return rx.el.div(rx.el.div(*chips, class_name="chips", role="group", aria_label="Area"), form, class_name="stack")


def _export() -> rx.Component:
    kept = [rx.el.input(type="hidden", name=name, value=value) for name, value in
            (("area", S.area), ("since", S.since), ("until", S.until), ("who", S.who))]  # fmt: skip
    form = post_form(*kept, id=EXPORT_FORM, hidden=True, action="/session/security-log")
    return rx.fragment(form, forms.button("CSV of ", S.in_all, " rows", on_click=S.take))


def _row(each: rx.Var) -> rx.Component:
    result = rx.cond(each["refused"], data.badge("Refused", tone="warn", icon="ban"), data.badge("Done", icon="check"))
    name = each["who"].to(str)
    return rx.el.tr(
        rx.el.td(each["at"], class_name="figures muted is-short"),
        rx.el.td(
            rx.el.span(data.avatar(each["initials"].to(str), size="tiny"), name, class_name="row is-tight"),
            class_name="is-short",
        ),
        rx.el.td(each["what"], class_name="breakable", style={"min_width": "220px"}),
        rx.el.td(each["device"], class_name="muted is-short"),
        rx.el.td(each["place"], class_name="figures muted is-short"),
        rx.el.td(result),
        rx.el.td(rx.el.code(each["seal"]), class_name="is-right is-short"),
        key=each["id"],
    )
