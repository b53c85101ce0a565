"""What could go wrong, what already has, and how the loan ends: one page for each applicant."""

from salestrekker_portal.domains.questions.catalogue.build import ASSET_LOANS, PROPERTY_LOANS, options, yes_no
from salestrekker_portal.domains.questions.conditions import Condition, answer_is, fact, includes
from salestrekker_portal.domains.questions.vocabulary import Field, Kind, Page, Party, Scope, Section

_FOR_PROPERTY = fact("loan", *PROPERTY_LOANS)
_LEVELS = options(("high", "High"), ("medium", "Medium"), ("low", "Low"))


def _level(key: str, label: str, help: str = "") -> Field:
    return Field(key=key, label=label, kind=Kind.CARDS, options=_LEVELS, help=help, broker_only=True)


def declared(
    key: str,
    label: str,
    detail: str = "Tell us more",
    on: str = "yes",
    help: str = "",
    needed: Condition | bool = True,
) -> tuple[Field, ...]:
    """A yes or no, with words about it when the answer matters. `needed`: always, never, or only then."""
    only = None if isinstance(needed, bool) else needed
    return (
        yes_no(key, label, required=needed is True, required_when=only, help=help, sensitive=True),
        Field(key=f"{key}_detail", label=detail, kind=Kind.LONG_TEXT, required=True, sensitive=True,
              when=answer_is(key, on)),
    )  # fmt: skip


OUTLOOK = Section(
    key="outlook",
    title="What may change",
    rest_label="No to the rest",
    fields=(
        *declared("adverse", "Do you expect any change that would make repayments harder?",
                   "What, and how would you manage?",
                   help="For example, parental leave, retirement or less work."),
        *declared("beneficial", "Do you expect any change that would improve your finances?", needed=False),
        *declared("commitments", "Do you have, or plan, any commitments you have not told us about?", needed=False),
        *declared("circumstances", "Is there anything about your health, family or work that a lender "
                   "should know?", needed=False),
    ),
)  # fmt: skip

COMFORT = Section(
    key="comfort",
    title="How you feel about borrowing",
    optional=True,  # no other form asks it: the broker's, who may write down what was said
    fields=(
        _level("experience", "Your experience with borrowing"),
        _level("interest", "Your concern about rate rises"),
        _level("flexibility", "How much flexibility matters to you"),
        _level("security", "How much certainty matters to you"),
        _level("property", "Your comfort with property going down in value"),
    ),
)

SAFETY_NET = Section(
    key="safety_net",
    title="Your safety net",
    optional=True,
    fields=(
        yes_no("emergency", "Do you have money for emergencies?",
               help="Lenders like to see 3 months of expenses."),
        Field(key="emergency_detail", label="About how much, and where?", kind=Kind.LONG_TEXT,
              when=answer_is("emergency", "yes")),
        yes_no("insurance", "Do you have enough insurance if you could not work?"),
        yes_no("will", "Do you have a current will?", broker_only=True),
    ),
)  # fmt: skip

DECLARATIONS = Section(
    key="declarations",
    title="Your credit history",
    lead="A yes does not mean no loan. Not telling can.",
    sensitive=True,
    rest_label="No to the rest",
    fields=(
        *declared("problems", "Have you ever had problems meeting repayments?",
                   "What happened, and how did it end?"),
        *declared("officer", "Have you been a shareholder or officer of a company with a manager, receiver "
                   "or liquidator appointed?", needed=fact("loan", *PROPERTY_LOANS, *ASSET_LOANS)),
        *declared("judgements", "Are there any unsatisfied court judgements against you?"),
        *declared("other", "Have you applied to another lender for this loan?", "Which lender, and when?",
                   needed=_FOR_PROPERTY),
        *declared("bankrupt", "Have you ever been bankrupt or in a debt agreement?",
                   "When did it start and end?"),
    ),
)  # fmt: skip

EXIT_STRATEGY = Section(
    key="exit_strategy",
    title="When you stop working",
    loans=PROPERTY_LOANS,
    # Lenders ask it from 45 or 50 on, and whoever is retired can't say when they will.
    when=fact("ends_work_soon"),
    fields=(
        Field(key="retirement_age", label="At what age do you plan to retire?", kind=Kind.INTEGER,
              minimum=40, maximum=100, required=True, when=fact("still_works")),
        Field(key="repaid_by", label="How will the loan be repaid by then?", kind=Kind.TICKS, required=True,
              when=fact("loan_outlasts_work"),
              asked_because="Asked because the loan would run on after you stop working",
              options=options(("before_retirement", "Repaid before I retire"), ("savings", "Savings"),
                              ("income", "Income after I retire"), ("downsize", "A smaller home"),
                              ("sale_of_assets", "Sale of assets"),
                              ("super_lump_sum", "Lump sum from superannuation"),
                              ("investments", "Investments"), ("inheritance", "An inheritance"),
                              ("other", "Another way"))),
        Field(key="income_source", label="Income from what?", required=True,
              when=includes("repaid_by", "income")),
        Field(key="repaid_by_other", label="What other way?", required=True,
              when=includes("repaid_by", "other")),
    ),
)  # fmt: skip

PAGE = Page(
    key="risks",
    title="Risks",
    broker_title="Risks",
    lead="These questions protect you. Other applicants do not see your answers.",
    scope=Scope.PER_APPLICANT,
    party=Party.PERSON,
    sensitive=True,
    on_one_screen=True,
    sections=(OUTLOOK, COMFORT, SAFETY_NET, DECLARATIONS, EXIT_STRATEGY),
)
