"""Loans and securities of a deal: what is borrowed, from whom, against what, and by when."""

import reflex as rx

from salestrekker_portal.portals.broker.deal.edit_dialog import edit_deal_dialog
from salestrekker_portal.portals.broker.deal.edit_state import EditDealState
from salestrekker_portal.portals.broker.deal.frame import DEAL_LOADS, deal_frame
from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.portals.broker.loans.drawers import loan_drawer, security_drawer
from salestrekker_portal.portals.broker.loans.form_state import LoanFormState
from salestrekker_portal.portals.broker.loans.state import LoansState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.kinds import optional, when


@page(
    "/deals/[deal_id]/loans",
    title="Loans and securities",
    portal=Portal.BROKER,
    on_load=[*DEAL_LOADS, LoansState.load],
)
def loans_page() -> rx.Component:
    shown = rx.el.div(_loans(), _securities(), _dates(), class_name="stack")
    return deal_frame(
        live_signal(on_change=LoansState.load),
        rx.cond(LoansState.loaded_id == DealFrameState.deal_id, shown, feedback.skeleton_card()),
        active="loans",
        around=rx.fragment(loan_drawer(), security_drawer(), edit_deal_dialog()),
    )


def _closed() -> rx.Var:
    return DealFrameState.locked | DealFrameState.archived


def _add(words: str, act) -> rx.Component:
    return forms.button(words, tone="quiet", icon="plus", small=True, disabled=_closed(), on_click=act)


def _acts(name: rx.Var, change, remove) -> rx.Component:
    return rx.el.div(
        forms.icon_button(name="pencil", label="Change " + name, small=True, disabled=_closed(), on_click=change),
        forms.icon_button(name="trash-2", label="Remove " + name, small=True, disabled=_closed(), on_click=remove),
        class_name="row is-tight",
    )


def _loans() -> rx.Component:
    def one(each: rx.Var) -> rx.Component:
        head = rx.el.div(
            rx.el.h3(each["name"], class_name="loan-name"),
            rx.el.b(each["amount"], class_name="loan-amount"),
            _acts(each["name"], LoanFormState.show_loan(each["id"]), LoanFormState.remove_loan(each["id"])),
            class_name="loan-head",
        )
        facts = data.facts(
            [
                ("Rate", each["rate"]),
                ("Repayment", each["repayment"]),
                ("Term", each["term"]),
                ("Lender’s reference", each["reference"]),
            ],
            columns=2,
        )
        return rx.el.div(head, facts, class_name="loan", key=each["id"])

    sums = data.totals(
        [("Together", LoansState.together), ("Repaid a month", LoansState.repaid), ("Loan to value", LoansState.lvr)]
    )
    differs = feedback.banner(
        tone="info",
        text="The loans come to " + LoansState.together + ", and the deal’s value says " + LoansState.differs + ".",
        live=False,
    )
    none = rx.el.p(
        "No loan yet. Add one as soon as you know an amount or a lender.", class_name="small muted card-none"
    )
    some = rx.fragment(sums, optional(LoansState.differs, differs), rx.foreach(LoansState.loans, one))
    return data.card(
        rx.cond(LoansState.loans.length() > 0, some, none),
        title="Loans",
        end=_add("Add loan", LoanFormState.show_loan("")),
    )


def _securities() -> rx.Component:
    def one(each: rx.Var) -> rx.Component:
        acts = _acts(
            each["address"], LoanFormState.show_security(each["id"]), LoanFormState.remove_security(each["id"])
        )
        return rx.el.div(
            rx.el.div(rx.el.h3(each["address"], class_name="loan-name"), acts, class_name="loan-head"),
            data.facts([("Price", each["price"]), ("Lender’s valuation", each["valuation"])], columns=2),
            class_name="loan",
            key=each["id"],
        )

    meter = rx.el.div(
        rx.el.div(
            rx.el.span(rx.el.b(LoansState.lvr), " of what secures the loans"),
            rx.el.span(LoansState.lvr_words, class_name="muted"),
            class_name="lvr-words",
        ),
        rx.el.div(
            rx.el.div(class_name="lvr-value", style={"width": LoansState.lvr_bar.to_string() + "%"}),
            rx.el.span(class_name="lvr-mark"),
            class_name=["lvr", when(LoansState.lvr_over, "is-over")],
            aria_hidden="true",
        ),
        rx.el.p(
            rx.cond(
                LoansState.lvr_over,
                "More than 80%: lenders usually ask for mortgage insurance.",
                "80% is where lenders usually begin to ask for mortgage insurance.",
            ),
            class_name="small muted",
        ),
        class_name="stack is-tight",
    )
    none = rx.el.p("No security yet.", class_name="small muted card-none")
    some = rx.fragment(optional(LoansState.lvr_words, meter), rx.foreach(LoansState.securities, one))
    return data.card(
        rx.cond(LoansState.securities.length() > 0, some, none),
        title="Securities",
        end=_add("Add security", LoanFormState.show_security("")),
    )


def _dates() -> rx.Component:
    edit = forms.button(
        "Edit", tone="quiet", icon="pencil", small=True, disabled=_closed(), on_click=EditDealState.show
    )
    return data.card(data.facts(LoansState.dates, columns=2), title="Dates", end=edit)
