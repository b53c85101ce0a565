"""What the applicants own."""

from salestrekker_portal.domains.questions.catalogue.build import (
    NOTHING,
    PROPERTY_LOANS,
    address,
    item_type,
    money,
    money_each,
    of_type,
    options,
    ownership,
    percent,
    yes_no,
)
from salestrekker_portal.domains.questions.conditions import answer_is, fact
from salestrekker_portal.domains.questions.rules import local_postcode, owners_are_applicants, sold_with_a_kept_loan
from salestrekker_portal.domains.questions.vocabulary import DateLimit, Field, Kind, Page, Party, Scope, Section, Tally

PROPERTY = Section(
    key="property",
    title="Property",
    lead="Homes, investments and land, here or overseas. All amounts in Australian dollars.",
    repeats=True,
    item_noun="property",
    add_label="Add another property",
    nothing_label=NOTHING,
    summary_fields=("address_street_name", "address_description"),
    owned=True,
    fields=(
        *address("address", "Where is it?"),
        Field(key="use", label="How is it used?", kind=Kind.CARDS, required=True,
              options=options(("owner_occupied", "We live there"), ("investment", "Investment"),
                              ("vacant_land", "Vacant land"), ("holiday_home", "Holiday home"))),
        Field(key="property_type", label="Kind of property", kind=Kind.SELECT, required=True,
              options=options(("house", "House"), ("unit", "Unit or apartment"),
                              ("townhouse", "Townhouse"), ("land", "Land"), ("rural", "Rural"),
                              ("commercial", "Commercial"))),
        money("value", "What is it worth?", required=True, tally=Tally.ASSET),
        Field(key="value_basis", label="How do you know?", kind=Kind.SELECT,
              options=options(("estimate", "Our own estimate"), ("valuation", "Valuation"),
                              ("contract", "Contract of sale"), ("rates_notice", "Rates notice"))),
        *money_each("rental_income", "Rent it brings in",
                    when=answer_is("use", "investment", "holiday_home", "vacant_land"),
                    tally=Tally.INCOME,
                    help="All of it, before the agent’s fees. You need not tell us again under Income."),
        *money_each("running_costs", "What it costs to run",
                    help="Rates, insurance, strata, repairs and agent’s fees."),
        Field(key="secured_loans", label="Which loans are secured by it?", kind=Kind.TICKS,
              options_from="loans", help="Add the loans under What you owe first."),
        yes_no("to_be_sold", "Will you sell it?"),
        ownership("Who owns it?",
                  help="As on the title. Add anybody who owns a part, even if they are not on this loan."),
    ),
    rules=(owners_are_applicants, local_postcode("address"), sold_with_a_kept_loan),
)  # fmt: skip

SAVINGS_KINDS = options(("bank_account", "Bank account"), ("term_deposit", "Term deposit"))

SAVINGS = Section(
    key="savings",
    title="Bank accounts",
    lead="Everyday, savings and offset accounts, and term deposits.",
    repeats=True,
    item_noun="account",
    add_label="Add another account",
    nothing_label=NOTHING,
    item_types=SAVINGS_KINDS,
    summary_fields=("bank_name",),
    owned=True,
    fields=(
        item_type("What kind of account is it?", SAVINGS_KINDS),
        Field(key="bank_name", label="Bank", required=True),
        Field(key="bsb", label="BSB", kind=Kind.BSB, when=of_type("bank_account"), help="6 digits."),
        Field(key="account_number", label="Account number", max_length=20, sensitive=True),
        money("balance", "Balance today", required=True, tally=Tally.ASSET),
        Field(key="matures_on", label="When does it mature?", kind=Kind.DATE, when=of_type("term_deposit")),
        ownership(),
    ),
    rules=(owners_are_applicants,),
)  # fmt: skip

VEHICLES = Section(
    key="vehicles",
    title="Vehicles",
    lead="Cars, motorcycles, boats and caravans.",
    repeats=True,
    item_noun="vehicle",
    add_label="Add another vehicle",
    nothing_label=NOTHING,
    summary_fields=("name",),
    owned=True,
    fields=(
        Field(key="name", label="Make and model", required=True, help="For example, Toyota Corolla."),
        Field(key="build_date", label="When was it built?", kind=Kind.MONTH, dates=DateLimit.PAST),
        money("value", "What is it worth?", required=True, tally=Tally.ASSET,
              help="What you could sell it for today."),
        Field(key="rego_number", label="Registration number", max_length=20),
        ownership(),
    ),
    rules=(owners_are_applicants,),
)  # fmt: skip

