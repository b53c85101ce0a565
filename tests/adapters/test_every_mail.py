"""Every kind of e-mail that the product writes, made by the code that writes it, with hostile values everywhere.

What makes a Content is found in the source, so that a new mail fails here until it is made below.
"""

import ast
import re
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from jinja2 import Environment, UndefinedError

from salestrekker_portal.adapters.email_html import html_part, plain_part
from salestrekker_portal.adapters.email_html.render import HERE, _Inlined, _templates
from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.firm.asking import ASKS, ask_an_admin
from salestrekker_portal.domains.firm.log_keeping import mail_heads
from salestrekker_portal.domains.firm.members import _send_link
from salestrekker_portal.domains.letters.rules import Draft
from salestrekker_portal.domains.letters.sending import write_letter
from salestrekker_portal.domains.notices.catalogue import BY_KEY, FIELDS
from salestrekker_portal.domains.notices.reasons import why_of
from salestrekker_portal.domains.notices.rules import Firm, Person
from salestrekker_portal.domains.notices.texts import INVITATION, MESSAGES
from salestrekker_portal.domains.notices.words import staff_words, words_for
from salestrekker_portal.domains.notifications import mornings, partner_month, sending
from salestrekker_portal.domains.notifications.partner_tests import send_partner_test
from salestrekker_portal.domains.notifications.recipients import Recipient
from salestrekker_portal.domains.organisations.letterhead import on_paper
from salestrekker_portal.domains.outbox.content import ITEM, Content
from salestrekker_portal.domains.partners.messages import invitation as partner_invitation
from salestrekker_portal.domains.portal_access import client_words, messages
from salestrekker_portal.domains.portal_access.lost_link_words import WayIn, lost_link
from salestrekker_portal.domains.portal_access.pins import _alarm
from salestrekker_portal.domains.portal_access.queries import people_of
from salestrekker_portal.domains.signing_in.notices import tell
from salestrekker_portal.domains.signing_in.own_password import send_password_link
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.notifications import Audience, Notice
from salestrekker_portal.tables.organisations import Organisation, User
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.partners import Partner
from salestrekker_portal.tables.security_log import LogHead, LogSeal
from tests.adapters.letters import Letter
from tests.adapters.mail_rules import faults_of
from tests.architecture.source import ROOT

EVIL = """<script>alert('x')</script>"><img src=x onerror=a()> {{ 7*7 }} {% raw %} {# #} {stage_name} ${x} %s"""
LINK = "https://portal.example.com/portal/abc"
PORTAL = ROOT / "salestrekker_portal"


def builders() -> set[str]:
    """Each function in the product that writes an e-mail: it makes a Content with a subject. `file:function`."""
    found = set()
    for path in PORTAL.rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for call in ast.walk(function):
                named = isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Content"
                if named and any(word.arg == "subject" for word in call.keywords):
                    found.add(f"{path.relative_to(PORTAL)}:{function.name}")
    return found


@pytest.fixture
def made(monkeypatch) -> list[tuple[str, Content]]:
    """Every e-mail that is made from here on, with the function that made it."""
    seen: list[tuple[str, Content]] = []
    as_it_is = Content.__init__

    def watched(self, **fields) -> None:
        as_it_is(self, **fields)
        maker = sys._getframe(1).f_code
        if self.subject and Path(maker.co_filename).is_relative_to(PORTAL):
            seen.append((f"{Path(maker.co_filename).relative_to(PORTAL)}:{maker.co_name}", self))

    monkeypatch.setattr(Content, "__init__", watched)
    return seen


async def hostile(session, cast) -> Actor:
    """Everybody has a name that an attacker chose; alice, acting."""
    firm, partner = await session.merge(cast.firm), await session.merge(cast.priya_partner)
    firm.name = EVIL
    for person in (cast.alice_user, cast.bob_user, cast.kim_contact, cast.sam_contact):
        row = await session.merge(person)
        row.first_name = row.last_name = EVIL
    partner.first_name = partner.last_name = EVIL
    deal = await session.merge(cast.deal)
    deal.name = deal.reference = EVIL
    await session.flush()
    return replace(cast.alice, name=EVIL)


