"""The minutes that a dashboard promises are those of the check."""

from dataclasses import replace
from datetime import date

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.progress import progress
from salestrekker_portal.domains.fact_find.promise import minutes_promised
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.portal_access.home import home_of
from salestrekker_portal.domains.questions.catalogue import pages_for
from salestrekker_portal.domains.questions.vocabulary import Loan, Party
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.portals.client.dashboard.bank import NO_BANK
from salestrekker_portal.portals.client.dashboard.words import about_words, next_step
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.portal_access import PortalAccess
from tests import factories as make
from tests.support import seven
from tests.support.seven import Seven, started


def test_the_same_before_anything_is_answered():
    facts = {"today": date(2026, 3, 9), "country": "AU", "loan": Loan.HOME, "applicants": (("kim", "Kim"),)}
    check = progress(pages_for("AU", Party.PERSON, Loan.HOME), {}, facts).minutes_left
    assert minutes_promised("AU", "home_loan", None) == check <= 30


def test_less_for_a_short_flow():
    assert minutes_promised("AU", "home_loan", ["applicant.contact_details"]) == 1
    assert minutes_promised("AU", "commercial_loan", ["entity.details"]) == 0


@pytest.mark.parametrize("sees", [True, False], ids=["fills in for the others", "answers alone"])
@pytest.mark.parametrize("case", ["couple", "alone", "security_guarantor", "servicing_guarantor",
                                  "non_borrowing_spouse"])  # fmt: skip
async def test_the_dashboard_says_what_the_profile_says(sqlite, cast, monkeypatch, case, sees):
    """Of somebody with any part in a loan, and of who fills in for another."""
    people = {"ana": "Ana Ortiz"} if case == "alone" else {"ana": "Ana Ortiz", "gus": "Gus Ortiz"}
    roles = {} if case in ("couple", "alone") else {"gus": case}
    who = "gus" if roles else "ana"
    made = Seven(name=case, people=people, roles=roles, said={}, leave=())
    monkeypatch.setattr(seven, "SEVEN", (made,))
    actor, deal_id, ids = await started(cast, made)
    async with transaction() as session:
        access = await session.get(PortalAccess, actor.access_id)
        access.contact_id, access.sees_other_applicants = ids[who], sees
        if roles:  # whose loan it is answers for themselves
            deal, owner = await session.get(Deal, deal_id), cast.alice_user
            await make.make_access(session, deal, await session.get(Contact, ids["ana"]), owner)
    actor = replace(actor, id=ids[who], sees_other_applicants=sees)
    async with reading() as session:
        home, whole = await home_of(session, actor), await read_whole(session, actor, deal_id)
    promised = minutes_promised("AU", "home_loan", None, role=home.role, also_for=home.also_for)
    assert abs(promised - whole.progress.minutes_left) <= 1 and promised > 3
    assert f"About {counted(promised, 'minute')}." in _first_step(home)
    home.deal.profile_pct = 68
    assert "minute" not in _first_step(home), "the percent is everybody's, what is left is each one's own"
    words = about_words(home)
    assert words == {
        "couple": "Your home loan with Gus", "alone": "Your home loan", "non_borrowing_spouse": "The home loan of Ana",
    }.get(case, "The home loan of Ana, which you would guarantee")  # fmt: skip


def _first_step(home) -> str:
    return next_step(home, "Ana", NO_BANK)["text"]
