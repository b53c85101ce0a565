"""What the applicants owe."""

from dataclasses import replace
from typing import Any

from salestrekker_portal.domains.questions.catalogue.build import (
    NOTHING,
    amount_owed,
    item_type,
    money,
    money_each,
    of_type,
    options,
    ownership,
    percent,
    yes_no,
)
from salestrekker_portal.domains.questions.conditions import answer_is
from salestrekker_portal.domains.questions.rules import kept_on_a_sold_property, owners_are_applicants
from salestrekker_portal.domains.questions.vocabulary import (
    DateLimit,
    Field,
    Frequency,
    Kind,
    Page,
    Party,
    Scope,
    Section,
    Tally,
)

KEPT = (("keep", "Keep it"), ("close", "Close it"), ("refinance", "Pay it out with the new loan"))
_WHO_OWES = "Who must pay it?"
_SHARED = (
    "Add anybody who signed for it, even if they are not on this loan. Each of you must pay all of it if the others "
    "can’t."
)


def after_settlement(*more: tuple[str, str]) -> Field:
    return Field(key="after_settlement", label="When you get the new loan, will you…", kind=Kind.CARDS,
                 required=True, options=options(*KEPT, *more))  # fmt: skip


# Asked of every debt.
EVERY_DEBT = (
    ownership(_WHO_OWES, personal=True),
    after_settlement(),
    yes_no("missed_payment", "Missed a payment in the last 6 months?", required=True),
    Field(key="missed_payment_detail", label="What happened?", kind=Kind.LONG_TEXT, required=True,
          when=answer_is("missed_payment", "yes")),
)  # fmt: skip


# Where somebody outside the loan may have signed too.
SHARED_DEBT = (ownership(_WHO_OWES, help=_SHARED), *EVERY_DEBT[1:])
# What can be kept with a lower limit.
REVOLVING_DEBT = (
    EVERY_DEBT[0],
    after_settlement(("reduce", "Keep it, with a lower limit")),
    money("reduced_limit", "What will the limit be?", required=True, when=answer_is("after_settlement", "reduce")),
    *EVERY_DEBT[2:],
)


def monthly(required: bool = False, **more: Any) -> Field:
    return money("repayment", "Usual payment each month", required=required, unit="a month",
                 every=Frequency.MONTHLY, tally=Tally.REPAYMENT, **more)  # fmt: skip


IN_CREDIT = -99_999_999  # somebody paid too much

CARD_KINDS = options(("credit_card", "Credit card"), ("store_card", "Store card"))

CARDS = Section(
    key="cards",
    title="Credit and store cards",
    lead="Lenders count the limit, even if you owe nothing.",
    repeats=True,
    item_noun="card",
    add_label="Add another card",
    nothing_label=NOTHING,
    item_types=CARD_KINDS,
    summary_fields=("lender",),
    owned=True,
    fields=(
        item_type("What kind of card is it?", CARD_KINDS),
        Field(key="lender", label="Who is it with?", required=True),
        money("limit", "Card limit", required=True, tally=Tally.LIMIT),
        amount_owed(required=True, minimum=IN_CREDIT, help="A minus sign in front if the bank owes you."),
        monthly(help="What you really pay, not the smallest allowed."),
        *REVOLVING_DEBT,
    ),
    rules=(owners_are_applicants,),
)

LOAN_KINDS = options(
    ("vehicle_loan", "Car loan"),
    ("personal_loan", "Personal loan"),
    ("lease", "Lease"),
    ("hire_purchase", "Hire purchase"),
    ("chattel_mortgage", "Chattel mortgage"),
    ("novated_lease", "Novated lease"),
    ("interest_free", "Interest-free purchase"),
    ("line_of_credit", "Line of credit"),
    ("overdraft", "Overdraft"),
    ("margin_loan", "Margin loan"),
)
_LEASES = ("lease", "hire_purchase", "chattel_mortgage", "novated_lease")
_REVOLVING = ("line_of_credit", "overdraft", "margin_loan")

LOANS = Section(
    key="loans",
    title="Car and personal loans",
    lead="Also leases, lines of credit, overdrafts and margin loans.",
    repeats=True,
    item_noun="loan",
    add_label="Add another loan",
    nothing_label=NOTHING,
    item_types=LOAN_KINDS,
    summary_fields=("lender",),
    owned=True,
    fields=(
        item_type("What kind of loan is it?", LOAN_KINDS),
        Field(key="lender", label="Who is it with?", required=True),
        money("limit", "Amount borrowed or limit", tally=Tally.LIMIT, tally_when=of_type(*_REVOLVING),
              help="When it started."),
        amount_owed(required=True),
        monthly(required=True),
        money("balloon", "Balloon or residual at the end", when=of_type("vehicle_loan", *_LEASES)),
        Field(key="ends_on", label="When does it end?", kind=Kind.DATE, dates=DateLimit.FUTURE,
              when=of_type("vehicle_loan", "personal_loan", "interest_free", *_LEASES)),
        percent("rate", "Interest rate", when=of_type(*_REVOLVING)),
        *SHARED_DEBT,
    ),
    rules=(owners_are_applicants,),
)  # fmt: skip

# What a new lender asks of the loan that it pays out.
_PAID_OUT = answer_is("after_settlement", "refinance")

HOME_LOAN_KINDS = options(
    ("home_loan", "Home loan"), ("investment_loan", "Investment loan"), ("bridging", "Bridging loan")
)

