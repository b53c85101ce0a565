"""Which files a client may send: real small samples, each made here."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from salestrekker_portal.domains.documents.checks import (
    EMPTY,
    EXTENSIONS,
    MAX_FILE_BYTES,
    MIME,
    clean_name,
    judge,
    named_for,
    size_words,
    too_large,
)
from salestrekker_portal.domains.documents.signatures import HEAD_BYTES, TAIL_BYTES, FileKind, sniff


def photo(form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(out, form)
    return out.getvalue()


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in names:
            zipped.writestr(name, "<x/>")
    return out.getvalue()


def boxed(major: bytes, *others: bytes) -> bytes:
    body = b"ftyp" + major + b"\0\0\0\0" + b"".join(others)
    return (len(body) + 4).to_bytes(4, "big") + body + b"\0\0\0\x08mdat"


WORD = archive("[Content_Types].xml", "_rels/.rels", "word/document.xml")
EXCEL = archive("_rels/.rels", "xl/workbook.xml", "[Content_Types].xml")
PDF = b"%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
SAMPLES = {
    "lease.pdf": PDF,
    "scanned-with-blank-lines.PDF": b"\xef\xbb\xbf\r\n\n" + PDF,
    "licence.jpg": photo("JPEG"),
    "licence.jpeg": photo("JPEG"),
    "screenshot.png": photo("PNG"),
    "photo.webp": photo("WEBP"),
    "fax.tiff": photo("TIFF"),
    "IMG_2041.HEIC": boxed(b"heic", b"mif1", b"heic"),
    "burst.heif": boxed(b"mif1", b"mif1", b"heix"),
    "letter.docx": WORD,
    "budget.xlsx": EXCEL,
    "transactions.csv": "date,amount,payee\n2026-03-01,12.50,Café Mānuka\n".encode(),
    "from-excel.csv": "\ufeffdate\tamount".encode("utf-16"),
    "windows.csv": "caf\xe9,1\n".encode("cp1252"),
    "bmw.csv": b"BMW,25000\n",
    "notes.txt": b"The roof was done in 2019. Rent < $600 a week.",
    "approval.eml": b"From: kim@example.com\r\nDate: 2 Mar 2026 09:00 +1100\r\nSubject: Rent\r\n\r\nHi",
}


def whole(name: str, content: bytes):
    return judge(name, content[:HEAD_BYTES], len(content), content[-TAIL_BYTES:])


@pytest.mark.parametrize("name", SAMPLES)
def test_what_we_take_is_taken_at_the_first_look_and_at_the_last(name):
    content = SAMPLES[name]
    verdict = whole(name, content)
    extension = "." + name.rpartition(".")[2].lower()
    assert (verdict.sentence, verdict.kind) == (None, EXTENSIONS[extension])
    assert verdict.mime == MIME[verdict.kind]
    assert judge(name, content[:HEAD_BYTES]).sentence is None


_BINARY = [n for n, c in SAMPLES.items() if sniff(c, c).kind not in (FileKind.TEXT, FileKind.EMAIL)]
_WRONG = ("wrong.pdf", "wrong.png", "wrong.HEIC", "download.jfif", "statement.aspx", "bare", "J.Smith", "v1.2", "a.exe")


@pytest.mark.parametrize("name", _BINARY)
@pytest.mark.parametrize("other", _WRONG)
def test_the_same_bytes_under_another_name_are_taken_as_what_they_are(name, other):
    """Nobody can rename a file on a phone: the content decides, and the extension is put right."""
    content = SAMPLES[name]
    verdict = whole(other, content)
    assert verdict.sentence is None and verdict.kind is sniff(content, content).kind
    put_right = named_for(other, verdict.kind)
    assert EXTENSIONS["." + put_right.rpartition(".")[2].lower()] is verdict.kind
    assert put_right.startswith(other if other in ("J.Smith", "v1.2", "a.exe") else other.partition(".")[0])


def test_text_under_the_name_of_something_else_is_refused():
    assert "plain text" in whole("lease.pdf", b"hello").sentence
    assert "an e-mail" in whole("lease.pdf", SAMPLES["approval.eml"]).sentence


@pytest.mark.parametrize("name", SAMPLES)
def test_what_still_arrives_may_be_handed_in_as_it_is_collected(name):
    """The route collects into a bytearray; that answered 500 for every photo of an iPhone."""
    content = SAMPLES[name]
    assert judge(name, bytearray(content[:HEAD_BYTES])).sentence is None
    found = judge(name, bytearray(content[:HEAD_BYTES]), len(content), bytearray(content[-TAIL_BYTES:]))
    assert found == whole(name, content)


IN_FRONT = {
    "a Mac's type": b"TEXTmdos \x00\x00",
    "a printer's orders": b"\x1b%-12345X@PJL JOB\r\n@PJL ENTER LANGUAGE=PDF\r\n",
    "what a bank's server said": b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n",
    "bytes of no meaning": bytes(range(1, 60)) + b"< 3",
    "as many as readers skip": b"\x00" * (1024 - 5),
}


@pytest.mark.parametrize("what", IN_FRONT)
def test_bytes_in_front_of_a_pdf_are_no_reason_to_refuse_it(what):
    content = bytearray(IN_FRONT[what] + PDF)
    assert judge("lease.pdf", content, len(content), content).kind is FileKind.PDF


def test_a_pdf_that_begins_too_late_is_none():
    assert whole("lease.pdf", b"\x00" * 1020 + PDF).kind is None


TABLES = {
    "tabs": b"Date\tAmount\tPayee\r\n2026-03-01\t12.50\tCaf\xc3\xa9\r\n",
    "commas": b'date,amount,payee\n2026-03-01,12.50,"Smith, Jones"\n',
    "semicolons": "datum;betrag\n1.3.2026;12,50\n".encode("cp1252"),
    "as Excel saves it": "Date\tAmount\r\n1/3/2026\t12\r\n".encode("utf-16"),
    "longer than a head": b"date,amount,payee\n" + b"2026-03-01,12.50,cafe\n" * 400,
}


@pytest.mark.parametrize("what", TABLES)
@pytest.mark.parametrize("name", ["export.tsv", "export.xls", "export.xlsx", "export.aspx", "export.tab", "export"])
def test_a_table_of_text_is_taken_whatever_a_program_calls_it(what, name):
    content = bytearray(TABLES[what])
    verdict = judge(name, content[:HEAD_BYTES], len(content), content[-TAIL_BYTES:])
    expected = FileKind.TEXT if name == "export" else FileKind.CSV
    assert (verdict.sentence, verdict.kind) == (None, expected)
    assert EXTENSIONS["." + named_for(name, verdict.kind).rpartition(".")[2]] is expected


@pytest.mark.parametrize("name", ["export.xls", "export.xlsx", "export.aspx", "run.cmd", "script.js"])
def test_text_that_is_no_table_is_called_what_it_is(name):
    sentence = judge(name, bytearray(b"Dear Alice,\nhere is what I wrote, at length.\n")).sentence
    assert "it's really plain text. " in sentence
    table = judge(name, bytearray(TABLES["commas"]))
    assert (table.sentence is None) == name.startswith("export")


APPLES = {
    "new": ("Index/Document.iwa", "Metadata/Properties.plist"),
    "new with a preview": ("preview.jpg", "preview-web.jpg", "Index/Document.iwa"),
    "only tables": ("Index/Tables/Tile-1.iwa",),
    "packed once more": ("Index.zip", "preview.jpg"),
    "old": ("index.xml", "buildVersionHistory.plist"),
    "old with a preview": ("QuickLook/Preview.pdf", "QuickLook/Thumbnail.jpg", "index.xml"),
    "old keynote": ("index.apxl",),
    "a folder packed on a Mac": ("Budget 2026.numbers/Index/Document.iwa", "__MACOSX/._Budget"),
    "an old folder": ("Letter.pages/index.xml.gz", "Letter.pages/QuickLook/Preview.pdf"),
}


@pytest.mark.parametrize("what", APPLES)
@pytest.mark.parametrize("name", ["letter.pages", "letter.zip", "letter.pdf", "letter"])
def test_what_a_mac_writes_is_told_from_a_zip(what, name):
    content = bytearray(archive(*APPLES[what]))
    assert judge(name, content[:HEAD_BYTES]).sentence is None  # the end tells
    sentence = judge(name, content[:HEAD_BYTES], len(content), content[-TAIL_BYTES:]).sentence
    assert "Pages" in sentence and "choose Share, Export and PDF" in sentence and "zip" not in sentence.split("”")[1]


def test_a_page_of_xml_in_a_zip_is_a_zip():
    assert "a zip archive" in whole("site.zip", archive("index.xml", "style.css")).sentence


IMPOSTORS = {
    "a Windows program": b"MZ\x90\0\x03",
    "a Linux program": b"\x7fELF\x02\x01\x01",
    "a Mac program": b"\xcf\xfa\xed\xfe\x07",
    "a script": b"#!/bin/sh\nrm -rf /\n",
    "a web page": b"  \n<!DOCTYPE html><html><script>alert(1)</script>",
    "an SVG drawing": b"<?xml version='1.0'?><!-- hi --><svg xmlns='x' onload='alert(1)'/>",
    "an XML file": b"<?xml version='1.0'?><statement/>",
    "a zip archive": archive("payslip.pdf"),
    "an Office file with macros": archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "an older or locked Office file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "an Apple Pages or Numbers file": archive("Index/Document.iwa", "preview.jpg"),
    "a film or sound recording": boxed(b"qt  ", b"qt  "),
    "a GIF picture": photo("GIF"),
    "a bitmap picture": photo("BMP"),
    "a PDF with something else put in front of it": b"\x01\x02<junk>" + PDF,
    "something we don't recognise": bytes(range(64)),
}


@pytest.mark.parametrize("what", IMPOSTORS)
@pytest.mark.parametrize("extension", [".pdf", ".jpg", ".csv", ".docx", ""])
def test_impostors_are_refused_whatever_they_are_called(what, extension):
    content = IMPOSTORS[what]
    sentence = whole(f"payslip{extension}", content).sentence
    assert sentence and what in sentence
    assert sentence.endswith(".")


def test_markup_in_front_of_a_pdf_is_refused_as_what_it_is():
    assert whole("lease.pdf", b"<html><script>x</script>" + PDF).kind is None


def test_utf_16_does_not_hide_a_web_page():
    assert "a web page" in whole("list.csv", "<html><script>".encode("utf-16")).sentence


@pytest.mark.parametrize("name", ["tool.exe", "page.html", "drawing.svg", "notes.rtf"])
def test_other_extensions_are_refused_even_with_harmless_content(name):
    assert "We can't take ." in whole(name, b"hello").sentence


def test_a_zip_with_a_damaged_table_of_contents_is_no_word_document():
    content = bytearray(WORD)
    content[content.index(b"PK\x01\x02")] = 0
    assert "a zip archive" in whole("letter.docx", bytes(content)).sentence
    assert "a zip archive" in whole("letter.docx", WORD[:-30]).sentence


def test_a_name_without_extension_gets_that_of_its_content():
    verdict = whole("image", photo("JPEG"))
    assert verdict.sentence is None
    assert named_for("image", verdict.kind) == "image.jpg"
    assert named_for("image.jpeg", verdict.kind) == "image.jpeg"


def test_sizes():
    assert whole("lease.pdf", b"").sentence == EMPTY
    assert judge("lease.pdf", PDF, MAX_FILE_BYTES).sentence is None
    assert judge("lease.pdf", PDF, MAX_FILE_BYTES + 1).sentence.startswith("That file is 50.1 MB. The most we")
    assert "61 MB" in too_large(61 * 1024 * 1024)
    assert [size_words(n) for n in (1, 940 * 1024, 1_258_291, 50 << 20)] == [
        "1 KB",
        "940 KB",
        "1.2 MB",
        "50 MB",
    ]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\Users\\kim\\Lease 🏠 Tāne.PDF", "Lease 🏠 Tāne.PDF"),
        ("C:\\fakepath\\payslip.pdf", "payslip.pdf"),
        ("<script>alert(1)</script>.pdf", "script-.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("nul\0byte\r\n.pdf", "nulbyte .pdf"),
        ("O'Brien's   payslip.pdf", "O'Brien's payslip.pdf"),
        ("👨\u200d👩\u200d👧.jpg", "👨\u200d👩\u200d👧.jpg"),
        (".pdf", "document.pdf"),
        (".hidden.pdf", "hidden.pdf"),
        ("\ud800.pdf", "document.pdf"),
        ("..", "document"),
        ("", "document"),
    ],
)
def test_names_are_cleaned(raw, clean):
    assert clean_name(raw) == clean


def test_a_long_name_keeps_its_extension():
    assert clean_name("x" * 10_000 + ".pdf") == "x" * 116 + ".pdf"
    assert len(clean_name("🏠" * 200 + ".png").encode()) <= 240


@given(st.text(st.characters(), max_size=300))
def test_no_name_escapes_its_folder_or_a_header(raw):
    name = clean_name(raw)
    assert name and len(name) <= 120 and len(name.encode()) <= 240
    assert not set(name) & set('/\\\0\r\n<>:"|?*') and name not in {".", ".."} and not name.startswith(".")
    assert clean_name(name) == name


@given(st.binary(max_size=2000), st.sampled_from(sorted(EXTENSIONS)))
def test_any_bytes_get_an_answer(content, extension):
    verdict = whole(f"file{extension}", content)
    assert (verdict.sentence is None) == (verdict.kind is not None)
    assert (
        verdict.kind is None
        or EXTENSIONS["." + named_for(f"file{extension}", verdict.kind).rpartition(".")[2]] is verdict.kind
    )
