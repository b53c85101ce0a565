"""Other people who advise the applicants."""

from salestrekker_portal.domains.questions.catalogue.build import NOTHING, PROPERTY_LOANS, item_type, options, yes_no
from salestrekker_portal.domains.questions.vocabulary import Field, Kind, Loan, Page, Scope, Section

ROLES = options(
    ("accountant", "Accountant"),
    ("solicitor", "Solicitor or conveyancer"),
    ("financial_adviser", "Financial adviser"),
    ("real_estate_agent", "Real estate agent"),
    ("insurance_broker", "Insurance broker"),
    ("builder", "Builder"),
    ("buyers_agent", "Buyer’s agent"),
    ("other", "Somebody else"),
)

PEOPLE = Section(
    key="people",
    title="Other advisers",
    lead="People who help you with money or property. It saves time when the lender needs them.",
    repeats=True,
    item_noun="adviser",
    add_label="Add another adviser",
    nothing_label=NOTHING,
    optional=True,
    item_types=ROLES,
    summary_fields=("name", "company"),
    fields=(
        item_type("What do they do for you?", ROLES),
        Field(key="name", label="Name", required=True),
        Field(key="company", label="Company"),
        Field(key="phone", label="Phone", kind=Kind.PHONE),
        Field(key="email", label="Email", kind=Kind.EMAIL),
        Field(key="address", label="Address", kind=Kind.ADDRESS),
        yes_no("ok_to_contact", "May your broker contact them?", required=True),
    ),
)

PAGE = Page(
    key="advisers",
    title="Other advisers",
    broker_title="Other advisers",
    scope=Scope.SHARED,
    loans=(*PROPERTY_LOANS, Loan.ASSET_COMMERCIAL),
    sections=(PEOPLE,),
)