SUPERANNUATION = Section(
    key="superannuation",
    title="Superannuation",
    repeats=True,
    item_noun="fund",
    add_label="Add another fund",
    nothing_label=NOTHING,
    summary_fields=("fund",),
    owned=True,
    of_one=True,
    fields=(
        Field(key="fund", label="Fund", required=True),
        money("balance", "Balance", required=True, tally=Tally.ASSET, help="On your last statement is fine."),
        Field(key="member_since", label="Member since", kind=Kind.MONTH, dates=DateLimit.PAST),
        ownership(personal=True),
    ),
    rules=(owners_are_applicants,),
)  # fmt: skip

INVESTMENT_KINDS = options(
    ("shares", "Shares"),
    ("managed_funds", "Managed funds"),
    ("cryptocurrency", "Cryptocurrency"),
    ("life_policy", "Life policy with a cash value"),
    ("business_equity", "Share of a business"),
    ("plant_equipment", "Plant and equipment"),
)

INVESTMENTS = Section(
    key="investments",
    title="Investments",
    lead="Shares, funds and your part of a business.",
    repeats=True,
    item_noun="investment",
    add_label="Add another investment",
    nothing_label=NOTHING,
    item_types=INVESTMENT_KINDS,
    summary_fields=("name",),
    owned=True,
    fields=(
        item_type("What kind of investment is it?", INVESTMENT_KINDS),
        Field(key="name", label="Name", required=True, help="For example, the company, fund or business."),
        Field(key="institution", label="Who is it with?",
              when=of_type("managed_funds", "cryptocurrency", "life_policy")),
        money("value", "What is it worth?", required=True, tally=Tally.ASSET),
        percent("business_share", "How much of it do you own together?", when=of_type("business_equity"),
                help="The value above is for your part only."),
        ownership(),
    ),
    rules=(owners_are_applicants,),
)  # fmt: skip

DEPOSIT_KINDS = options(("gift", "Gift or inheritance towards the deposit"), ("deposit_paid", "Deposit already paid"))

DEPOSIT_HELP = Section(
    key="deposit",
    title="Towards your deposit",
    loans=PROPERTY_LOANS,
    # "Your own money" asks for both now: here of those who told it here, or whose flow has no other place.
    when=fact("asks_deposit_there"),
    lead="A gift you expect, or a deposit you have already paid.",
    repeats=True,
    item_noun="amount",
    add_label="Add another amount",
    nothing_label=NOTHING,
    item_types=DEPOSIT_KINDS,
    summary_fields=("donor", "property"),
    owned=True,
    fields=(
        item_type("What is it?", DEPOSIT_KINDS),
        Field(key="donor", label="Who is it from?", required=True, when=of_type("gift")),
        Field(key="relationship", label="How are they related to you?", when=of_type("gift")),
        Field(key="property", label="For which property?", required=True, when=of_type("deposit_paid")),
        money("amount", "Amount", required=True, tally=Tally.ASSET, owed_when=answer_is("repayable", "yes")),
        yes_no("repayable", "Do you have to pay it back?", required=True, when=of_type("gift")),
        ownership(personal=True),
    ),
    rules=(owners_are_applicants,),
)  # fmt: skip

OTHER_KINDS = options(("home_contents", "Home contents"), ("other", "Something else"))

OTHER = Section(
    key="other",
    title="Anything else",
    lead="Home contents, jewellery, art and collections. A rough value is fine.",
    optional=True,
    repeats=True,
    item_noun="thing",
    add_label="Add another thing",
    nothing_label=NOTHING,
    item_types=OTHER_KINDS,
    summary_fields=("name", "description"),
    owned=True,
    fields=(
        item_type("What is it?", OTHER_KINDS),
        Field(key="name", label="Name", required=True, when=of_type("other")),
        Field(key="description", label="Description", when=of_type("home_contents"),
              help="For example, furniture and appliances."),
        money("value", "What is it worth?", required=True, tally=Tally.ASSET),
        ownership(),
    ),
    rules=(owners_are_applicants,),
)  # fmt: skip

PAGE = Page(
    key="assets",
    title="What you own",
    broker_title="Assets",
    lead="Add everything of value, alone or together. Good estimates are fine.",
    scope=Scope.SHARED,
    party=Party.PERSON,
    sections=(PROPERTY, SAVINGS, VEHICLES, SUPERANNUATION, INVESTMENTS, DEPOSIT_HELP, OTHER),
)
