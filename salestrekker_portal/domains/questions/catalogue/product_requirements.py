"""Which kind of loan would suit, and what matters most."""

from salestrekker_portal.domains.questions.catalogue.build import PROPERTY_LOANS, options
from salestrekker_portal.domains.questions.conditions import answer_is, any_of, fact, includes
from salestrekker_portal.domains.questions.rules import most_important_once, none_stands_alone
from salestrekker_portal.domains.questions.vocabulary import Field, Kind, Option, Page, Scope, Section

_IMPORTANCE = options(("important", "Important"), ("not_important", "Not important"), ("do_not_want", "Do not want"))
_RANKS = options(("most", "Most important"), ("somewhat", "Somewhat important"), ("least", "Least important"))
_HABITS = options(("all_the_time", "All the time"), ("sometimes", "Sometimes"), ("rarely", "Rarely"))


def wish(key: str, label: str, help: str = "") -> Field:
    # Three questions say together what `choice` asks at once: they hold what was said before, for the broker.
    return Field(key=key, label=label, kind=Kind.CARDS, options=_IMPORTANCE, help=help, broker_only=True)


def choice(key: str, label: str, *kinds: tuple[str, str], help: str = "") -> Field:
    """One of several, in place of a wish for each. "Not sure" is an answer: the broker explains."""
    return Field(key=key, label=label, kind=Kind.CARDS, required=True, help=help,
                 options=options(*kinds, ("not_sure", "Not sure yet")))  # fmt: skip


def why(key: str, *reasons: tuple[str, str]) -> tuple[Field, Field]:
    """Asked when a wish is important: reasons to tick, and a line for another one."""
    important = answer_is(key, "important")
    listed = (*options(*reasons), Option("other", "Another reason"))
    return (
        Field(key=f"{key}_why", label="Why is it important?", kind=Kind.TICKS, options=listed, required=True,
              when=important),
        Field(key=f"{key}_why_other", label="What is the other reason?", required=True,
              when=includes(f"{key}_why", "other")),
    )  # fmt: skip


RATE = Section(
    key="rate",
    title="Interest rate",
    loans=PROPERTY_LOANS,
    fields=(
        choice("rate_choice", "Which kind of rate would suit you?", ("fixed", "Fixed"), ("variable", "Variable"),
               ("split", "Part of each"), help="Fixed repayments stay the same for some years."),
        wish("fixed_rate", "Fixed rate", "Your repayments stay the same for some years."),
        *why("fixed_rate", ("certainty", "Repayments that do not change"),
              ("rates_rise", "Rates may rise")),
        wish("variable_rate", "Variable rate", "Your repayments move with the market."),
        *why("variable_rate", ("rates_fall", "Rates may fall"),
              ("flexible", "Flexible repayments, redraw or early payout")),
        wish("split_rate", "Part fixed and part variable"),
    ),
)  # fmt: skip

REPAYMENT = Section(
    key="repayment",
    title="Repayments",
    loans=PROPERTY_LOANS,
    when=fact("repays"),
    fields=(
        choice("repayment_choice", "What would you like to repay?", ("principal_interest", "Loan and interest"),
               ("interest_only", "Interest only for some years"),
               help="Interest only is less now, and the loan stays as large."),
        wish("principal_and_interest", "Principal and interest", "Each repayment makes the loan smaller."),
        *why("principal_and_interest", ("less_interest", "Pay less interest over the life of the loan"),
              ("higher_limit", "Be able to borrow more"), ("lower_deposit", "Need a lower deposit"),
              ("build_equity", "Build equity from the start")),
        Field(key="repayment_frequency", label="How often would you like to repay?", kind=Kind.SELECT,
              options=options(("daily", "Every day"), ("weekly", "Every week"),
                              ("fortnightly", "Every fortnight"), ("monthly", "Every month"),
                              ("quarterly", "Every quarter"), ("semi_annually", "Every half year"),
                              ("annually", "Every year"))),
        wish("interest_only", "Interest only",
              "Lower repayments for some years, but the loan stays as large."),
        *why("interest_only", ("lower_repayments", "Lower repayments for now"),
              ("tax", "Tax, on an investment"), ("cash_for_other", "Keep cash for something else")),
        Field(key="interest_only_years", label="For how many years?", kind=Kind.INTEGER, minimum=1,
              maximum=10, required=True,
              when=any_of(answer_is("interest_only", "important"), answer_is("repayment_choice", "interest_only"))),
        Field(key="interest_only_reason", label="Why would you like that?", required=True,
              when=answer_is("repayment_choice", "interest_only"),
              help="For example, a lower repayment while you build. Lenders have to ask."),
        wish("interest_in_advance", "Interest in advance", "A year of interest paid at its start."),
    ),
)  # fmt: skip

