"""What every new brokerage starts with: workflows, stages and labels, as data to change later."""

from dataclasses import dataclass

from salestrekker_portal.tables.workflows import FactFindMode

READ_ONLY = FactFindMode.READ_ONLY

LABELS = ("First home", "Investor", "Upgrader", "Refinance", "Self-employed")
STARTING_SMS_CREDITS = 100


@dataclass(frozen=True, kw_only=True)
class StageStart:
    """A stage before it has a workflow. `client_name` is what clients and partners read."""

    name: str
    client_name: str
    client_meaning: str
    probability_pct: int
    stale_days: int
    fact_find: FactFindMode = FactFindMode.EDITABLE
    with_lender: bool = False


HOME_LOANS = (
    StageStart(
        name="New enquiry",
        client_name="Getting to know you",
        client_meaning="Your broker talks with you about what you want to do.",
        probability_pct=10,
        stale_days=3,
    ),
    StageStart(
        name="Fact find",
        client_name="Your details",
        client_meaning="You tell us about your money and share documents. Usually 3 to 7 days.",
        probability_pct=30,
        stale_days=7,
    ),
    StageStart(
        name="Preparing",
        client_name="Comparing lenders",
        client_meaning="Your broker compares lenders and gets your application ready.",
        probability_pct=50,
        stale_days=7,
    ),
    StageStart(
        name="Lodged",
        client_name="With the lender",
        client_meaning="The lender has your application. Your answers are locked until it decides.",
        probability_pct=70,
        stale_days=10,
        fact_find=READ_ONLY,
        with_lender=True,
    ),
    StageStart(
        name="Conditional",
        client_name="Conditionally approved",
        client_meaning="The lender has said yes, if a few last things check out.",
        probability_pct=85,
        stale_days=10,
        fact_find=READ_ONLY,
        with_lender=True,
    ),
    StageStart(
        name="Settlement",
        client_name="Settling",
        client_meaning="The loan is approved. The lender and the solicitors get ready for settlement day.",
        probability_pct=95,
        stale_days=21,
        fact_find=READ_ONLY,
    ),
)

LEADS = (
    StageStart(
        name="New lead",
        client_name="New lead",
        client_meaning="Your broker has the details and will get in touch.",
        probability_pct=5,
        stale_days=2,
    ),
    StageStart(
        name="Contacted",
        client_name="Contacted",
        client_meaning="Your broker has been in touch.",
        probability_pct=15,
        stale_days=5,
    ),
    StageStart(
        name="Qualified",
        client_name="Ready to start",
        client_meaning="Your broker is ready to start the application.",
        probability_pct=25,
        stale_days=5,
    ),
)
