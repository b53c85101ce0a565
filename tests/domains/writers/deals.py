"""What brokers do to a deal, to the workflow it is in, and to the people who work on it."""

from datetime import timedelta

from sqlalchemy import select

from salestrekker_portal.database.session import reading
from salestrekker_portal.domains.clients.contacts import change_contact
from salestrekker_portal.domains.clients.merging import merge_contacts
from salestrekker_portal.domains.clients.parting import take_apart
from salestrekker_portal.domains.firm.members import disable_member, enable_member
from salestrekker_portal.domains.labels.queries import labels_of, labels_on
from salestrekker_portal.domains.labels.service import delete_label, rename_label
from salestrekker_portal.domains.partners.referrals import TypedContact, add_lead
from salestrekker_portal.domains.pipeline.adding import Part, add_applicant
from salestrekker_portal.domains.pipeline.carrying import CarriedDate, CarriedKind, carry_date
from salestrekker_portal.domains.pipeline.copying import copy_deal
from salestrekker_portal.domains.pipeline.editing import LABEL, deal_form, edit_deal
from salestrekker_portal.domains.pipeline.many import (
    give_deal,
    give_many,
    label_deal,
    label_many,
    move_many,
    task_for_many,
    undo_many,
)
from salestrekker_portal.domains.pipeline.removing_stages import delete_stage, delete_workflow
from salestrekker_portal.domains.pipeline.settling import (
    DealFacts,
    archive_deal,
    change_deal,
    move_deal,
    restore_deal,
    settle_deal,
    unlock_deal,
)
from salestrekker_portal.domains.pipeline.stopping import stop_deal
from salestrekker_portal.domains.questions.vocabulary import Loan
from salestrekker_portal.domains.workflows.service import add_stage, change_stage
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.labels import Label
from salestrekker_portal.tables.merges import ContactMerge
from salestrekker_portal.tables.notes import Note
from salestrekker_portal.tables.tasks import Task
from salestrekker_portal.tables.workflows import FactFindMode, Stage, Workflow
from tests.domains.writers.scene import Collected, NothingThere, one_of

all_of = Collected()
NEW_STAGE = {"client_name": "Soon", "probability_pct": "10", "stale_days": "7"}
STAGE_FIELDS = ("name", "client_name", "client_meaning", "probability_pct", "stale_days", "fact_find")


@all_of(Deal.name, last_stands=True)
async def edits_the_deal(session, scene, text):
    """From a form that was filled a moment ago: whoever was slower is told."""
    async with reading() as before:
        labels = await labels_of(before, scene.cast.firm.id)
        worn = await labels_on(before, scene.deal.id)
        shown = deal_form(await before.get(Deal, scene.deal.id), labels, worn)
    number = int(text[-1])
    loan = (Loan.HOME, Loan.ASSET_CONSUMER)[number % 2].value
    own = f"{LABEL}{scene.ground.label.id}"
    typed = shown | {"name": text, "loan": loan} | ({own: "on" if number % 3 else ""} if own in shown else {})
    await edit_deal(session, scene.alice, scene.deal.id, typed, shown)


@all_of(Deal.name, last_stands=True)
async def hands_over(session, scene, text):
    facts = DealFacts(name=text, value_cents=1, owner_id=scene.cast.bob_user.id)
    await change_deal(session, scene.alice, scene.deal.id, facts)


@all_of()
async def moves(session, scene, text):
    stages = await scene.all_stages(session)
    stage = stages[int(text[-1]) % len(stages)]
    await move_deal(session, scene.bob, scene.deal.id, stage.id)


