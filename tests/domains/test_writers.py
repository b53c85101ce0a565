"""Each use case that writes a deal can be done here: otherwise trying it with others says nothing."""

import pytest

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.fact_find.figures import OVERDUE, count_overdue
from salestrekker_portal.domains.fact_find.reconciling import figures_wrong_in, reconcile_figures
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.errors import DomainError
from tests.domains.writers import WRITERS, Writer, break_ground, make_scene, settle_in
from tests.domains.writers.found import NO_WRITER_OF_THEIR_OWN, holding_use_cases, tried_by
from tests.domains.writers.scene import held_somewhere

BY_NAME = {each.name: each for each in WRITERS}


@pytest.mark.parametrize("writer", WRITERS, ids=lambda each: each.name)
async def test_alone_it_keeps_what_was_said_and_the_figures_right(sqlite, cast, writer: Writer, frozen_clock) -> None:
    async with transaction() as session:
        await settle_in(session, cast)
        scene = await make_scene(session, cast, await break_ground(session, cast))
    await reconcile_figures()
    for name in writer.after:
        async with transaction() as session:
            await BY_NAME[name].act(session, scene, "said-0")
    if writer.refused:
        with pytest.raises(DomainError):
            async with transaction() as session:
                await writer.act(session, scene, "said-0")
        return
    async with transaction() as session:
        await writer.act(session, scene, "said-0")
    async with transaction() as session:
        assert not writer.kept or await held_somewhere(session, "said-0", writer.kept)
    clock.freeze(frozen_clock + 2 * OVERDUE)
    await count_overdue()
    assert await figures_wrong_in(scene.deal.id) == []


def test_every_use_case_that_holds_a_deal_is_tried_with_every_other() -> None:
    tried = {name for writer in WRITERS for name in tried_by(writer)}
    missing = holding_use_cases() - tried - set(NO_WRITER_OF_THEIR_OWN)
    assert not missing, f"write a Writer in tests/domains/writers/ for these: {sorted(missing)}"
    assert set(NO_WRITER_OF_THEIR_OWN) <= holding_use_cases() - tried, "these no longer need a reason"
