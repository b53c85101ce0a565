"""Several deeds in one automation, and the deals that it is for."""

from random import Random
from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.automations import service
from salestrekker_portal.domains.automations.conditions import (
    checked_conditions,
    condition_fields,
    condition_words,
    unmet,
)
from salestrekker_portal.domains.automations.rules import checked_automation
from salestrekker_portal.domains.firm.members import disable_member
from salestrekker_portal.domains.labels.queries import put_labels
from salestrekker_portal.domains.questions.flows import LOAN_NAMES
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound
from salestrekker_portal.tables.automations import StageAutomation
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.labels import Label
from salestrekker_portal.tables.tasks import Task
from salestrekker_portal.tables.workflows import Stage
from tests.cast import Cast
from tests.domains.automations.test_automations import clock_runs, move, runs, switched_on, work
from tests.domains.notifications.world import notices, tell

__all__ = ["clock_runs"]


async def label(cast: Cast, name: str, firm=None) -> Label:
    async with transaction() as session:
        made = Label(organisation_id=(firm or cast.firm).id, name=name)
        session.add(made)
        await session.flush()
        return made


async def test_deeds_are_done_in_order_and_what_cannot_be_is_said(database, cast: Cast):
    await switched_on(
        cast, "task:owner", words="Order the valuation, 3 days\nRing them", what2=f"tell:{cast.bob.id}", words2="Look",
        what3="tell:owner", words3="It is here", what4=f"move:{cast.stages[2].id}",
    )  # fmt: skip
    async with transaction() as session:
        await disable_member(session, cast.alice, cast.bob.id, cast.alice.id)
    await move(cast, 1)
    await work()
    [run] = await runs()
    assert run.done and not run.passed_over and "Not done: " in run.result, run.result
    places = [run.result.index(words) for words in ("Order the valuation", "It is here", "move the deal", "Not done")]
    assert places == sorted(places)
    async with reading() as session:
        tasks = list(await session.scalars(select(Task).where(Task.deal_id == cast.deal.id).order_by(Task.title)))
        assert (await session.get(Deal, cast.deal.id)).stage_id == cast.stages[2].id
    assert [(each.title, each.owner_id) for each in tasks] == [
        ("Order the valuation", cast.alice.id), ("Ring them", cast.alice.id)
    ]  # fmt: skip
    assert (tasks[0].due_on - tasks[1].due_on).days == 3
    await tell()
    assert [each.facts["words"] for each in await notices(cast.alice.id)] == ["It is here"]


async def test_when_one_deed_fails_while_it_is_done_none_of_them_happened(database, cast: Cast, monkeypatch):
    await switched_on(cast, "task:owner", words="Ring them", what2=f"move:{cast.stages[2].id}")
    await move(cast, 1)

    async def refused(*_args, **_more):
        raise Conflict("Somebody else has it.")

    monkeypatch.setattr("salestrekker_portal.domains.automations.deeds.move_deal", refused)
    await work()
    [run] = await runs()
    assert (run.done, run.result) == (False, "Somebody else has it.")
    async with reading() as session:
        assert not list(await session.scalars(select(Task).where(Task.deal_id == cast.deal.id)))


async def test_the_brake_counts_a_move_wherever_it_stands(sqlite, cast: Cast):
    for here, to in ((0, 1), (1, 0)):
        await switched_on(cast, "tell:owner", stage=here, words="Hello", what2=f"move:{cast.stages[to].id}")
    await move(cast, 2)
    await move(cast, 1)
    for _ in range(5):
        await work()
    said = await runs()
    assert [run.done for run in said] == [True, True, False] and "less than a day ago" in said[-1].result


async def test_it_acts_only_on_deals_of_which_all_is_so(database, cast: Cast):
    wanted, other = await label(cast, "Refinance"), await label(cast, "Top-up")
    async with transaction() as session:
        deal = await session.get(Deal, cast.deal.id)
        deal.value_cents, deal.partner_id = 640_000_00, cast.priya_partner.id
        await put_labels(session, cast.firm.id, deal.id, [wanted.id])
    fits = {"loan": "home_loan", "least": "500k", "most": "700,000", "label": str(wanted.id), "unlabel": str(other.id),
            "brought": "partner"}  # fmt: skip
    misses = {"loan": "personal_loan", "least": "640,000.01", "most": "$639,999", "label": str(other.id),
              "unlabel": str(wanted.id), "brought": "own"}  # fmt: skip
    none = dict.fromkeys(("least", "most", "label", "unlabel"), "")
    await switched_on(cast, "tell:owner", words="All of it", **fits)
    for name, value in misses.items():
        await switched_on(cast, "tell:owner", words=f"Not {name}", **{**fits, **none, name: value})
    await move(cast, 1)
    await work()
    said = await runs()
    assert [run.done for run in said].count(True) == 1 and len(said) == 1 + len(misses)
    assert all(run.passed_over is not run.done for run in said)
    assert {run.result for run in said if run.passed_over} == {
        "Its type is Home loan.", "Its amount is $640,000.", "It isn’t labelled Top-up.", "It is labelled Refinance.",
        "A partner brought it.",
    }  # fmt: skip
    await tell()
    assert [each.facts["words"] for each in await notices(cast.alice.id) if "words" in each.facts] == ["All of it"]


