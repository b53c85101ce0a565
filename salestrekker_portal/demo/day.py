"""A broker's day in the demo: one deal with its loans and its security, and a few things to do."""

from datetime import date

from salestrekker_portal.database.session import transaction
from salestrekker_portal.demo.deals import staff_actor
from salestrekker_portal.demo.world import World
from salestrekker_portal.domains.loans.service import save_loan, save_security
from salestrekker_portal.domains.tasks.service import add_task, today_of

DEAL = "bianchi"
# Together what the deal's card says.
LOANS = (
    {"amount": "1,000,000", "lender": "Wattle Mutual", "product": "Essentials Variable", "rate": "5.89", "years": "30"},
    {"amount": "450,000", "lender": "Wattle Mutual", "product": "Fixed 3 years", "rate_kind": "fixed", "rate": "5.69",
     "years": "30"},
)  # fmt: skip
SECURITY = {"address": "8 Memorial Drive, Bar Beach NSW 2300", "price": "1,925,000", "valuation": "1,900,000"}
# What, when, and whether it is on the deal.
TASKS = (
    ("Ask Reyes’s lender why it didn’t settle", -1, False),
    ("Send the pre-approval to the agent", 0, False),
    ("Order the valuation", 2, True),
    ("Licence renewal", 5, False),
)


async def furnish_day(world: World) -> None:
    """By the same use cases as a broker's own."""
    alice, deal_id = await staff_actor(world, "alice"), world.deals[DEAL]
    today = today_of(alice)
    async with transaction() as session:
        for loan in LOANS:
            await save_loan(session, alice, deal_id, None, loan)
        await save_security(session, alice, deal_id, None, SECURITY)
        for title, days, on_deal in TASKS:
            due = f"{date.fromordinal(today.toordinal() + days):%d/%m/%Y}"
            await add_task(session, alice, title=title, due=due, deal_id=deal_id if on_deal else None)
