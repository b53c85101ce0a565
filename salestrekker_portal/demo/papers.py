"""Small, real PDF files for the demo: one page of plain words, made by hand."""

import textwrap


def one_page_pdf(title: str, lines: list[str]) -> bytes:
    """A valid one-page A4 PDF. Letters outside Latin-1 are replaced, as the built-in font lacks them."""
    wrapped = [piece for line in lines for piece in (textwrap.wrap(line, 88) or [""])]
    stream = _text_stream(title, wrapped).encode("latin-1", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    return _assembled(objects)


def _text_stream(title: str, lines: list[str]) -> str:
    shown = [f"BT /F2 18 Tf 60 770 Td ({_escaped(title)}) Tj ET", "BT /F1 11 Tf 60 735 Td 16 TL"]
    shown += [f"({_escaped(line)}) Tj T*" for line in lines[:40]]
    return "\n".join([*shown, "ET"])


def _escaped(text: str) -> str:
    plain = text.replace("’", "'").replace("–", "-")
    return plain.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


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
