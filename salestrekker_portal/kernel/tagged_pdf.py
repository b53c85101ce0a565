"""PDF files with headings, tagged for whoever has them read aloud: a title, an outline, lines of name and value."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from fpdf import FPDF, ViewerPreferences

from salestrekker_portal.kernel.pdf import BOLD, FAMILY, FONTS, MARGIN, REGULAR, drawable, wrapped

Tag = Literal["/H1", "/H2", "/H3", "/P"]
_SIZES: dict[Tag, tuple[str, float, float]] = {
    "/H1": ("B", 13, 8), "/H2": ("B", 10.5, 7), "/H3": ("B", 8.5, 5.4), "/P": ("", 8.5, 4.8),
}  # fmt: skip
# Letters of 8.5 points that fit beside each other: names, then values.
_NAME, _VALUE, _NAME_WIDTH = 40, 52, 76.0
_HEADING_LETTERS = {"/H1": 60, "/H2": 74, "/H3": 92, "/P": 94}
_GREY, _BLACK = 95, 0


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
    for piece in wrapped(text, _HEADING_LETTERS[tag]):
        _room(paper, height)
        paper.set_font(FAMILY, style, size)
        with paper.tagged(tag):
            paper.cell(0, height, piece, new_x="LMARGIN", new_y="NEXT")


def _pair(paper: TaggedPaper, block: PaperLine) -> None:
    if not block.value:
        _text(paper, "/P", block.name)
        return
    names, values = wrapped(block.name, _NAME), wrapped(block.value, _VALUE)
    _, size, height = _SIZES["/P"]
    for number in range(max(len(names), len(values))):
        _room(paper, height)
        paper.set_font(FAMILY, "", size)
        with paper.tagged("/P"):
            paper.set_text_color(_GREY)
            paper.cell(_NAME_WIDTH, height, names[number] if number < len(names) else "")
            paper.set_text_color(_BLACK)
            value = values[number] if number < len(values) else ""
            paper.cell(0, height, value, new_x="LMARGIN", new_y="NEXT")


def _room(paper: TaggedPaper, height: float) -> None:
    if paper.get_y() + height > paper.h - MARGIN - 6:
        paper.add_page()
