"""Small PDF files of plain lines, made by hand: enough for a list of transactions, and nothing to install."""

import textwrap
import unicodedata

LINES_ON_A_PAGE = 44
MOST_LETTERS = 94


def text_pdf(title: str, lines: list[str]) -> bytes:
    """A valid A4 PDF in a fixed-width letter, as many pages as needed. Letters outside Latin-1 lose their marks."""
    wrapped = [piece for line in lines for piece in (textwrap.wrap(line, MOST_LETTERS) or [""])] or [""]
    pages = [wrapped[start : start + LINES_ON_A_PAGE] for start in range(0, len(wrapped), LINES_ON_A_PAGE)]
    first_page = 5
    kids = " ".join(f"{first_page + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for number, shown in enumerate(pages, start=1):
        stream = _stream(title, shown, f"Page {number} of {len(pages)}")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> "
            b"/Contents %d 0 R >>" % (first_page + 2 * number - 1)
        )
        objects.append(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
    return _assembled(objects)


def _stream(title: str, lines: list[str], foot: str) -> bytes:
    shown = [f"BT /F2 14 Tf 42 792 Td ({_plain(title)}) Tj ET", "BT /F1 9 Tf 42 764 Td 16 TL"]
    shown += [f"({_plain(line)}) Tj T*" for line in lines]
    shown += ["ET", f"BT /F1 8 Tf 42 36 Td ({_plain(foot)}) Tj ET"]
    return "\n".join(shown).encode("cp1252", "replace")


def _plain(text: str) -> str:
    """Printable in the built-in letters: a macron the font lacks goes, the vowel under it stays."""
    letters = []
    for letter in text:
        try:
            letter.encode("cp1252")
        except UnicodeEncodeError:
            letter = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
        letters.append(letter)
    return "".join(letters).replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _assembled(objects: list[bytes]) -> bytes:
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
