"""Settings, Client Portal, videos: one for each stage of a workflow, or for pages and sections of a flow."""

import reflex as rx

from salestrekker_portal.domains.firm.videos import TEXT_LIMIT
from salestrekker_portal.domains.organisations.video_links import LINK_LIMIT
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.settings.here import SettingsHere, settings_page
from salestrekker_portal.portals.settings.videos.state import PAGE
from salestrekker_portal.portals.settings.videos.state import VideosState as S
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.kinds import optional, when
from salestrekker_portal.ui.marks import link, outside
from salestrekker_portal.ui.overlay import ask_first, modal

HELP = "One video from YouTube or Vimeo; unlisted ones work too. Empty shows none."
TEXT_HELP = "What it tells, in a sentence or two. Clients who can’t play it read this."


@page(PAGE, title="Videos for clients", portal=Portal.BROKER, on_load=[ShellState.load, SettingsHere.load, S.load])
def videos_page() -> rx.Component:
    return settings_page(
        _back(),
        _which(),
        rx.cond(S.may_edit, rx.fragment(), _locked()),
        rx.cond(S.switched_on, rx.fragment(), _off()),
        data.card(data.rows(rx.foreach(S.places, _line)), flush=True),
        _form(),
        current="client-portal",
        title=rx.cond(S.kind == "flows", "Flow videos", "Dashboard videos"),
        lead=rx.cond(
            S.kind == "flows",
            "Shown with a page or section of the fact find, to clients whose invitation asks for it.",
            "Shown on the client’s dashboard while their deal is in the stage.",
        ),
        saved=S.saved,
        ready=S.ready,
        admin=False,
    )


def _back() -> rx.Component:
    whose = rx.cond(S.whose == "own", "Your own deals’ settings", "The organisation’s settings")
    return rx.el.p(
        link("Back to Client Portal", to="/settings/client-portal?whose=" + S.whose.to(str)),
        " · ",
        whose,
        class_name="small muted running",
    )


def _which() -> rx.Component:
    def one(each: rx.Var) -> rx.Component:
        current = rx.cond(each["current"], "page", "false")
        return link(each["name"], to=each["path"], class_name="segment", aria_current=current, key=each["id"])

    name = rx.cond(S.kind == "flows", "Flow", "Workflow")
    return rx.el.nav(rx.foreach(S.sets, one), aria_label=name, class_name="segmented")


def _locked() -> rx.Component:
    return feedback.banner(
        tone="locked", text="You can see these videos. Only a broker or an admin changes them.", live=False
    )


def _off() -> rx.Component:
    return feedback.banner(
        tone="info",
        text="These videos are switched off, so clients see none. Adding one switches them on.",
        live=False,
    )


def _line(each: rx.Var) -> rx.Component:
    key, name = each["id"].to(str), each["name"].to(str)
    shown = rx.fragment(
        rx.el.p(
            outside(each["url"], href=each["url"], target="_blank", rel="noopener noreferrer", class_name="link"),
            class_name="row-note breakable",
        ),
        optional(each["text"], rx.el.p(each["text"], class_name="row-note breakable")),
    )
    none = rx.el.p("No video", class_name="row-note")
    head = rx.el.div(
        rx.el.h3(name, class_name="row-name"),
        optional(each["vendor"], data.badge(each["vendor"], icon="circle-play", tone="ok")),
        class_name="row is-tight is-wrap",
    )
    acts = rx.el.div(
        forms.icon_button(name="pencil", label="Change the video: " + name, small=True, on_click=S.edit(key)),
        rx.cond(
            each["url"] != "",
            ask_first(
                forms.button("Remove video", tone="danger", on_click=S.remove(key)),
                press=forms.looks_like_icon_button(name="trash-2", label="Remove the video: " + name, small=True),
                title="Remove the video of " + name + "?",
                text="Clients don’t see it any more. Its link and description are gone from here.",
            ),
            rx.fragment(),
        ),
        class_name="row is-tight",
    )
    words = rx.el.div(head, rx.cond(each["url"] != "", shown, none), class_name="grow breakable")
    return rx.el.li(
        rx.el.div(words, rx.cond(S.may_edit, acts, rx.fragment()), class_name="row"),
        class_name=when(each["deep"], "is-deep"),
        key=key,
    )


def _form() -> rx.Component:
    form = rx.el.form(
        rx.el.input(type="hidden", name="place", value=S.place["id"]),
        forms.filled_from(S.place),
        forms.fields(
            forms.text_input(
                id="video-url",
                name="url",
                label="Link of the video",
                help=HELP,
                error=S.errors["url"],
                limit=LINK_LIMIT,
                default_value=S.place["url"],
                placeholder="https://youtu.be/…",
                auto_complete="off",
            ),
            forms.text_area(
                id="video-text",
                name="text",
                label="Short description",
                optional=True,
                help=TEXT_HELP,
                error=S.errors["text"],
                limit=TEXT_LIMIT,
                default_value=S.place["text"],
            ),
            rx.el.div(forms.submit("Save video"), forms.button("Cancel", on_click=S.close), class_name="button-row"),
        ),
        on_submit=S.save,
        no_validate=True,
    )
    return modal(form, id="video", open=S.place["id"] != "", on_close=S.close, title="Video: " + S.place["name"])
