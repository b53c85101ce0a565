"""PDFs of plain lines, read back by the engine that Chromium shows them with."""

import pytest

from salestrekker_portal.kernel.pdf import MOST_LETTERS, text_pdf
from tests.support.pdfs import pdf_text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Tāne O'Brien-Ling", "Tāne O'Brien-Ling"),
        ("Ta\u0304ne, in pieces", "Tāne, in pieces"),
        ("Đức Yılmaz, Łukasz, Þór, ʻokina", "Đức Yılmaz, Łukasz, Þór, ʻokina"),
        ("½ (of) it \\ all", "½ (of) it \\ all"),
        ("Nguyễn", "Nguyên"),  # our letter has no ễ: the tone goes, the vowel stays
        ("a party 🎉", "a party ?"),
    ],
)
def test_names_keep_their_letters(name, shown):
    [page] = pdf_text(text_pdf(name, [f"Paid to {name}"]))
    assert page.startswith(shown) and f"Paid to {shown}" in page


def test_every_line_is_there_and_every_page_says_which_it_is():
    lines = [f"line {number}." for number in range(500)]
    pages = pdf_text(text_pdf("Transactions", lines))
    assert [line for page in pages for line in page.splitlines() if line.startswith("line ")] == lines
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page


def test_a_line_that_is_too_long_goes_on_below():
    [page] = pdf_text(text_pdf("T", ["x" * (2 * MOST_LETTERS + 5)]))
    assert [len(line) for line in page.splitlines() if line.startswith("x")] == [MOST_LETTERS, MOST_LETTERS, 5]


@pytest.mark.parametrize("lines", [[], [""], ["\x00\x07 control", "\u202eright to left", "\ud800"]])
def test_nothing_breaks_it(lines):
    assert pdf_text(text_pdf("", lines))
