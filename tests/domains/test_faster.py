"""Every form that overwrites, in two tabs: other fields are both kept, the same field is asked about, on each database.

FORMS is one row a use case; tests/architecture/test_versions.py finds those that are missing.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.automations.service import add_automation, automation_form, change_automation
from salestrekker_portal.domains.bank_statements import integrations
from salestrekker_portal.domains.billing.purchases import set_recharge
from salestrekker_portal.domains.chasing.settings import set_rhythm, switch_chasing
from salestrekker_portal.domains.clients.contacts import change_contact, contact_form
from salestrekker_portal.domains.documents.lists import lines_of, save_list
from salestrekker_portal.domains.documents.service import rename_document
from salestrekker_portal.domains.firm.details import change_details, details_form
from salestrekker_portal.domains.firm.partner_settings import (
    partner_settings_of,
    partner_words_of,
    write_partner_words,
)
from salestrekker_portal.domains.firm.settings import change_portal_settings, portal_settings_of
from salestrekker_portal.domains.firm.videos import keep_flow_video, keep_stage_video, places_of, video_form
from salestrekker_portal.domains.labels.queries import labels_of, labels_on
from salestrekker_portal.domains.labels.service import add_label, rename_label
from salestrekker_portal.domains.letters import templates
from salestrekker_portal.domains.letters.templates import add_template, change_template
from salestrekker_portal.domains.loans.rules import loan_form, security_form
from salestrekker_portal.domains.loans.service import save_loan, save_security
from salestrekker_portal.domains.notes.editing import edit_note
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.domains.notices.texts import INVITATION
from salestrekker_portal.domains.notifications.choosing import decided, write_words
from salestrekker_portal.domains.organisations.flow_choice import flow_form, flows_in_use, save_flow
from salestrekker_portal.domains.organisations.own_account import change_own_details, own_form
from salestrekker_portal.domains.organisations.saved_views import add_view, change_view, view_form
from salestrekker_portal.domains.partners.attributes import change_partner, partner_form
from salestrekker_portal.domains.partners.own_account import account_form, change_own_account
from salestrekker_portal.domains.pipeline.editing import deal_form, edit_deal
from salestrekker_portal.domains.portal_access.client_words import TEXTS, words_of
from salestrekker_portal.domains.tasks.service import add_task, change_task, task_form
from salestrekker_portal.domains.workflows.rules import stage_form, workflow_form
from salestrekker_portal.domains.workflows.service import change_stage, rename_workflow
from salestrekker_portal.kernel.errors import Faster
from salestrekker_portal.tables.automations import StageAutomation
from salestrekker_portal.tables.bank_statements import Provider
from salestrekker_portal.tables.chasing import ChaseSettings
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Document, RequestList
from salestrekker_portal.tables.labels import Label
from salestrekker_portal.tables.letters import LetterTemplate
from salestrekker_portal.tables.loans import DealLoan, DealSecurity
from salestrekker_portal.tables.notes import Note
from salestrekker_portal.tables.organisations import Organisation, PrivacyMode, SavedView, User
from salestrekker_portal.tables.partners import Partner
from salestrekker_portal.tables.tasks import Task
from salestrekker_portal.tables.workflows import Stage, Workflow
from tests import factories as make
from tests.cast import Cast

Words = dict[str, Any]
VIDEOS = [f"https://www.youtube.com/watch?v=aqz-KE-bpK{letter}" for letter in "QRS"]


@dataclass(frozen=True, kw_only=True)
class Form:
    """`shows` reads what the form is filled from, `saves` sends it. `values` are two new texts for its main field and,
    where it has another, `other` is that field with a new text. Whoever changed it is `who`, "" where nobody knows."""

    name: str
    use_case: Callable
    shows: Callable[[Any, Cast], Awaitable[Words]]
    saves: Callable[[Any, Cast, Words, Words], Awaitable[Any]]
    main: str
    values: tuple[str, str]
    other: tuple[str, str] | None = None
    who: str = "You"
    begins: Callable[[Any, Cast], Awaitable[Any]] | None = None
    extra: Words = field(default_factory=dict)


def _row(model: type, of: Callable[[Cast], Any], words: Callable) -> Callable:
    async def shows(session, cast):
        return words(await session.get(model, of(cast), populate_existing=True), cast)

    return shows


def _only(model: type, words: Callable) -> Callable:
    async def shows(session, cast):
        return words((await session.scalars(select(model).order_by(model.created_at))).first())

    return shows


async def _id_of(session, model: type) -> Any:
    return (await session.scalars(select(model.id).order_by(model.created_at))).first()


async def _deal_shows(session, cast):
    deal = await session.get(Deal, cast.deal.id, populate_existing=True)
    return deal_form(deal, await labels_of(session, cast.firm.id), await labels_on(session, deal.id))


async def _settings(session, cast):
    return (await portal_settings_of(session, cast.alice, for_firm=True)).settings


async def _link_shows(session, cast):
    return {"privacy_url": (await _settings(session, cast)).privacy_url or ""}


async def _link_saves(session, cast, typed, shown):
    await change_portal_settings(
        session, cast.alice, for_firm=True, shown=shown, privacy_mode=PrivacyMode.LINK, **typed
    )


async def _words_show(session, cast):
    words = words_of((await decided(session, cast.alice, for_firm=True)).stored, INVITATION)
    return {name: getattr(words, name) for name in TEXTS if name != "sms_text"}


async def _words_save(session, cast, typed, shown):
    await write_words(session, cast.alice, for_firm=True, key=INVITATION, typed=typed, shown=shown)


async def _stage_video_shows(session, cast):
    return video_form(((await _settings(session, cast)).stage_videos or {}).get(str(cast.stages[0].id)))


async def _stage_video_saves(session, cast, typed, shown):
    await keep_stage_video(session, cast.alice, cast.stages[0].id, for_firm=True, shown=shown, **typed)


async def _flow_place(session, cast):
    flow = (await flows_in_use(session, cast.alice))[0]
    return flow, places_of("AU", flow.section_ids)[0][0]


async def _flow_video_shows(session, cast):
    flow, place = await _flow_place(session, cast)
    return video_form((((await _settings(session, cast)).flow_videos or {}).get(str(flow.id)) or {}).get(place))


async def _flow_video_saves(session, cast, typed, shown):
    flow, place = await _flow_place(session, cast)
    await keep_flow_video(session, cast.alice, flow.id, place, for_firm=True, shown=shown, **typed)


async def _flow_begins(session, cast):
    sections = ["applicant.personal_details", "needs.reasons"]
    await save_flow(session, cast.alice, None, name="All", flow_type="home_loan", sections=sections)


async def _flow_shows(session, cast):
    return flow_form((await flows_in_use(session, cast.alice))[0])


async def _flow_saves(session, cast, typed, shown):
    flow = (await flows_in_use(session, cast.alice))[0]
    facts = typed | {"sections": str(typed["sections"]).split()}
    await save_flow(session, cast.alice, flow.id, shown=shown, **facts)


async def _list_saves(session, cast, typed, shown):
    key = await _id_of(session, RequestList)
    await save_list(session, cast.alice, key, shown=shown, **typed)


async def _list_begins(session, cast):
    await save_list(session, cast.alice, None, name="Ours", lines="Payslip")


async def _partner_words_shown(session, cast):
    words = partner_words_of(await partner_settings_of(session, cast.alice), "partner_note")
    return {name: getattr(words, name) for name in TEXTS}


async def _template_begins(session, cast):
    await add_template(session, cast.alice, {"name": "First", "audience": "client", "sms_text": "Call me"})


async def _template_saves(session, cast, typed, shown):
    await change_template(session, cast.alice, await _id_of(session, LetterTemplate), typed, shown)


async def _label_begins(session, cast):
    await add_label(session, cast.alice, "First")


async def _label_saves(session, cast, typed, shown):
    await rename_label(session, cast.alice, await _id_of(session, Label), typed["name"], shown)


async def _document_begins(session, cast):
    await make.make_document(session, cast.deal, cast.alice_user)


async def _document_saves(session, cast, typed, shown):
    await rename_document(session, cast.alice, await _id_of(session, Document), typed["name"], shown)


BANKS = [Provider.ILLION, Provider.BASIQ]


async def _bank_begins(session, cast):
    await integrations.choose(session, cast.alice, BANKS, for_firm=True, switched_on=True, provider="basiq")


async def _bank_shows(session, cast):
    chosen = await integrations.chosen_by(session, cast.alice, BANKS, for_firm=True)
    return integrations.integration_form(chosen.integration, chosen.offered)


async def _bank_saves(session, cast, typed, shown):
    await integrations.choose(session, cast.alice, BANKS, for_firm=True, shown=shown, **typed)


async def _loan_begins(session, cast):
    await save_loan(session, cast.alice, cast.deal.id, None, {"lender": "First"})


async def _loan_saves(session, cast, typed, shown):
    await save_loan(session, cast.alice, cast.deal.id, await _id_of(session, DealLoan), typed, shown)


async def _security_begins(session, cast):
    await save_security(session, cast.alice, cast.deal.id, None, {"address": "1 Short Street"})


async def _security_saves(session, cast, typed, shown):
    await save_security(session, cast.alice, cast.deal.id, await _id_of(session, DealSecurity), typed, shown)


async def _view_begins(session, cast):
    await add_view(session, cast.bob, "", {"name": "First", "shared": "on"})


async def _view_saves(session, cast, typed, shown):
    await change_view(session, cast.alice, await _id_of(session, SavedView), typed, shown)


async def _task_begins(session, cast):
    await add_task(session, cast.alice, title="First", deal_id=cast.deal.id)


async def _task_saves(session, cast, typed, shown):
    await change_task(session, cast.alice, await _id_of(session, Task), typed, shown)


async def _below_saves(session, cast, typed, shown):
    await set_recharge(session, cast.alice, on=True, shown=shown, **typed)


async def _below_begins(session, cast):
    await set_recharge(session, cast.alice, on=True, below="20")


async def _note_begins(session, cast):
    await add_note(session, cast.alice, cast.deal.id, "Call them")


async def _note_saves(session, cast, typed, shown):
    await edit_note(session, cast.alice, cast.deal.id, await _id_of(session, Note), typed["text"], shown)


async def _chasing_begins(session, cast):
    await switch_chasing(session, cast.alice, on=True)


async def _automation_begins(session, cast):
    await add_automation(session, cast.alice, cast.stages[0].id, {"what": "tell:owner", "words": "Ring them"})


async def _automation_saves(session, cast, typed, shown):
    await change_automation(session, cast.alice, await _id_of(session, StageAutomation), typed, shown)


def _firm(cast: Cast) -> Any:
    return cast.firm.id


FORMS = [
    Form(
        name="Edit deal", use_case=edit_deal, shows=_deal_shows, main="name", values=("Theirs", "Mine"),
        saves=lambda s, c, typed, shown: edit_deal(s, c.alice, c.deal.id, typed, shown), other=("amount", "610,000"),
    ),
    Form(
        name="contact", use_case=change_contact, main="first_name", values=("Kimmy", "Kimberley"),
        shows=_row(Contact, lambda c: c.kim_contact.id, lambda row, c: contact_form(row, "AU")),
        saves=lambda s, c, typed, shown: change_contact(s, c.alice, c.kim_contact.id, shown, **typed),
        other=("last_name", "Nguyễn"),
    ),
    Form(
        name="firm", use_case=change_details, main="phone", values=("(02) 9000 1111", "(02) 9000 2222"),
        shows=_row(Organisation, _firm, lambda row, c: details_form(row)),
        saves=lambda s, c, typed, shown: change_details(s, c.alice, typed, shown), other=("address", "1 Short St"),
    ),
    Form(
        name="own details", use_case=change_own_details, main="first_name", values=("Ali", "Aly"),
        shows=_row(User, lambda c: c.alice_user.id, lambda row, c: own_form(row, "AU")),
        saves=lambda s, c, typed, shown: change_own_details(s, c.alice, typed, shown), other=("last_name", "New"),
    ),
    Form(
        name="partner's account", use_case=change_own_account, main="first_name", values=("Pri", "Priyanka"), who="",
        shows=_row(Partner, lambda c: c.priya_partner.id, lambda row, c: account_form(row)),
        saves=lambda s, c, typed, shown: change_own_account(s, c.priya, typed, shown), other=("last_name", "New"),
    ),
    Form(
        name="partner", use_case=change_partner, main="firm", values=("One", "Two"),
        shows=_row(Partner, lambda c: c.priya_partner.id, lambda row, c: partner_form(row)),
        saves=lambda s, c, typed, shown: change_partner(s, c.alice, c.priya_partner.id, typed, shown),
        other=("last_name", "New"),
    ),
    Form(
        name="words to partners", use_case=write_partner_words, main="subject", values=("One", "Two"),
        shows=_partner_words_shown, other=("email_text", "Hello [Partner first name]"),
        saves=lambda s, c, typed, shown: write_partner_words(s, c.alice, key="partner_note", typed=typed, shown=shown),
    ),
    Form(
        name="message template", use_case=change_template, begins=_template_begins, main="sms_text",
        values=("Ring me", "Write to me"), other=("name", "Later"), saves=_template_saves,
        shows=_only(LetterTemplate, lambda row: {name: str(getattr(row, name)) for name in templates.TEXTS}),
    ),
    Form(
        name="label", use_case=rename_label, begins=_label_begins, main="name", values=("Urgent", "Later"),
        shows=_only(Label, lambda row: {"name": row.name}), saves=_label_saves,
    ),
    Form(
        name="document", use_case=rename_document, begins=_document_begins, main="name", values=("A.pdf", "B.pdf"),
        shows=_only(Document, lambda row: {"name": row.name}), saves=_document_saves,
    ),
    Form(
        name="list", use_case=save_list, begins=_list_begins, main="lines", values=("Payslip\nBill", "Passport"),
        shows=_only(RequestList, lambda row: {"name": row.name, "lines": lines_of(row.items)}), saves=_list_saves,
        other=("name", "Everything"),
    ),
    Form(
        begins=_flow_begins,
        name="flow", use_case=save_flow, shows=_flow_shows, saves=_flow_saves, main="name", values=("Short", "Long"),
        other=("sections", "applicant.personal_details"),
    ),
    Form(
        name="stage", use_case=change_stage, main="client_meaning", values=("We look", "We ask"),
        shows=_row(Stage, lambda c: c.stages[0].id, lambda row, c: stage_form(row)),
        saves=lambda s, c, typed, shown: change_stage(s, c.alice, c.stages[0].id, typed, shown),
        other=("stale_days", "3"),
    ),
    Form(
        name="workflow", use_case=rename_workflow, main="name", values=("One", "Two"),
        other=("monthly_goal", "4,500,000"),
        shows=_row(Workflow, lambda c: c.workflow.id, lambda row, c: workflow_form(row)),
        saves=lambda s, c, typed, shown: rename_workflow(s, c.alice, c.workflow.id, **typed, shown=shown),
    ),
    Form(
        name="stage video", use_case=keep_stage_video, shows=_stage_video_shows, saves=_stage_video_saves, main="url",
        values=(VIDEOS[1], VIDEOS[2]), other=("text", "Hello"), extra={"url": VIDEOS[0]},
    ),
    Form(
        begins=_flow_begins,
        name="flow video", use_case=keep_flow_video, shows=_flow_video_shows, saves=_flow_video_saves, main="url",
        values=(VIDEOS[1], VIDEOS[2]), other=("text", "Hello"), extra={"url": VIDEOS[0]},
    ),
    Form(
        name="privacy link", use_case=change_portal_settings, shows=_link_shows, saves=_link_saves, main="privacy_url",
        values=("https://example.com/a", "https://example.com/b"),
    ),
    Form(
        name="message", use_case=write_words, shows=_words_show, saves=_words_save, main="email_text",
        values=("Hello [Client first name].", "Kia ora [Client first name]."), other=("subject", "Come in"),
    ),
    Form(
        name="bank statements", use_case=integrations.choose, begins=_bank_begins, shows=_bank_shows,
        saves=_bank_saves, main="months", values=("3", "3"), other=("switched_on", ""),
    ),
    Form(
        name="loan", use_case=save_loan, begins=_loan_begins, main="lender", values=("Wattle", "Karri"),
        shows=_only(DealLoan, loan_form), saves=_loan_saves, other=("amount", "610,000"),
    ),
    Form(
        name="security", use_case=save_security, begins=_security_begins, main="address",
        values=("2 Long Road", "3 Long Road"), shows=_only(DealSecurity, security_form), saves=_security_saves,
        other=("price", "700,000"),
    ),
    Form(
        name="saved view", use_case=change_view, begins=_view_begins, main="name", values=("Ours", "Late"),
        shows=_only(SavedView, view_form), saves=_view_saves, other=("shared", ""),
    ),
    Form(
        name="task", use_case=change_task, begins=_task_begins, main="title", values=("Ring", "Write"),
        shows=_only(Task, task_form), saves=_task_saves, other=("due", "17/04/2026"),
    ),
    Form(
        name="automation", use_case=change_automation, begins=_automation_begins, main="words",
        values=("Ring", "Write"), shows=_only(StageAutomation, automation_form), saves=_automation_saves,
        other=("days", "3"),
    ),
    Form(
        name="note", use_case=edit_note, begins=_note_begins, main="text", values=("They called", "They wrote"),
        shows=_only(Note, lambda row: {"text": row.text}), saves=_note_saves,
    ),
    Form(
        name="chasers", use_case=set_rhythm, begins=_chasing_begins, main="rhythm", values=("1, 3", "2, 5"),
        shows=_only(ChaseSettings, lambda row: {"rhythm": ", ".join(map(str, row.rhythm)), "most": str(row.most)}),
        saves=lambda s, c, typed, shown: set_rhythm(s, c.alice, typed, shown), other=("most", "5"),
    ),
    Form(
        name="recharge", use_case=set_recharge, begins=_below_begins, main="below", values=("30", "40"),
        shows=_row(Organisation, _firm, lambda row, c: {"below": str(row.sms_recharge_below or "")}),
        saves=_below_saves,
    ),
]  # fmt: skip
EVERY = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
WITH_ANOTHER_FIELD = pytest.mark.parametrize("form", [form for form in FORMS if form.other], ids=lambda form: form.name)
# One with two values only can't be changed by two people in two ways.
CAN_CLASH = pytest.mark.parametrize(
    "form", [form for form in FORMS if form.values[0] != form.values[1]], ids=lambda form: form.name
)


async def _begin(form: Form, cast: Cast) -> Words:
    """What two people have in front of them."""
    async with transaction() as session:
        if form.begins:
            await form.begins(session, cast)
    if form.extra:
        await _save(form, cast, form.extra, {})
    return await _shown(form, cast)


async def _shown(form: Form, cast: Cast) -> Words:
    async with reading() as session:
        return await form.shows(session, cast)


async def _save(form: Form, cast: Cast, changes: Words, shown: Words) -> None:
    typed = {**(shown or await _shown(form, cast)), **changes}
    async with transaction() as session:
        await form.saves(session, cast, typed, shown)


@WITH_ANOTHER_FIELD
async def test_different_fields_are_both_kept(database, cast: Cast, form: Form):
    shown = await _begin(form, cast)
    name, text = form.other
    await asyncio.gather(_save(form, cast, {form.main: form.values[0]}, shown), _save(form, cast, {name: text}, shown))
    now = await _shown(form, cast)
    assert (now[form.main], now[name]) == (form.values[0], text if name != "switched_on" else False)


@CAN_CLASH
async def test_the_same_field_is_asked_about_and_nothing_is_written(database, cast: Cast, form: Form):
    theirs, mine = form.values
    shown = await _begin(form, cast)
    await _save(form, cast, {form.main: theirs}, shown)
    typed = {form.main: mine} | (dict([form.other]) if form.other else {})
    before = await _shown(form, cast)
    with pytest.raises(Faster) as asked:
        await _save(form, cast, typed, shown)
    assert await _shown(form, cast) == before
    clash = asked.value.clashes[form.main]
    assert (list(asked.value.clashes), clash.theirs, clash.who) == ([form.main], before[form.main], form.who)
    # Having seen theirs, mine is written.
    await _save(form, cast, typed, {**shown, form.main: clash.theirs})
    assert (await _shown(form, cast))[form.main] == mine


@CAN_CLASH
async def test_two_at_the_same_moment_are_never_both_told_saved(database, cast: Cast, form: Form):
    shown = await _begin(form, cast)
    told = await asyncio.gather(
        *(_save(form, cast, {form.main: text}, shown) for text in form.values), return_exceptions=True
    )
    assert [type(each) for each in told if each is not None] == [Faster]
    kept = form.values[[each is None for each in told].index(True)]
    assert (await _shown(form, cast))[form.main] == kept


async def test_a_clash_names_who_changed_that_field_and_when(database, cast: Cast, frozen_clock):
    form = FORMS[0]
    shown = await _begin(form, cast)
    async with transaction() as session:
        await edit_deal(session, cast.bob, cast.deal.id, {**shown, "name": "Bob’s"}, shown)
    await _save(form, cast, {"amount": "1"}, shown)
    with pytest.raises(Faster) as asked:
        await _save(form, cast, {"name": "Mine"}, shown)
    clash = asked.value.clashes["name"]
    assert (clash.who, clash.at, clash.theirs) == (cast.bob.name, "9:41 am", "Bob’s")


async def test_labels_are_merged_one_by_one(database, cast: Cast):
    async with transaction() as session:
        made = [await add_label(session, cast.alice, name) for name in ("a", "b", "c")]
    form = FORMS[0]
    a, b, c = (f"label-{label.id}" for label in made)
    await _save(form, cast, {a: "on"}, {})
    shown = await _shown(form, cast)
    await _save(form, cast, {b: "on"}, shown)
    await _save(form, cast, {a: "", c: "on"}, shown)
    now = await _shown(form, cast)
    assert [now[each] for each in (a, b, c)] == ["", "on", "on"]
