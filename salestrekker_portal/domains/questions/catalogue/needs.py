"""What the applicants are looking for, and why."""

from salestrekker_portal.domains.questions.catalogue.build import (
    ASSET_LOANS,
    BUSINESS_LOANS,
    NOTHING,
    PROPERTY_LOANS,
    item_type,
    money,
    money_each,
    of_type,
    options,
    percent,
    yes_no,
)
from salestrekker_portal.domains.questions.catalogue.purchase import FUNDS, THE_PROPERTY
from salestrekker_portal.domains.questions.catalogue.special import CONSTRUCTION, REVERSE_MORTGAGE, SELLING
from salestrekker_portal.domains.questions.conditions import all_of, answer_is, any_of, fact, includes
from salestrekker_portal.domains.questions.rules import amount_is_the_purposes, pays_something_out, refinance_agrees
from salestrekker_portal.domains.questions.vocabulary import DateLimit, Field, Kind, Loan, Page, Scope, Section

REASONS = Section(
    key="reasons",
    title="Your reasons",
    lead="In your own words. Your broker has to understand this before suggesting a loan.",
    fields=(
        Field(key="reason", label="Why are you looking for a loan?", kind=Kind.LONG_TEXT,
              required_when=fact("loan", *PROPERTY_LOANS, *ASSET_LOANS)),
        Field(key="immediate_needs", label="What do you need now?", kind=Kind.LONG_TEXT,
              help="Over the next year or two."),
        Field(key="longer_term_needs", label="What do you want in the longer term?", kind=Kind.LONG_TEXT,
              help="For example, children, another home, less work."),
    ),
)  # fmt: skip

PURPOSES = options(
    ("purchase", "Buy a property"),
    ("construction", "Build"),
    ("renovations", "Renovate"),
    ("investment_purchase", "Buy an investment property"),
    ("refinance", "Refinance"),
    ("debt_consolidation", "Put debts together"),
    ("equity_release", "Release equity"),
    ("top_up", "Top up the loan"),
    ("buy_out", "Buy out a co-owner"),
    ("bridging", "Bridge until my home is sold"),
    ("reverse_mortgage", "A reverse mortgage, in retirement"),
    ("vehicle", "Buy a vehicle"),
    ("business", "Business"),
    ("other", "Something else"),
)

PURPOSE = Section(
    key="purposes",
    loans=PROPERTY_LOANS,
    title="What is the money for?",
    lead="One for each purpose, with about how much.",
    repeats=True,
    item_noun="purpose",
    add_label="Add another purpose",
    item_types=PURPOSES,
    summary_fields=("comments",),
    fields=(
        item_type("What is it for?", PURPOSES),
        money("amount", "About how much?", required=True),
        Field(key="comments", label="Anything we should know?", kind=Kind.LONG_TEXT),
    ),
    list_rules=(pays_something_out,),
)

_PAYS_OUT = any_of(answer_is("is_refinance", "yes"), fact("refinances"), fact("says_refinance"))
# Which debts are paid out stands beside each of them: here only of those who have debts, and why.
REFINANCE = (
    yes_no("is_refinance", "Will the loan pay out other debts?", when=fact("has_debts"),
           required_when=fact("pays_out_unsaid")),
    Field(key="refinance_debts", label="Which debts?", kind=Kind.LONG_TEXT, when=answer_is("is_refinance", "yes"),
          help="You chose for each of them under What you owe. Only add what is not said there."),
    # One tick instead of a sentence; who wrote one before has said it.
    Field(key="refinance_reasons", label="What would be better for you?", kind=Kind.TICKS, when=_PAYS_OUT,
          required_when=answer_is("refinance_benefit", ""),
          options=options(("lower_rate", "A lower rate"), ("lower_repayment", "A lower repayment"),
                          ("one_repayment", "One repayment instead of several"), ("sooner", "Paying it off sooner"),
                          ("money_out", "Money out of my property"),
                          ("rate_ends", "My fixed or interest-only time ends"),
                          ("features", "Features that I miss now"), ("service", "Better service"),
                          ("other", "Something else"))),
    Field(key="refinance_benefit", label="Is there more to it?", kind=Kind.LONG_TEXT, when=_PAYS_OUT,
          required_when=includes("refinance_reasons", "other")),
)  # fmt: skip

