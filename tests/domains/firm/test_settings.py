"""What the firm decides, what a broker decides for their own deals, and what nobody may decide."""

import pytest
from sqlalchemy.exc import IntegrityError

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.documents.arriving import NewFile
from salestrekker_portal.domains.documents.compliance import (
    add_version,
    checked_slot,
    current_versions,
    file_of_version,
)
from salestrekker_portal.domains.firm.details import change_details
from salestrekker_portal.domains.firm.settings import (
    change_portal_settings,
    checked_link,
    drop_own_settings,
    portal_settings_of,
)
from salestrekker_portal.domains.organisations.branding import checked_colour, contrast
from salestrekker_portal.domains.portal_access.consent import to_read
from salestrekker_portal.domains.portal_access.queries import people_of, settings_for, share_facts
from salestrekker_portal.kernel.errors import Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Slot
from salestrekker_portal.tables.organisations import Organisation, PortalSettings, PrivacyMode, Role
from tests.cast import join

FILE = {"name": "guide.pdf", "mime": "application/pdf", "size": 10, "sha256": "0" * 64}


async def _applies(cast):
    async with reading() as session:
        return await settings_for(session, cast.firm.id, cast.alice_user.id)


async def test_the_firm_decides_until_a_broker_decides_for_their_own_deals(sqlite, cast):
    async with transaction() as session:
        await change_portal_settings(session, cast.alice, for_firm=True, show_status_bar=False)
    assert (await _applies(cast)).show_status_bar is False
    async with transaction() as session:
        await change_portal_settings(session, cast.alice, for_firm=False, profile_at_first_login=False)
    own = await _applies(cast)
    assert own.user_id == cast.alice_user.id and not own.show_status_bar and not own.profile_at_first_login
    async with transaction() as session:
        await change_portal_settings(session, cast.alice, for_firm=True, show_status_bar=True)
    assert (await _applies(cast)).show_status_bar is False
    async with transaction() as session:
        await drop_own_settings(session, cast.alice)
    assert (await _applies(cast)).show_status_bar is True


async def test_assistants_clients_and_partners_decide_nothing(sqlite, cast):
    for actor in (cast.bob, cast.kim, cast.priya):
        for for_firm in (True, False):
            with pytest.raises(NotPermitted):
                async with transaction() as session:
                    await change_portal_settings(session, actor, for_firm=for_firm, show_status_bar=False)
        with pytest.raises(NotPermitted):
            async with transaction() as session:
                await change_details(session, actor, {"name": "Mine"})
    async with reading() as session:
        assert (await portal_settings_of(session, cast.bob, for_firm=True)).settings.show_status_bar
        with pytest.raises(NotPermitted):
            await portal_settings_of(session, cast.kim, for_firm=True)


async def test_another_firm_changes_only_its_own(sqlite, cast):
    async with transaction() as session:
        await change_portal_settings(session, cast.mallory, for_firm=True, show_status_bar=False)
    assert (await _applies(cast)).show_status_bar is True


async def test_the_privacy_disclosure_is_the_firms_alone(sqlite, cast):
    page = {"privacy_mode": PrivacyMode.LINK, "privacy_url": "https://harbour.example.com/privacy"}
    async with transaction() as session:
        dana = await join(session, cast)
        (await session.get(Deal, cast.deal.id)).owner_id = dana.id
        await change_portal_settings(session, dana, for_firm=False, show_status_bar=False)
    for actor, for_firm in ((dana, False), (dana, True), (cast.alice, False), (cast.bob, True)):
        for changes in (page, {"privacy_mode": PrivacyMode.LINK}, {"privacy_url": page["privacy_url"]}):
            with pytest.raises(NotPermitted):
                async with transaction() as session:
                    await change_portal_settings(session, actor, for_firm=for_firm, **changes)
    # What the firm changes later reaches the deals of a broker with settings of their own, at once.
    async with transaction() as session:
        await change_portal_settings(session, cast.alice, for_firm=True, **page)
    async with reading() as session:
        assert not (await settings_for(session, cast.firm.id, dana.id)).show_status_bar
        assert (await to_read(session, cast.kim))[0].url == page["privacy_url"]
        people = await people_of(session, await session.get(Deal, cast.deal.id), cast.kim_contact.id)
        facts = await share_facts(session, dana, people)
    assert (facts.privacy_mode, facts.privacy_url) == tuple(page.values())


