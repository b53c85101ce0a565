"""How much of a shared note stands in the e-mail that tells of it: all, its first line, or nothing (S3-03)."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.domains.notices.texts import MESSAGES
from salestrekker_portal.domains.notifications.choosing import (
    choose_shown,
    choose_way,
    decided,
    preview,
    use_standard_words,
    write_words,
)
from salestrekker_portal.domains.portal_access.client_words import Shows, shown_of_notes, shows_of
from salestrekker_portal.kernel.errors import Invalid, NotPermitted
from salestrekker_portal.tables.outbox import Channel
from tests.domains.documents.world import give_links
from tests.domains.notifications.world import mails, queued, tell

pytestmark = pytest.mark.usefixtures("sqlite")

LINES = ("Good news [PIN]", "The lender said yes.", "Call me")
LONG = "Word " * 60


async def _choose(actor, shows, *, for_firm=True):
    async with transaction() as session:
        await choose_shown(session, actor, for_firm=for_firm, shows=shows)


async def _told(cast, *texts: str) -> str:
    await give_links(cast)
    for text in texts:
        async with transaction() as session:
            await add_note(session, cast.alice, cast.deal.id, text, with_client=True)
    await tell()
    return (await mails("notice.note_shared"))["kim@example.com"]


@pytest.mark.parametrize(
    ("shows", "said"),
    [(None, 1), (Shows.LINE, 1), (Shows.WHOLE, 3), (Shows.NONE, 0)],
)
async def test_the_firm_chooses_and_a_line_is_the_default(cast, shows, said):
    if shows:
        await _choose(cast.alice, shows)
    mail = await _told(cast, "\n".join(LINES))
    assert "Alice wrote to you" in mail and "You can answer there" in mail
    assert [line in mail for line in LINES] == [place < said for place in range(3)]
    assert ("“Good news [PIN]…”" in mail) == (said == 1)


async def test_several_notes_are_a_line_each_and_a_text_shows_none_of_it(cast):
    await _choose(cast.alice, Shows.WHOLE)
    async with transaction() as session:
        await choose_way(session, cast.alice, for_firm=True, key="note_shared", channel=Channel.SMS, on=True)
    mail = await _told(cast, "First", "Second")
    assert mail.index("First") < mail.index("Second")
    assert shown_of_notes(["First\nmore", "Second"], Shows.LINE) == "“First…”\n“Second”"
    assert len(shown_of_notes([LONG], Shows.LINE)) < 150
    texts = [row for row in await queued("notice.note_shared") if row.channel is Channel.SMS]
    assert texts and all(row.sealed for row in texts)
    assert "[Message]" not in MESSAGES["note_shared"].standard.sms_text


@pytest.mark.parametrize(("text", "end"), [("Dear you,\n[Message]\nBye", "Bye"), ("Dear you,\nBye", "“Hello”")])
async def test_it_stands_in_the_firms_own_words_where_they_put_it_or_at_the_end(cast, text, end):
    words = {"subject": "News", "sms_text": "[Firm]: news", "email_text": text}
    async with transaction() as session:
        await write_words(session, cast.alice, for_firm=True, key="note_shared", typed=words)
        page = await decided(session, cast.alice, for_firm=True)
        mail, _ = preview(page.people, "note_shared", MESSAGES["note_shared"].standard, Shows.NONE)
    assert "“" not in "".join(mail.paragraphs)
    told = await _told(cast, "Hello")
    assert told.endswith(end) and "“Hello”" in told
    with pytest.raises(Invalid) as refusal:
        async with transaction() as session:
            await write_words(
                session, cast.alice, for_firm=True, key="note_shared", typed={**words, "sms_text": "[Message]"}
            )
    assert "not what it says" in refusal.value.errors["sms_text"]


async def test_a_brokers_own_choice_stands_before_the_firms_and_survives_new_words(cast):
    await _choose(cast.alice, Shows.NONE)
    await _choose(cast.alice, Shows.WHOLE, for_firm=False)
    async with transaction() as session:
        await use_standard_words(session, cast.alice, for_firm=False, key="note_shared")
    for for_firm, shows in ((True, Shows.NONE), (False, Shows.WHOLE)):
        async with reading() as session:
            page = await decided(session, cast.alice, for_firm=for_firm)
        assert shows_of(page.stored["note_shared"]) is shows
    for junk in ({}, {"shows": "all"}, {"shows": None}, {"shows": 7}):
        assert shows_of(junk) is Shows.LINE
    for actor in (cast.bob, cast.kim, cast.priya):
        with pytest.raises(NotPermitted):
            await _choose(actor, Shows.WHOLE)