BORROWING = Section(
    key="borrowing",
    loans=(Loan.HOME,),
    title="The loan you want",
    fields=(
        # A first home, or an investment alone, has said it.
        Field(key="occupancy", label="What will the property be?", kind=Kind.TICKS, required=True,
              when=fact("occupancy_unsaid"),
              options=options(("owner_occupied", "A home to live in"), ("investment", "An investment"))),
        money("amount_sought", "How much would you like to borrow?", required_when=fact("amount_unsaid"),
              help="Leave it empty if it is what your purposes add up to."),
        # One answer where there are often several: the list of funds asks now, and this holds what was said before.
        Field(key="deposit_source", label="Where does your deposit come from?", kind=Kind.SELECT,
              when=fact("asks_deposit_here"),
              options=options(("savings", "Savings"), ("sale", "Sale of a property"),
                              ("equity", "Equity in a property"), ("gift", "Gift or inheritance"),
                              ("grant", "Grant"), ("none", "No deposit needed"),
                              ("other", "Something else"))),
        Field(key="settlement_target", label="When would you like to settle?", kind=Kind.DATE,
              help="If the contract does not say it.",
              dates=DateLimit.FUTURE),
        Field(key="holding_period", label="How long will you keep the property?", kind=Kind.CARDS,
              options=options(("under_2", "Under 2 years"), ("2_to_5", "2 to 5 years"),
                              ("5_to_10", "5 to 10 years"), ("over_10", "Over 10 years"))),
        Field(key="holding_reason", label="Why?", kind=Kind.LONG_TEXT,
              when=answer_is("holding_period", "under_2", "2_to_5", "5_to_10", "over_10"),
              help="For example, schools, work or family."),
        *REFINANCE,
        # Asked of each person, on their own page.
        yes_no("first_home_buyer", "Is this your first home?", required=True, when=fact("asks_first_home_here")),
        yes_no("grants", "Do you expect a grant or a stamp duty concession?",
               when=answer_is("first_home_buyer", "yes")),
    ),
    rules=(refinance_agrees, amount_is_the_purposes),
)  # fmt: skip

PERSONAL_USES = options(
    ("car", "A car or another vehicle"),
    ("debt_consolidation", "Put debts together"),
    ("home", "Home improvements"),
    ("travel", "Travel"),
    ("wedding", "A wedding"),
    ("medical", "Medical or dental costs"),
    ("study", "Study"),
    ("other", "Something else"),
)

USES = Section(
    key="uses",
    loans=(Loan.PERSONAL,),
    title="What is the money for?",
    lead="One for each purpose, with about how much.",
    repeats=True,
    item_noun="purpose",
    add_label="Add another purpose",
    item_types=PERSONAL_USES,
    summary_fields=("comments",),
    fields=(
        item_type("What is it for?", PERSONAL_USES),
        money("amount", "About how much?", required=True),
        Field(key="comments", label="Anything we should know?", kind=Kind.LONG_TEXT),
    ),
    list_rules=(pays_something_out,),
)

GOODS_KINDS = options(
    ("car", "Car or ute"),
    ("truck", "Truck or trailer"),
    ("motorcycle", "Motorcycle"),
    ("boat", "Boat or jet ski"),
    ("caravan", "Caravan or motorhome"),
    ("machinery", "Machinery or plant"),
    ("technology", "Computers and office equipment"),
    ("other", "Something else"),
)
_DRIVEN, _BY_HOURS = of_type("car", "truck", "motorcycle", "other"), of_type("machinery", "boat")
_ON_WHEELS = of_type("car", "truck", "motorcycle", "boat", "caravan")

