"""What applicants in New Zealand own and owe."""

from dataclasses import replace

from salestrekker_portal.domains.questions.catalogue import assets as au
from salestrekker_portal.domains.questions.catalogue import liabilities as au_debts
from salestrekker_portal.domains.questions.catalogue.build import (
    NOTHING,
    address,
    item_type,
    money,
    of_type,
    options,
    ownership,
    percent,
    reworded,
    varied,
    yes_no,
)
from salestrekker_portal.domains.questions.conditions import answer_is
from salestrekker_portal.domains.questions.rules import at_most_withdrawn, owners_are_applicants
from salestrekker_portal.domains.questions.vocabulary import DateLimit, Field, Kind, Section, Tally

_PROPERTY_PARTS = tuple(each for each in au.PROPERTY.fields if not each.key.startswith("address_"))

PROPERTY = varied(
    replace(au.PROPERTY, lead="Homes, investments and land, here or overseas. All amounts in New Zealand dollars.",
            fields=(*address("address", "Where is it?", home="nz"), *_PROPERTY_PARTS)),
    swap={
        "property_type": Field(
            key="property_type", label="Kind of property", kind=Kind.SELECT, required=True,
            options=options(("house", "House"), ("unit", "Unit or apartment"), ("townhouse", "Townhouse"),
                            ("land", "Section"), ("rural", "Lifestyle block or farm"),
                            ("commercial", "Commercial"))),
        "value_basis": Field(
            key="value_basis", label="How do you know?", kind=Kind.SELECT,
            options=options(("estimate", "Our own estimate"), ("valuation", "Registered valuation"),
                            ("contract", "Sale and purchase agreement"), ("rates_notice", "Council rating value"))),
        "running_costs": replace(au.PROPERTY.field("running_costs"),
                                 help="Rates, insurance, body corporate, repairs and property manager."),
        "rental_income": replace(au.PROPERTY.field("rental_income"),
                                 help="All of it, before the property manager’s fees. You need not tell us again under "
                                      "Income."),
    },
)  # fmt: skip

SAVINGS = varied(
    au.SAVINGS,
    lead="Everyday and savings accounts, and term deposits.",
    drop=("bsb",),
    swap={
        "account_number": Field(key="account_number", label="Account number", kind=Kind.NZ_ACCOUNT, sensitive=True,
                                when=of_type("bank_account"), help="Bank, branch, account and suffix."),
    },
)  # fmt: skip

KIWISAVER = Section(
    key="kiwisaver",
    title="KiwiSaver",
    lead="One for each person. If this is your first home, you may be able to use it for the deposit.",
    repeats=True,
    item_noun="KiwiSaver",
    add_label="Add another KiwiSaver",
    nothing_label=NOTHING,
    summary_fields=("provider",),
    owned=True,
    of_one=True,
    fields=(
        Field(key="provider", label="Provider", required=True),
        money("balance", "Balance", required=True, tally=Tally.ASSET, help="On your provider’s app is fine."),
        percent("contribution", "What you put in, of your pay", maximum=100, help="For example, 3."),
        Field(key="member_since", label="Member since", kind=Kind.MONTH, dates=DateLimit.PAST),
        yes_no("use_for_deposit", "Will you use it for the deposit?", required=True),
        Field(key="withdrawal", label="Do you meet the rules for a first-home withdrawal?", kind=Kind.CARDS,
              required=True, when=answer_is("use_for_deposit", "yes"),
              help="You have been a member for 3 years and have not owned a home before. There are exceptions.",
              options=options(("yes", "Yes"), ("no", "No"), ("not_sure", "Not sure"))),
        money("withdrawal_amount", "How much would you take out?", when=answer_is("use_for_deposit", "yes"),
              help="$1,000 stays in, and money that came from an Australian fund."),
        ownership(personal=True),
    ),
    rules=(owners_are_applicants, at_most_withdrawn),
)  # fmt: skip

VEHICLES = varied(au.VEHICLES, swap=reworded(au.VEHICLES, rego_number="Number plate"))

