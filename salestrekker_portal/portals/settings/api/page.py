"""Settings, API and webhooks."""

import reflex as rx

from salestrekker_portal.domains.api_tokens.scopes import SCOPE_WORDS
from salestrekker_portal.domains.api_tokens.service import NAME_LIMIT
from salestrekker_portal.domains.notices.published import EVENT_WORDS
from salestrekker_portal.domains.webhooks.rules import URL_LIMIT
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.settings.api.state import SCOPE
from salestrekker_portal.portals.settings.api.state import ApiKeysState as K
from salestrekker_portal.portals.settings.api.webhooks_state import EVENT
from salestrekker_portal.portals.settings.api.webhooks_state import WebhooksState as W
from salestrekker_portal.portals.settings.here import SettingsHere, settings_page
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.overlay import ask_first


@page(
    "/settings/api",
    title="API and webhooks",
    portal=Portal.BROKER,
    on_load=[ShellState.load, SettingsHere.load, K.load, W.load],
)
def api_page() -> rx.Component:
    no_keys = rx.el.p("No keys yet.", class_name="muted card-body")
    no_hooks = rx.el.p("No addresses yet.", class_name="muted card-body")
    return settings_page(
        _shown_once(K.made, "Your new key", "Copy it into the program now. It can’t be shown again."),
        data.card(_new_key(), title="Keys for other programs"),
        data.card(rx.cond(K.lines.length() > 0, data.rows(rx.foreach(K.lines, _key)), no_keys), flush=True),
        _shown_once(W.made, "The new address’s secret", "Give it to the program. It can’t be shown again."),
        data.card(_new_address(), title="Tell other programs what happens"),
        data.card(rx.cond(W.lines.length() > 0, data.rows(rx.foreach(W.lines, _address)), no_hooks), flush=True),
        current="api",
        title="API and webhooks",
        lead="Your website or another program can add leads, read deals, and hear of what happens.",
        saved=rx.cond(W.saved, W.saved, K.saved),
        ready=K.ready & W.ready,
        end=rx.el.a("How to use it", href="/api/v1/docs", target="_blank", class_name="button is-small"),
    )


def _shown_once(secret: rx.Var, title: str, text: str) -> rx.Component:
    shown = rx.el.p(rx.el.code(secret, class_name="breakable"), translate="no")
    return rx.cond(secret, feedback.banner(shown, tone="info", title=title, text=text), rx.fragment())


def _new_key() -> rx.Component:
    return rx.el.form(
        forms.text_input(
            id="key-name", name="name", label="What the key is for", error=K.errors["name"], limit=NAME_LIMIT
        ),
        forms.group(
            *(
                forms.tick(id=f"{SCOPE}{scope.value}", name=f"{SCOPE}{scope.value}", label=words)
                for scope, words in SCOPE_WORDS.items()
            ),
            id="scopes",
            label="It may",
            error=K.errors["scopes"],
        ),
        rx.el.div(forms.submit("Make key"), class_name="button-row"),
        on_submit=K.make,
        no_validate=True,
        class_name="fields",
        key="key-" + K.form.to_string(),
    )


def _key(each: rx.Var) -> rx.Component:
    name, key = each["name"].to(str), each["id"].to(str)
    line = rx.el.div(
        rx.el.div(
            rx.el.strong(name),
            rx.el.span(" ends in " + each["ending"].to(str), class_name="row-note"),
            rx.el.div(each["about"], class_name="row-note"),
            class_name="grow breakable",
        ),
        ask_first(
            forms.button("End key", tone="danger", on_click=K.end(key)),
            press=forms.looks_like_button("End", small=True),
            title="End “" + name + "”?",
            text="The program that uses it is shut out at once. This can’t be undone.",
        ),
        class_name="row",
    )
    return rx.el.li(line, key=key)


def _new_address() -> rx.Component:
    return rx.el.form(
        forms.text_input(
            id="hook-url",
            name="url",
            label="Address of the program",
            error=W.errors["url"],
            help="Starts with https://. Each delivery is signed (Standard Webhooks) and tried for three days.",
            auto_complete="off",
            limit=URL_LIMIT,
        ),
        forms.group(
            *(
                forms.tick(id=f"{EVENT}{event}", name=f"{EVENT}{event}", label=words)
                for event, words in EVENT_WORDS.items()
            ),
            id="events",
            label="Tell it when",
            error=W.errors["events"],
        ),
        rx.el.div(forms.submit("Add address"), class_name="button-row"),
        on_submit=W.add,
        no_validate=True,
        class_name="fields",
        key="hook-" + W.form.to_string(),
    )


def _address(each: rx.Var) -> rx.Component:
    url, key = each["url"].to(str), each["id"].to(str)
    log = each["log"].to(list[dict[str, str]])
    line = rx.el.div(
        rx.el.div(
            rx.el.strong(url),
            rx.el.div(each["events"], class_name="row-note"),
            rx.cond(
                log.length() > 0,
                rx.el.details(
                    rx.el.summary("Last deliveries"),
                    rx.el.ul(rx.foreach(log, _delivery)),
                ),
                rx.el.div("Nothing was sent yet.", class_name="row-note"),
            ),
            class_name="grow breakable",
        ),
        ask_first(
            forms.button("Remove address", tone="danger", on_click=W.end(key)),
            press=forms.looks_like_button("Remove", small=True),
            title="Stop telling this program?",
            text="What waits for it is dropped.",
        ),
        class_name="row",
    )
    return rx.el.li(line, key=key)


def _delivery(each: rx.Var) -> rx.Component:
    return rx.el.li(
        each["what"],
        ": ",
        each["state"],
        rx.cond(
            each["failed"],
            forms.button("Send again", small=True, on_click=W.again(each["id"].to(str))),
            rx.fragment(),
        ),
        key=each["id"],
    )