async def test_no_row_of_a_broker_can_hold_a_privacy_disclosure(database, cast):
    with pytest.raises(IntegrityError):
        async with transaction() as session:
            session.add(
                PortalSettings(organisation_id=cast.firm.id, user_id=cast.alice_user.id, privacy_mode=PrivacyMode.LINK)
            )


@pytest.mark.parametrize(
    "typed",
    ["", "http://harbour.example.com", "javascript:alert(1)", "https://", "https://x", "https://a@b.example.com",
     "https://a.example.com/<script>", "https://[", "x" * 10_000, "https://a.example.com/" + "x" * 500, None, 7],
)  # fmt: skip
async def test_a_link_that_clients_could_not_open_is_refused(sqlite, cast, typed):
    with pytest.raises(Invalid) as refusal:
        async with transaction() as session:
            await change_portal_settings(
                session, cast.alice, for_firm=True, privacy_mode=PrivacyMode.LINK, privacy_url=typed
            )
    assert "privacy_url" in refusal.value.errors
    assert (await _applies(cast)).privacy_mode is PrivacyMode.DOCUMENTS


def test_a_good_link_is_kept_as_typed():
    assert (
        checked_link(" https://harbour.example.com/privacy?v=2#top ") == "https://harbour.example.com/privacy?v=2#top"
    )


@pytest.mark.parametrize(("typed", "kept"), [("", None), ("#0F6B66", "#0f6b66"), ("1a1a2e", "#1a1a2e")])
def test_a_colour_that_carries_white_words_is_kept(typed, kept):
    assert checked_colour(typed) == kept


@pytest.mark.parametrize("typed", ["#ffffff", "#00c8b4", "#777", "red", "#12345g", "url(x)", "x" * 10_000])
def test_a_colour_that_nobody_could_read_is_refused(typed):
    with pytest.raises(Invalid) as refusal:
        checked_colour(typed)
    assert "theme_colour" in refusal.value.errors


def test_contrast_is_counted_as_the_guideline_counts_it():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


async def test_details_are_checked_field_by_field(sqlite, cast):
    async with transaction() as session:
        firm = await change_details(
            session, cast.alice, {"name": "Harbour & Co", "phone": "02 4000 1000", "email": "HELLO@example.com"}
        )
    assert (firm.name, firm.phone, firm.email) == ("Harbour & Co", "+61240001000", "hello@example.com")
    bad = {"name": " ", "phone": "12", "email": "nobody", "licence": "x" * 10_000, "theme_colour": "#eeeeee"}
    with pytest.raises(Invalid) as refusal:
        async with transaction() as session:
            await change_details(session, cast.alice, bad)
    assert set(refusal.value.errors) == set(bad)
    async with reading() as session:
        assert (await session.get(Organisation, cast.firm.id)).name == "Harbour & Co"


async def test_a_new_version_takes_the_place_of_the_one_in_use(sqlite, cast):
    versions = []
    for number in (1, 2):
        async with transaction() as session:
            made = await add_version(session, cast.alice, Slot.CREDIT_GUIDE, NewFile(key=f"k{number}", **FILE))
            versions.append((made.id, made.version))
    assert [version for _, version in versions] == ["v1", "v2"]
    async with reading() as session:
        found = await current_versions(session, cast.bob)
        assert found[Slot.CREDIT_GUIDE].id == versions[1][0] and found[Slot.PRIVACY_DISCLOSURE] is None
        assert (await file_of_version(session, cast.bob, versions[0][0]))[1].storage_key == "k1"
        for stranger in (cast.mallory, cast.kim, cast.priya):
            with pytest.raises(NotFound):
                await file_of_version(session, stranger, versions[0][0])


@pytest.mark.parametrize("raw", ["roma", "", None, "credit_guide ", "x" * 10_000, "<script>"])
async def test_a_slot_of_the_other_country_or_of_nowhere_is_refused(sqlite, cast, raw):
    with pytest.raises(Invalid):
        checked_slot(cast.alice, raw)
    with pytest.raises(NotPermitted):
        checked_slot(cast.bob, "credit_guide")
    assert cast.bob.role is Role.ASSISTANT
