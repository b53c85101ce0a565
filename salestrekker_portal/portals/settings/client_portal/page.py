"""Settings, Client Portal: what clients see."""

import reflex as rx

from salestrekker_portal.domains.documents.checks import box_rules
from salestrekker_portal.domains.firm.settings import URL_LIMIT
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.settings.client_portal.chasers import ChasersSettingsState, chasers_card
from salestrekker_portal.portals.settings.client_portal.messages import messages_card
from salestrekker_portal.portals.settings.client_portal.messages_state import ClientMessagesState
from salestrekker_portal.portals.settings.client_portal.preview import PreviewChoiceState, preview_card
from salestrekker_portal.portals.settings.client_portal.state import ClientPortalSettingsState as S
from salestrekker_portal.portals.settings.client_portal.videos import videos_card
from salestrekker_portal.portals.settings.client_portal.wording import wording_dialog
from salestrekker_portal.portals.settings.here import SettingsHere, settings_page
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.marks import icon, outside
from salestrekker_portal.ui.overlay import ask_first
from salestrekker_portal.ui.uploads.upload_box import upload_box

PAGE = "/settings/client-portal"


def client_portal_settings_page() -> rx.Component:
    return settings_page(
        _whose(),
        preview_card(),
        _look(),
        videos_card(),
        _privacy(),
        _documents(),
        messages_card(),
        chasers_card(),
        wording_dialog(),
        current="client-portal",
        title="Client Portal",
        lead="What your clients see. Your organisation sets the defaults and the privacy disclosure; what you change "
        "for yourself applies to your own deals only.",
        saved=S.saved,
        ready=S.ready,
        admin=False,
    )


for _route in ("/settings", PAGE):
    page(
        _route,
        title="Client Portal settings",
        portal=Portal.BROKER,
        on_load=[
            ShellState.load,
            SettingsHere.load,
            S.load,
            ClientMessagesState.load,
            PreviewChoiceState.load,
            ChasersSettingsState.load,
        ],
    )(client_portal_settings_page)


def _whose() -> rx.Component:
    both = forms.segmented_links(
        label="Whose settings",
        items=[
            ("Organisation", f"{PAGE}?whose=organisation", "building-2"),
            ("My own deals", f"{PAGE}?whose=own", "user"),
        ],
        current=f"{PAGE}?whose=" + S.whose.to(str),
    )
    own = feedback.banner(
        tone="info",
        title="You have settings of your own",
        text="They apply to the deals that you own. The organisation’s changes don’t reach them, except for its "
        "privacy disclosure, and for messages that you haven’t changed.",
        actions=ask_first(
            forms.button("Use the organisation’s", tone="danger", on_click=[S.follow_firm, ClientMessagesState.load]),
            press=forms.looks_like_button("Use the organisation’s", small=True),
            title="Use the organisation’s settings?",
            text="Your own settings, videos and wordings are removed. Your deals follow the organisation from now on.",
        ),
        live=False,
    )
    default = feedback.banner(
        tone="info",
        text="Your deals follow the organisation’s settings. What you change here becomes your own.",
        live=False,
    )
    locked = feedback.banner(
        tone="locked",
        text="You can see these settings. Only a broker or an admin changes them.",
        actions=forms.button("Ask an admin", small=True, on_click=SettingsHere.ask("client-portal")),
        live=False,
    )
    for_me = rx.cond(S.whose == "own", rx.cond(S.is_own, own, default), rx.fragment())
    return rx.fragment(
        rx.cond(SettingsHere.is_admin, both, rx.fragment()),
        rx.cond(S.may_edit, for_me, locked),
    )


def _look() -> rx.Component:
    return data.card(
        forms.switch(
            id="status-bar",
            label="Show deal status bar",
            note="Clients see the stages of the workflow, in your client wording. Off, no stage is named anywhere.",
            checked=S.status_bar,
            disabled=~S.may_edit,
            on_change=lambda on: S.switch("status_bar", on),
        ),
        forms.switch(
            id="profile-first",
            label="Show client profile at first login",
            note="The fact find comes before the dashboard, once.",
            checked=S.profile_first,
            disabled=~S.may_edit,
            on_change=lambda on: S.switch("profile_first", on),
        ),
        title="What clients see",
    )


