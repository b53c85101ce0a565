"""The figures of a business: its last two years, what it owns and owes, and whether it is up to date."""

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
    percent,
    varied,
    yes_no,
)
from salestrekker_portal.domains.questions.conditions import answer_is
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

_LOSS = -99_999_999_999  # a business may have made a loss


def _year(key: str, title: str, year_end: str, latest: bool) -> Section:
    # A young business has no year before: it says so, and nothing is missing.
    asked = None if latest else answer_is("traded", "yes")

    def amount(name: str, label: str, **more: Any) -> Field:
        return money(name, label, unit="a year", every=Frequency.YEARLY, when=asked, **more)

    return Section(
        key=key,
        title=title,
        fields=(
            *(() if latest else (yes_no("traded", "Did it trade in that year?", required=True),)),
            Field(key="year_end", label="Year ended", kind=Kind.DATE, dates=DateLimit.PAST, required=True,
                  help=f"Usually {year_end}.", when=asked),
            amount("sales", "Sales", required=True),
            amount("net_profit", "Net profit before tax", minimum=_LOSS, required=True,
                   help="Put a minus sign in front of a loss.", tally=Tally.INCOME if latest else None),
            amount("depreciation", "Depreciation"),
            amount("interest", "Interest paid"),
            amount("salaries", "Salaries of directors or owners"),
            amount("add_backs", "Other add-backs", help="One-off costs that will not come again."),
            amount("tax", "Income tax"),
        ),
    )  # fmt: skip


def _financials(year_end: str) -> Page:
    return Page(
        key="financials",
        title="Financials",
        broker_title="Financials",
        lead="From the accounts or tax returns. Your accountant can send them too.",
        scope=Scope.PER_APPLICANT,
        party=Party.COMPANY,
        sections=(
            _year("latest_year", "Latest year", year_end, latest=True),
            _year("year_before", "The year before", year_end, latest=False),
            Section(
                key="this_year",
                title="This year so far",
                fields=(
                    Field(key="until", label="Figures up to", kind=Kind.DATE, dates=DateLimit.PAST),
                    money("sales", "Sales so far"),
                    money("net_profit", "Net profit so far", minimum=_LOSS),
                    Field(key="outlook", label="How does this year compare?", kind=Kind.CARDS, required=True,
                          options=options(("better", "Better"), ("same", "About the same"), ("worse", "Worse"))),
                    Field(key="outlook_why", label="Why?", kind=Kind.LONG_TEXT, required=True,
                          when=answer_is("outlook", "better", "worse")),
                ),
            ),
        ),
    )  # fmt: skip


FINANCIALS, NZ_FINANCIALS = _financials("30 June"), _financials("31 March")

_OWNED = options(
    ("real_estate", "Real estate"),
    ("plant", "Plant and equipment"),
    ("vehicle", "Vehicle"),
    ("bank_account", "Bank account"),
    ("debtors", "Money that customers owe"),
    ("stock", "Stock"),
    ("investment", "Shares or other investments"),
    ("loan_to", "A loan that it gave"),
    ("goodwill", "Goodwill"),
    ("other", "Something else"),
)

_THINGS = Section(
    key="things",
    title="What the business owns",
    lead="From the balance sheet, or good estimates.",
    repeats=True,
    item_noun="asset",
    add_label="Add another asset",
    nothing_label=NOTHING,
    item_types=_OWNED,
    summary_fields=("description",),
    fields=(
        item_type("What is it?", _OWNED),
        Field(key="description", label="Description", required=True,
              help="An address, make and model, bank, or a few words."),
        money("value", "What is it worth?", required=True, tally=Tally.ASSET),
        yes_no("financed", "Is there a loan on it?", when=of_type("real_estate", "plant", "vehicle")),
        Field(key="bsb", label="BSB", kind=Kind.BSB, when=of_type("bank_account"), help="6 digits."),
        Field(key="account_number", label="Account number", max_length=20, sensitive=True,
              when=of_type("bank_account")),
    ),
)  # fmt: skip

