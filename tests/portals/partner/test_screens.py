"""The partner's screens through the gate: what they show, and what they refuse."""

import json
import re
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.partners import service, sharing
from salestrekker_portal.domains.partners.promises import mark_called
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.portals.broker.deal.overview_state import OverviewState
from salestrekker_portal.portals.partner.board.page import partner_board_page
from salestrekker_portal.portals.partner.board.state import PartnerBoardState
from salestrekker_portal.portals.partner.deal.page import partner_deal_page
from salestrekker_portal.portals.partner.deal.state import PartnerDealState
from salestrekker_portal.portals.partner.here import PartnerHere
from salestrekker_portal.portals.partner.refer.state import PartnerReferState
from salestrekker_portal.portals.partner.results.state import PartnerResultsState, minutes_words
from salestrekker_portal.portals.partner.settings.state import PartnerAccountState, PartnerPasswordState
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.notes import AuthorKind, Note
from salestrekker_portal.tables.organisations import PartnerPortalSettings
from salestrekker_portal.tables.outbox import OutboxMessage
from salestrekker_portal.tables.partners import Partner
from tests import factories as make
from tests.domains.notifications.world import tell
from tests.support.harness import Harness
from tests.support.statements import counted

FORM = {"first_name_1": "Erin", "last_name_1": "Kearney", "phone_1": "0491 570 110", "email_1": "erin@example.com",
        "summary": "Buying in Thornbury."}  # fmt: skip


@pytest.fixture
async def browser(sqlite):
    async with Harness() as harness:
        yield harness


async def _settings(cast, **facts):
    async with transaction() as session:
        query = select(PartnerPortalSettings).where(PartnerPortalSettings.organisation_id == cast.firm.id)
        row = (await session.scalars(query)).one()
        for name, value in facts.items():
            setattr(row, name, value)


def _everything(state) -> str:
    return json.dumps({name: getattr(state, name) for name in state.base_vars}, default=str)


async def test_the_board_shows_stages_and_dates_and_never_amounts(browser, cast):
    cookie = cast.cookies["priya"]
    state = await browser.call(PartnerBoardState.load, cookie=cookie, path="/partner")
    assert not browser.refusal and [column["name"] for column in state.columns][1] == "Fact find"
    [tile] = state.columns[1]["tiles"]
    assert tile["name"] == "Nguyen purchase" and tile["since"] == "Today" and tile["broker"] == "Alice"
    shown = _everything(state)
    assert "640,000" not in shown and str(cast.other_deal.id) not in shown


@pytest.mark.parametrize("page", [partner_board_page, partner_deal_page])
def test_an_open_page_hears_what_its_firm_switches(page):
    """No button stands there that the firm has taken away: the frame is read again with the page."""
    assert "partner_here.load" in str(page()._get_all_hooks())


async def test_opening_the_board_takes_few_statements(browser, cast):
    with counted() as seen:
        await browser.call(PartnerBoardState.load, cookie=cast.cookies["priya"], path="/partner")
    assert len(seen) <= 6, str(seen)


async def test_settled_deals_show_when_asked_for_or_when_nothing_else_is_there(browser, cast):
    cookie = cast.cookies["priya"]
    async with transaction() as session:
        (await session.get(Deal, cast.deal.id)).settled_on = utc_now().date()
    state = await browser.call(PartnerBoardState.load, cookie=cookie, path="/partner?view=list&closed=0")
    assert state.rows == [] and state.summary == "0 open, 1 closed." and not state.none_at_all
    for path in ("/partner?view=list&closed=1", "/partner?view=list"):
        state = await browser.call(PartnerBoardState.load, cookie=cookie, path=path)
        assert [row["since"] for row in state.rows] == ["Settled"] and state.with_closed


