"""What a household spends.

The categories follow the industry's common expense list of September 2019. Nothing is assumed: each
row has an amount, zero included, or somebody ticks "None".
"""

from salestrekker_portal.domains.questions.catalogue.build import money_each
from salestrekker_portal.domains.questions.conditions import answer_is_not
from salestrekker_portal.domains.questions.rules import none_means_none
from salestrekker_portal.domains.questions.vocabulary import Field, Kind, Page, Party, Scope, Section, Tally

HOUSEHOLD = Section(
    key="household",
    title="Your household",
    lead="People who share their costs are one household.",
    minutes=1,
    fields=(
        Field(key="name", label="Name for this household", placeholder="Our home"),
        Field(key="members", label="Who is in it?", kind=Kind.TICKS, options_from="applicants",
              required=True),
    ),
)  # fmt: skip


def category(key: str, label: str, help: str = "") -> tuple[Field, ...]:
    """One category: an amount, how often, or none; a comment, and the broker's split."""
    none = f"{key}_none"
    amount, often = money_each(
        key,
        label,
        default="monthly",
        help=help,
        required_when=answer_is_not(none, "yes"),
        tally=Tally.EXPENSE,
    )
    return (
        amount,
        often,
        Field(key=none, label=f"None: {label}", kind=Kind.TICK, beside=key),
        Field(key=f"{key}_comment", label=f"Comment: {label}", beside=key, max_length=500),
        # Even parts of the household unless a broker says otherwise.
        Field(key=f"{key}_split", label=f"Split: {label}", kind=Kind.OWNERSHIP, beside=key, broker_only=True),
    )


def group(key: str, title: str, lead: str, minutes: int, *rows: tuple[str, str, str]) -> Section:
    """Categories under one heading, each (key, label, help)."""
    return Section(
        key=key,
        title=title,
        lead=lead,
        minutes=minutes,
        fields=tuple(field for row in rows for field in category(*row)),
        rules=(none_means_none([row[0] for row in rows]),),
    )


GENERAL = group(
    "general",
    "General living",
    "Your bank statements of the last 3 months are a good guide.",
    4,
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
    1,
    ("childcare", "Childcare", "Day care, before and after school care, nannies."),
    ("public_education", "Public school", "Primary and secondary: fees, uniforms, books and excursions."),
    ("private_education", "Private school", "Non-government school fees, uniforms, books and excursions."),
)

EDUCATION = group(
    "education",
    "Adult education",
    "",
    1,
    ("adult_education", "Higher education and professional fees",
     "Courses, training, union fees and an accountant. Not HECS or HELP."),
)  # fmt: skip

INSURANCE = group(
    "insurance",
    "Insurance",
    "",
    1,
    ("health_insurance", "Health insurance", "Also ambulance cover."),
    ("life_insurance", "Sickness, accident and life insurance", ""),
    ("other_insurance", "Other insurance",
     "Such as pets or a caravan. Leave out vehicles, and home and contents."),
)  # fmt: skip

PROPERTY = group(
    "property",
    "Property",
    "",
    2,
    ("primary_residence", "Running your home",
     "Electricity, gas, water, council rates, repairs, home and contents insurance."),
    ("strata", "Body corporate, strata and land tax", "On the home you live in."),
    ("secondary_residence", "Running a second home", "A holiday home, for example."),
    ("investment_property", "Running investment property",
     "Rates, land tax, strata, insurance, repairs and agent’s fees."),
)  # fmt: skip

HOUSING = group(
    "housing",
    "Rent and board",
    "What you pay now.",
    1,
    ("rent", "Rent", ""),
    ("board", "Board", ""),
)

COMMITMENTS = group(
    "commitments",
    "Commitments",
    "",
    1,
    ("maintenance", "Child and spousal maintenance", "What you pay, by agreement or court order."),
)

PAGE = Page(
    key="expenses",
    title="Living expenses",
    broker_title="Expenses",
    lead="What you really spend. If you spend nothing, type 0 or tick None.",
    scope=Scope.HOUSEHOLD,
    party=Party.PERSON,
    sections=(HOUSEHOLD, GENERAL, CHILDREN, EDUCATION, INSURANCE, PROPERTY, HOUSING, COMMITMENTS),
)