@all_of(after=("adds_a_task",))
async def carries_a_date(session, scene, text):
    """The settlement, finance or a task, from where it is to another day; taken back sometimes."""
    number = int(text[-1])
    deal = await session.get(Deal, scene.deal.id, populate_existing=True)
    mine = (Task.deal_id == deal.id, Task.removed_at.is_(None), Task.done_at.is_(None), Task.due_on.is_not(None))
    task = await session.scalar(select(Task).where(*mine).order_by(Task.created_at, Task.id))
    there = [
        (CarriedKind.SETTLEMENT, deal, deal.expected_settlement_on),
        (CarriedKind.FINANCE, deal, deal.finance_due_on),
        (CarriedKind.TASK, task, task and task.due_on),
    ]
    there = [each for each in there if each[2] is not None]
    if not there:
        raise NothingThere("date")
    kind, thing, seen_on = there[number % len(there)]
    carried = CarriedDate(kind=kind, thing_id=thing.id, seen_on=seen_on, to=seen_on + timedelta(days=number + 1))
    await carry_date(session, scene.bob, carried)
    if number % 2:
        await carry_date(session, scene.bob, carried.back)


@all_of()
async def does_it_to_many(session, scene, text):
    """Another owner, or a label, and a task; taken back again."""
    ids, number = [scene.deal.id], int(text[-1])
    if number % 2:
        done = await give_many(session, scene.alice, ids, scene.cast.bob_user.id)
    else:
        done = await label_many(session, scene.alice, ids, scene.ground.label.id, on=True)
    tasks = await task_for_many(session, scene.bob, ids, title=text, due="")
    for each in (done, tasks):
        if each.back and number % 3:
            await undo_many(session, scene.alice, each.back)


@all_of()
async def hands_it_on_with_a_label(session, scene, text):
    await give_deal(session, scene.alice, scene.deal.id, scene.cast.bob_user.id)
    await label_deal(session, scene.bob, scene.deal.id, scene.ground.label.id, on=bool(int(text[-1]) % 2))


@all_of()
async def moves_many(session, scene, text):
    stages = await scene.all_stages(session)
    stage = stages[int(text[-1]) % len(stages)]
    await move_many(session, scene.bob, [scene.deal.id], stage.id, except_for={})


@all_of()
async def lodges(session, scene, text):
    """Into a stage that locks the clients' answers."""
    locking = [each for each in await scene.all_stages(session) if each.fact_find is FactFindMode.READ_ONLY]
    if not locking:
        raise NothingThere("stage")
    await move_deal(session, scene.alice, scene.deal.id, locking[0].id)


@all_of()
async def moves_to_another_workflow(session, scene, text):
    stage = scene.ground.leads[int(text[-1]) % len(scene.ground.leads)]
    await move_deal(session, scene.alice, scene.deal.id, stage.id)


@all_of()
async def takes_a_move_back(session, scene, text):
    now = await session.scalar(select(Deal.stage_id).where(Deal.id == scene.deal.id))
    stages = await scene.all_stages(session)
    await move_deal(session, scene.alice, scene.deal.id, stages[1].id, only_from=now)


@all_of()
async def settles(session, scene, text):
    await settle_deal(session, scene.alice, scene.deal.id)


@all_of(after=("settles",))
async def unlocks(session, scene, text):
    await unlock_deal(session, scene.alice, scene.deal.id)


@all_of(Note.text)
async def settles_with_a_note(session, scene, text):
    await settle_deal(session, scene.alice, scene.deal.id, on="1/3/2026", note=text)


@all_of(Note.text)
async def stops(session, scene, text):
    await stop_deal(session, scene.alice, scene.deal.id, outcome="lost", reason="bank", note=text)


@all_of()
async def copies(session, scene, text):
    await copy_deal(session, scene.bob, scene.deal.id)


@all_of()
async def archives(session, scene, text):
    await archive_deal(session, scene.alice, scene.deal.id)


@all_of(after=("archives",))
async def restores(session, scene, text):
    await restore_deal(session, scene.alice, scene.deal.id)


@all_of(Contact.first_name)
async def adds_an_applicant(session, scene, text):
    typed = {"first_name": text, "last_name": "Second"}
    await add_applicant(session, scene.bob, scene.deal.id, Part(typed=typed))


@all_of(Contact.first_name, last_stands=True)
async def renames_a_contact(session, scene, text):
    await change_contact(session, scene.alice, scene.kim_contact.id, first_name=text)


