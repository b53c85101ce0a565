"""What the entity is, who is behind it, where it is, and who answers for it.

Tax file numbers are never asked for here.
"""

from salestrekker_portal.domains.questions.catalogue.build import (
    PROPERTY_LOANS,
    address,
    item_type,
    money,
    options,
    percent,
    varied,
    yes_no,
)
from salestrekker_portal.domains.questions.conditions import answer_is, answer_is_not, fact, includes
from salestrekker_portal.domains.questions.identity import director_id
from salestrekker_portal.domains.questions.rules import local_postcode, not_po_box
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

_TRUSTS = ("trust", "smsf")
_IS_TRUST = fact("entity_type", *_TRUSTS)
_COMPANY = answer_is("entity_type", "private_company", "public_company")

DETAILS = Section(
    key="details",
    title="The business",
    lead="As it is registered.",
    fields=(
        Field(key="entity_type", label="What is it?", kind=Kind.CARDS, required=True,
              options=options(("private_company", "Private company"), ("public_company", "Public company"),
                              ("trust", "Trust"), ("smsf", "Self-managed super fund"),
                              ("partnership", "Partnership"), ("sole_trader", "Sole trader"),
                              ("association", "Incorporated association"))),
        Field(key="legal_name", label="Legal name", required=True),
        Field(key="trading_name", label="Trading name", help="If it trades under another name."),
        Field(key="abn", label="ABN", kind=Kind.ABN, required=True, help="11 digits."),
        Field(key="acn", label="ACN", kind=Kind.ACN, required=True, when=_COMPANY, help="9 digits."),
        Field(key="registered_on", label="Registered since", kind=Kind.DATE, dates=DateLimit.PAST),
        yes_no("gst_registered", "Registered for GST?", required=True),
        Field(key="gst_since", label="Registered for GST since", kind=Kind.MONTH, dates=DateLimit.PAST,
              when=answer_is("gst_registered", "yes")),
        Field(key="industry", label="What does it do?", required=True,
              help="For example, builds and renovates homes."),
        Field(key="website", label="Website"),
        Field(key="employees", label="Number of employees", kind=Kind.INTEGER),
    ),
)  # fmt: skip

TRUST = Section(
    key="trust",
    title="The trust",
    lead="Your trust deed has all of this.",
    when=_IS_TRUST,
    fields=(
        Field(key="trust_name", label="Name of the trust", required=True),
        # Of a fund it was said before what it is.
        Field(key="trust_type", label="Kind of trust", kind=Kind.CARDS, required=True,
              when=fact("entity_type", "trust"),
              options=options(("discretionary", "Discretionary or family"), ("unit", "Unit"),
                              ("hybrid", "Hybrid"), ("smsf", "Super fund"))),
        Field(key="deed_date", label="Date of the deed", kind=Kind.DATE, dates=DateLimit.PAST, required=True),
        Field(key="appointor", label="Appointor", help="Who can change the trustee."),
        Field(key="settlor", label="Settlor", help="Who set the trust up."),
        Field(key="beneficiaries", label="Beneficiaries", kind=Kind.LONG_TEXT, required=True,
              when=fact("entity_type", "trust"),
              help="Names, or the group they are named as in the deed."),
        Field(key="unit_holders", label="Unit holders and their units", kind=Kind.LONG_TEXT, required=True,
              when=answer_is("trust_type", "unit", "hybrid")),
    ),
)  # fmt: skip

