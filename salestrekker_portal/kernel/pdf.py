"""PDF files of plain lines, in a fixed-width letter that knows most names: enough for a list of transactions."""

import textwrap
import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from fpdf import FPDF

FONTS = Path(__file__).parent / "fonts"
FAMILY, REGULAR, BOLD = "DejaVu Sans Mono", "DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf"
# Millimetres and points, chosen so that MOST_LETTERS fit between the margins.
MARGIN, LINE, SIZE = 14, 5.2, 8.5
MOST_LETTERS = 94
_UNKNOWN = "?"


class _Paper(FPDF):
    def footer(self) -> None:
        self.set_y(-MARGIN)
        self.set_font(FAMILY, size=7.5)
        self.cell(0, 5, f"Page {self.page_no()} of {{nb}}", align="R")


def text_pdf(title: str, lines: list[str]) -> bytes:
    """A valid A4 PDF whose text can be found and copied, as many pages as needed."""
    paper = _Paper(format="A4")
    paper.set_margins(MARGIN, MARGIN)
    paper.set_auto_page_break(True, margin=MARGIN + 6)
    paper.add_font(FAMILY, "", FONTS / REGULAR)
    paper.add_font(FAMILY, "B", FONTS / BOLD)
    paper.set_title(title)
    paper.set_lang("en-AU")
    paper.add_page()
    paper.set_font(FAMILY, "B", 12)
    _write(paper, [title], 64, 7)
    paper.set_font(FAMILY, size=SIZE)
    _write(paper, ["", *lines], MOST_LETTERS, LINE)
    return bytes(paper.output())


def _write(paper: FPDF, lines: list[str], most: int, height: float) -> None:
    for line in lines:
        for piece in wrapped(line, most):
            paper.cell(0, height, piece, new_x="LMARGIN", new_y="NEXT")


def wrapped(text: str, most: int) -> list[str]:
    """The text as it can be drawn, in lines of at most so many letters; its own line ends stay."""
    lines = drawable(text).splitlines() or [""]
    return [piece for line in lines for piece in textwrap.wrap(line, most, drop_whitespace=False) or [""]]


@cache
def _known() -> frozenset[str]:
    with TTFont(FONTS / REGULAR, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def drawable(text: str) -> str:
    """What the letter can draw. Where it can't, a vowel keeps the marks that it can have, and loses the others."""
    return "".join(map(_drawable_letter, unicodedata.normalize("NFC", text)))


@cache
def _drawable_letter(letter: str) -> str:
    if letter in _known():
        return letter
    parts = unicodedata.normalize("NFKD", letter)
    for end in range(len(parts), 0, -1):
        shown = unicodedata.normalize("NFC", parts[:end])
        if set(shown) <= _known():
            return shown
    return _UNKNOWN
