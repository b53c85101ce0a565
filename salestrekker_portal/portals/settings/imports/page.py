"""Settings, Import."""

import reflex as rx

from salestrekker_portal.domains.imports.columns import CHOICES
from salestrekker_portal.domains.imports.reading import MOST_ROWS
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.settings.here import SettingsHere, settings_page
from salestrekker_portal.portals.settings.imports.state import EVERYTHING_FORM
from salestrekker_portal.portals.settings.imports.state import ImportState as S
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.forms.post import post_form
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.overlay.ask_first import ask_first


@page("/settings/import", title="Import and export", portal=Portal.BROKER,
      on_load=[ShellState.load, SettingsHere.load, S.load])  # fmt: skip
def import_page() -> rx.Component:
    steps = rx.match(S.step, ("columns", _columns()), ("work", _work()), ("checked", _checked()), _choose())
    return settings_page(
        live_signal(on_change=S.refresh),
        steps,
        rx.cond(S.stayed.length() > 0, _rows(S.stayed, "What stayed, and why", ""), rx.fragment()),
        rx.cond(S.files.length() > 0, _past(), rx.fragment()),
        _everything(),
        current="import",
        title="Import and export",
        lead="Bring in contacts and deals from a spreadsheet or another system. Nobody is told, nothing is sent.",
        ready=S.ready,
    )


def _everything() -> rx.Component:
    words = (
        "Contacts, deals, loans, notes, tasks, fact-find answers, partners, and what happened, as sheets for any other "
        "system. Files are taken along from their deals. The security log says who took this."
    )
    form = post_form(id=EVERYTHING_FORM, hidden=True, action="/session/everything")
    button = forms.button("Take everything along", on_click=S.take_along)
    said = optional(S.errors["everything"], feedback.banner(tone="bad", title=S.errors["everything"]))
    about = rx.el.p(words, class_name="small muted")
    return data.card(about, said, form, button, title="Everything that your firm holds")


def _choose() -> rx.Component:
    form = post_form(
        forms.text_input(
            id="file",
            name="file",
            label="CSV file",
            type="file",
            help=f"With headings in the first line, at most 5 MB and {MOST_ROWS:,} rows. "
            "A row is a contact, and a deal of theirs if it names one or says its amount, stage or dates.",
            error=S.errors["file"],
            accept=".csv,.txt,.tsv,text/csv",
        ),
        forms.button_row(forms.submit("Read the file")),
        action="/session/import",
        enc_type="multipart/form-data",
        class_name="fields",
    )
    after = "You see every row that can’t come in, and why, before anything is kept."
    return data.card(form, rx.el.p(after, class_name="small muted"), title="Choose a file")


def _columns() -> rx.Component:
    def line(each: rx.Var) -> rx.Component:
        key = each["key"].to(str)
        return forms.select(
            id=key, name=key, label=each["heading"], help=each["sample"], error=S.errors[key], choices=CHOICES,
            blank=None, default_value=each["field"], key=S.file_id + key,
        )  # fmt: skip

    form = rx.el.form(
        rx.el.input(type="hidden", name="file", value=S.file_id, read_only=True),
        optional(S.errors["columns"], feedback.banner(tone="bad", title=S.errors["columns"])),
        rx.foreach(S.columns, line),
        forms.select(
            id="stage", name="stage", label="Deals land in", choices=S.stages, blank=None, default_value=S.stage,
            help="Where a row’s own stage is not one of yours, the row says so and stays out.", key="stage" + S.file_id,
        ),
        forms.button_row(forms.submit("Look at the rows"), _drop()),
        on_submit=S.check,
        no_validate=True,
        class_name="fields",
    )  # fmt: skip
    lead = "What we took each column for. The next file of your firm with these headings is read the same way."
    together = "A couple’s rows with the same deal number become one deal with both of them in it."
    return data.card(rx.el.p(lead, " ", together, class_name="small muted"), form, title=S.about)


def _work() -> rx.Component:
    return data.card(
        data.meter(S.percent, label="Progress", text=S.progress),
        rx.el.p(S.progress, role="status"),
        rx.el.p("You can leave this page; it goes on.", class_name="small muted"),
        title=S.about,
    )


def _checked() -> rx.Component:
    go = rx.cond(
        S.good != "",
        forms.button(S.good, tone="primary", on_click=S.bring_in(S.file_id)),
        rx.fragment(),
    )
    return rx.fragment(
        data.card(
            rx.el.ul(rx.foreach(S.summary, lambda each: rx.el.li(each)), class_name="stack is-tight"),
            forms.button_row(go, forms.button("Change the columns", on_click=S.choose_again(S.file_id)), _drop()),
            title=S.about,
        ),
        rx.cond(S.bad.length() > 0, _rows(S.bad, "Rows that can’t come in", S.more, _download()), rx.fragment()),
        rx.cond(S.known.length() > 0, _rows(S.known, "Rows with nothing new", S.more_known), rx.fragment()),
    )


def _download() -> rx.Component:
    return forms.button("CSV of these rows", small=True, icon="download", on_click=S.download(S.file_id))


def _rows(rows: rx.Var, title: str, more: rx.Var | str, end: rx.Component | None = None) -> rx.Component:
    def line(each: rx.Var) -> rx.Component:
        return rx.el.tr(
            rx.el.th(each["number"], scope="row", class_name="is-right"), rx.el.td(each["says"], class_name="breakable")
        )

    table = data.table(label=title, columns=[("Row", True), ("Why", False)], body=rx.foreach(rows, line))
    return data.card(
        table, optional(more, rx.el.p(more, class_name="small muted card-body")), title=title, end=end, flush=True
    )


def _drop() -> rx.Component:
    return ask_first(
        forms.button("Drop it", tone="danger", on_click=S.drop(S.file_id)),
        press=forms.looks_like_button("Drop this file", tone="quiet"),
        title="Drop this file?",
        text="Nothing of it has come in. You can choose it again.",
    )


def _past() -> rx.Component:
    def line(each: rx.Var) -> rx.Component:
        back = ask_first(
            forms.button("Take it back", tone="danger", on_click=S.take_back(each["id"].to(str))),
            press=forms.looks_like_button("Take back", tone="quiet"),
            title="Take this file back?",
            text="Its contacts and deals are removed. What somebody has worked on since stays, and we say which.",
        )
        return rx.el.li(
            rx.el.div(
                rx.el.div(
                    rx.el.span(each["name"], class_name="row-name breakable"),
                    rx.el.span(each["note"], class_name="row-note"),
                    class_name="grow",
                ),
                rx.cond(each["back"].to(bool), back, rx.fragment()),
                class_name="row",
            ),
            key=each["id"],
        )

    lead = "A file can be taken back for 30 days, while nothing was built on it."
    return data.card(
        data.rows(rx.foreach(S.files, line)),
        rx.el.p(lead, class_name="small muted card-body"),
        title="Files so far",
        flush=True,
    )