def _privacy() -> rx.Component:
    return data.card(
        rx.el.p("Clients read and accept it before they can type anything. Without it nobody can be invited."),
        forms.choice_cards(
            id="mode",
            label="How clients meet it",
            choices=[("documents", "As documents in each deal"), ("link", "As a link to a web page")],
            value=S.mode,
            columns="is-two-wide",
            disabled=~S.may_set_privacy,
            on_change=S.choose_mode,
        ),
        rx.cond(S.mode == "link", _privacy_page(), rx.fragment()),
        rx.cond(S.may_set_privacy, rx.fragment(), _the_firms()),
        title="Privacy disclosure",
    )


def _privacy_page() -> rx.Component:
    save = rx.el.div(forms.submit("Save the link", tone="second"), class_name="button-row")
    link = rx.el.form(
        forms.fields(
            forms.text_input(
                id="privacy_url",
                name="privacy_url",
                label="Address of your privacy page",
                type="url",
                default_value=S.url,
                key=S.url,
                error=S.errors["privacy_url"],
                limit=URL_LIMIT,
                placeholder="https://",
                help="A page of your website, or a file that anybody with the link can open.",
                read_only=~S.may_set_privacy,
            ),
            rx.cond(S.may_set_privacy, save),
        ),
        forms.filled_from({"privacy_url": S.url}, key=S.url),
        on_submit=S.save_link,
        no_validate=True,
    )
    missing = feedback.banner(tone="warn", text="Clients can’t be invited before there is a link.", close=True)
    stands_for = rx.el.p(
        "The page stands for the privacy disclosure. The other papers that clients have to be given are documents in "
        "each deal all the same.",
        class_name="small muted",
    )
    return rx.fragment(rx.cond(S.url == "", missing, rx.fragment()), stands_for, link)


def _the_firms() -> rx.Component:
    """To whoever may only look, and to an admin who is looking at their own."""
    ask = forms.button("Ask an admin", small=True, on_click=SettingsHere.ask("client-portal"))
    change = forms.link_to_button("Change the organisation’s", to=f"{PAGE}?whose=organisation", small=True)
    return feedback.banner(
        tone="locked",
        text="The organisation sets this, for every deal. Only an admin changes it.",
        actions=rx.cond(SettingsHere.is_admin, change, ask),
        close=True,
        live=False,
    )


def _documents() -> rx.Component:
    return data.card(
        rx.el.p(
            "Each new deal gets the version in use. Deals that you have already keep theirs.",
            class_name="small muted card-body",
        ),
        data.rows(rx.foreach(S.slots, _slot)),
        title="Compliance documents",
        flush=True,
    )


def _slot(line: rx.Var) -> rx.Component:
    name = rx.el.h3(line["name"], class_name="row-name")
    using = rx.el.p(
        outside(line["version"], href="/compliance/" + line["id"].to(str), class_name="link"),
        ", in use since ",
        line["since"],
        class_name="row-note",
    )
    none = rx.el.p(
        icon("triangle-alert", size=14), " None yet: add one so that new deals have it.", class_name="row-note"
    )
    box = upload_box(
        rx.fragment(),
        box="compliance-" + line["slot"].to(str),
        name=line["name"].to(str),
        fields={"portal": "broker", "compliance": line["slot"].to(str)},
        known=rx.Var.create([line["id"].to(str)]),
        photos=False,
        on_done=S.load,
        **box_rules(),
    )
    return rx.el.li(
        rx.el.div(name, rx.cond(line["id"] != "", using, none), class_name="grow"),
        rx.cond(SettingsHere.is_admin, box, rx.fragment()),
        key=line["slot"],
    )
