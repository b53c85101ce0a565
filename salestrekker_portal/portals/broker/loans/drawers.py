"""The forms of a loan and of a security."""

import reflex as rx

from salestrekker_portal.domains.loans.rules import ADDRESS_LIMIT, LENDER_LIMIT, PRODUCT_LIMIT, REFERENCE_LIMIT
from salestrekker_portal.portals.broker.loans.form_state import LoanFormState
from salestrekker_portal.tables.loans import RateKind, RepaymentKind
from salestrekker_portal.ui import forms, overlay
from salestrekker_portal.ui.kinds import optional

RATE_KINDS = [(RateKind.VARIABLE.value, "Variable"), (RateKind.FIXED.value, "Fixed")]
REPAYMENT_KINDS = [
    (RepaymentKind.PRINCIPAL_AND_INTEREST.value, "Principal and interest"),
    (RepaymentKind.INTEREST_ONLY.value, "Interest only"),
]
S = LoanFormState


def loan_drawer() -> rx.Component:
    title = rx.cond(S.key != "", "Change the loan", "Add a loan")
    return overlay.drawer(_loan_form(), id="loan", open=S.shown == "loan", on_close=S.close, title=title)


def security_drawer() -> rx.Component:
    title = rx.cond(S.key != "", "Change the security", "Add a security")
    return overlay.drawer(_security_form(), id="security", open=S.shown == "security", on_close=S.close, title=title)


def _foot() -> rx.Component:
    return forms.form_foot(forms.button("Cancel", on_click=S.close), forms.submit("Save"))


def _loan_form() -> rx.Component:
    said = rx.el.p("Filled in from the client’s answers. Nothing is kept until you save.", class_name="small muted")
    return rx.el.form(
        forms.filled_from(S.facts),
        forms.fields(optional(S.from_answers, said), *_who(), *_how()),
        _foot(),
        on_submit=LoanFormState.save_loan,
        no_validate=True,
        custom_attrs={"data-about": S.key},
    )


def _given(kind, id: str, name: str, label: str, **props) -> rx.Component:
    """A field of the form with what it begins with and what was refused."""
    return kind(
        id=id, name=name, label=label, default_value=S.facts[name], error=S.errors[name], optional=True, **props
    )


def _who() -> list[rx.Component]:
    return [
        _given(forms.money, "loan-amount", "amount", "Amount", custom_attrs={"data-first": ""}),
        _given(forms.text_input, "loan-lender", "lender", "Lender", limit=LENDER_LIMIT),
        _given(forms.text_input, "loan-product", "product", "Product", limit=PRODUCT_LIMIT),
        _given(forms.text_input, "loan-reference", "reference", "Lender’s reference", limit=REFERENCE_LIMIT),
    ]


def _how() -> list[rx.Component]:
    def choice(id: str, name: str, label: str, choices: list[tuple[str, str]]) -> rx.Component:
        return forms.select(
            id=id, name=name, label=label, choices=choices, blank=None, default_value=S.facts[name],
            error=S.errors[name],
        )  # fmt: skip

    return [
        forms.pair(
            choice("loan-rate-kind", "rate_kind", "Kind of rate", RATE_KINDS),
            _given(forms.percent, "loan-rate", "rate", "Rate a year"),
        ),
        _given(
            forms.date_input, "loan-fixed-until", "fixed_until", "Fixed until",
            help="For a fixed rate. For example, 17/4/2029",
        ),
        forms.pair(
            choice("loan-repayment-kind", "repayment_kind", "Repayments", REPAYMENT_KINDS),
            _given(forms.text_input, "loan-years", "years", "Term in years", input_mode="decimal"),
        ),
        _given(
            forms.money, "loan-repayment", "repayment", "Repayment a month",
            help="Leave this empty to have it worked out.",
        ),
    ]  # fmt: skip


def _security_form() -> rx.Component:
    return rx.el.form(
        forms.filled_from(S.facts),
        forms.fields(
            forms.address_input(
                id="security-address", name="address", label="Address, or what it is", land=S.land,
                default_value=S.facts["address"], error=S.errors["address"], limit=ADDRESS_LIMIT,
                custom_attrs={"data-first": ""},
            ),
            _given(forms.money, "security-price", "price", "Price or estimate"),
            _given(
                forms.money, "security-valuation", "valuation", "Lender’s valuation",
                help="Counts before the price once you have it.",
            ),
        ),
        _foot(),
        on_submit=LoanFormState.save_security,
        no_validate=True,
        custom_attrs={"data-about": S.key},
    )  # fmt: skip
