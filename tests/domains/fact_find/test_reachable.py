"""Each of seven households comes to the end of its fact find and hands it in: nobody is stopped by a question."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.submission import submit_profile
from salestrekker_portal.domains.fact_find.whole import read_whole
from tests.support.seven import SEVEN, answer_for, started


@pytest.mark.slow
@pytest.mark.parametrize("case", SEVEN, ids=[case.name for case in SEVEN])
async def test_a_household_comes_to_its_end(sqlite, cast, case):
    actor, deal_id, ids = await started(cast, case)
    await answer_for(case, actor, deal_id, ids, leave=())
    async with transaction() as session:
        await submit_profile(session, actor, deal_id)
    async with reading() as session:
        whole = await read_whole(session, actor, deal_id)
    assert whole.progress.percent == 100 and whole.progress.required > 25
    # What each fills in by hand in its journey is asked of it.
    asked = {section.section_id for section in whole.progress.sections}
    assert set(case.leave) <= asked