GOODS = Section(
    key="goods",
    loans=ASSET_LOANS,
    title="What you are buying",
    lead="One for each thing that the loan pays for. If you have not chosen yet, tell us about what you have in mind.",
    repeats=True,
    item_noun="thing",
    add_label="Add another thing",
    item_types=GOODS_KINDS,
    summary_fields=("description",),
    fields=(
        item_type("What is it?", GOODS_KINDS),
        Field(key="description", label="Make and model, or what it is", required=True,
              help="For example, Toyota HiLux SR5."),
        Field(key="condition", label="Is it new?", kind=Kind.CARDS, required=True,
              options=options(("new", "New"), ("demonstrator", "Demonstrator"), ("used", "Used"))),
        Field(key="build_year", label="Year built", kind=Kind.INTEGER, minimum=1950, maximum=2100,
              required=True, when=answer_is("condition", "used", "demonstrator")),
        Field(key="odometer", label="On the clock", kind=Kind.INTEGER, unit="km",
              when=all_of(_DRIVEN, answer_is("condition", "used", "demonstrator"))),
        Field(key="hours", label="Hours on the meter", kind=Kind.INTEGER, unit="hours",
              when=all_of(_BY_HOURS, answer_is("condition", "used", "demonstrator"))),
        Field(key="rego_number", label="Registration number", max_length=20, when=_ON_WHEELS),
        Field(key="serial_number", label="VIN, hull or serial number", max_length=40),
        money("price", "Price", required=True, help="With tax, before any trade-in."),
        Field(key="seller_kind", label="Who sells it?", kind=Kind.CARDS, required=True,
              options=options(("dealer", "A dealer"), ("private", "Somebody private"), ("auction", "An auction"),
                              ("refinance", "It is mine already"))),
        Field(key="seller", label="Name of the seller", when=answer_is("seller_kind", "dealer", "private", "auction")),
        yes_no("found", "Have you found the one you want?"),
    ),
)  # fmt: skip

LOAN = Section(
    key="loan",
    loans=(Loan.PERSONAL, Loan.ASSET_CONSUMER, Loan.ASSET_COMMERCIAL, Loan.COMMERCIAL),
    title="The loan you want",
    fields=(
        money("amount_sought", "How much would you like to borrow?", required_when=fact("amount_unsaid"),
              help="A rough amount is fine."),
        money("deposit", "How much do you pay yourself?", help="A deposit or a trade-in. 0 if nothing."),
        Field(key="years", label="Over how many years?", kind=Kind.INTEGER, minimum=1, maximum=40, required=True),
        money("repayment_wanted", "A repayment that would suit you", unit="a month"),
        money("balloon", "An amount left to pay at the end", help="Also called a balloon. 0 if you want none."),
        Field(key="needed_by", label="When do you need the money?", kind=Kind.DATE, dates=DateLimit.FUTURE),
        *REFINANCE,
    ),
    rules=(refinance_agrees, amount_is_the_purposes),
)  # fmt: skip

BUSINESS_USE = Section(
    key="business_use",
    loans=BUSINESS_LOANS,
    title="How the business uses it",
    fields=(
        percent("share", "How much of it is for the business?", required=True,
                help="100 if nobody uses it privately."),
        Field(key="purpose", label="What will it do for the business?", kind=Kind.LONG_TEXT, required=True),
        yes_no("replaces", "Does it replace something that you have?"),
        yes_no("income_expected", "Will it bring in more income?"),
        Field(key="income_detail", label="How much more, and from when?", kind=Kind.LONG_TEXT,
              when=answer_is("income_expected", "yes")),
    ),
)  # fmt: skip

SECURITY_KINDS = options(
    ("commercial_property", "Commercial property"),
    ("residential_property", "A home or investment property"),
    ("rural_property", "Rural property"),
    ("business_assets", "All the assets of the business"),
    ("equipment", "Equipment or vehicles"),
    ("term_deposit", "Term deposit"),
    ("guarantee", "A guarantee by somebody"),
)

SECURITY = Section(
    key="security",
    loans=(Loan.COMMERCIAL,),
    title="What secures the loan",
    lead="What you could offer the lender. It is not final.",
    repeats=True,
    item_noun="security",
    add_label="Add another security",
    nothing_label=NOTHING,
    item_types=SECURITY_KINDS,
    summary_fields=("description",),
    fields=(
        item_type("What is it?", SECURITY_KINDS),
        Field(key="description", label="Which one?", required=True,
              help="An address, a description, or the person’s name."),
        money("value", "What is it worth?"),
        Field(key="owner", label="Who owns it?", required=True),
        yes_no("leased", "Is it let?", when=of_type("commercial_property", "residential_property", "rural_property")),
        Field(key="tenant", label="Who rents it, and until when?", required=True,
              when=answer_is("leased", "yes")),
        *money_each("rent", "Rent", when=answer_is("leased", "yes"), default="yearly"),
    ),
)  # fmt: skip

PAGE = Page(
    key="needs",
    title="What you’re looking for",
    broker_title="Needs and objectives",
    scope=Scope.SHARED,
    sections=(
        REASONS, PURPOSE, USES, GOODS, THE_PROPERTY, FUNDS, SELLING, CONSTRUCTION, REVERSE_MORTGAGE, BORROWING, LOAN,
        BUSINESS_USE, SECURITY,
    ),
)  # fmt: skip