async def test_a_lead_that_settled_elsewhere_is_found_where_it_was_put_and_where_it_went(browser, cast):
    """S4-16: the board opens where there are deals, counts what is closed, and Leads says where its lead went."""
    cookie = cast.cookies["priya"]
    async with transaction() as session:
        leads, _ = await make.make_workflow(session, cast.firm, "Leads")
        deal = await session.get(Deal, cast.deal.id)
        deal.partner_id, deal.settled_on = cast.priya_partner.id, utc_now().date()
    await _settings(cast, default_workflow_id=leads.id)
    state = await browser.call(PartnerBoardState.load, cookie=cookie, path="/partner")
    assert state.workflow == str(deal.workflow_id) and "0 open, 1 closed." in state.summary
    assert [tile["name"] for column in state.columns for tile in column["tiles"]] == ["Nguyen purchase"]
    state = await browser.call(PartnerBoardState.load, cookie=cookie, path=f"/partner?workflow={leads.id}&closed=1")
    [tile] = state.columns[-1]["tiles"]
    assert state.columns[-1]["name"] == "Moved on" and tile["closed"] and tile["since"].endswith("settled")
    state = await browser.call(PartnerBoardState.load, cookie=cookie, path=f"/partner?workflow={leads.id}&closed=0")
    assert state.columns[-1]["name"] != "Moved on"


async def test_a_client_is_found_by_name_wherever_their_deal_is(browser, cast):
    cookie = cast.cookies["priya"]
    async with transaction() as session:
        (await session.get(Deal, cast.deal.id)).settled_on = utc_now().date()
    for typed, found in (("nguyen", 1), ("NGUY purch", 1), ("kim%20ngu", 1), ("ursula", 0), ("%25", 0)):
        path = f"/partner?q={typed.replace(' ', '+')}"
        state = await browser.call(PartnerBoardState.load, cookie=cookie, path=path)
        assert len(state.rows) == found and state.columns == [] and not state.none_at_all, typed
        assert state.found == ("1 deal of yours" if found else "0 deals of yours")
    state = await browser.call(PartnerBoardState.load, cookie=cookie, path="/partner?q=other")
    assert str(cast.other_deal.id) not in _everything(state)


@pytest.mark.parametrize(
    "query", ["workflow=nonsense", "workflow=019a0000-0000-7000-8000-000000000000", "view=%3Cscript%3E&closed=x"]
)
async def test_a_strange_address_shows_the_usual_board(browser, cast, query):
    state = await browser.call(PartnerBoardState.load, cookie=cast.cookies["priya"], path=f"/partner?{query}")
    assert not browser.refusal and state.view == "board" and len(state.columns) == 6


async def test_a_partner_without_deals_is_invited_to_refer(browser, cast):
    async with transaction() as session:
        await sharing.stop_sharing_deal(session, cast.alice, cast.deal.id, cast.priya_partner.id)
    state = await browser.call(PartnerBoardState.load, cookie=cast.cookies["priya"], path="/partner")
    assert state.ready and state.none_at_all


async def test_a_deal_shows_its_people_and_what_is_shared(browser, cast):
    async with transaction() as session:
        await make.make_document(session, cast.deal, cast.alice_user, "letter.pdf", shared_with_partner_at=utc_now())
        await make.make_document(session, cast.deal, cast.alice_user, "payslip.pdf", shared_with_client_at=utc_now())
        for text, at in (("For the partner", utc_now()), ("For the team", None)):
            session.add(Note(deal_id=cast.deal.id, author_kind=AuthorKind.USER, author_id=cast.alice_user.id,
                             author_name="Alice O’Rourke", text=text, shared_with_partner_at=at))  # fmt: skip
    path = f"/partner/deals/{cast.deal.id}"
    with counted() as seen:
        state = await browser.call(PartnerDealState.load, cookie=cast.cookies["priya"], path=path)
    assert not browser.refusal and len(seen) <= 12, str(seen)
    assert [client["phone"] for client in state.clients] == ["0491 570 156", "0491 570 157"]
    assert [stage["state"] for stage in state.stages] == ["done", "now", "next", "next", "next", "next"]
    assert [note["text"] for note in state.notes] == ["For the partner"]
    assert [document["name"] for document in state.documents] == ["letter.pdf"]
    assert "640,000" not in _everything(state)


