"""What is bought, and where the money beside the loan comes from. Asked of whoever named a purchase as a purpose."""

from salestrekker_portal.domains.questions.catalogue.build import (
    NZ_REGIONS,
    PROPERTY_LOANS,
    STATES,
    item_type,
    money,
    money_each,
    of_type,
    options,
    varied,
    yes_no,
)
from salestrekker_portal.domains.questions.conditions import all_of, answer_is, any_of, fact
from salestrekker_portal.domains.questions.rules import in_order
from salestrekker_portal.domains.questions.vocabulary import DateLimit, Field, Kind, Section, Tally

_FOUND = answer_is("found", "found")
_BUYS = fact("buys")

TITLES = options(
    ("torrens", "Freehold (Torrens)"), ("strata", "Strata"), ("community", "Community title"),
    ("company", "Company title"), ("leasehold", "Leasehold"), ("not_sure", "Not sure"),
)  # fmt: skip

THE_PROPERTY = Section(
    key="property",
    title="The property you are buying",
    lead="Have the contract at hand if you have one. If you are still looking, tell us what you have in mind.",
    loans=PROPERTY_LOANS,
    when=_BUYS,
    fields=(
        Field(key="found", label="Have you found it?", kind=Kind.CARDS, required=True,
              options=options(("found", "Yes, this one"), ("looking", "Still looking"))),
        Field(key="address", label="Where is it?", kind=Kind.ADDRESS, required=True, when=_FOUND,
              help="Number, street, suburb and postcode."),
        Field(key="state", label="In which state?", kind=Kind.SELECT, options=STATES, required=True),
        money("price", "Price, or the most you would pay", required=True),
        Field(key="contract_signed", label="When did you sign the contract?", kind=Kind.DATE, dates=DateLimit.PAST,
              when=_FOUND, help="Leave it empty if you have not signed yet."),
        Field(key="finance_due", label="When is your finance due?", kind=Kind.DATE, when=_FOUND,
              help="The day in the contract by which the loan must be approved."),
        Field(key="condition", label="What is it?", kind=Kind.CARDS, required=True,
              options=options(("established", "Established home"), ("new", "New home"), ("land", "Land only"),
                              ("house_and_land", "House and land"), ("off_the_plan", "Off the plan"))),
        Field(key="dwelling", label="Kind of property", kind=Kind.SELECT,
              when=answer_is("condition", "established", "new", "off_the_plan"),
              options=options(("house", "House"), ("unit", "Unit or apartment"), ("townhouse", "Townhouse"),
                              ("rural", "Rural"), ("commercial", "Commercial"))),
        Field(key="title", label="What kind of title?", kind=Kind.SELECT, options=TITLES, when=_FOUND,
              help="On the first page of the contract. Your broker can look it up."),
        *money_each("rent_expected", "Rent that you expect", when=fact("buys_to_let"), default="weekly"),
        yes_no("rent_ends", "Will you stop paying rent once you have it?", required=True,
               when=all_of(fact("pays_rent"), fact("buys_to_live_in"))),
    ),
    rules=(in_order("contract_signed", "finance_due", "Finance is due before the contract was signed. Check both."),),
)  # fmt: skip

NZ_THE_PROPERTY = varied(
    THE_PROPERTY,
    drop=("state",),
    swap={
        "address": Field(key="address", label="Where is it?", kind=Kind.ADDRESS, required=True, when=_FOUND,
                         help="Number, street, suburb and town."),
        "condition": Field(
            key="condition", label="What is it?", kind=Kind.CARDS, required=True,
            options=options(("established", "Existing home"), ("new", "New home"), ("land", "Section"),
                            ("house_and_land", "House and land"), ("off_the_plan", "Off the plan"))),
        "title": Field(
            key="title", label="What kind of title?", kind=Kind.SELECT, when=_FOUND,
            help="In the agreement, or on the record of title.",
            options=options(("fee_simple", "Fee simple (freehold)"), ("cross_lease", "Cross-lease"),
                            ("unit_title", "Unit title"), ("leasehold", "Leasehold"), ("maori_land", "Māori land"),
                            ("not_sure", "Not sure"))),
    },
    after={
        "address": (
            Field(key="nz_region", label="In which region?", kind=Kind.SELECT, options=NZ_REGIONS, required=True),
        ),
    },
)  # fmt: skip

_KINDS = options(
    ("savings", "Savings"),
    ("deposit_paid", "Deposit already paid"),
    ("gift", "Gift or inheritance"),
    ("sale", "Sale of a property"),
    ("equity", "Equity in a property"),
    ("super_saver", "First Home Super Saver"),
    ("grant", "Grant or concession"),
    ("family_loan", "Loan from family"),
    ("other", "Something else"),
)
_GIVEN = of_type("gift", "family_loan")
_NOT_OWNED_YET = of_type("gift", "family_loan", "deposit_paid")

FUNDS = Section(
    key="funds",
    title="Your own money",
    lead="Everything you put in yourselves, one entry for each place it comes from.",
    loans=PROPERTY_LOANS,
    when=_BUYS,
    repeats=True,
    item_noun="place it comes from",
    add_label="Add another place it comes from",
    nothing_label="Nothing of our own",
    item_types=_KINDS,
    summary_fields=("source",),
    fields=(
        item_type("Where does it come from?", _KINDS),
        # What is not among their assets already; what must be paid back is a debt as well.
        money("amount", "How much?", required=True, tally=Tally.ASSET, tally_when=_NOT_OWNED_YET,
              owed_when=any_of(of_type("family_loan"), answer_is("repayable", "yes"))),
        Field(key="source", label="From whom?", required=True, when=_GIVEN),
        yes_no("repayable", "Do you have to pay it back?", required=True, when=of_type("gift"),
               help="Lenders ask the giver to say so in writing."),
        Field(key="note", label="Which account or property?", when=of_type("savings", "sale", "equity", "other")),
        Field(key="available_on", label="When will it be there?", kind=Kind.DATE,
              when=of_type("sale", "super_saver", "grant")),
    ),
)  # fmt: skip

_NZ_KINDS = options(
    ("savings", "Savings"),
    ("kiwisaver", "KiwiSaver"),
    ("deposit_paid", "Deposit already paid"),
    ("gift", "Gift or inheritance"),
    ("sale", "Sale of a property"),
    ("equity", "Equity in a property"),
    ("family_loan", "Loan from family"),
    ("other", "Something else"),
)

NZ_FUNDS = varied(
    FUNDS,
    lead="Everything you put in yourselves, one entry for each place it comes from. Of KiwiSaver, $1,000 and money "
    "that came from an Australian fund stay in.",
    item_types=_NZ_KINDS,
    swap={
        "type": item_type("Where does it come from?", _NZ_KINDS),
        "available_on": Field(key="available_on", label="When will it be there?", kind=Kind.DATE,
                              when=of_type("sale", "kiwisaver")),
    },
)  # fmt: skip