# A fund borrows through a limited recourse borrowing arrangement: a bare trust holds the property until the loan is
# repaid (Superannuation Industry (Supervision) Act 1993, s 67A).
SMSF = Section(
    key="smsf",
    title="How the fund borrows",
    lead="Your accountant or adviser has all of this.",
    when=fact("entity_type", "smsf"),
    loans=PROPERTY_LOANS,
    fields=(
        Field(key="members", label="How many members does the fund have?", kind=Kind.INTEGER, minimum=1, maximum=6,
              required=True),
        yes_no("deed_allows", "Does the fund’s deed allow it to borrow?", required=True),
        yes_no("strategy", "Does its investment strategy name this investment?", required=True),
        Field(key="bare_trust", label="Is there a bare trust to hold the property?", kind=Kind.CARDS, required=True,
              help="Also called a custodian or holding trust. It is set up before the contract is signed.",
              options=options(("yes", "Yes"), ("being_set_up", "Being set up"), ("no", "Not yet"))),
        Field(key="bare_trust_name", label="Name of the bare trust", required=True,
              when=answer_is("bare_trust", "yes")),
        Field(key="bare_trustee", label="Its trustee", required=True, when=answer_is("bare_trust", "yes"),
              help="A company that is not the fund’s trustee."),
        Field(key="bare_trustee_acn", label="ACN of its trustee", kind=Kind.ACN, when=answer_is("bare_trust", "yes")),
        yes_no("related", "Will a member, or somebody related, live in it or rent it?", required=True,
               help="A home may not. Premises of a business may."),
        money("contributions", "Paid into the fund each year, for all members", every=Frequency.YEARLY, unit="a year"),
    ),
)  # fmt: skip

_TRUSTEE_KINDS = options(("person", "A person"), ("company", "A company"))

TRUSTEES = Section(
    key="trustees",
    title="Trustees",
    lead="Everybody who acts for the trust.",
    repeats=True,
    item_noun="trustee",
    add_label="Add another trustee",
    item_types=_TRUSTEE_KINDS,
    summary_fields=("name",),
    when=_IS_TRUST,
    fields=(
        item_type("Who is it?", _TRUSTEE_KINDS),
        Field(key="name", label="Name", required=True),
        Field(key="acn", label="ACN", kind=Kind.ACN, when=answer_is("type", "company")),
        Field(key="directors", label="Its directors", help="Their names, one after the other.",
              when=answer_is("type", "company")),
    ),
)  # fmt: skip

_ROLES = options(
    ("director", "Director"),
    ("secretary", "Secretary"),
    ("shareholder", "Shareholder of 25 % or more"),
    ("partner", "Partner"),
    ("owner", "Owner"),
    ("office_holder", "Office holder"),
)

PEOPLE = Section(
    key="people",
    title="Directors, partners and owners",
    lead="Everybody who runs it, and everybody who owns a quarter or more.",
    repeats=True,
    item_noun="person",
    add_label="Add another person",
    summary_fields=("name",),
    fields=(
        Field(key="name", label="Name", required=True, help="Of a person, or of a company that owns a part."),
        Field(key="roles", label="What are they?", kind=Kind.TICKS, required=True, options=_ROLES),
        percent("share", "Part that they own", required=True, when=includes("roles", "shareholder", "partner")),
        Field(key="date_of_birth", label="Date of birth", kind=Kind.DATE, dates=DateLimit.PAST, sensitive=True),
        Field(key="mobile", label="Mobile", kind=Kind.MOBILE),
        Field(key="email", label="Email", kind=Kind.EMAIL),
        Field(key="director_id", label="Director ID", max_length=24, sensitive=True, when=includes("roles", "director"),
              help="15 digits, from ABRS. They have it in their own ABRS account."),
        yes_no("guarantor", "Would they guarantee the loan?", required=True,
               help="A guarantor pays if the business can’t. Your broker explains it to them first."),
        yes_no("invite", "May your broker invite them to answer for themselves?",
               help="They get their own page. They do not see the rest."),
    ),
    rules=(director_id,),
)  # fmt: skip


NZ_PEOPLE = varied(PEOPLE, drop=("director_id",), rules=())


