"""What the applicants are looking for, and why."""

from salestrekker_portal.domains.fact_find.catalogue.build import item_type, money, options, yes_no
from salestrekker_portal.domains.fact_find.conditions import answer_is
from salestrekker_portal.domains.fact_find.vocabulary import DateLimit, Field, Kind, Page, Scope, Section

REASONS = Section(
    key="reasons",
    title="Your reasons",
    lead="In your own words. Your broker has to understand this before suggesting a loan.",
    minutes=3,
    fields=(
        Field(key="reason", label="Why are you looking for a loan?", kind=Kind.LONG_TEXT, required=True),
        Field(key="immediate_needs", label="What do you need now?", kind=Kind.LONG_TEXT, required=True,
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
    ("vehicle", "Buy a vehicle"),
    ("business", "Business"),
    ("other", "Something else"),
)

PURPOSE = Section(
    key="purposes",
    title="What is the money for?",
    lead="One for each purpose, with about how much.",
    minutes=2,
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
)

BORROWING = Section(
    key="borrowing",
    title="The loan you want",
    minutes=2,
    fields=(
        Field(key="occupancy", label="What will the property be?", kind=Kind.TICKS, required=True,
              options=options(("owner_occupied", "A home to live in"), ("investment", "An investment"))),
        money("amount_sought", "How much would you like to borrow?", required=True,
              help="A rough amount is fine."),
        Field(key="deposit_source", label="Where does your deposit come from?", kind=Kind.SELECT,
              options=options(("savings", "Savings"), ("sale", "Sale of a property"),
                              ("equity", "Equity in a property"), ("gift", "Gift or inheritance"),
                              ("grant", "Grant"), ("none", "No deposit needed"),
                              ("other", "Something else"))),
        Field(key="settlement_target", label="When would you like to settle?", kind=Kind.DATE,
              dates=DateLimit.FUTURE),
        Field(key="holding_period", label="How long will you keep the property?", kind=Kind.CARDS,
              options=options(("under_2", "Under 2 years"), ("2_to_5", "2 to 5 years"),
                              ("5_to_10", "5 to 10 years"), ("over_10", "Over 10 years"))),
        Field(key="holding_reason", label="Why?", kind=Kind.LONG_TEXT,
              when=answer_is("holding_period", "under_2", "2_to_5", "5_to_10", "over_10"),
              help="For example, schools, work or family."),
        yes_no("is_refinance", "Will the loan pay out other debts?", required=True),
        Field(key="refinance_debts", label="Which debts?", kind=Kind.LONG_TEXT, required=True,
              when=answer_is("is_refinance", "yes")),
        Field(key="refinance_benefit", label="What would be better for you?", kind=Kind.LONG_TEXT,
              required=True, when=answer_is("is_refinance", "yes"),
              help="For example, a lower rate, one repayment, paying it off sooner."),
        yes_no("first_home_buyer", "Is this your first home?", required=True),
        yes_no("grants", "Do you expect a grant or a stamp duty concession?",
               when=answer_is("first_home_buyer", "yes")),
    ),
)  # fmt: skip

PAGE = Page(
    key="needs",
    title="What you’re looking for",
    broker_title="Needs and objectives",
    scope=Scope.SHARED,
    sections=(REASONS, PURPOSE, BORROWING),
)