@pytest.mark.parametrize("which", ["other", "unknown", "garbage", "unshared", "archived"])
async def test_a_deal_that_is_not_theirs_is_not_there(browser, cast, which):
    deal_id = {"other": cast.other_deal.id, "unknown": uuid4(), "garbage": "1 or 1=1"}.get(which, cast.deal.id)
    async with transaction() as session:
        if which == "unshared":
            await sharing.stop_sharing_deal(session, cast.alice, cast.deal.id, cast.priya_partner.id)
        if which == "archived":
            (await session.get(Deal, cast.deal.id)).archived_at = utc_now()
    path = f"/partner/deals/{deal_id}"
    state = await browser.call(PartnerDealState.load, cookie=cast.cookies["priya"], path=path)
    assert "We can't find that deal" in state.gone and state.name == "" and state.clients == []
    await browser.call(PartnerDealState.send_note, cookie=cast.cookies["priya"], path=path, form={"text": "hi"})
    assert browser.refusal
    async with reading() as session:
        assert await session.scalar(select(func.count()).select_from(Note)) == 0


async def test_a_tab_that_shows_a_deal_loses_it_when_sharing_stops(browser, cast):
    path, cookie = f"/partner/deals/{cast.deal.id}", cast.cookies["priya"]
    assert (await browser.call(PartnerDealState.load, cookie=cookie, path=path)).name
    async with transaction() as session:
        await sharing.stop_sharing_deal(session, cast.alice, cast.deal.id, cast.priya_partner.id)
    state = await browser.call(PartnerDealState.refresh, cookie=cookie, path=path)
    assert state.gone and state.clients == [] and state.notes == []


async def test_the_partner_writes_and_the_team_reads(browser, cast):
    path, cookie = f"/partner/deals/{cast.deal.id}", cast.cookies["priya"]
    state = await browser.call(PartnerDealState.send_note, cookie=cookie, path=path, form={"text": "<b>Hello</b>"})
    assert [(note["author"], note["text"]) for note in state.notes] == [("You", "<b>Hello</b>")]
    for form in ({"text": ""}, {"text": "x" * 10_000}, {"text": ["a"]}, {}):
        state = await browser.call(PartnerDealState.send_note, cookie=cookie, path=path, form=form)
        assert not browser.refusal and state.note_error
    await _settings(cast, can_add_notes=False)
    await browser.call(PartnerDealState.send_note, cookie=cookie, path=path, form={"text": "Once more"})
    assert "switched off" in browser.refusal


async def test_the_form_becomes_a_deal_and_leads_to_it(browser, cast):
    cookie = cast.cookies["priya"]
    state = await browser.call(PartnerReferState.load, cookie=cookie, path="/partner/refer")
    assert [each["label"] for each in state.brokers] == ["Alice O’Rourke"]
    form = FORM | {"broker": str(cast.alice_user.id)}
    await browser.call(PartnerReferState.save, cookie=cookie, path="/partner/refer", form=form)
    assert not browser.refusal
    await tell()
    async with reading() as session:
        deal = (await session.scalars(select(Deal).where(Deal.name.startswith("Kearney")))).one()
        assert any(f"/partner/deals/{deal.id}" in event for event in browser.events)
        assert await session.scalar(select(func.count()).select_from(OutboxMessage)) == 1
    page = f"/partner/deals/{deal.id}"
    assert (await browser.call(PartnerDealState.load, cookie=cookie, path=page)).received
    async with transaction() as session:
        await mark_called(session, cast.alice, deal.id)
    state = await browser.call(PartnerDealState.load, cookie=cookie, path=page)
    assert not state.received and state.called