def _addresses(home: str) -> Section:
    office = answer_is_not("principal_same", "yes")
    mail = answer_is_not("mailing_same", "yes")
    return Section(
        key="addresses",
        title="Addresses",
        fields=(
            *address("registered", "Registered office", help="Not a PO box.", home=home),
            Field(key="principal_same", label="It does its business there too", kind=Kind.TICK, default="yes"),
            *address("principal", "Main place of business", when=office, home=home),
            Field(key="mailing_same", label="Send mail to the registered office", kind=Kind.TICK, default="yes"),
            *address("mailing", "Where should mail go?", po_box=True, when=mail, home=home),
        ),
        rules=(
            local_postcode("registered"),
            local_postcode("principal"),
            local_postcode("mailing"),
            not_po_box("registered"),
        ),
    )


ADDRESSES, NZ_ADDRESSES = _addresses("au"), _addresses("nz")

CONTACT_PERSON = Section(
    key="contact_person",
    title="Contact person",
    lead="Who answers for the business here. The link and the sign-in code go to them.",
    fields=(
        Field(key="first_name", label="First name", required=True),
        Field(key="last_name", label="Last name", required=True),
        Field(key="role", label="Role in the business", required=True, help="For example, director or bookkeeper."),
        Field(key="mobile", label="Mobile", kind=Kind.MOBILE, required=True),
        Field(key="email", label="Email", kind=Kind.EMAIL, required=True),
        Field(key="phone", label="Phone of the business", kind=Kind.PHONE),
    ),
)

_LEAD = "Only what the business itself has to say. The people in it have their own pages."

AUSTRALIAN = Page(
    key="entity",
    title="The business",  # screens put the name of the business here
    broker_title="Company, trust or partnership",
    lead=_LEAD,
    scope=Scope.PER_APPLICANT,
    party=Party.COMPANY,
    named_by_subject=True,
    sections=(DETAILS, TRUST, TRUSTEES, SMSF, PEOPLE, ADDRESSES, CONTACT_PERSON),
)

NZ_DETAILS = varied(
    DETAILS,
    drop=("abn", "acn"),
    swap={
        "entity_type": Field(
            key="entity_type", label="What is it?", kind=Kind.CARDS, required=True,
            options=options(("private_company", "Company"), ("trust", "Trust"), ("partnership", "Partnership"),
                            ("limited_partnership", "Limited partnership"), ("sole_trader", "Sole trader"),
                            ("association", "Incorporated society"))),
    },
    after={
        "abn": (
            Field(key="nzbn", label="NZBN", kind=Kind.NZBN, help="13 digits. A trust or sole trader may have none.",
                  required_when=answer_is("entity_type", "private_company", "limited_partnership")),
            Field(key="company_number", label="Company number", max_length=12,
                  when=answer_is("entity_type", "private_company", "limited_partnership")),
            Field(key="ird_number", label="IRD number", kind=Kind.IRD, sensitive=True,
                  help="Only if you want to: the lender may ask for it."),
        ),
    },
)  # fmt: skip

NZ_TRUST = varied(
    TRUST,
    swap={
        "trust_type": Field(key="trust_type", label="Kind of trust", kind=Kind.CARDS, required=True,
                            options=options(("discretionary", "Family or discretionary"), ("unit", "Unit"),
                                            ("hybrid", "Trading"), ("charitable", "Charitable"))),
    },
)  # fmt: skip

NZ_TRUSTEES = varied(
    TRUSTEES,
    drop=("acn",),
    after={"acn": (Field(key="nzbn", label="NZBN", kind=Kind.NZBN, when=answer_is("type", "company")),)},
)

NEW_ZEALAND = Page(
    key="entity",
    title="The business",
    broker_title="Company, trust or partnership",
    lead=_LEAD,
    scope=Scope.PER_APPLICANT,
    party=Party.COMPANY,
    named_by_subject=True,
    sections=(NZ_DETAILS, NZ_TRUST, NZ_TRUSTEES, NZ_PEOPLE, NZ_ADDRESSES, CONTACT_PERSON),
)