WANTED = options(
    ("offset_account", "An offset account"), ("redraw", "Redraw"), ("extra_repayments", "Paying extra"),
    ("line_of_credit", "A line of credit"), ("low_fees", "Few or no fees"), ("branch", "A branch to go to"),
    ("portable", "Keeping the loan when I move"), ("none", "None of these"),
)  # fmt: skip

FEATURES = Section(
    key="features",
    title="Features",
    loans=PROPERTY_LOANS,
    fields=(
        Field(key="wanted", label="Which of these matter to you?", kind=Kind.TICKS, required=True, options=WANTED),
        wish("line_of_credit", "Line of credit", "Draw and repay as you like, up to a limit."),
        wish("offset_account", "Offset account",
              "Money in this account lowers the interest on your loan."),
        *why("offset_account", ("sooner", "Pay the loan off sooner"), ("access", "Access to my money"),
              ("tax", "Tax")),
        wish("redraw", "Redraw", "Take back what you paid ahead."),
        *why("redraw", ("access", "Access to money paid ahead")),
    ),
    rules=(none_stands_alone("wanted"),),
)  # fmt: skip


def _rank(key: str, label: str) -> Field:
    return Field(key=key, label=label, kind=Kind.CARDS, options=_RANKS)


PRIORITIES = Section(
    key="priorities",
    title="What matters most",
    optional=True,
    lead="Choose “Most important” once.",
    fields=(
        _rank("lowest_cost", "The lowest cost over the whole loan"),
        Field(key="lowest_cost_why", label="Why does the cost matter to you?", kind=Kind.LONG_TEXT,
              when=answer_is("lowest_cost", "most", "somewhat")),
        _rank("quick_approval", "Having the loan approved quickly"),
        _rank("specific_features", "Particular features of the loan"),
        _rank("lender_policy", "A lender who will lend us enough"),
    ),
    rules=(most_important_once("lowest_cost", "quick_approval", "specific_features", "lender_policy"),),
)  # fmt: skip

BANKING = Section(
    key="banking",
    title="How you bank",
    optional=True,
    loans=PROPERTY_LOANS,
    fields=(
        Field(key="branch", label="How often do you go to a branch?", kind=Kind.CARDS, options=_HABITS),
        Field(key="internet_banking", label="How often do you use internet banking?", kind=Kind.CARDS,
              options=_HABITS),
    ),
)  # fmt: skip


def _count(last: int, noun: str) -> tuple[Option, ...]:
    return tuple(Option(str(n), f"{n} {noun}{'' if n == 1 else 's'}") for n in range(1, last + 1))


TERM = Section(
    key="term",
    title="Term and lenders",
    loans=PROPERTY_LOANS,
    fields=(
        Field(key="years", label="Over how many years?", kind=Kind.SELECT, options=_count(40, "year"),
              required=True, when=fact("repays"),
              help="Many home loans run for 30 years. A shorter loan costs less in all."),
        Field(key="months", label="And months", kind=Kind.SELECT, options=_count(11, "month"),
              beside="years", when=fact("repays")),
        Field(key="preferred_lenders", label="Lenders you would like"),
        Field(key="unwanted_lenders", label="Lenders you do not want"),
        Field(key="other_requirements", label="Anything else?", kind=Kind.LONG_TEXT),
    ),
)  # fmt: skip

PAGE = Page(
    key="product_requirements",
    title="Kind of loan",
    broker_title="Product requirements",
    lead="There are no wrong answers. If you are not sure, leave it, or ask your broker.",
    scope=Scope.SHARED,
    on_one_screen=True,
    sections=(RATE, REPAYMENT, FEATURES, PRIORITIES, BANKING, TERM),
)