async def test_a_refused_form_names_the_fields(browser, cast):
    cookie = cast.cookies["priya"]
    await browser.call(PartnerReferState.load, cookie=cookie, path="/partner/refer")
    await browser.call(PartnerReferState.add_person, cookie=cookie, path="/partner/refer")
    await browser.call(PartnerReferState.add_person, cookie=cookie, path="/partner/refer")
    await browser.call(PartnerReferState.remove_person, cookie=cookie, path="/partner/refer", key="2")
    state = await browser.call(PartnerReferState.save, cookie=cookie, path="/partner/refer", form=FORM)
    assert set(state.errors) == {"first_name_3", "phone_3", "broker"}


@pytest.mark.parametrize("form", [None, 7, [], {"broker": "nonsense"}, {"label_nonsense": "on"}, {"summary": {"a": 1}}])
async def test_forms_that_no_browser_sends_are_refused(browser, cast, form):
    cookie = cast.cookies["priya"]
    await browser.call(PartnerReferState.load, cookie=cookie, path="/partner/refer")
    state = await browser.call(PartnerReferState.save, cookie=cookie, path="/partner/refer", form=form)
    assert browser.refusal or state.errors
    async with reading() as session:
        assert await session.scalar(select(func.count()).select_from(Deal)) == 2


async def test_a_partner_is_asked_once_about_a_deal_of_their_own(browser, cast):
    cookie = cast.cookies["priya"]
    await browser.call(PartnerReferState.load, cookie=cookie, path="/partner/refer")
    form = FORM | {"broker": str(cast.alice_user.id), "email_1": "kim@example.com"}
    state = await browser.call(PartnerReferState.save, cookie=cookie, path="/partner/refer", form=form)
    assert state.warning.startswith("You follow a deal of") and state.own_deals[0]["label"] == "Nguyen purchase"
    other = form | {"email_1": "sam@example.com"}
    await browser.call(PartnerReferState.save, cookie=cookie, path="/partner/refer", form=other)
    assert not any("/partner/deals/" in event for event in browser.events), "somebody else is warned about again"
    await browser.call(PartnerReferState.save, cookie=cookie, path="/partner/refer", form=other)
    assert any("/partner/deals/" in event for event in browser.events)


async def test_the_form_answers_alike_whether_the_firm_knows_them_or_not(browser, cast):
    """S4-08: the broker reads on the deal whom the client may be; the partner reads nothing of it."""
    async with transaction() as session:
        stranger = await make.make_contact(session, cast.firm, "Quinn", "Marsh", email="q@example.com")
        await make.make_deal(session, cast.firm, cast.stages[0], cast.alice_user, stranger, name="Secret purchase")
    cookie, said, leads = cast.cookies["priya"], [], []
    for place, email in enumerate(("r@example.com", "q@example.com", "nobody@example.com")):
        here = {"cookie": cookie, "path": "/partner/refer", "tab": f"tab{place}"}
        await browser.call(PartnerReferState.load, **here)
        form = FORM | {"broker": str(cast.alice_user.id), "email_1": email, "phone_1": ""}
        with counted() as seen:
            state = await browser.call(PartnerReferState.save, **here, form=form)
        [lead] = re.findall(r"/partner/deals/([0-9a-f-]{36})", " ".join(browser.events))
        leads.append(lead)
        said.append((len(seen), state.warning, state.own_deals, state.errors, browser.refusal))
    # The first of all makes the row that counts the tries.
    assert said[1] == said[2] and said[1][1:] == ("", [], {}, "")
    alike = []
    for lead in leads:
        shown = await browser.call(OverviewState.load, cookie=cast.cookies["alice"], path=f"/deals/{lead}", tab=lead)
        alike.append(shown.contacts[0]["alike"])
    assert alike == ["", "May be Quinn Marsh, whom you know: same e-mail", ""]


