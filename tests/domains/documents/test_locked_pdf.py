"""A PDF with a password is named while its sender is there; one that only forbids editing is taken."""

import re
from io import BytesIO

import pytest
from pypdf import PdfWriter

from salestrekker_portal.adapters.scanner_none import NoScanner
from salestrekker_portal.domains.documents.arriving import WrongContent, receive_bytes
from salestrekker_portal.domains.documents.locked_pdf import LOCKED_PDF, may_be_locked, needs_password
from salestrekker_portal.kernel.ids import new_id
from tests.support.local_files import LocalFiles


def made(*, user: str, owner: str, algorithm: str) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    if owner:
        writer.encrypt(user, owner, algorithm=algorithm)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def for_the_web(content: bytes) -> bytes:
    """The same with its key far from its end, as programs write what is to be shown while it still arrives."""
    first = int(content.split(b"startxref")[1].split()[0])
    long = content + b"%" + b" " * 300_000 + b"\n"
    root = re.search(rb"/Root (\d+ \d+ R)", content)[1]
    end = b"xref\n0 0\ntrailer\n<< /Size 9 /Root %b /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (root, first, len(long))
    return long + end


class Store:
    """Of one file, in memory."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    async def read(self, key: str):
        yield self.content[:100]
        yield self.content[100:]


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
@pytest.mark.parametrize(("user", "locked"), [("27031986", True), ("", False)])
async def test_only_what_asks_for_a_password_is_locked(algorithm, user, locked):
    content = made(user=user, owner="the bank", algorithm=algorithm)
    for each in (content, for_the_web(content)):
        assert may_be_locked(each[:4096], each[-4096:])
        assert await needs_password(Store(each), "x") is locked


@pytest.mark.parametrize("content", [b"%PDF-1.7 /Encrypt", b"%PDF-1.7\ntrailer << /Encrypt 1 0 R >>\n%%EOF", b""])
async def test_what_cannot_be_told_is_no_lock(content):
    assert not await needs_password(Store(content), "x")


def test_a_plain_one_is_not_even_opened():
    plain = made(user="", owner="", algorithm="")
    assert not may_be_locked(plain[:4096], plain[-4096:])


@pytest.mark.parametrize("way", [bytes, for_the_web])
async def test_a_locked_one_is_refused_in_words_and_nothing_of_it_stays(sqlite, tmp_path, way):
    files = LocalFiles(tmp_path / "files", b"s" * 32)
    locked, open_to_all = (way(made(user=user, owner="the bank", algorithm="AES-256")) for user in ("27031986", ""))
    with pytest.raises(WrongContent) as refused:
        await receive_bytes(files, NoScanner(), new_id(), "Statement.pdf", locked, limit=10**6)
    assert str(refused.value) == LOCKED_PDF and not [each for each in (tmp_path / "files").rglob("*") if each.is_file()]
    assert (await receive_bytes(files, NoScanner(), new_id(), "Statement.pdf", open_to_all, limit=10**6)).size