async def test_trying_says_why_it_is_not_for_a_deal_and_what_comes_after_what(sqlite, cast: Cast):
    async with transaction() as session:
        (await session.get(Deal, cast.deal.id)).value_cents = 0
        typed = {"what": "tell:owner", "words": "Big one", "least": "1m"}
        typed |= {"what2": "task:owner", "words2": "Ring, 1 day"}
        made = await service.add_automation(session, cast.alice, cast.stages[1].id, typed)
        said = await service.try_automation(session, cast.alice, made.id, cast.deal.id)
        assert said == f"On “{cast.deal.name}” it would do nothing, because it has no amount yet."
        (await session.get(Deal, cast.deal.id)).value_cents = 2_000_000_00
        said = await service.try_automation(session, cast.alice, made.id, cast.deal.id)
    assert said == (
        f"On “{cast.deal.name}” it would tell the deal’s owner: “Big one”; then give the deal’s owner a task: “Ring”. "
        "Nothing was done."
    )


async def test_another_condition_is_tried_again_and_other_words_are_not(sqlite, cast: Cast):
    key = await switched_on(cast, "tell:owner", words="One", what2="task:owner", words2="Two")
    for typed, off in (({"words2": "Three"}, False), ({"least": "1"}, True)):
        async with transaction() as session:
            row = await session.get(StageAutomation, key)
            form = service.automation_form(row)
            assert await service.change_automation(session, cast.alice, key, {**form, **typed}, form) is off


async def test_a_label_or_stage_that_is_gone_is_said_and_acts_on_nothing(sqlite, cast: Cast):
    wanted = await label(cast, "Refinance")
    await switched_on(cast, "tell:owner", words="x", label=str(wanted.id))
    await switched_on(cast, "tell:owner", words="y", what2=f"move:{cast.stages[2].id}")
    async with transaction() as session:
        await session.delete(await session.get(Label, wanted.id))
        await session.delete(await session.get(Stage, cast.stages[2].id))
    async with reading() as session:
        facts = await service.automations_in(session, cast.alice, [cast.stages[1].id])
    assert [each.what for each in facts] == [
        "When a deal arrives, only if it is labelled a label that is gone: tell the deal’s owner",
        "When a deal arrives: tell the deal’s owner, then nothing, because its stage is gone",
    ]
    await move(cast, 1)
    await work()
    assert [run.passed_over for run in await runs()] == [True, False]


async def test_a_label_of_another_firm_is_not_found(sqlite, cast: Cast):
    theirs = await label(cast, "Theirs", cast.other_firm)
    for key in (theirs.id, uuid4()):
        with pytest.raises(NotFound):
            async with transaction() as session:
                typed = {"what": "tell:owner", "words": "x", "label": str(key)}
                await service.add_automation(session, cast.alice, cast.stages[1].id, typed)


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"loan": "boat"}, "loan"), ({"brought": "storks"}, "brought"), ({"label": "x"}, "label"),
     ({"least": "lots"}, "least"), ({"least": "10", "most": "9"}, "most"), ({"what2": "burn:all"}, "what2"),
     ({"words4": "Alone"}, "what4"), ({"what2": "task:owner"}, "words2"), ({"what3": ["x"], "words3": "y"}, "what3"),
     ({"what2": "task:owner", "words2": "Ring, 9999 days"}, "words2"),
     ({"what2": "move:a", "what3": "move:b"}, "what3"), ({"what2": "task:owner", "words2": "x\n" * 13}, "words2")],
)  # fmt: skip
def test_each_refusal_stands_beside_its_field(typed, field):
    with pytest.raises(Invalid) as refusal:
        checked_automation({"what": "tell:owner", "words": "x", **typed})
    assert list(refusal.value.errors) == [field]


@pytest.mark.parametrize("what", ["task:team", "note:partner"])
async def test_nobody_is_given_what_is_for_one_person(sqlite, cast: Cast, what: str):
    with pytest.raises(Invalid) as refusal:
        async with transaction() as session:
            typed = {"what": "tell:owner", "words": "x", "what2": what, "words2": "y"}
            await service.add_automation(session, cast.alice, cast.stages[1].id, typed)
    assert list(refusal.value.errors) == ["what2"]


def test_conditions_are_judged_as_by_hand_and_come_back_as_they_were_typed():
    chance, labels = Random(7), [str(uuid4()) for _ in range(3)]
    names = dict(zip(labels, ("One", "Two", "Three"), strict=True))
    for _ in range(400):
        typed = {
            "loan": chance.choice(["", *LOAN_NAMES]), "brought": chance.choice(["", "partner", "own"]),
            "least": chance.choice(["", "100", "500k"]), "most": chance.choice(["", "500,000", "1m"]),
            "label": chance.choice(["", *labels]), "unlabel": "",
        }  # fmt: skip
        typed["unlabel"] = chance.choice(["", *[each for each in labels if each != typed["label"]]])
        errors: dict[str, str] = {}
        only_if = checked_conditions(typed, errors)
        assert not errors and checked_conditions(condition_fields(only_if), errors) == only_if
        deal = SimpleNamespace(
            loan_kind=chance.choice(list(LOAN_NAMES)), value_cents=chance.choice([0, 100_00, 500_000_00, 2_000_000_00]),
            partner_id=chance.choice([None, uuid4()]),
        )  # fmt: skip
        on_it = [each for each in labels if chance.random() < 0.5]
        so = (
            typed["loan"] in ("", deal.loan_kind)
            and typed["brought"] in ("", "partner" if deal.partner_id else "own")
            and deal.value_cents >= {"": 0, "100": 100_00, "500k": 500_000_00}[typed["least"]]
            and deal.value_cents <= {"": 10**12, "500,000": 500_000_00, "1m": 1_000_000_00}[typed["most"]]
            and (not typed["label"] or typed["label"] in on_it)
            and typed["unlabel"] not in on_it
        )
        assert (unmet(only_if, deal, on_it, names) == "") is so
        assert (condition_words(only_if, names) == "") is not any(typed.values())
