"""A suburb that is picked: its state and postcode go with it, all in one save, and nobody's words are overwritten."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.service import save_answer, save_together
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.kernel.errors import Invalid, NotFound, NotPermitted
from tests.support.statements import counted

ADDRESSES = "applicant.addresses"
LAMBTON = {"current_suburb": "Lambton", "current_state": "nsw", "current_postcode": "2299"}


def _place(cast, key="current_suburb", subject=None) -> Place:
    return Place(section_id=ADDRESSES, field_key=key, subject_id=subject or cast.kim_contact.id)


async def _pick(actor, cast, typed=None, seen=None, subject=None):
    async with transaction() as session:
        there = _place(cast, subject=subject)
        return await save_together(session, actor, cast.deal.id, there, typed or LAMBTON, seen or {})


async def _said(actor, cast) -> dict[str, str]:
    async with reading() as session:
        whole = await read_whole(session, actor, cast.deal.id)
    [copy] = [c for c in whole.copies if c.section.key == "addresses" and c.subject == cast.kim_contact.id]
    return {key: answer.raw for key, answer in copy.answers.items()}


async def test_all_parts_are_saved_at_once_and_checked_against_each_other(database, cast):
    await _pick(cast.kim, cast)
    # Each alone would be wrong for a moment: the new state with the old postcode.
    with counted() as seen:
        saved = await _pick(cast.kim, cast, {
            "current_suburb": "Richmond", "current_state": "vic", "current_postcode": "3121",
        })  # fmt: skip
    assert len(seen) <= 8, str(seen)
    assert all(each.checked and not each.checked.errors.keys() & LAMBTON.keys() for each in saved.values())
    assert (await _said(cast.kim, cast)).items() >= {"current_state": "vic", "current_postcode": "3121"}.items()


async def test_a_state_and_a_postcode_that_disagree_get_their_sentence(database, cast):
    saved = await _pick(cast.kim, cast, {**LAMBTON, "current_state": "vic"})
    assert saved["current_postcode"].checked.errors["current_postcode"].startswith("2299 is in NSW, and you chose VIC")
    assert (await _said(cast.kim, cast))["current_state"] == "vic", "kept as typed, wrong or not"


async def test_what_the_list_does_not_have_is_as_good(database, cast):
    async with transaction() as session:
        saved = await save_answer(session, cast.kim, cast.deal.id, _place(cast), "Nowhere Upon Sea")
    assert "current_suburb" not in saved.checked.errors


async def test_somebody_elses_newer_word_stays_and_both_are_shown(database, cast):
    await _pick(cast.kim, cast)
    async with transaction() as session:
        await save_answer(session, cast.alice, cast.deal.id, _place(cast, "current_postcode"), "2300")
    seen = {"current_suburb": 1, "current_state": 1, "current_postcode": 1}
    saved = await _pick(cast.kim, cast, {**LAMBTON, "current_suburb": "Jesmond"}, seen)
    assert saved["current_postcode"].theirs.raw == "2300" and saved["current_suburb"].theirs is None
    said = await _said(cast.kim, cast)
    assert (said["current_suburb"], said["current_postcode"]) == ("Jesmond", "2300")


@pytest.mark.parametrize("who", ["priya", "mallory"])
async def test_nobody_else_picks(database, cast, who):
    with pytest.raises((NotFound, NotPermitted)):
        await _pick(getattr(cast, who), cast)
    assert await _said(cast.alice, cast) == {}


async def test_nothing_is_kept_of_a_pick_with_rubbish_in_it(database, cast):
    with pytest.raises(NotFound):
        await _pick(cast.kim, cast, {**LAMBTON, "current_moon": "full"})
    with pytest.raises(Invalid):
        await _pick(cast.kim, cast, {**LAMBTON, "current_postcode": "2" * 20_001})
    assert await _said(cast.kim, cast) == {}