ASSETS = replace(
    au.PAGE,
    sections=(PROPERTY, SAVINGS, KIWISAVER, VEHICLES, au.INVESTMENTS, au.DEPOSIT_HELP, au.OTHER),
)

LOAN_KINDS = options(
    ("vehicle_loan", "Car loan"),
    ("personal_loan", "Personal loan"),
    ("hire_purchase", "Hire purchase or store finance"),
    ("interest_free", "Interest-free purchase"),
    ("lease", "Lease"),
    ("line_of_credit", "Revolving credit"),
    ("overdraft", "Overdraft"),
    ("margin_loan", "Margin loan"),
)
_TIMED = ("vehicle_loan", "personal_loan", "interest_free", "hire_purchase", "lease")

LOANS = varied(
    au_debts.LOANS,
    lead="Also hire purchase, store finance, revolving credit and overdrafts.",
    item_types=LOAN_KINDS,
    swap={
        "type": item_type("What kind of loan is it?", LOAN_KINDS),
        "balloon": money("balloon", "Balloon or residual at the end",
                         when=of_type("vehicle_loan", "hire_purchase", "lease")),
        "ends_on": Field(key="ends_on", label="When does it end?", kind=Kind.DATE, dates=DateLimit.FUTURE,
                         when=of_type(*_TIMED)),
    },
)  # fmt: skip

HOME_LOANS = varied(
    au_debts.HOME_LOANS,
    title="Mortgages",
    lead="One for each part of your mortgage: every fixed part ends on a day of its own.",
    item_noun="part",
    add_label="Add another part",
    drop=("redraw",),
    swap={
        "limit": money("limit", "Amount first borrowed, or the limit of revolving credit", tally=Tally.LIMIT,
                       tally_when=answer_is("rate_type", "revolving")),
        "rate_type": Field(key="rate_type", label="Kind of rate", kind=Kind.CARDS, required=True,
                           options=options(("fixed", "Fixed"), ("variable", "Floating"),
                                           ("revolving", "Revolving credit"))),
        "fixed_until": Field(key="fixed_until", label="Fixed until", kind=Kind.DATE, required=True,
                             when=answer_is("rate_type", "fixed"), help="The day on which you choose again."),
    },
    after={
        "fixed_until": (
            yes_no("refix", "Would you like advice on what to do then?", when=answer_is("rate_type", "fixed")),
        ),
    },
)  # fmt: skip

STUDENT_DEBT = varied(
    au_debts.STUDENT_DEBT,
    title="Student loan",
    lead="Your student loan with Inland Revenue. The balance is in myIR.",
    item_noun="student loan",
    add_label="Add another student loan",
    swap={"name": replace(au_debts.STUDENT_DEBT.field("name"), placeholder="Student loan")},
)

OTHER_KINDS = options(
    ("tax_debt", "Tax owed to Inland Revenue"),
    ("benefit_debt", "Debt to Work and Income"),
    ("maintenance", "Child support"),
    ("guarantee", "Guarantee for somebody else’s loan"),
    ("family", "Money owed to family"),
    ("other", "Something else"),
)
_OWED = of_type("tax_debt", "benefit_debt", "family", "other")

OTHER = varied(
    au_debts.OTHER,
    lead="Tax, child support, a loan you guaranteed for someone.",
    item_types=OTHER_KINDS,
    swap={
        "type": item_type("What is it?", OTHER_KINDS),
        "name": replace(au_debts.OTHER.field("name"), when=of_type("other", "family")),
        "balance": replace(au_debts.OTHER.field("balance"), when=_OWED),
        "repayment": replace(au_debts.OTHER.field("repayment"), when=_OWED),
        "after_settlement": replace(au_debts.OTHER.field("after_settlement"), when=_OWED),
        "missed_payment": replace(au_debts.OTHER.field("missed_payment"), when=_OWED),
    },
)

LIABILITIES = replace(
    au_debts.PAGE,
    sections=(HOME_LOANS, au_debts.CARDS, LOANS, STUDENT_DEBT, au_debts.BUY_NOW_PAY_LATER, OTHER),
)