_OWED = options(
    ("overdraft", "Overdraft"),
    ("term_loan", "Business loan"),
    ("property_loan", "Loan on real estate"),
    ("equipment", "Chattel mortgage, lease or hire purchase"),
    ("card", "Business credit card"),
    ("creditors", "Bills not paid yet"),
    ("tax", "Tax owed"),
    ("director_loan", "Loan from a director or owner"),
    ("guarantee", "A guarantee that it gave"),
    ("other", "Something else"),
)
_LENT = of_type("overdraft", "term_loan", "property_loan", "equipment", "card")

_DEBTS = Section(
    key="debts",
    title="What the business owes",
    repeats=True,
    item_noun="debt",
    add_label="Add another debt",
    nothing_label=NOTHING,
    item_types=_OWED,
    summary_fields=("lender",),
    fields=(
        item_type("What is it?", _OWED),
        Field(key="lender", label="Who is it owed to?", required=True),
        money("limit", "Amount borrowed or limit", tally=Tally.LIMIT, tally_when=of_type("overdraft", "card"),
              when=_LENT),
        amount_owed(required=True),
        *money_each("repayment", "Repayment", default="monthly", tally=Tally.REPAYMENT, when=_LENT),
        percent("rate", "Interest rate", maximum=40, when=_LENT),
        Field(key="ends_on", label="When does it end?", kind=Kind.DATE, dates=DateLimit.FUTURE, when=_LENT),
        money("balloon", "Balloon or residual at the end", when=of_type("equipment")),
        Field(key="after_settlement", label="When you get the new loan, will you…", kind=Kind.CARDS, required=True,
              options=options(("keep", "Keep it"), ("close", "Close it"),
                              ("refinance", "Pay it out with the new loan")), when=_LENT),
        yes_no("missed_payment", "Missed a payment in the last 6 months?", required=True, when=_LENT),
        Field(key="missed_payment_detail", label="What happened?", kind=Kind.LONG_TEXT, required=True,
              when=answer_is("missed_payment", "yes")),
    ),
)  # fmt: skip


def _page(key: str, title: str, broker_title: str, section: Section, **more: Any) -> Page:
    return Page(key=key, title=title, broker_title=broker_title, scope=Scope.PER_APPLICANT, party=Party.COMPANY,
                sections=(section,), **more)  # fmt: skip


ASSETS = _page("business_assets", "What the business owns", "Business assets", _THINGS)
LIABILITIES = _page("business_liabilities", "What the business owes", "Business liabilities", _DEBTS)

NZ_ASSETS = replace(
    ASSETS,
    sections=(
        varied(
            _THINGS,
            drop=("bsb",),
            swap={
                "account_number": Field(
                    key="account_number", label="Account number", kind=Kind.NZ_ACCOUNT, sensitive=True,
                    when=of_type("bank_account"), help="Bank, branch, account and suffix."),
            },
        ),
    ),
)  # fmt: skip
NZ_LIABILITIES = LIABILITIES


def _declared(key: str, label: str, detail: str, on: str, **more: Any) -> tuple[Field, Field]:
    return (
        yes_no(key, label, required=True, **more),
        Field(key=f"{key}_detail", label=detail, kind=Kind.LONG_TEXT, required=True, when=answer_is(key, on)),
    )


def _compliance(office: str, *lodged: Field) -> Page:
    section = Section(
        key="standing",
        title="Up to date",
        lead="A no does not mean no loan. Not telling can.",
        fields=(
            *_declared("tax_up_to_date", "Are all tax returns lodged?", "Which ones are not, and why?", "no"),
            *lodged,
            *_declared("tax_debt", f"Does it owe money to {office}?", "How much, and is there a payment plan?", "yes"),
            *_declared("litigation", "Is there a court case, or is one coming?", "What is it about?", "yes"),
            *_declared("insolvency", "Has it had a manager, receiver, administrator or liquidator?",
                       "When, and how did it end?", "yes"),
            *_declared("other_lender", "Has it applied to another lender for this loan?", "Which one, and when?",
                       "yes"),
        ),
    )  # fmt: skip
    return _page("compliance", "Tax and obligations", "Compliance", section, sensitive=True)


COMPLIANCE = _compliance(
    "the tax office",
    yes_no("activity_statements", "Are all activity statements (BAS) lodged?", required=True),
)
NZ_COMPLIANCE = _compliance("Inland Revenue", yes_no("gst_returns", "Are all GST returns filed?", required=True))