async def test_adding_switched_off_hides_the_form_and_refuses(browser, cast):
    await _settings(cast, can_add_deals=False)
    cookie = cast.cookies["priya"]
    assert not (await browser.call(PartnerHere.load, cookie=cookie, path="/partner")).can_add_deals
    state = await browser.call(PartnerReferState.load, cookie=cookie, path="/partner/refer")
    assert "has not switched on" in state.refused and state.brokers == []
    form = FORM | {"broker": str(cast.alice_user.id)}
    await browser.call(PartnerReferState.save, cookie=cookie, path="/partner/refer", form=form)
    assert "has not switched on" in browser.refusal


async def test_the_account_and_the_password_change(browser, cast):
    cookie = cast.cookies["priya"]
    form = {"first_name": "Priya", "last_name": "Rao", "phone": "", "country": "NZ", "email": "evil@example.com"}
    await browser.call(PartnerAccountState.save, cookie=cookie, path="/partner/settings", form=form)
    assert not browser.refusal
    state = await browser.call(
        PartnerPasswordState.save, cookie=cookie, form={"current": "wrong", "password": "a rather long new one"}
    )
    assert set(state.errors) == {"current"}
    state = await browser.call(
        PartnerPasswordState.save, cookie=cookie, form={"current": make.PASSWORD, "password": "a rather long new one"}
    )
    assert state.errors == {} and not browser.refusal
    async with reading() as session:
        partner = await session.get(Partner, cast.priya_partner.id)
        assert (partner.email, partner.country) == ("priya@example.com", "NZ")
        assert partner.password_hash != make.password_hash()


HANDLERS = [
    (PartnerHere.load, {}), (PartnerHere.switch, {"organisation_id": "x"}), (PartnerBoardState.load, {}),
    (PartnerBoardState.refresh, {}), (PartnerBoardState.choose_workflow, {"workflow_id": "x"}),
    (PartnerBoardState.show_closed, {"wanted": True}), (PartnerDealState.load, {}), (PartnerDealState.refresh, {}),
    (PartnerDealState.file_sent, {"document_id": "x"}),
    (PartnerDealState.send_note, {"form": {"text": "x"}}), (PartnerReferState.load, {}),
    (PartnerReferState.add_person, {}), (PartnerReferState.remove_person, {"key": "1"}),
    (PartnerReferState.save, {"form": FORM}), (PartnerAccountState.load, {}), (PartnerAccountState.save, {"form": {}}),
    (PartnerPasswordState.load, {}), (PartnerPasswordState.save, {"form": {}}),
]  # fmt: skip


@pytest.mark.parametrize("who", ["nobody", "alice", "kim", "mallory", "disabled"])
async def test_only_partners_who_are_still_let_in_get_past_the_gate(browser, cast, who):
    if who == "disabled":
        async with transaction() as session:
            await service.disable_partner(session, cast.alice, cast.priya_partner.id)
    cookie = cast.cookies.get("priya" if who == "disabled" else who, "")
    for handler, payload in HANDLERS:
        await browser.call(handler, cookie=cookie, path=f"/partner/deals/{cast.deal.id}", **payload)
        assert browser.was_stopped, handler
    async with reading() as session:
        assert await session.scalar(select(func.count()).select_from(Note)) == 0
        assert await session.scalar(select(func.count()).select_from(Deal)) == 2


async def test_results_are_a_years_figures_and_a_file(browser, cast):
    seat = {"cookie": cast.cookies["priya"], "path": "/partner/results"}
    state = await browser.call(PartnerResultsState.load, **seat)
    assert state.ready and not state.any_sent
    async with transaction() as session:
        (await session.get(Deal, cast.deal.id)).partner_id = cast.priya_partner.id
    state = await browser.call(PartnerResultsState.load, **seat)
    assert state.any_sent and [row["value"] for row in state.figures] == ["1", "0"]
    assert (state.months[0]["sent"], len(state.months)) == ("1", 12) and "640,000" not in _everything(state)
    await browser.call(PartnerResultsState.download, **seat)
    assert not browser.refusal
    said = [minutes_words(each) for each in (0, 1, 59, 160, 4_320)]
    assert said == ["Under a minute", "1 minute", "59 minutes", "2 h 40", "3 days"]
