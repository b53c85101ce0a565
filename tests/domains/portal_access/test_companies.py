"""A company is spoken of by its name and greeted through its contact person, never by a first name alone."""

import json
import re

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.notes.service import add_note, share_note
from salestrekker_portal.domains.notices.texts import MESSAGES, PIN
from salestrekker_portal.domains.portal_access.client_words import client_email, client_sms
from salestrekker_portal.domains.portal_access.messages import link_again, pin_for_owner, pin_text, ways_in_stopped
from salestrekker_portal.domains.portal_access.queries import people_of
from salestrekker_portal.portals.broker.share.state import ShareState
from salestrekker_portal.portals.client.dashboard.state import DashboardState
from salestrekker_portal.tables.contacts import Contact, ContactKind
from tests import factories as make
from tests.domains.documents.world import give_links
from tests.domains.notifications.world import mails, tell
from tests.domains.portal_access.world import ready_deal
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("sqlite")

FIRM = "Wattle & Rye Pty Ltd"
ALONE = re.compile(r"\bGrace\b(?! Lim)")


def _is_right(text: str) -> None:
    found = ALONE.search(text)
    assert not found, f"…{text[max(0, found.start() - 80) : found.end() + 40]}…"


async def _company(cast):
    deal, robin = await ready_deal(cast)
    async with transaction() as session:
        company = await make.make_contact(
            session, cast.firm, "Grace", "Lim", company_name=FIRM, email="books@example.com", mobile="+61491570313"
        )
        await make.add_applicant(session, deal, company, position=1)
    return deal, robin, company


async def test_every_message_to_a_company_greets_its_contact_person(cast):
    deal, robin, company = await _company(cast)
    async with reading() as session:
        people = await people_of(session, deal, company.id)
        beside = await people_of(session, deal, robin.id)
    facts = {"documents": "• Rates", "documents_short": "Rates", "reason": "x", "stage_name": "s", "due_date": "1 Mar"}
    for key, message in MESSAGES.items():
        mail = client_email(people, key, facts, "https://example.com", message.standard)
        whole = "\n".join([mail.subject, *mail.paragraphs])
        _is_right(whole)
        assert "Grace Lim" in whole or not message.standard.email_text, key
        if message.standard.sms_text:
            _is_right(client_sms(people, key, facts, message.standard))
    for other in (link_again(people, "x"), ways_in_stopped(people), pin_for_owner(people, "123456", "So.")):
        _is_right("\n".join([other.subject, *other.paragraphs]))
    _is_right(pin_text(people, "123456", MESSAGES[PIN].standard))
    assert beside.others == (FIRM,)


async def test_a_company_without_a_contact_person_is_greeted_by_its_name():
    company = Contact(kind=ContactKind.COMPANY, company_name=FIRM)
    assert (company.called, company.greeted) == (FIRM, FIRM)
    assert (Contact(first_name="Kim", last_name="Ng").called, Contact(last_name="Sukarno").greeted) == (
        "Kim",
        "Sukarno",
    )


async def test_the_share_panel_speaks_of_the_company(cast):
    deal, _, company = await _company(cast)
    path, seat = f"/deals/{deal.id}/share?who={company.id}", {"cookie": cast.cookies["alice"]}
    async with Harness() as browser:
        panel = await browser.call(ShareState.load, path=path, **seat)
        assert panel.first_name == FIRM and panel.preview["lines"][0].startswith("Hello Grace Lim")
        _is_right(json.dumps(panel.dict(), default=str, ensure_ascii=False))
        await browser.call(ShareState.invite, path=path, **seat)
        assert browser.refusal == ""
        panel = await browser.call(ShareState.load, path=path, **seat)
        _is_right(json.dumps(panel.dict(), default=str, ensure_ascii=False))


async def test_on_their_own_page_and_in_what_they_are_told(cast):
    async with transaction() as session:
        kim = await session.get(Contact, cast.kim_contact.id)
        kim.kind, kim.company_name, kim.first_name, kim.last_name = ContactKind.COMPANY, FIRM, "Grace", "Lim"
        note = await add_note(session, cast.alice, cast.deal.id, "The rates are in.")
    await give_links(cast)
    async with transaction() as session:
        await share_note(session, cast.alice, cast.deal.id, note.id, audience="client", on=True)
    await tell()
    _is_right((await mails())["kim@example.com"])
    assert "Grace Lim" in (await mails())["kim@example.com"]
    async with Harness() as browser:
        state = await browser.call(DashboardState.load, cookie=cast.cookies["kim"], path="/portal")
        assert state.hello.endswith(", Grace Lim")
        _is_right(json.dumps(state.dict(), default=str, ensure_ascii=False))
        state = await browser.call(DashboardState.load, cookie=cast.cookies["sam"], path="/portal", tab="sam")
        _is_right(json.dumps(state.dict(), default=str, ensure_ascii=False))
