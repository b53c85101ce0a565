"""PDF files with headings, tagged for whoever has them read aloud: a title, an outline, lines of name and value."""

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from fpdf import FPDF, ViewerPreferences

from salestrekker_portal.kernel.pdf import BOLD, FAMILY, FONTS, MARGIN, REGULAR, drawable

Tag = Literal["/H1", "/H2", "/H3", "/P"]
_SIZES: dict[Tag, tuple[str, float, float]] = {
    "/H1": ("B", 13, 8), "/H2": ("B", 10.5, 7), "/H3": ("B", 8.5, 5.4), "/P": ("", 8.5, 4.8),
}  # fmt: skip
# Letters of 8.5 points that fit beside each other: names, then values.
_NAME, _VALUE, _NAME_WIDTH = 40, 52, 76.0
_HEADING_LETTERS = {"/H1": 60, "/H2": 74, "/H3": 92, "/P": 94}
_GREY, _BLACK = 95, 0
_USABLE = 297 - 2 * MARGIN - 6  # millimetres of an A4 page between its margins and the number


@dataclass(frozen=True, slots=True)
class PaperHeading:
    """A heading of the first, second or third rank; the first two stand in the outline."""

    text: str
    rank: Literal[1, 2, 3]


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A name and its value on one line, or a sentence when there is no value."""

    name: str
    value: str = ""


class TaggedPaper(FPDF):
    """A4, with every piece of text in the structure tree, and the page numbers outside it."""

    def footer(self) -> None:
        # Page numbers are no part of what is read.
        self._out("/Artifact BMC")
        self.set_y(-MARGIN)
        self.set_font(FAMILY, size=7.5)
        self.cell(0, 5, f"Page {self.page_no()} of {{nb}}", align="R")
        self._out("EMC")

    @contextmanager
    def tagged(self, tag: Tag) -> Iterator[None]:
        """What is drawn inside is one element of the structure tree; it must stay on one page."""
        mcid = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=tag, mcid=mcid)
        self._out(f"{tag} <</MCID {mcid}>> BDC")
        yield
        self._out("EMC")


def tagged_pdf(title: str, under: str, blocks: Sequence[PaperHeading | PaperLine], *, language: str) -> bytes:
    """A valid PDF whose text can be found, copied and read aloud. `language` as in "en-AU"."""
    paper = TaggedPaper(format="A4")
    paper.set_margins(MARGIN, MARGIN)
    paper.set_auto_page_break(False)
    paper.add_font(FAMILY, "", FONTS / REGULAR)
    paper.add_font(FAMILY, "B", FONTS / BOLD)
    paper.set_title(title)
    paper.set_lang(language)
    paper.viewer_preferences = ViewerPreferences(display_doc_title=True)
    paper.add_page()
    _text(paper, "/H1", title)
    _text(paper, "/P", under)
    for block in blocks:
        if isinstance(block, PaperHeading):
            _heading(paper, block)
        else:
            _pair(paper, block)
    return bytes(paper.output())


def _heading(paper: TaggedPaper, block: PaperHeading) -> None:
    # A heading is never the last line of a page.
    _room(paper, 22)
    paper.ln(3 if block.rank < 3 else 1.5)
    if block.rank < 3:
        paper.start_section(drawable(block.text), level=block.rank - 1)
    _text(paper, ("/H1", "/H2", "/H3")[block.rank - 1], block.text)


def _text(paper: TaggedPaper, tag: Tag, text: str) -> None:
    style, size, height = _SIZES[tag]
    for some in _pages(_lines(text, _HEADING_LETTERS[tag]), height):
        _room(paper, height * len(some))
        paper.set_font(FAMILY, style, size)
        with paper.tagged(tag):
            _draw(paper, some, 0, height)


def _pair(paper: TaggedPaper, block: PaperLine) -> None:
    """All of the name, then all of the value: read line by line they would be told in turns."""
    if not block.value:
        _text(paper, "/P", block.name)
        return
    _, size, height = _SIZES["/P"]
    names = _lines(block.name, _NAME)
    for some in _pages(_lines(block.value, _VALUE), height):
        rows = max(len(names), len(some))
        _room(paper, height * rows)
        top = paper.get_y()
        paper.set_font(FAMILY, "", size)
        with paper.tagged("/P"):
            paper.set_text_color(_GREY)
            _draw(paper, names, _NAME_WIDTH, height)
            paper.set_text_color(_BLACK)
            paper.set_xy(MARGIN + _NAME_WIDTH, top)
            _draw(paper, some, 0, height)
        paper.set_xy(MARGIN, top + height * rows)
        names = []  # what goes on over the page is under the name still


def _draw(paper: TaggedPaper, lines: Sequence[str], width: float, height: float) -> None:
    for line in lines:
        # A space, or what is extracted has the last word of a line and the first of the next in one.
        paper.cell(width, height, f"{line} ", new_x="LEFT", new_y="NEXT")


def _lines(text: str, most: int) -> list[str]:
    """As it can be drawn, in lines of at most so many letters; its own line ends stay."""
    lines = drawable(text).splitlines() or [""]
    return [piece for line in lines for piece in textwrap.wrap(line, most) or [""]]


def _pages(lines: list[str], height: float) -> Iterator[list[str]]:
    """What fits on one page at once: an element stays on its page."""
    most = int(_USABLE / height)
    for start in range(0, len(lines), most):
        yield lines[start : start + most]


def _room(paper: TaggedPaper, height: float) -> None:
    if paper.get_y() + height > paper.h - MARGIN - 6:
        paper.add_page()