HOME_LOANS = Section(
    key="home_loans",
    title="Home and investment loans",
    repeats=True,
    item_noun="home loan",
    add_label="Add another home loan",
    nothing_label=NOTHING,
    item_types=HOME_LOAN_KINDS,
    summary_fields=("lender",),
    owned=True,
    fields=(
        item_type("What kind of loan is it?", HOME_LOAN_KINDS),
        Field(key="lender", label="Who is it with?", required=True),
        Field(key="account_number", label="Account number", max_length=30, sensitive=True),
        money("limit", "Amount first borrowed"),
        amount_owed(required=True),
        *money_each("repayment", "Repayment", required=True, default="monthly", tally=Tally.REPAYMENT),
        percent("rate", "Interest rate", maximum=30, required_when=_PAID_OUT),
        Field(key="rate_type", label="Kind of rate", kind=Kind.CARDS,
              options=options(("variable", "Variable"), ("fixed", "Fixed"))),
        Field(key="fixed_until", label="Fixed until", kind=Kind.DATE, when=answer_is("rate_type", "fixed")),
        Field(key="repayment_type", label="What do you repay?", kind=Kind.CARDS,
              options=options(("principal_interest", "Principal and interest"),
                              ("interest_only", "Interest only"))),
        Field(key="interest_only_until", label="Interest only until", kind=Kind.DATE,
              when=answer_is("repayment_type", "interest_only")),
        Field(key="remaining_years", label="Years left", kind=Kind.INTEGER, maximum=40, required_when=_PAID_OUT),
        money("offset_balance", "In the offset account"),
        money("redraw", "Available to redraw"),
        Field(key="secured_property", label="Which property secures it?", kind=Kind.SELECT,
              options_from="properties", help="Add the property under What you own first."),
        *SHARED_DEBT,
    ),
    rules=(owners_are_applicants, kept_on_a_sold_property),
)  # fmt: skip

STUDENT_DEBT = Section(
    key="student_debt",
    title="Student debt",
    lead="HECS or HELP. Your balance is in myGov, under the tax office.",
    repeats=True,
    item_noun="student debt",
    add_label="Add another student debt",
    nothing_label=NOTHING,
    summary_fields=("name",),
    owned=True,
    of_one=True,
    fields=(
        Field(key="name", label="What is it?", placeholder="HECS-HELP"),
        amount_owed(required=True),
        # No new loan pays it out, and it is repaid with the taxes: a broker who knows better writes it down.
        EVERY_DEBT[0],
        *(replace(each, required=False, broker_only=True) for each in EVERY_DEBT[1:]),
    ),
    rules=(owners_are_applicants,),
)

BUY_NOW_PAY_LATER = Section(
    key="buy_now_pay_later",
    title="Buy now, pay later",
    lead="Counts as a loan, even for small amounts.",
    repeats=True,
    item_noun="account",
    add_label="Add another account",
    nothing_label=NOTHING,
    summary_fields=("lender",),
    owned=True,
    fields=(
        Field(key="lender", label="Who is it with?", required=True),
        money("limit", "Limit", required=True, tally=Tally.LIMIT),
        amount_owed(required=True),
        monthly(),
        *REVOLVING_DEBT,
    ),
    rules=(owners_are_applicants,),
)

OTHER_KINDS = options(
    ("tax_debt", "Tax debt or payment plan"),
    ("benefit_debt", "Centrelink debt"),
    ("family", "Money owed to family"),
    ("maintenance", "Child or spousal maintenance"),
    ("guarantee", "Guarantee for somebody else’s loan"),
    ("other", "Something else"),
)

_OWED = of_type("tax_debt", "benefit_debt", "family", "other")

OTHER = Section(
    key="other",
    title="Anything else",
    lead="Tax or Centrelink debt, family, maintenance, a loan you guaranteed for someone.",
    repeats=True,
    item_noun="debt",
    add_label="Add another debt",
    nothing_label=NOTHING,
    item_types=OTHER_KINDS,
    summary_fields=("name", "borrower"),
    owned=True,
    fields=(
        item_type("What is it?", OTHER_KINDS),
        Field(key="name", label="Who is it owed to?", required=True, when=of_type("family", "other")),
        Field(key="borrower", label="Whose loan is it?", required=True, when=of_type("guarantee")),
        Field(key="lender", label="Who is the loan with?", when=of_type("guarantee")),
        money("guaranteed", "Amount you guaranteed", required=True, when=of_type("guarantee")),
        amount_owed(required=True, when=_OWED),
        monthly(when=_OWED),
        # Counted under Living expenses, where every household must answer for it.
        *money_each("maintenance", "Amount you pay", required=True, when=of_type("maintenance")),
        EVERY_DEBT[0],
        # Maintenance and a guarantee are not paid out by a new loan.
        *(replace(each, when=each.when or _OWED) for each in EVERY_DEBT[1:]),
    ),
    rules=(owners_are_applicants,),
)

PAGE = Page(
    key="liabilities",
    title="What you owe",
    broker_title="Liabilities",
    lead="Add everything you pay off, alone or together. It is better to list too much than too little.",
    scope=Scope.SHARED,
    party=Party.PERSON,
    sections=(CARDS, LOANS, HOME_LOANS, STUDENT_DEBT, BUY_NOW_PAY_LATER, OTHER),
)
