"""What is done to a deal's fact find."""

from sqlalchemy import select

from salestrekker_portal.domains.clients.reviewing import approve_answers, send_back
from salestrekker_portal.domains.fact_find.figures import count_profile
from salestrekker_portal.domains.fact_find.lists import add_item, remove_item, restore_item
from salestrekker_portal.domains.fact_find.reopening import reopen_section
from salestrekker_portal.domains.fact_find.rest import say_none_of_the_rest
from salestrekker_portal.domains.fact_find.same_as import live_with
from salestrekker_portal.domains.fact_find.service import save_answer, save_together
from salestrekker_portal.domains.fact_find.still_true import begin_to_change, say_still_true
from salestrekker_portal.domains.fact_find.submission import submit_profile
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.domains.insights.own_data import gather_own_data
from salestrekker_portal.tables.fact_find import NOBODY, Answer, AnswerChange, HeldAnswer, Item
from tests.domains.writers.scene import Collected, one_of

all_of = Collected()
PERSONAL = "applicant.personal_details"
LIST = "applicant.dependants"
ANYWHERE = (Answer.raw, AnswerChange.raw, HeldAnswer.raw)


@all_of(*ANYWHERE)
async def client_answers(session, scene, text):
    await save_answer(session, scene.kim, scene.deal.id, Place(section_id=PERSONAL, field_key="first_name"), text)


@all_of(*ANYWHERE)
async def client_answers_another_question(session, scene, text):
    key = ("last_name", "middle_name")[int(text[-1]) % 2]
    await save_answer(session, scene.sam, scene.deal.id, Place(section_id=PERSONAL, field_key=key), text)


@all_of(*ANYWHERE)
async def client_picks_a_suburb(session, scene, text):
    place = Place(section_id="applicant.addresses", field_key="current_suburb")
    parts = {"current_suburb": text, "current_state": "nsw", "current_postcode": "2299"}
    await save_together(session, scene.kim, scene.deal.id, place, parts, {})


@all_of(*ANYWHERE)
async def broker_answers(session, scene, text):
    place = Place(section_id=PERSONAL, field_key="first_name", subject_id=scene.kim_contact.id)
    await save_answer(session, scene.alice, scene.deal.id, place, text)


@all_of()
async def empties_an_answer(session, scene, text):
    await save_answer(session, scene.kim, scene.deal.id, Place(section_id=PERSONAL, field_key="first_name"), "")


@all_of()
async def says_who_lives_together(session, scene, text):
    place = Place(section_id="expenses.household", field_key="members")
    await save_answer(session, scene.alice, scene.deal.id, place, str(scene.kim_contact.id))


@all_of()
async def adds_an_entry(session, scene, text):
    await add_item(session, scene.kim, scene.deal.id, LIST)


async def _entry(session, scene, *, there: bool) -> Item:
    gone = Item.removed_at.is_(None) if there else Item.removed_at.is_not(None)
    found = select(Item).where(Item.deal_id == scene.deal.id, Item.made_by_contact == scene.kim_contact.id, gone)
    return await one_of(session, found.order_by(Item.created_at, Item.id))


@all_of(after=("adds_an_entry",))
async def removes_an_entry(session, scene, text):
    entry = await _entry(session, scene, there=True)
    await remove_item(session, scene.kim, scene.deal.id, LIST, entry.id)


@all_of(after=("adds_an_entry", "removes_an_entry"))
async def brings_an_entry_back(session, scene, text):
    entry = await _entry(session, scene, there=False)
    await restore_item(session, scene.kim, scene.deal.id, LIST, entry.id)


@all_of(after=("lodges",))
async def opens_a_section(session, scene, text):
    await reopen_section(session, scene.alice, scene.deal.id, PERSONAL, opened=bool(int(text[-1]) % 2))


@all_of()
async def approves(session, scene, text):
    await approve_answers(session, scene.alice, scene.deal.id, "assets", NOBODY, approved=bool(int(text[-1]) % 2))


@all_of()
async def sends_back(session, scene, text):
    await send_back(session, scene.alice, scene.deal.id, "needs.reasons", NOBODY, text)


@all_of()
async def says_none_of_the_rest(session, scene, text):
    await say_none_of_the_rest(session, scene.kim, scene.deal.id, "liabilities")


@all_of(refused="nobody else here has said where they live")
async def lives_with_somebody(session, scene, text):
    await live_with(session, scene.kim, scene.deal.id, "applicant.addresses", None, scene.kim.id)


@all_of(refused="nobody here told anything for an earlier loan")
async def says_still_true(session, scene, text):
    await say_still_true(session, scene.kim, scene.deal.id, PERSONAL)


@all_of(refused="nobody here told anything for an earlier loan")
async def changes_what_was_told(session, scene, text):
    await begin_to_change(session, scene.kim, scene.deal.id, PERSONAL)


@all_of(refused="all of the profile, nearly a hundred answers, has to be there")
async def submits(session, scene, text):
    await submit_profile(session, scene.kim, scene.deal.id)


@all_of()
async def downloads_own_data(session, scene, text):
    await gather_own_data(session, scene.kim)


@all_of()
async def portal_counts_the_profile(session, scene, text):
    await count_profile(session, scene.deal.id)
