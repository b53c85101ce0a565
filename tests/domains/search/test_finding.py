"""Search everywhere: whatever the spelling, of one's own firm only, and never behind what was written."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.clients.contacts import change_contact
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.domains.pipeline.stopping import stop_deal
from salestrekker_portal.domains.search.contact_list import contact_list
from salestrekker_portal.domains.search.finding import Findings, HitKind, find_everything
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import NotPermitted
from salestrekker_portal.kernel.names import slips_between, text_key
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Document
from salestrekker_portal.tables.notes import Note
from tests import factories as make
from tests.cast import Cast


async def _found(actor, words: str) -> Findings:
    async with reading() as session:
        return await find_everything(session, actor, words)


def titles(findings: Findings, kind: HitKind) -> list[str]:
    return [each.title for each in findings.hits if each.kind is kind]


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("obrein", "obrien", 1), ("nguyen", "nguyen", 0), ("ngyen", "nguyen", 1), ("wikaira", "wikiara", 1),
     ("smith", "smyth", 1), ("abc", "xyz", 3), ("", "ab", 2)],
)  # fmt: skip
def test_slips_are_counted_as_fingers_make_them(one, other, slips):
    assert slips_between(one, other) == slips_between(other, one) == slips


def test_words_of_a_text_are_folded_one_by_one():
    assert text_key("Spoke to  O’Brien’s Tāne") == " spoke to obriens tane " and text_key("– —") == "  "


async def test_people_come_with_their_deals_however_they_are_spelt(database, cast: Cast):
    async with transaction() as session:
        sam = await make.make_contact(session, cast.firm, "Sam", "O’Brien", email="sam.ob@example.com")
        await make.make_deal(session, cast.firm, cast.stages[1], cast.alice_user, sam, name="Merewether purchase")
    for words in ("O'Brien", "obrien", "brien sam", "OBRIEN"):
        findings = await _found(cast.bob, words)
        assert titles(findings, HitKind.PERSON) == ["Sam O’Brien"] and not findings.near
        assert titles(findings, HitKind.DEAL) == ["Merewether purchase"]
    for slip in ("obrein", "O'Brein", "obrienn", "sam obrin"):
        findings = await _found(cast.alice, slip)
        assert titles(findings, HitKind.PERSON) == ["Sam O’Brien"] and findings.near, slip
        assert titles(findings, HitKind.DEAL) == ["Merewether purchase"]
    for slip in ("ngyuen", "ngguyen", "Nguyne", "kim nguen"):
        findings = await _found(cast.alice, slip)
        assert findings.near and all("Nguyen" in title for title in titles(findings, HitKind.PERSON)), slip
        assert titles(findings, HitKind.DEAL) == [cast.deal.name], slip
    assert not (await _found(cast.alice, "zzyzx")).hits and not (await _found(cast.alice, "o")).hits
    assert not (await _found(cast.mallory, "obrien")).hits and not (await _found(cast.mallory, "obrein")).hits


async def test_names_that_are_written_in_another_order_or_spelling_are_found(database, cast: Cast):
    async with transaction() as session:
        for first, last in (("伟", "王"), ("小明", "王"), ("민준", "김"), ("Ewan", "MacDonald"), ("Una", "McDonald")):
            await make.make_contact(session, cast.firm, first, last)
    both = {"Ewan MacDonald", "Una McDonald"}
    for typed, names in (
        ("王伟", {"伟 王"}), ("王小明", {"小明 王"}), ("小明王", {"小明 王"}), ("王", {"伟 王", "小明 王"}),
        ("김민준", {"민준 김"}),
        ("mcdonald", both), ("MACDONALD", both), ("McDon", both), ("una macdonald", {"Una McDonald"}),
    ):  # fmt: skip
        findings = await _found(cast.alice, typed)
        assert set(titles(findings, HitKind.PERSON)) == (names if len(typed) > 1 else set()), typed
        assert not findings.near
        async with reading() as session:
            listed = await contact_list(session, cast.alice, typed=typed)
        assert {line.contact.name for line in listed.lines} == names, typed


async def test_notes_files_and_partners_are_found(database, cast: Cast):
    async with transaction() as session:
        await add_note(session, cast.alice, cast.deal.id, "Spoke to O’Brien’s accountant, tax returns by Friday")
        await make.make_document(session, cast.deal, cast.alice_user, "Payslip Feb 2026.pdf")
    note = (await _found(cast.bob, "obriens accountant")).hits
    assert [(each.kind, each.deal_id) for each in note] == [(HitKind.NOTE, cast.deal.id)]
    assert titles(await _found(cast.alice, "payslip feb"), HitKind.DOCUMENT) == ["Payslip Feb 2026.pdf"]
    assert titles(await _found(cast.alice, cast.priya_partner.first_name), HitKind.PARTNER)
    for words in ("accountant", "payslip", cast.priya_partner.first_name):
        assert not (await _found(cast.mallory, words)).hits


async def test_files_are_found_with_a_slip_in_their_name(database, cast: Cast):
    async with transaction() as session:
        for name in ("Payslip Feb 2026.pdf", "Rates notice.pdf", "tax_return.pdf", "Nguyen trust deed.pdf"):
            await make.make_document(session, cast.deal, cast.alice_user, name)
    for slip, name in (
        ("paylsip", "Payslip Feb 2026.pdf"), ("payslpi feb", "Payslip Feb 2026.pdf"),
        ("ratse notice", "Rates notice.pdf"), ("tax retrun", "tax_return.pdf"),
        ("nguyen trsut", "Nguyen trust deed.pdf"),
    ):  # fmt: skip
        findings = await _found(cast.bob, slip)
        assert titles(findings, HitKind.DOCUMENT) == [name] and findings.near, slip
        assert not (await _found(cast.mallory, slip)).hits
    # A slip of a name shows the person, their deals, and the files that are called so.
    slipped = await _found(cast.alice, "nguyne")
    assert titles(slipped, HitKind.PERSON) and titles(slipped, HitKind.DOCUMENT) == ["Nguyen trust deed.pdf"]
    assert not titles(await _found(cast.alice, "payslip zzyzx"), HitKind.DOCUMENT)


async def test_the_index_follows_what_changes(database, cast: Cast):
    async with transaction() as session:
        await change_contact(session, cast.alice, cast.kim_contact.id, last_name="Featherstone")
        note = await add_note(session, cast.alice, cast.deal.id, "Underwriter rang")
    assert titles(await _found(cast.alice, "featherstone"), HitKind.PERSON)
    assert titles(await _found(cast.alice, "underwriter"), HitKind.NOTE)
    async with transaction() as session:
        (await session.get(Note, note.id)).removed_at = utc_now()
        (await session.get(Contact, cast.kim_contact.id)).archived_at = utc_now()
    assert not titles(await _found(cast.alice, "underwriter"), HitKind.NOTE)
    assert not titles(await _found(cast.alice, "featherstone"), HitKind.PERSON)


async def test_a_deal_that_ended_says_how(sqlite, cast: Cast):
    async with transaction() as session:
        await stop_deal(session, cast.alice, cast.deal.id, outcome="lost", reason="bank")
    found = [each.note for each in (await _found(cast.bob, cast.deal.reference)).hits if each.kind is HitKind.DEAL]
    assert found == [f"Lost: went to the bank, {cast.deal.reference}"]


async def test_what_is_deleted_or_renamed_is_no_longer_found(database, cast: Cast):
    async with transaction() as session:
        gone = await make.make_contact(session, cast.firm, "Quentin", "Zephyr")
        paper = await make.make_document(session, cast.deal, cast.alice_user, "Payslip Feb 2026.pdf")
    async with transaction() as session:
        await session.delete(await session.get(Contact, gone.id))
        (await session.get(Document, paper.id)).name = "Group certificate.pdf"
        (await session.get(Deal, cast.deal.id)).name = "Merewether refinance"
    assert not (await _found(cast.alice, "zephyr")).hits and not (await _found(cast.alice, "payslip")).hits
    assert titles(await _found(cast.alice, "certificate"), HitKind.DOCUMENT) == ["Group certificate.pdf"]
    assert titles(await _found(cast.alice, "merewether"), HitKind.DEAL) == ["Merewether refinance"]


async def test_two_letters_and_numbers(database, cast: Cast):
    async with transaction() as session:
        await make.make_contact(session, cast.firm, "Li", "Wu", mobile="+61491570158")
        await make.make_contact(session, cast.firm, "Mary", "Shawu")
    # Two letters begin a name.
    assert titles(await _found(cast.alice, "wu"), HitKind.PERSON) == ["Li Wu"]
    assert titles(await _found(cast.alice, "0491 570 158"), HitKind.PERSON) == ["Li Wu"]
    assert titles(await _found(cast.alice, cast.deal.reference), HitKind.DEAL) == [cast.deal.name]


@pytest.mark.parametrize("who", ["kim", "priya"])
async def test_clients_and_partners_find_nothing(sqlite, cast: Cast, who: str):
    with pytest.raises(NotPermitted):
        await _found(getattr(cast, who), "nguyen")


@pytest.mark.parametrize(
    "junk", ['"', 'obr"ien', "a OR b", "*", "NEAR(", "' or 1=1 --", "%%%", "___", "x" * 5000, None]
)
async def test_what_a_database_could_take_for_its_own_words(database, cast: Cast, junk):
    await _found(cast.alice, junk)
