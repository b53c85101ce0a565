"""What one applicant earns, before tax unless a question says otherwise."""

from typing import Any

from salestrekker_portal.domains.questions.catalogue.build import (
    NOTHING,
    country,
    item_type,
    money,
    money_each,
    of_type,
    options,
    ownership,
    percent,
    yes_no,
)
from salestrekker_portal.domains.questions.conditions import all_of, answer_is, answer_is_not, fact
from salestrekker_portal.domains.questions.rules import (
    each_rent_once,
    in_order,
    owners_are_applicants,
    somebody_goes_back,
)
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

_ABROAD = (
    ("usd", "US dollars"), ("gbp", "British pounds"), ("eur", "Euros"), ("sgd", "Singapore dollars"),
    ("hkd", "Hong Kong dollars"), ("aed", "UAE dirhams"), ("jpy", "Japanese yen"), ("cny", "Chinese yuan"),
    ("cad", "Canadian dollars"), ("chf", "Swiss francs"), ("other", "Another currency"),
)  # fmt: skip
_AUD, _NZD = "Australian dollars", "New Zealand dollars"
CURRENCIES = options(("local", _AUD), ("nzd", _NZD), *_ABROAD)
NZ_CURRENCIES = options(("local", _NZD), ("aud", _AUD), *_ABROAD)
# Amounts in another currency are shown as they were told, and are in no sum.
_IN_DOLLARS = answer_is_not("paid_in", "nzd", "aud", *(value for value, _ in _ABROAD))

SALARY = Section(
    key="salary",
    title="Salary and wages",
    lead="One for each job. Your payslip has most of this.",
    when=fact("works_for_wages"),
    repeats=True,
    item_noun="job",
    add_label="Add another job",
    nothing_label=NOTHING,
    summary_fields=("employer_name",),
    list_rules=(somebody_goes_back,),
    fields=(
        Field(key="employer_name", label="Employer", required=True),
        Field(key="paid_in", label="Which currency are you paid in?", kind=Kind.SELECT, required=True,
              options=CURRENCIES, when=fact("lives_abroad"), help="Type the amounts below in it."),
        *money_each("gross_salary", "Salary before tax", required=True, begins="yearly", tally=Tally.INCOME,
                    tally_when=all_of(_IN_DOLLARS, answer_is("pay_on_return", "")),
                    help="Without overtime, bonus, allowances and superannuation."),
        # A lender looks at what somebody on parental leave goes back to, not at what they are paid until then.
        *money_each("pay_on_return", "Salary once you are back", when=fact("on_leave"), tally=Tally.INCOME,
                    tally_when=_IN_DOLLARS, help="Before tax. If this is the job that you are on leave from."),
        *money_each("bonus", "Bonus", tally=Tally.INCOME, tally_when=_IN_DOLLARS),
        *money_each("overtime_essential", "Overtime you must work", tally=Tally.INCOME, tally_when=_IN_DOLLARS),
        *money_each("overtime_non_essential", "Overtime you choose to work", tally=Tally.INCOME,
                    tally_when=_IN_DOLLARS),
        *money_each("commission", "Commission", tally=Tally.INCOME, tally_when=_IN_DOLLARS),
        *money_each("allowance", "Allowances", tally=Tally.INCOME, tally_when=_IN_DOLLARS,
                    help="For example, car, tools or shift."),
        # Lenders differ: what is packaged may be added back, and a car may stand for an allowance.
        *money_each("packaged", "Salary packaging or sacrifice", help="What goes out of the salary above before tax."),
        yes_no("company_car", "Do you have a company car for private use?"),
    ),
)  # fmt: skip


def year_of(number: int, group: str, counted: bool) -> tuple[Field, ...]:
    # Only the later year is counted, so that the total is one year's income.
    tally = Tally.INCOME if counted else None
    yearly = {"group": group, "every": Frequency.YEARLY, "unit": "a year"}
    needed: dict[str, Any] = {"required": counted}
    return (
        Field(key=f"year_end_{number}", label="Year ended", kind=Kind.DATE, dates=DateLimit.PAST,
              group=group, help="Usually 30 June.", **needed),
        money(f"net_profit_{number}", "Net profit before tax", minimum=_LOSS, tally=tally,
              help="Put a minus sign in front of a loss.", **needed, **yearly),
        money(f"wages_{number}", "Director’s fees or wages drawn", tally=tally, **yearly,
              help="From a company or trust. What an owner draws from their own business is part of the profit."),
        money(f"depreciation_{number}", "Depreciation", **yearly),
        money(f"interest_{number}", "Interest paid", **yearly),
        money(f"add_backs_{number}", "Other add-backs", help="One-off costs that will not come again.",
              **yearly),
    )  # fmt: skip


# Told with the work already, where that is asked.
_UNKNOWN = fact("business_untold")

