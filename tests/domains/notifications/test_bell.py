"""One's own bell and one's own choices: nobody else's, and nothing that can't be sent."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.activity.service import publish_with
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.domains.notifications import bell, preferences
from salestrekker_portal.domains.notifications.log import told_about
from salestrekker_portal.domains.notifications.preferences import Way
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.notifications import UserDelivery, UserPreference
from salestrekker_portal.tables.organisations import Organisation, User
from tests.domains.documents.world import give_links, upload
from tests.domains.notifications.world import tell

pytestmark = pytest.mark.usefixtures("database")


async def unread(actor) -> int:
    async with reading() as session:
        return await bell.unread_count(session, actor)


async def news(actor):
    async with reading() as session:
        return await bell.news_of(session, actor)


async def test_the_bell_rings_at_once_and_counts_what_is_unread(cast):
    await upload(cast.kim, cast.deal)
    await upload(cast.kim, cast.deal, name="More.pdf")
    await tell(timedelta(0))
    assert (await unread(cast.alice), await unread(cast.bob), await unread(cast.mallory)) == (1, 0, 0)
    [(line, deal)] = await news(cast.alice)
    assert deal == cast.deal.name and len(line.items) == 2
    async with transaction() as session:
        await bell.mark_read(session, cast.alice, line.id)
    assert await unread(cast.alice) == 0
    await upload(cast.kim, cast.deal, name="Third.pdf")
    await tell(timedelta(0))
    assert await unread(cast.alice) == 1  # more of the same makes the line new again


async def test_all_of_it_can_be_read_at_once_and_one_marked_new_again(cast):
    for text in ("One", "Two"):
        async with transaction() as session:
            await add_note(session, cast.kim, cast.deal.id, text)
        await tell()
    assert await unread(cast.alice) == 2
    async with transaction() as session:
        assert await bell.mark_all_read(session, cast.alice) == 2
    [(line, _), _] = await news(cast.alice)
    async with transaction() as session:
        await bell.mark_read(session, cast.alice, line.id, on=False)
    assert await unread(cast.alice) == 1


async def test_nobody_reads_or_marks_somebody_elses_bell(cast):
    await upload(cast.kim, cast.deal)
    await tell()
    [(line, _)] = await news(cast.alice)
    for name in ("bob", "mallory"):
        with pytest.raises(NotFound):
            async with transaction() as session:
                await bell.mark_read(session, getattr(cast, name), line.id)
    for name in ("kim", "priya"):
        calls = (
            lambda s, actor: bell.unread_count(s, actor),
            lambda s, actor: bell.news_of(s, actor),
            lambda s, actor: bell.mark_all_read(s, actor),
            lambda s, actor: bell.mark_read(s, actor, line.id),
            lambda s, actor: preferences.own_choices(s, actor),
            lambda s, actor: preferences.choose(s, actor, "client_wrote", Way.BELL, on=False),
            lambda s, actor: preferences.choose_summary(s, actor, on=True),
            lambda s, actor: told_about(s, actor, cast.deal.id),
        )
        # A partner has a bell of their own, and nothing else of these.
        for call in calls if name == "kim" else calls[4:]:
            with pytest.raises(NotPermitted):
                async with transaction() as session:
                    await call(session, getattr(cast, name))
    with pytest.raises(NotFound):
        async with reading() as session:
            await told_about(session, cast.mallory, cast.deal.id)
    assert await unread(cast.alice) == 1


async def choose(actor, event, way, *, on):
    async with transaction() as session:
        await preferences.choose(session, actor, event, way, on=on)


async def chosen(actor, event):
    async with reading() as session:
        page = await preferences.own_choices(session, actor)
    return next(ways for each, ways in page.events if each.key == event)


async def test_a_choice_keeps_the_other_ways_as_they_were(cast):
    assert (await chosen(cast.alice, "client_wrote")).email
    await choose(cast.alice, "client_wrote", Way.EMAIL, on=False)
    ways = await chosen(cast.alice, "client_wrote")
    assert (ways.bell, ways.email, ways.sms) == (True, False, False)
    assert (await chosen(cast.bob, "client_wrote")).email


async def test_no_sms_can_be_chosen_while_none_can_be_sent_but_it_can_be_taken_away(cast):
    """O-07: with the reason, and who can change it."""
    async with transaction() as session:
        (await session.get(Organisation, cast.firm.id)).sms_enabled = False
    with pytest.raises(Conflict, match="Connect"):
        await choose(cast.alice, "client_wrote", Way.SMS, on=True)
    await choose(cast.alice, "client_wrote", Way.SMS, on=False)
    async with transaction() as session:
        (await session.get(Organisation, cast.firm.id)).sms_enabled = True
        (await session.get(User, cast.alice_user.id)).mobile = None
    with pytest.raises(Conflict, match="mobile"):
        await choose(cast.alice, "client_wrote", Way.SMS, on=True)


@pytest.mark.parametrize("event", ["", "note_shared", "partner_note", "nothing", ["client_wrote"], None, "x" * 10_000])
async def test_only_events_of_the_page_can_be_chosen(cast, event):
    with pytest.raises(Invalid):
        await choose(cast.alice, event, Way.EMAIL, on=True)
    async with reading() as session:
        assert list(await session.scalars(select(UserPreference))) == []


async def test_what_always_comes_can_not_be_switched_off_and_is_for_admins(cast):
    with pytest.raises(Invalid, match="always"):
        await choose(cast.alice, "sms_low", Way.EMAIL, on=False)
    async with reading() as session:
        keys = [event.key for event, _ in (await preferences.own_choices(session, cast.bob)).events]
    assert "sms_low" not in keys and "client_wrote" in keys


async def test_each_email_and_the_summary_exclude_each_other(cast):
    """R-11."""
    for on in (True, False, True):
        async with transaction() as session:
            await preferences.choose_summary(session, cast.alice, on=on)
    async with reading() as session:
        [row] = await session.scalars(select(UserDelivery))
        assert row.daily_summary and (await preferences.own_choices(session, cast.alice)).daily_summary


async def test_the_deal_lists_what_was_sent_and_what_was_not_and_why(cast):
    await give_links(cast)
    async with transaction() as session:
        await add_note(session, cast.alice, cast.deal.id, "Hello", with_client=True, with_partner=True)
    await tell()
    async with reading() as session:
        told = await told_about(session, cast.bob, cast.deal.id)
    assert {(each.what, each.to, each.status) for each in told} >= {
        ("Message from you", "Kim Nguyen", "queued"),
        ("New note", "Priya Rao", "skipped"),
    }
    assert "has not asked" in next(each.why for each in told if each.status == "skipped")


@pytest.fixture
def heard():
    """The topics that open tabs hear of, commit by commit."""
    topics: list[str] = []

    async def publish(news: frozenset[str]) -> None:
        topics.extend(sorted(news))

    publish_with(publish)
    yield topics
    publish_with(None)


async def test_what_is_read_in_one_tab_is_read_in_the_others_at_once(cast, heard):
    await upload(cast.kim, cast.deal)
    await tell(timedelta(0))
    [(line, _)] = await news(cast.alice)
    mine = f"user:{cast.alice.id}"
    assert mine in heard  # it rings in every tab
    for on, told in ((True, [mine]), (True, []), (False, [mine])):
        heard.clear()
        async with transaction() as session:
            await bell.mark_read(session, cast.alice, line.id, on=on)
        assert heard == told
    heard.clear()
    async with transaction() as session:
        await bell.mark_all_read(session, cast.alice)
    assert heard == [mine]
