"""What only some home loans ask: the home that is sold, what is built, and a reverse mortgage.

Each is asked of whoever named it as a purpose, or said it of a property; nobody else meets these screens.
"""

from dataclasses import replace

from salestrekker_portal.domains.questions.catalogue.build import money, options, percent, varied, yes_no
from salestrekker_portal.domains.questions.conditions import answer_is, fact
from salestrekker_portal.domains.questions.vocabulary import DateLimit, Field, Kind, Loan, Section

_AFTER = answer_is("timing", "after")

SELLING = Section(
    key="selling",
    title="The home you are selling",
    lead="So that your broker knows whether you need money in between.",
    loans=(Loan.HOME,),
    when=fact("sells"),
    fields=(
        Field(key="property", label="Which property do you sell?", kind=Kind.SELECT, options_from="properties",
              required=True, when=fact("sale_unsaid"), help="Add it under What you own first."),
        Field(key="timing", label="When does the sale settle?", kind=Kind.CARDS, required=True,
              options=options(("before", "Before you buy"), ("same_day", "On the same day"),
                              ("after", "After you buy"), ("not_sure", "Not sure"))),
        Field(key="stage", label="How far is the sale?", kind=Kind.CARDS, required=True,
              options=options(("sold", "Sold, contract signed"), ("on_market", "On the market"),
                              ("not_yet", "Not on the market yet"))),
        money("price", "What do you sell it for, or expect to?", required=True, help="Before agent’s fees."),
        Field(key="settles_on", label="Day of settlement in the contract", kind=Kind.DATE, required=True,
              when=answer_is("stage", "sold")),
        Field(key="meanwhile", label="Until it is sold, how would you pay the interest?", kind=Kind.CARDS,
              required=True, when=_AFTER, help="A bridging loan covers both homes for some months.",
              options=options(("pay", "Each month"), ("capitalise", "Add it to the loan"), ("not_sure", "Not sure"))),
        Field(key="if_unsold", label="What would you do if it does not sell in time?", kind=Kind.LONG_TEXT, when=_AFTER,
              help="For example, lower the price, let it, or family helps."),
    ),
)  # fmt: skip

_SIGNED = answer_is("contract", "fixed_price", "cost_plus")

CONSTRUCTION = Section(
    key="construction",
    title="What you are building",
    lead="The building contract has most of this.",
    loans=(Loan.HOME,),
    when=fact("builds"),
    fields=(
        Field(key="contract", label="What kind of contract do you have?", kind=Kind.CARDS, required=True,
              options=options(("fixed_price", "Fixed price"), ("cost_plus", "Cost plus"),
                              ("owner_builder", "I build myself"), ("none_yet", "None yet"))),
        Field(key="builder", label="Who builds it?", required=True, when=_SIGNED, help="As the contract names them."),
        Field(key="builder_licence", label="Builder’s licence or registration", max_length=40, when=_SIGNED),
        money("contract_price", "What does the contract come to?", required=True, when=_SIGNED,
              help="With tax. Without the land."),
        money("budget", "About what will it cost?", required=True, help="Without the land.",
              when=answer_is("contract", "owner_builder", "none_yet")),
        Field(key="contract_signed", label="When did you sign it?", kind=Kind.DATE, dates=DateLimit.PAST, when=_SIGNED,
              help="Leave it empty if you have not signed yet."),
        Field(key="payments", label="How is the builder paid?", kind=Kind.CARDS, required=True, when=_SIGNED,
              options=options(("stages", "In stages, as it goes up"), ("at_end", "A deposit, the rest at the end"),
                              ("not_sure", "Not sure"))),
        Field(key="stages", label="What are the stages?", kind=Kind.LONG_TEXT, when=answer_is("payments", "stages"),
              help="For example, base 20 %, frame 20 %, enclosed 25 %, fixing 20 %, completion 15 %."),
        money("outside", "What is not in the contract?", help="For example, driveway, fences, landscaping, blinds."),
        Field(key="approved", label="Has the council approved the plans?", kind=Kind.CARDS, required=True,
              options=options(("yes", "Yes"), ("lodged", "Lodged"), ("no", "Not yet"))),
        Field(key="starts", label="When does building start?", kind=Kind.MONTH, help="Month and year."),
        Field(key="months", label="How many months will it take?", kind=Kind.INTEGER, minimum=1, maximum=60),
    ),
)  # fmt: skip

NZ_CONSTRUCTION = varied(
    CONSTRUCTION,
    swap={
        "builder_licence": replace(
            CONSTRUCTION.field("builder_licence"), label="Licensed building practitioner’s number"
        ),
        "approved": replace(CONSTRUCTION.field("approved"), label="Do you have the building consent?"),
    },
)  # fmt: skip

# What a licensee has to make sure of before somebody takes a reverse mortgage (National Consumer Credit Protection Act
# 2009, ss 133DB and 133DC: projections of equity; regulation 28LC: what else is said). Australia's.
REVERSE_MORTGAGE = Section(
    key="reverse_mortgage",
    title="Borrowing on your home in retirement",
    lead="Nothing has to be repaid while you live there, and the debt grows. Your broker goes through this with you.",
    loans=(Loan.HOME,),
    when=fact("reverses"),
    fields=(
        Field(key="youngest_age", label="How old is the youngest person who lives there?", kind=Kind.INTEGER, minimum=0,
              maximum=120, required=True, help="Lenders lend more to older people."),
        yes_no("others_live_there", "Does anybody live there who will not be on the loan?", required=True),
        Field(key="others", label="Who?", required=True, when=answer_is("others_live_there", "yes"),
              help="They may have to leave when the loan ends."),
        Field(key="paid_as", label="How would you like the money?", kind=Kind.CARDS, required=True,
              options=options(("lump_sum", "All at once"), ("regular", "A payment each month"),
                              ("drawdown", "When I need it"))),
        yes_no("projection_seen", "Have you seen how the debt grows, and what is left of your home?", required=True,
               help="Your broker shows you with the reverse mortgage calculator of moneysmart.gov.au, and gives you "
                    "the result on paper."),
        yes_no("pension_considered", "Have you thought about your pension, aged care, and what you leave behind?",
               required=True, help="Money that you do not spend can lower a pension."),
        percent("kept_share", "How much of your home’s value do you want to keep?",
                help="Some lenders protect a part of it."),
        Field(key="advice", label="Whom have you talked to?", kind=Kind.TICKS,
              options=options(("lawyer", "A lawyer"), ("adviser", "A financial adviser"),
                              ("fis", "Services Australia’s Financial Information Service"), ("family", "My family"))),
        Field(key="projection_given_on", label="Projection given to the client on", kind=Kind.DATE,
              dates=DateLimit.PAST, broker_only=True),
    ),
)  # fmt: skip
