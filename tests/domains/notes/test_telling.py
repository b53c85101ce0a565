"""A colleague is told of a note: chosen, told once, refused for whoever may not read it, and not told after all."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access import permissions
from salestrekker_portal.domains.notes import telling
from salestrekker_portal.domains.notes.editing import edit_note
from salestrekker_portal.domains.notes.queries import notes_of
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.domains.notes.telling import MOST_TOLD, may_be_told, told_of
from salestrekker_portal.domains.notices.words import path_of
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.notes import Note, NoteMention
from salestrekker_portal.tables.organisations import Membership, Role
from tests import factories as make
from tests.domains.notifications.world import mails, notices, tell


async def write(actor, deal, text="The valuer rang", **facts):
    async with transaction() as session:
        return await add_note(session, actor, deal.id, text, **facts)


async def change(actor, deal, note, text, **facts):
    async with transaction() as session:
        await edit_note(session, actor, deal.id, note.id, text, **facts)


async def told(note) -> set:
    async with reading() as session:
        return set(await session.scalars(select(NoteMention.user_id).where(NoteMention.note_id == note.id)))


async def join(cast, first_name, last_name, email, role=Role.BROKER):
    async with transaction() as session:
        return await make.make_user(
            session, cast.firm, role, email=email, first_name=first_name, last_name=last_name, mobile=None
        )


async def rung(user) -> list[str]:
    return [notice.event for notice in await notices(user.id)]


async def test_a_colleague_hears_once_by_bell_and_e_mail_with_a_link_to_the_note(database, cast):
    note = await write(cast.alice, cast.deal, tell=[cast.bob_user.id, cast.alice_user.id])
    await tell()
    [notice] = await notices(cast.bob_user.id)
    assert (notice.event, notice.bell) == ("note_mention", True)
    assert path_of(notice) == f"/deals/{cast.deal.id}/notes?note={note.id}"
    sent = await mails()
    assert set(sent) == {"bob@example.com"} and "Alice O’Rourke tells you of a note" in sent["bob@example.com"]
    assert "The valuer rang" in sent["bob@example.com"]
    assert await rung(cast.alice_user) == [] and await told(note) == {cast.bob_user.id}
    async with reading() as session:
        kinds = list(await session.scalars(select(Activity.kind).order_by(Activity.created_at, Activity.id)))
    assert kinds[-2:] == ["note:added", "note:mentioned"]


async def test_who_works_on_the_deal_and_is_told_hears_of_the_note_once(database, cast):
    dora = await join(cast, "Dora", "Vella", "dora@example.com")
    await write(cast.bob, cast.deal, "I am on this")
    await tell()
    await write(cast.alice, cast.deal, "For Dora", tell=[dora.id])
    await write(cast.alice, cast.deal, "For Bob", tell=[cast.bob_user.id])
    await tell()
    assert sorted(await rung(cast.bob_user)) == ["note_mention", "team_note"] and await rung(dora) == ["note_mention"]


async def test_changing_a_note_tells_only_who_is_new_to_it(database, cast):
    dora = await join(cast, "Dora", "Vella", "dora@example.com")
    note = await write(cast.alice, cast.deal, tell=[cast.bob_user.id])
    await tell()
    await change(cast.alice, cast.deal, note, "The valuer rang", tell=[cast.bob_user.id, dora.id])
    await change(cast.alice, cast.deal, note, "The valuer rang twice", tell=[cast.bob_user.id, dora.id])
    await change(cast.alice, cast.deal, note, "The valuer rang thrice")
    await tell()
    assert await rung(cast.bob_user) == ["note_mention"] and await rung(dora) == ["note_mention"]
    assert await told(note) == {cast.bob_user.id, dora.id}
    async with reading() as session:
        [kept] = await notes_of(session, cast.bob, cast.deal.id)
        names = [each.called for each in (await told_of(session, [kept]))[note.id]]
    assert kept.text == "The valuer rang thrice" and names == ["Bob Tran", "Dora Vella"]


async def test_of_two_tabs_each_adds_one_and_both_are_told(database, cast):
    dora = await join(cast, "Dora", "Vella", "dora@example.com")
    note = await write(cast.alice, cast.deal)
    shown = {"text": note.text, "tell": ""}
    await change(cast.alice, cast.deal, note, note.text, shown=shown, tell=[cast.bob_user.id])
    await change(cast.alice, cast.deal, note, note.text, shown=shown, tell=[dora.id])
    assert await told(note) == {cast.bob_user.id, dora.id}


@pytest.mark.parametrize("how", ["left_out", "deleted", "switched_off"])
async def test_what_is_taken_back_before_it_left_is_not_sent(database, cast, how):
    note = await write(cast.alice, cast.deal, tell=[cast.bob_user.id])
    await tell(timedelta(0))
    assert await rung(cast.bob_user) == ["note_mention"]
    if how == "left_out":
        await change(cast.alice, cast.deal, note, note.text, tell=[])
    async with transaction() as session:
        if how == "deleted":
            (await session.get(Note, note.id)).removed_at = utc_now()
        if how == "switched_off":
            found = select(Membership).where(Membership.user_id == cast.bob_user.id)
            (await session.scalars(found)).one().disabled_at = utc_now()
    await tell()
    assert await mails() == {} and await rung(cast.bob_user) == []


async def test_who_may_not_read_the_deal_is_nobody(database, cast, monkeypatch):
    gone = await join(cast, "Gus", "Gone", "gus@example.com")
    waits = await join(cast, "Wynn", "Waits", "wynn@example.com")
    helper = await join(cast, "Hana", "Helper", "hana@example.com", Role.ASSISTANT)
    async with transaction() as session:
        for user, field in ((gone, "disabled_at"), (waits, "waits_since")):
            setattr(
                (await session.scalars(select(Membership).where(Membership.user_id == user.id))).one(), field, utc_now()
            )
    grants = {**permissions.STAFF_GRANTS, Role.ASSISTANT: frozenset({permissions.Permission.NOTE_WRITE})}
    monkeypatch.setattr(telling, "STAFF_GRANTS", grants)
    note = await write(cast.alice, cast.deal, "Mine")
    nobodies = (gone.id, waits.id, helper.id, cast.mallory_user.id, cast.priya_partner.id, new_id())
    for nobody in nobodies:
        with pytest.raises(NotFound):
            await write(cast.alice, cast.deal, tell=[nobody])
        with pytest.raises(NotFound):
            await change(cast.alice, cast.deal, note, "Other", tell=[nobody])
    async with reading() as session:
        assert await may_be_told(session, cast.alice) == []
        assert [each.text for each in await notes_of(session, cast.alice, cast.deal.id)] == ["Mine"]


async def test_clients_and_partners_tell_nobody(sqlite, cast):
    for actor in (cast.kim, cast.priya):
        with pytest.raises(NotFound):
            await write(actor, cast.deal, tell=[cast.bob_user.id])
        async with reading() as session:
            assert await may_be_told(session, actor) == []
    with pytest.raises(Invalid):
        await write(cast.alice, cast.deal, tell=[new_id() for _ in range(MOST_TOLD + 1)])


async def test_people_of_one_name_are_told_apart(database, cast):
    await join(cast, "Zoë", "Lim", "zoe@example.com")
    await join(cast, "Zoe", "Lim", "zoe.lim@example.com")
    async with reading() as session:
        people = await may_be_told(session, cast.alice)
    assert [each.called for each in people] == [
        "Bob Tran",
        "Zoe Lim (zoe.lim@example.com)",
        "Zoë Lim (zoe@example.com)",
    ]


async def test_who_was_told_stays_with_the_note_after_leaving_the_firm(sqlite, cast):
    note = await write(cast.alice, cast.deal, tell=[cast.bob_user.id])
    async with transaction() as session:
        found = select(Membership).where(Membership.user_id == cast.bob_user.id)
        (await session.scalars(found)).one().disabled_at = utc_now()
    await change(cast.alice, cast.deal, note, "In other words", tell=[cast.bob_user.id])
    assert await told(note) == {cast.bob_user.id}
