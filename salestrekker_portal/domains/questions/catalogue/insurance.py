"""Which insurance the applicants have, and what they would like advice on."""

from salestrekker_portal.domains.questions.catalogue.build import (
    NOTHING,
    PROPERTY_LOANS,
    item_type,
    money,
    of_type,
    options,
)
from salestrekker_portal.domains.questions.rules import none_stands_alone
from salestrekker_portal.domains.questions.vocabulary import (
    DateLimit,
    Field,
    Frequency,
    Kind,
    Page,
    Party,
    Scope,
    Section,
)

COVERS = options(
    ("income_protection", "Income protection"),
    ("life", "Life"),
    ("tpd", "Total and permanent disability"),
    ("trauma", "Trauma"),
    ("home", "Home"),
    ("contents", "Contents"),
    ("landlord", "Landlord"),
    ("vehicle", "Vehicle"),
    ("health", "Health"),
    ("business", "Business"),
)

POLICIES = Section(
    key="policies",
    title="Your policies",
    lead="Cover inside your superannuation counts too.",
    repeats=True,
    item_noun="policy",
    add_label="Add another policy",
    nothing_label=NOTHING,
    optional=True,
    item_types=COVERS,
    summary_fields=("provider",),
    fields=(
        item_type("What does it cover?", COVERS),
        Field(key="insured", label="Who is covered?", kind=Kind.TICKS, options_from="applicants",
              when=of_type("income_protection", "life", "tpd", "trauma", "health")),
        Field(key="provider", label="Who is it with?", required=True),
        Field(key="policy_number", label="Policy number", max_length=40, broker_only=True),
        money("value", "Amount insured"),
        money("premium", "Premium", unit="a month", every=Frequency.MONTHLY),
        Field(key="expires_on", label="When does it end?", kind=Kind.DATE, dates=DateLimit.FUTURE),
        Field(key="beneficiary", label="Who is it paid to?", when=of_type("life", "tpd", "trauma"), broker_only=True),
    ),
)  # fmt: skip

ADVICE = Section(
    key="advice",
    title="Advice on insurance",
    lead="Your broker can introduce you to somebody who advises on insurance. It is up to you.",
    optional=True,
    fields=(
        Field(key="wanted", label="Would you like advice on any of these?", kind=Kind.TICKS,
              options=(*COVERS, *options(("none", "None of these")))),
    ),
    rules=(none_stands_alone("wanted"),),
)  # fmt: skip

PAGE = Page(
    key="insurance",
    title="Insurance",
    broker_title="Insurance",
    scope=Scope.SHARED,
    party=Party.PERSON,
    loans=PROPERTY_LOANS,
    sections=(POLICIES, ADVICE),
)
