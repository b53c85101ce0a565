"""Who writes to whom on a deal, who reads it, and who is refused."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.notes import queries, service
from salestrekker_portal.kernel.errors import Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.organisations import PartnerPortalSettings

pytestmark = pytest.mark.usefixtures("database")


async def _write(actor, deal, text="Hello", **audience):
    async with transaction() as session:
        return await service.add_note(session, actor, deal.id, text, **audience)


async def _read(actor, deal):
    async with reading() as session:
        return [note.text for note in await queries.notes_of(session, actor, deal.id)]


async def test_a_note_is_the_teams_own_until_it_is_shared(cast):
    note = await _write(cast.alice, cast.deal, "Rate is 5.89")
    assert await _read(cast.bob, cast.deal) == ["Rate is 5.89"]
    assert await _read(cast.kim, cast.deal) == await _read(cast.priya, cast.deal) == []
    async with transaction() as session:
        await service.share_note(session, cast.alice, cast.deal.id, note.id, audience="client", on=True)
    assert await _read(cast.kim, cast.deal) == ["Rate is 5.89"] and await _read(cast.priya, cast.deal) == []
    async with transaction() as session:
        await service.share_note(session, cast.alice, cast.deal.id, note.id, audience="client", on=False)
    assert await _read(cast.kim, cast.deal) == []


async def test_sharing_is_chosen_before_saving_too(cast):
    await _write(cast.alice, cast.deal, "For both", with_client=True, with_partner=True)
    assert await _read(cast.kim, cast.deal) == await _read(cast.priya, cast.deal) == ["For both"]


async def test_a_message_to_one_client_stays_with_that_client(cast):
    await _write(cast.alice, cast.deal, "Only Kim", with_client=True, contact_id=cast.kim_contact.id)
    seeing_sam = replace(cast.sam, sees_other_applicants=True)
    assert await _read(cast.kim, cast.deal) == ["Only Kim"]
    assert await _read(cast.sam, cast.deal) == await _read(seeing_sam, cast.deal) == []


async def test_oracle_8_what_a_client_writes_is_hidden_from_who_may_not_see_them(cast):
    seeing_kim = replace(cast.kim, sees_other_applicants=True)
    await _write(seeing_kim, cast.deal, "From Kim")
    assert await _read(cast.sam, cast.deal) == []
    assert await _read(replace(cast.sam, sees_other_applicants=True), cast.deal) == ["From Kim"]
    assert await _read(cast.alice, cast.deal) == await _read(cast.kim, cast.deal) == ["From Kim"]


async def test_the_assistant_writes_but_does_not_share(cast):
    with pytest.raises(NotPermitted):
        await _write(cast.bob, cast.deal, with_client=True)
    note = await _write(cast.bob, cast.deal, "Called")
    with pytest.raises(NotPermitted):
        async with transaction() as session:
            await service.share_note(session, cast.bob, cast.deal.id, note.id, audience="client", on=True)


async def test_strangers_neither_read_nor_write(cast):
    note = await _write(cast.alice, cast.deal, "Ours")
    for stranger in (cast.mallory, replace(cast.kim, deal_id=cast.other_deal.id)):
        assert await _read(stranger, cast.deal) == []
        with pytest.raises(NotFound):
            await _write(stranger, cast.deal)
    for outsider in (cast.kim, cast.priya, cast.mallory):
        with pytest.raises((NotFound, NotPermitted)):
            async with transaction() as session:
                await service.share_note(session, outsider, cast.deal.id, note.id, audience="client", on=True)
        with pytest.raises((NotFound, NotPermitted)):
            async with transaction() as session:
                await service.mark_important(session, outsider, cast.deal.id, note.id, on=True)


async def test_a_partner_writes_to_the_team_unless_that_is_switched_off(cast):
    await _write(cast.priya, cast.deal, "Any news?")
    assert await _read(cast.alice, cast.deal) == ["Any news?"] and await _read(cast.kim, cast.deal) == []
    async with transaction() as session:
        settings = await session.scalar(
            select(PartnerPortalSettings).where(PartnerPortalSettings.organisation_id == cast.firm.id)
        )
        settings.can_add_notes = False
    with pytest.raises(NotPermitted):
        await _write(cast.priya, cast.deal)


@pytest.mark.parametrize("text", ["", "   ", None, 7, ["a"], "\u200b", "x" * 4001])
async def test_what_can_not_be_a_note_is_refused(cast, text):
    with pytest.raises(Invalid):
        await _write(cast.alice, cast.deal, text)


async def test_tags_are_kept_as_they_were_typed(cast):
    await _write(cast.kim, cast.deal, "<script>alert(1)</script>")
    assert await _read(cast.alice, cast.deal) == ["<script>alert(1)</script>"]


async def test_unread_counts_what_others_wrote_and_reading_is_recorded_for_the_client(cast):
    await _write(cast.kim, cast.deal, "One")
    await _write(cast.alice, cast.deal, "Two", with_client=True)
    async with reading() as session:
        assert await queries.unread_count(session, cast.alice, cast.deal.id) == 1
        assert await queries.unread_count(session, cast.kim, cast.deal.id) == 1
    async with transaction() as session:
        assert await service.mark_read(session, cast.alice, cast.deal.id) == 1
    async with transaction() as session:
        assert await service.mark_read(session, cast.alice, cast.deal.id) == 0
    async with reading() as session:
        kinds = list(await session.scalars(select(Activity.kind).where(Activity.deal_id == cast.deal.id)))
    assert kinds.count("messages:read") == 1
