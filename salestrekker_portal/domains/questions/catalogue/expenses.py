"""What a household spends.

The categories follow the industry's common expense list of September 2019. Nothing is assumed: each
row has an amount, zero included, or somebody ticks "None".
"""

from dataclasses import dataclass
from typing import Any

from salestrekker_portal.domains.questions.catalogue.build import PROPERTY_LOANS, money_each
from salestrekker_portal.domains.questions.conditions import Condition, all_of, answer_is_not, fact
from salestrekker_portal.domains.questions.rules import none_means_none
from salestrekker_portal.domains.questions.vocabulary import Field, Kind, Page, Party, Scope, Section, Tally

HOUSEHOLD = Section(
    key="household",
    title="Your household",
    lead="People who share their costs are one household.",
    when=fact("sees_other_applicants"),
    fields=(
        Field(key="name", label="Name for this household", placeholder="Our home"),
        Field(key="members", label="Who is in it?", kind=Kind.TICKS, options_from="applicants",
              required=True),
    ),
)  # fmt: skip


# What a small loan's lender asks of: the rest goes under Other, or is left open.
FOR_EVERY_LOAN = frozenset(
    ("groceries", "medical", "transport", "telephone", "memberships", "recreation", "health_insurance",
     "primary_residence", "utilities", "childcare", "public_education", "private_education", "maintenance")
)  # fmt: skip
_FOR_PROPERTY = fact("loan", *PROPERTY_LOANS)


@dataclass(frozen=True, kw_only=True)
class CategoryAsked:
    """Where a category comes in: asked only `when`; `needed` False where another section asks for it."""

    when: Condition | None = None
    needed: bool = True


def category(key: str, label: str, help: str = "", asked: CategoryAsked = CategoryAsked()) -> tuple[Field, ...]:
    """One category: an amount, how often, or none; a comment, and the broker's split."""
    none = f"{key}_none"
    open_still: Condition = answer_is_not(none, "yes")
    if key not in FOR_EVERY_LOAN:
        open_still = all_of(open_still, _FOR_PROPERTY)
    amount, often = money_each(
        key,
        label,
        default="monthly",
        help=help,
        required_when=open_still if asked.needed else None,
        tally=Tally.EXPENSE,
        when=asked.when,
    )
    return (
        amount,
        often,
        Field(key=none, label=f"None: {label}", kind=Kind.TICK, beside=key, when=asked.when),
        Field(key=f"{key}_comment", label=f"Comment: {label}", beside=key, max_length=500, when=asked.when,
              folded=True),
        # Even parts of the household unless a broker says otherwise.
        Field(key=f"{key}_split", label=f"Split: {label}", kind=Kind.OWNERSHIP, beside=key, broker_only=True,
              when=asked.when),
    )  # fmt: skip


Row = tuple[str, str, str] | tuple[str, str, str, CategoryAsked]


def group(key: str, title: str, lead: str, *rows: Row, **more: Any) -> Section:
    """Categories under one heading, each (key, label, help), and where it comes in when that is not everywhere."""
    return Section(
        key=key,
        title=title,
        lead=lead,
        fields=tuple(field for row in rows for field in category(*row)),
        rules=(none_means_none([row[0] for row in rows]),),
        **more,
    )


OWN_HOME, SECOND_HOME = CategoryAsked(when=fact("owns_home")), CategoryAsked(when=fact("owns_second_home"))
INVESTMENT = CategoryAsked(when=fact("owns_investment"))
# Asked beside the address. Here it may be typed too, as a flow may leave addresses out, and is never needed.
WITH_ADDRESS = CategoryAsked(needed=False)


GENERAL = group(
    "general",
    "General living",
    "Your bank statements of the last 3 months are a good guide.",
    ("groceries", "Groceries",
     "Supermarket food, drinks without alcohol, toiletries and cleaning products."),
    ("clothing", "Clothing and personal care", "Clothes, shoes, hair and cosmetics."),
    ("medical", "Medical and health", "Doctors, dentist, optical and pharmacy. Not insurance."),
    ("transport", "Transport",
     "Fuel, servicing, registration, vehicle insurance, tolls and public transport."),
    ("telephone", "Phone, internet and subscriptions", "Also pay TV and streaming."),
    ("recreation", "Recreation and entertainment",
     "Eating out, alcohol, tobacco, gym, hobbies, holidays and music lessons."),
    ("pets", "Pet care", "Food, vet and grooming. Not insurance."),
    ("other", "Other", "Anything that fits nowhere else, such as running a boat, caravan or motorcycle."),
)  # fmt: skip

CHILDREN = group(
    "children",
    "Children",
    "",
    ("childcare", "Childcare", "Day care, before and after school care, nannies."),
    ("public_education", "Public school", "Primary and secondary: fees, uniforms, books and excursions."),
    ("private_education", "Private school", "Non-government school fees, uniforms, books and excursions."),
    when=fact("has_dependants"),
)

EDUCATION = group(
    "education",
    "Adult education",
    "",
    ("adult_education", "Higher education and professional fees",
     "Courses, training, union fees and an accountant. Not HECS or HELP."),
)  # fmt: skip

INSURANCE = group(
    "insurance",
    "Insurance",
    "",
    ("health_insurance", "Health insurance", "Also ambulance cover."),
    ("life_insurance", "Sickness, accident and life insurance", ""),
    ("other_insurance", "Other insurance",
     "Such as pets or a caravan. Leave out vehicles, and home and contents."),
)  # fmt: skip

PROPERTY = group(
    "property",
    "Property",
    "",
    ("primary_residence", "Running your home",
     "Electricity, gas, water, council rates, repairs, home and contents insurance."),
    ("strata", "Body corporate, strata and land tax", "On the home you live in.", OWN_HOME),
    ("secondary_residence", "Running a second home", "A holiday home, for example.", SECOND_HOME),
    ("investment_property", "Running investment property or land",
     "Rates, land tax, strata, insurance, repairs and agent’s fees.", INVESTMENT),
)  # fmt: skip

HOUSING = group(
    "housing",
    "Rent and board",
    "What you pay now. It comes from where you live: only add what is not said there.",
    ("rent", "Rent", "", WITH_ADDRESS),
    ("board", "Board", "", WITH_ADDRESS),
    when=fact("asks_housing"),
    optional=True,
)

COMMITMENTS = group(
    "commitments",
    "Commitments",
    "",
    ("maintenance", "Child and spousal maintenance", "What you pay, by agreement or court order."),
)

PAGE = Page(
    key="expenses",
    title="Living expenses",
    broker_title="Expenses",
    lead="What you really spend. If you spend nothing, type 0 or tick None.",
    scope=Scope.HOUSEHOLD,
    party=Party.PERSON,
    on_one_screen=True,
    sections=(HOUSEHOLD, GENERAL, CHILDREN, EDUCATION, INSURANCE, PROPERTY, HOUSING, COMMITMENTS),
)
