"""What the statements say: accounts, money in and out, and suggestions for the comments of the expenses."""

import reflex as rx

from salestrekker_portal.portals.broker.bank_statements.rows import FlowRow, SuggestionRow
from salestrekker_portal.portals.broker.bank_statements.state import BankStatementsState as S
from salestrekker_portal.ui.data import badge, card, table
from salestrekker_portal.ui.feedback import banner
from salestrekker_portal.ui.forms import button, link_to_button
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import unseen

COLUMNS = [("Account", False), ("Number", False), ("Balance", True), ("In a month", True), ("Out a month", True)]


def found_card(found: rx.Var) -> rx.Component:
    """One summary. Nothing of it is in the client profile until somebody takes it over, and no amount ever is."""
    accounts = table(
        label="Accounts",
        columns=COLUMNS,
        body=rx.foreach(found["accounts"].to(list[list[str]]), _account),
    )
    flows = rx.el.div(
        _flow("Money in, a month", found["income"]), _flow("Money out, a month", found["expenses"]), class_name="halves"
    )
    return card(
        rx.el.div(
            rx.el.p(found["period"], ". Averages a month; own transfers are left out.", class_name="small muted"),
            accounts,
            flows,
            rx.el.p(found["more"], class_name="small"),
            _suggestions(found),
            class_name="stack",
        ),
        title=rx.Var.create("Summary: ") + found["title"].to(str),
        key=found["id"],
    )


def _account(cells: rx.Var) -> rx.Component:
    row = cells.to(list[str])
    numbers = [rx.el.td(row[place], class_name="is-right figures") for place in (2, 3, 4)]
    return rx.el.tr(rx.el.td(row[0]), rx.el.td(row[1]), *numbers)


def _flow(title: str, rows: rx.Var) -> rx.Component:
    def line(row: rx.Var) -> rx.Component:
        return rx.el.div(
            rx.el.dt(row["name"]), rx.el.dd(row["amount"], class_name="figures"), class_name="fact", key=row["name"]
        )

    return rx.el.section(
        rx.el.h3(title), rx.el.dl(rx.foreach(rows.to(list[FlowRow]), line), class_name="facts is-plain")
    )


def _suggestions(found: rx.Var) -> rx.Component:
    rows = found["suggestions"].to(list[SuggestionRow])
    first = banner(
        tone="warn",
        text="Say first who is in the household, under Expenses: the comments belong to it.",
        actions=link_to_button("Open client profile", to="../profile", small=True),
        close=True,
        live=False,
    )
    return rx.el.section(
        rx.el.h3("Suggested comments for the expenses"),
        rx.el.p(
            "Each goes into the comment of its expense, for you and your client to talk about. Amounts stay empty.",
            class_name="small muted",
        ),
        rx.cond(found["household"], rx.fragment(), first),
        rx.el.ul(rx.foreach(rows, lambda row: _suggestion(row, found["id"], found["household"])), class_name="rows"),
        class_name="stack is-tight",
    )


def _suggestion(row: rx.Var, request_id: rx.Var, household: rx.Var) -> rx.Component:
    take = button(
        "Take over",
        unseen(rx.Var.create(" the comment of ") + row["name"].to(str)),
        small=True,
        disabled=~household.to(bool),
        on_click=S.take(request_id, row["key"]),
    )
    present = rx.el.p("Comment now: ", row["present"], class_name="row-note")
    return rx.el.li(
        rx.el.div(
            rx.el.p(row["name"], class_name="row-name"),
            rx.el.p(row["text"], class_name="small"),
            rx.cond(row["taken"], rx.fragment(), optional(row["present"], present)),
            class_name="grow breakable",
        ),
        rx.cond(row["taken"], badge("In the comment", tone="ok", icon="check"), take),
        class_name="statement-request",
        key=row["key"],
    )
