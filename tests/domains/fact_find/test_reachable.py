"""Each of seven households comes to the end of its fact find and hands it in: nobody is stopped by a question."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.submission import submit_profile
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.signing_in.sessions import actor_of
from salestrekker_portal.tables.access import Portal
from tests import factories as make
from tests.support.seven import SEVEN, answer_for, come_in, put


@pytest.mark.slow
@pytest.mark.parametrize("case", SEVEN, ids=[case.name for case in SEVEN])
async def test_a_household_comes_to_its_end(sqlite, cast, case):
    async with transaction() as session:
        firm = await make.make_organisation(session, name="Ana", short_code="AN", country=case.country)
        _, stages = await make.make_workflow(session, firm)
        deal, contacts = await put(session, firm, cast.alice_user, stages[0], case)
        token = await come_in(session, firm, cast.alice_user, deal, next(iter(contacts.values())))
        await session.flush()
        actor = await actor_of(session, Portal.CLIENT, token)
        deal_id, ids = deal.id, {key: contact.id for key, contact in contacts.items()}
    await answer_for(case, actor, deal_id, ids, leave=())
    async with transaction() as session:
        await submit_profile(session, actor, deal_id)
    async with reading() as session:
        whole = await read_whole(session, actor, deal_id)
    assert whole.progress.percent == 100 and whole.progress.required > 25
    # What each fills in by hand in its journey is asked of it.
    asked = {section.section_id for section in whole.progress.sections}
    assert set(case.leave) <= asked
