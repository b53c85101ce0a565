"""Reads PDFs as Chromium shows them."""

import pypdfium2


def pdf_text(content: bytes) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