@all_of(Contact.first_name)
async def merges_a_contact(session, scene, text):
    twin = Contact(organisation_id=scene.deal.organisation_id, first_name=text, last_name="Twin")
    session.add(twin)
    await session.flush()
    await merge_contacts(session, scene.alice, scene.kim_contact.id, twin.id)


@all_of(after=("merges_a_contact",))
async def takes_contacts_apart(session, scene, text):
    mine = (ContactMerge.kept_id == scene.kim_contact.id, ContactMerge.undone_at.is_(None))
    merge = await session.scalar(select(ContactMerge).where(*mine).limit(1))
    if merge is None:
        raise NothingThere("merge")
    await take_apart(session, scene.alice, merge.id)


@all_of(Contact.email, last_stands=True)
async def changes_an_email(session, scene, text):
    await change_contact(session, scene.alice, scene.kim_contact.id, email=f"{text}@example.com")


@all_of(Label.name, last_stands=True)
async def renames_a_label(session, scene, text):
    await rename_label(session, scene.alice, scene.ground.label.id, text)


@all_of()
async def deletes_a_label(session, scene, text):
    await delete_label(session, scene.alice, scene.ground.label.id)


async def _where_it_is(session, scene) -> tuple[Stage, Workflow]:
    found = select(Stage).join(Deal, Deal.stage_id == Stage.id).where(Deal.id == scene.deal.id)
    stage = await one_of(session, found)
    return stage, await session.get(Workflow, stage.workflow_id)


@all_of(Stage.client_meaning, last_stands=True)
async def changes_its_stage(session, scene, text):
    """The stage that the deal is in goes to the lender, or comes back; clients may edit, or may not."""
    stage, _ = await _where_it_is(session, scene)
    number = int(text[-1])
    facts = {name: str(getattr(stage, name)) for name in STAGE_FIELDS} | {
        "client_meaning": text, "with_lender": bool(number % 2), "fact_find": ("editable", "read_only")[number % 2],
    }  # fmt: skip
    await change_stage(session, scene.alice, stage.id, facts)


@all_of()
async def deletes_its_stage(session, scene, text):
    """The deal's stage goes, and the deal with it to another one, or into the archive."""
    stage, workflow = await _where_it_is(session, scene)
    await add_stage(session, scene.alice, workflow.id, workflow.version, NEW_STAGE | {"name": text})
    others = select(Stage).where(Stage.workflow_id == workflow.id, Stage.id != stage.id).order_by(Stage.position)
    other = (await one_of(session, others)).id
    archive = bool(int(text[-1]) % 2)
    await delete_stage(session, scene.alice, stage.id, workflow.version, to_stage_id=other, archive=archive)


@all_of()
async def deletes_its_workflow(session, scene, text):
    _, workflow = await _where_it_is(session, scene)
    found = select(Stage).join(Workflow, Workflow.id == Stage.workflow_id)
    found = found.where(Workflow.organisation_id == scene.cast.firm.id, Workflow.archived_at.is_(None))
    elsewhere = await one_of(session, found.where(Workflow.id != workflow.id).order_by(Stage.position))
    await delete_workflow(session, scene.alice, workflow.id, workflow.version, to_stage_id=elsewhere.id, archive=False)


@all_of(after=("hands_over",))
async def switches_its_owner_off(session, scene, text):
    """The owner's account goes off, or on again; the deal is then somebody else's."""
    owner = await session.scalar(select(Deal.owner_id).where(Deal.id == scene.deal.id))
    if owner == scene.cast.alice_user.id:
        raise NothingThere("colleague")
    await disable_member(session, scene.alice, owner, scene.cast.alice_user.id)
    await enable_member(session, scene.alice, owner)


@all_of(Deal.summary)
async def refers_a_lead(session, scene, text):
    """A partner's lead: another deal in the same firm."""
    typed = [TypedContact(first_name=text, last_name="Lead", phone="0491 570 110", email=f"{text}@example.com")]
    await add_lead(
        session, scene.priya, contacts=typed, summary=f"Wants a loan, {text}", broker_id=scene.cast.alice_user.id,
        known_is_fine=True,
    )  # fmt: skip
