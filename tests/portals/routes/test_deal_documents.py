"""Staff take all papers of a deal along in one file; nobody else does, and each is written down as opened."""

import zipfile
from io import BytesIO
from random import Random

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.documents.taking import folder_name, unused_path
from salestrekker_portal.portals.routes import deal_documents
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Document, StoredFile
from salestrekker_portal.tables.security_log import SecurityEvent
from tests.portals.routes.test_own_data import PDF, browser, send

__all__ = ["browser"]
pytestmark = pytest.mark.usefixtures("sqlite")


async def take(browser, cast, who="alice", deal=None, **headers):
    cookie = {"cookie": cast.cookies[who]} if who else {}
    return await browser.post("/deals/documents", data={"deal": str(deal or cast.deal.id)}, headers=cookie | headers)


async def furnish(cast, browser) -> None:
    for name in ("Payslip.pdf", "payslip.pdf", "Lease.pdf"):
        await send(browser, cast.cookies["kim"], name)
    await send(browser, cast.cookies["alice"], "Internal.pdf", portal="broker", deal=cast.deal.id)


async def test_the_zip_holds_every_paper_in_the_folder_of_its_person(cast, browser):
    await furnish(cast, browser)
    answer = await take(browser, cast, "bob")
    assert answer.status_code == 200 and answer.headers["cache-control"] == "private, no-store"
    assert f"{cast.deal.reference}, documents.zip" in answer.headers["content-disposition"]
    archive = zipfile.ZipFile(BytesIO(answer.content))
    assert archive.testzip() is None
    assert sorted(archive.namelist()) == [
        "Kim Nguyen/Lease.pdf", "Kim Nguyen/Payslip.pdf", "Kim Nguyen/payslip (2).pdf", "Other papers/Internal.pdf",
    ]  # fmt: skip
    assert archive.read("Kim Nguyen/Lease.pdf") == PDF + b"Lease.pdf"
    await take(browser, cast, "bob")
    await take(browser, cast, "alice")
    async with reading() as session:
        opened = list(await session.scalars(select(Activity).where(Activity.kind == "document:opened")))
        noted = list(await session.scalars(select(SecurityEvent).where(SecurityEvent.kind == "document:opened")))
    # Once an hour is enough, and nobody opens their own in the sense of the client's page.
    assert len(opened) == len(noted) == 4 + 3


async def test_a_paper_that_was_renamed_keeps_what_a_lender_knows_it_by(cast, browser):
    await send(browser, cast.cookies["kim"], "Lease.pdf")
    async with transaction() as session:
        (await session.scalar(select(Document))).name = "Lease of Kim/Sam"
    archive = zipfile.ZipFile(BytesIO((await take(browser, cast)).content))
    assert archive.namelist() == ["Kim Nguyen/Lease of Kim-Sam.pdf"]


async def test_what_is_held_or_gone_is_named_and_not_given(cast, browser, tmp_path):
    await furnish(cast, browser)
    async with transaction() as session:
        lease = await session.scalar(select(StoredFile).where(StoredFile.size_bytes == len(PDF + b"Lease.pdf")))
        lease.scanned = "infected"
        gone = await session.scalar(select(StoredFile).where(StoredFile.size_bytes == len(PDF + b"Internal.pdf")))
        gone.storage_key = "nowhere"
    archive = zipfile.ZipFile(BytesIO((await take(browser, cast)).content))
    assert archive.read("Not in this download.txt").decode().split("\n") == ["Lease.pdf", "Internal.pdf"]
    assert not [name for name in archive.namelist() if "Lease" in name or "Internal" in name]


async def test_others_and_other_sites_get_nothing(cast, browser):
    await furnish(cast, browser)
    for who in ("kim", "priya", ""):
        answer = await take(browser, cast, who)
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in"), who
    assert (await take(browser, cast, "mallory")).status_code == 404
    for deal in (cast.other_deal.id, "x"):
        assert (await take(browser, cast, deal=deal)).status_code == 404
    assert (await take(browser, cast, origin="https://evil.example")).status_code == 403


async def test_signing_out_in_the_middle_ends_the_download(cast, browser, monkeypatch):
    await furnish(cast, browser)
    asked = 0

    async def once_only(portal: Portal, header: str):
        nonlocal asked
        asked += 1
        return await real(portal, header) if asked < 3 else None

    real = deal_documents.actor_in
    monkeypatch.setattr(deal_documents, "actor_in", once_only)
    with pytest.raises(Exception, match="sign in again"):
        await take(browser, cast)


async def test_a_settled_deal_gives_its_papers_too(cast, browser):
    await furnish(cast, browser)
    async with transaction() as session:
        deal = await session.get(Deal, cast.deal.id)
        deal.locked_at = deal.created_at
    assert (await take(browser, cast)).status_code == 200


def test_no_name_leads_out_of_its_folder_and_no_two_are_the_same():
    assert folder_name("../..//etc\\passwd") == "-..-etc-passwd" and folder_name(" . ") == ""
    assert folder_name("a:b") == "a-b"
    chance, used = Random(5), set()
    for _ in range(500):
        name = folder_name("".join(chance.choice("aAb. (2)/") for _ in range(6))) or "Paper"
        before = len(used)
        path = unused_path("Kim", name, used)
        assert path.startswith("Kim/") and path.count("/") == 1 and len(used) == before + 1
        assert path.rpartition(".")[2] == name.rpartition(".")[2] or "." not in name.strip(".")