SELF_EMPLOYED = Section(
    key="self_employed",
    title="Self employed",
    lead="The last 2 years. Your tax returns or accountant have these.",
    when=fact("works_for_self"),
    repeats=True,
    item_noun="business",
    add_label="Add another business",
    nothing_label=NOTHING,
    summary_fields=("business_name",),
    fields=(
        Field(key="business_name", label="Business name", required=True),
        Field(key="structure", label="How is the business set up?", kind=Kind.CARDS, when=_UNKNOWN,
              options=options(("sole_trader", "Sole trader"), ("partnership", "Partnership"),
                              ("company", "Company"), ("trust", "Trust"))),
        percent("business_share", "Your share of the profit",
                when=all_of(_UNKNOWN, answer_is_not("structure", "sole_trader"))),
        *year_of(1, "Latest year", counted=True),
        *year_of(2, "The year before", counted=False),
    ),
    rules=(
        in_order("year_end_2", "year_end_1", "This should be the later year. Check both dates."),
    ),
)  # fmt: skip

RENTAL = Section(
    key="rental",
    title="Rent you receive",
    when=fact("may_have_rent"),
    lead="Each property once, whoever owns it. Leave out what you told us under What you own.",
    scope=Scope.SHARED,  # a flat of two owners is one entry, on either page
    repeats=True,
    item_noun="rental",
    add_label="Add another rental",
    nothing_label=NOTHING,
    summary_fields=("description",),
    owned=True,
    fields=(
        Field(key="property", label="Which property?", kind=Kind.SELECT, options_from="properties",
              help="It is in the list when you have added it under What you own."),
        Field(key="description", label="Or its address", help="If it is not in the list."),
        *money_each("amount", "Rent before costs", required=True, default="weekly", tally=Tally.INCOME),
        Field(key="manager", label="Who manages it?"),
        ownership("Who receives it?"),
    ),
    rules=(owners_are_applicants,),
    list_rules=(each_rent_once,),
)  # fmt: skip

# Paid until somebody is back at work: lenders look at what they go back to.
ENDS_WITH_LEAVE = ("parental_leave", "paid_parental_leave")

BENEFITS = options(
    ("family_tax_benefit", "Family Tax Benefit A and B"),
    ("ftb_a", "Family Tax Benefit A alone"),
    ("ftb_b", "Family Tax Benefit B alone"),
    ("jobseeker", "JobSeeker Payment"),
    ("parenting", "Parenting Payment"),
    ("parental_leave", "Parental Leave Pay"),
    ("age_pension", "Age Pension"),
    ("disability", "Disability Support Pension"),
    ("carer_payment", "Carer Payment"),
    ("carer_allowance", "Carer Allowance"),
    ("carer", "Carer Payment and Allowance"),
    ("mobility", "Mobility Allowance"),
    ("youth_allowance", "Youth Allowance"),
    ("austudy", "Austudy"),
    ("abstudy", "ABSTUDY"),
    ("veterans", "Veterans’ payment"),
    ("other", "Another payment"),
)

GOVERNMENT = Section(
    key="government",
    title="Government payments",
    repeats=True,
    item_noun="payment",
    add_label="Add another payment",
    nothing_label=NOTHING,
    item_types=BENEFITS,
    summary_fields=("name",),
    fields=(
        item_type("Which payment is it?", BENEFITS),
        Field(key="name", label="Name of the payment", required=True, when=of_type("other")),
        *money_each("amount", "Amount", required=True, default="fortnightly", tally=Tally.INCOME,
                    tally_when=answer_is_not("type", *ENDS_WITH_LEAVE)),
    ),
)  # fmt: skip

OTHER_KINDS = options(
    ("dividends", "Dividends"),
    ("interest", "Interest"),
    ("managed_funds", "Managed funds"),
    ("trust_distribution", "Distribution from a trust"),
    ("super_pension", "Superannuation or other pension"),
    ("annuity", "Annuity"),
    ("workers_compensation", "Workers compensation"),
    ("income_protection", "Income protection insurance"),
    ("maintenance", "Maintenance received"),
    ("foreign", "Income from overseas"),
    ("board", "Board received"),
    ("other", "Something else"),
)

OTHER = Section(
    key="other",
    title="Other income",
    lead="Investments, pensions, maintenance, income from overseas.",
    repeats=True,
    item_noun="income",
    add_label="Add another income",
    nothing_label=NOTHING,
    item_types=OTHER_KINDS,
    summary_fields=("description",),
    owned=True,
    fields=(
        item_type("What kind of income is it?", OTHER_KINDS),
        Field(key="description", label="Where does it come from?"),
        country("country", "Country", default="", required=True, when=of_type("foreign")),
        Field(key="currency", label="Currency", max_length=40, required=True, when=of_type("foreign"),
              help="For example, US dollars."),
        *money_each("foreign_amount", "Amount in that currency", required=True, when=of_type("foreign")),
        *money_each("amount", "Amount", required=True, tally=Tally.INCOME,
                    when=of_type(*(kind.value for kind in OTHER_KINDS if kind.value != "foreign"))),
        Field(key="until", label="Until when?", kind=Kind.DATE, dates=DateLimit.FUTURE,
              when=of_type("maintenance"), help="When the youngest child turns 18, if that ends it."),
        ownership("Who receives it?", personal=True),
    ),
    rules=(owners_are_applicants,),
)  # fmt: skip

PAGE = Page(
    key="income",
    title="Income",
    broker_title="Income",
    lead="Everything you earn, before tax.",
    scope=Scope.PER_APPLICANT,
    party=Party.PERSON,
    sections=(SALARY, SELF_EMPLOYED, RENTAL, GOVERNMENT, OTHER),
)
