"""What stands above the board: saved views, filters as chips, and the drawers behind them."""

import reflex as rx

from salestrekker_portal.domains.organisations.saved_views import VIEW_LIMIT
from salestrekker_portal.portals.broker.board.filter_state import BoardFilterState
from salestrekker_portal.portals.broker.board.list_state import DealListState
from salestrekker_portal.portals.broker.board.list_view import list_tools
from salestrekker_portal.portals.broker.board.state import BoardState
from salestrekker_portal.portals.broker.board.views_state import NEW, SavedViewsState, ViewLine
from salestrekker_portal.portals.broker.words import MOVES
from salestrekker_portal.ui import forms, overlay
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon, link, unseen
from salestrekker_portal.ui.overlay.keys import pressed_by

F = BoardFilterState
V = SavedViewsState


def filter_link(each: rx.Var, *, removable: bool = True) -> rx.Component:
    """A filter that is on or off, with an address of its own; one of several shows no cross."""
    return link(
        each["words"],
        rx.cond(each["on"], icon("x", size=14), rx.fragment()) if removable else rx.fragment(),
        to=each["to"],
        class_name=["chip", rx.cond(each["on"], "is-on", "")],
        aria_current=rx.cond(each["on"], "true", "false"),
        key=each["words"],
    )


def filter_bar() -> rx.Component:
    """Views, then every filter that can be switched here or was chosen in the drawer."""

    def one_of_several(each: rx.Var) -> rx.Component:
        return filter_link(each, removable=False)

    def on_or_off(each: rx.Var) -> rx.Component:
        return filter_link(each)

    def chosen(each: rx.Var) -> rx.Component:
        return link(
            each["words"], icon("x", size=14), unseen("Take this filter off"), to=each["to"],
            class_name="chip is-on", key=each["words"],
        )  # fmt: skip

    shows = rx.cond(BoardState.is_list, rx.foreach(DealListState.shows, one_of_several), rx.fragment())
    every = link("Clear", to=F.all_path, class_name="link-button small")
    return rx.el.div(
        _views(),
        forms.button("Filter", small=True, icon="list-filter", on_click=F.show, **pressed_by("f")),
        rx.el.nav(
            rx.foreach(BoardState.chips, on_or_off),
            rx.foreach(F.chips, chosen),
            shows,
            optional(F.all_path, every),
            aria_label="Filters",
            class_name="filters",
        ),
        rx.cond(BoardState.is_list, list_tools(), rx.fragment()),
        class_name="filter-bar",
    )


def _views() -> rx.Component:
    words = rx.cond(V.current != "", V.current, "Views")
    return overlay.menu(
        rx.foreach(V.views, _view),
        overlay.menu_button("Save this view", icon="plus", on_click=V.begin),
        summary=rx.el.span(icon("layers", size=16), words, icon("chevron-down", size=14), class_name="button is-small"),
        head="Saved views",
    )


def _view(each: rx.Var[ViewLine]) -> rx.Component:
    firm = rx.el.span("Firm’s", class_name="small muted push")
    more = rx.fragment(
        forms.icon_button(name="pencil", label="Rename or share " + each["name"], on_click=V.show(each["id"])),
        forms.icon_button(name="trash-2", label="Delete " + each["name"], on_click=V.delete(each["id"])),
    )
    return rx.el.div(
        overlay.menu_link(each["name"], optional(each["shared"], firm), to=each["to"], current=each["on"]),
        optional(each["mine"], more),
        class_name="saved-view",
        key=each["id"],
    )


def view_drawer() -> rx.Component:
    """A name for what is shown, and whether others see it too."""
    form = rx.el.form(
        forms.filled_from(V.facts),
        forms.fields(
            forms.text_input(
                id="view-name", name="name", label="Name", default_value=V.facts["name"], error=V.errors["name"],
                limit=VIEW_LIMIT, placeholder="Settling this month, mine", auto_complete="off",
                custom_attrs={"data-first": ""},
            ),
            forms.tick(
                id="view-shared", name="shared", label="Show it to everybody in the firm",
                note="“My deals” in it means whoever is looking.", default_checked=V.facts["shared"] == "on",
            ),
        ),
        forms.form_foot(forms.button("Cancel", on_click=V.close), forms.submit("Save view")),
        on_submit=V.save,
        no_validate=True,
        custom_attrs={"data-about": V.key},
    )  # fmt: skip
    title = rx.cond(V.key == NEW, "Save this view", "Change the view")
    return overlay.drawer(form, id="view", open=V.key != "", on_close=V.close, title=title)


def filter_drawer() -> rx.Component:
    """Everything that a card knows, in one form; what it says goes into the address."""
    form = rx.el.form(
        forms.fields(
            _select("owner", "Owner", F.people),
            _select("move", "Whose move", [(move.value, words) for move, words in MOVES.items()]),
            _select("stage", "Stage", F.stages),
            _select("label", "Label", F.labels),
            _select("lender", "Lender", F.lenders),
            _select("partner", "Referred or followed by", F.partners),
            forms.pair(_amount("from", "Amount from"), _amount("to", "Amount to")),
            _select("settles", "Expected settlement", F.settles),
            forms.text_input(
                id="filter-days", name="days", label="Days in its stage, at least", optional=True,
                default_value=F.facts["days"], error=F.errors["days"], input_mode="numeric", auto_complete="off",
            ),
            forms.tick(
                id="filter-stale", name="stale", label="Stale", note="Longer in its stage than the stage allows.",
                default_checked=F.facts["stale"] == "on",
            ),
            forms.tick(
                id="filter-news", name="news", label="New for me", note="With something in your bell not read yet.",
                default_checked=F.facts["news"] == "on",
            ),
        ),
        forms.form_foot(forms.button("Cancel", on_click=F.close), forms.submit("Show deals")),
        on_submit=F.apply,
        no_validate=True,
    )  # fmt: skip
    return overlay.drawer(form, id="filter", open=F.shown, on_close=F.close, title="Filter deals")


def _select(name: str, label: str, choices: list[tuple[str, str]] | rx.Var) -> rx.Component:
    return forms.select(
        id=f"filter-{name}", name=name, label=label, choices=choices, blank="Any", default_value=F.facts[name]
    )


def _amount(name: str, label: str) -> rx.Component:
    return forms.money(
        id=f"filter-{name}", name=name, label=label, optional=True, default_value=F.facts[name],
        error=F.errors[name], auto_complete="off",
    )  # fmt: skip