async def staff_and_partners(session, cast, alice: Actor) -> None:
    """Accounts, passwords, and what is asked of an admin."""
    for about in ASKS:
        await ask_an_admin(session, alice, about)
    await _send_link(session, alice, cast.bob_user)
    await send_password_link(session, Portal.BROKER, "alice@example.com", "203.0.113.9")
    await send_password_link(session, Portal.PARTNER, "priya@example.com", "203.0.113.9")
    await tell(session, Portal.BROKER, cast.alice_user.id, cast.firm.id, subject="New device", what=f"{EVIL}.")
    await _alarm(session, cast.firm.id, 150)
    chain = {"log": "activity", "chain": cast.firm.id, "number": 1, "seal": "0" * 64}
    yesterday = utc_now() - timedelta(days=2)
    session.add_all([LogHead(**chain), LogSeal(**chain, row_id=new_id(), digest="0" * 64, sealed_at=yesterday)])
    await mail_heads(session, cast.firm.id, "Australia/Sydney", utc_now().date())
    firm = await session.get(Organisation, cast.firm.id)
    broker = await session.get(User, cast.alice_user.id)
    for known in (True, False):
        partner_invitation(organisation=firm, broker=broker, first_name=EVIL, link=LINK, has_password=known)
    dev = Partner(email="dev@example.com", first_name=EVIL, last_name=EVIL)
    month = partner_month.MonthInShort(sent=2, settled=1, open=[(EVIL, EVIL)] * 22)
    await send_partner_test(session, alice, "partner_note")
    partner_month._send(session, firm, dev, broker, month, date(2026, 3, 1), {})


async def clients(session, cast) -> None:
    """Links, PINs and the firm's own words for every message that it may put in its own."""
    deal = await session.merge(cast.deal)
    plain = await people_of(session, deal, cast.kim_contact.id)
    again = replace(plain, link_again=True, pin_again=True)
    for people in (plain, again, replace(plain, pin_with_owner=True)):
        messages.invitation(people, LINK)
        messages.link_again(people, LINK)
        messages.ways_in_stopped(people)
        messages.pin_for_owner(people, "123456", EVIL)
        way = WayIn(access=cast.kim_access, people=people, email="kim@example.com", link=LINK)
        lost_link([way])
        lost_link([way, way])
    # What is written by hand is told apart from values by their brackets, so it takes no others.
    typed = EVIL.translate(str.maketrans("{}[]", "()()"))
    letter = Draft(channel=Channel.EMAIL, audience=Audience.CLIENT, subject=typed, text=f"[Greeting]\n\n{typed}")
    await write_letter(session, cast.alice, deal.id, letter, [f"contact-{cast.kim_contact.id}"])
    for key, message in MESSAGES.items():
        if message.has_email and key != INVITATION:
            said = {"subject": f"{EVIL} [Client first name]", "email_text": f"{EVIL}\n\n[Firm]: [Broker name]"}
            for words in (message.standard, replace(message.standard, **said)):
                client_words.client_email(plain, key, dict.fromkeys(FIELDS, EVIL), LINK, words)


def notices(cast) -> list[Notice]:
    """One of every event in the catalogue, with hostile names, reasons and stages."""
    items = [{"id": "", "name": f"{EVIL} {number}"} for number in range(2)]
    facts = dict.fromkeys(("reason", "summary", "stage", "contact", "from_stage", "short", "until"), EVIL)
    ids = {"organisation_id": cast.firm.id, "deal_id": cast.deal.id, "recipient_id": cast.alice_user.id}
    return [
        Notice(event=event.key, audience=event.audience, author=EVIL, items=items, facts=facts, **ids)
        for event in BY_KEY.values()
        if event.offered.email
    ]


def news(session, cast, alice: Actor) -> None:
    """What staff, clients and partners are told, and the summary of a day."""
    for notice in notices(cast):
        event = BY_KEY[notice.event]
        values = dict.fromkeys(FIELDS, EVIL)
        recipient = Recipient(
            id=new_id(), person=Person(name=EVIL, email="to@example.com"), firm=Firm(), wanted=event.offered,
            firm_name=EVIL, sender=EVIL, link=LINK, values=values,
        )  # fmt: skip
        staff = event.audience is Audience.STAFF
        words = staff_words(notice, EVIL, EVIL) if staff else words_for(event, {}, values)
        sending._mail(notice, recipient, words)
    told = [(notice, EVIL) for notice in notices(cast) if notice.audience is Audience.STAFF]
    mornings._send_summary(session, cast.firm, cast.alice_user, "Australia/Sydney", date(2026, 3, 9), told)


def harmless(content: Content) -> None:
    """Everything is text, whole, and said in both parts; nothing is left to fill in and nothing is filled in twice."""
    html, plain = html_part(content), plain_part(content)
    letter = Letter(html)
    assert not letter.tags & {"script", "img", "iframe", "form", "link"}
    assert all(link.startswith(("http", "tel:+")) for link in letter.links)
    read = " ".join(plain.split())
    for paragraph in content.paragraphs:
        words = ITEM.sub("", paragraph)
        assert " ".join(words.split()) in read
        assert all(line in letter.words for line in words.split("\n"))
    assert content.subject in letter.words and content.sender
    # Beside what was typed, no mark of a template is left, in either part.
    for text in (letter.words, plain):
        typed = EVIL.split()
        left = re.findall(r"\S*(?:\{[{%#]|[%#}]\}|\[\w[\w ]*\]|\{\w+\})\S*", text)
        assert not [word for word in left if not any(bit in word for bit in typed if bit)], left


async def test_every_kind_of_mail_is_harmless_whatever_people_are_called(sqlite, cast, made):
    async with transaction() as session:
        alice = await hostile(session, cast)
        await staff_and_partners(session, cast, alice)
        await clients(session, cast)
        news(session, cast, alice)
    assert {name for name, _ in made} == builders()
    for _, content in made:
        harmless(content)
        assert faults_of(content) == []
    assert sum(EVIL in " ".join([content.subject, *content.paragraphs]) for _, content in made) > len(made) // 2


async def test_every_kind_of_mail_keeps_our_rules_for_mail_programs(sqlite, cast, made, monkeypatch):
    """With names as people have them: nothing is hidden behind the marks of an attack."""
    monkeypatch.setattr(sys.modules[__name__], "EVIL", "Bartholomew Featherstonehaugh-Ngāwhare")
    async with transaction() as session:
        await staff_and_partners(session, cast, cast.alice)
        await clients(session, cast)
        news(session, cast, cast.alice)
        on_our_paper = [await on_paper(session, cast.firm.id, content) for _, content in made]
    for content in on_our_paper:
        assert faults_of(content) == [], content.subject
        assert cast.firm.name in plain_part(content).partition("\n--\n")[2]


def test_every_kind_says_why_somebody_gets_it():
    kinds = {f"notice.{key}" for key in BY_KEY} | {"notice.daily_summary"} | kinds_in_the_source()
    assert [kind for kind in sorted(kinds) if not why_of(kind, "Harbour Finance")] == []


def kinds_in_the_source() -> set[str]:
    """The kind of each e-mail that is put into the outbox by name."""
    found: set[str] = set()
    for path in PORTAL.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) == "enqueue":
                named = {word.arg: word.value for word in call.keywords}
                if isinstance(named.get("kind"), ast.Constant) and "EMAIL" in ast.dump(named["channel"]):
                    found.add(named["kind"].value)
    return found


def test_a_value_that_nobody_gave_is_an_error_not_a_gap():
    with pytest.raises(UndefinedError):
        _templates().get_template("layout.html").render(subject="News")


@pytest.mark.parametrize("path", sorted(HERE.glob("*.html")), ids=lambda path: path.name)
def test_writing_the_rules_into_the_elements_moves_no_mark_of_a_template(path):
    """An HTML parser lifts words out of tables; a mark that stands between rows would change its place unseen."""
    marks = re.compile(r"\{[{%].*?[%}]\}|<(?:p|td|div|h1|a|img|strong)\b")
    inlined, _, _ = _Inlined().get_source(Environment(autoescape=True), path.name)
    assert marks.findall(inlined) == marks.findall(path.read_text(encoding="utf-8"))
    assert "style=" in inlined and "{{" in inlined
