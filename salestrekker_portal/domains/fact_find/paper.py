"""The fact find to be read on paper or in a spreadsheet: the broker's figures, then every answer in order. Pure."""

from collections.abc import Iterator
from typing import Any

from salestrekker_portal.kernel.sheets import sheet
from salestrekker_portal.kernel.tagged_pdf import PaperHeading, PaperLine, tagged_pdf

Document = dict[str, Any]
COLUMNS = (
    "page",
    "person",
    "section",
    "entry",
    "question",
    "answer",
    "section_id",
    "field_key",
    "party_id",
    "entry_id",
)


def as_pdf(title: str, under: str, made: Document, *, language: str) -> bytes:
    """Page by page; who made it and when stands under the title."""
    return tagged_pdf(title, under, list(_blocks(made)), language=language)


def as_csv(made: Document) -> str:
    """One line an answer, figures first."""
    figures = [
        ("Position", "", "", "", each["label"], each["words"], "", each["key"], "", "") for each in made["figures"]
    ]
    answers = [
        (row["page"], row["person"], row["section"], row["item"], row["label"], row["words"],
         row["section_id"], row["field_key"], row["subject"], row["item_id"])
        for row in made["answers"]
    ]  # fmt: skip
    return sheet(COLUMNS, [*figures, *answers])


def _blocks(made: Document) -> Iterator[PaperHeading | PaperLine]:
    if made["figures"]:
        yield PaperHeading("Position", 1)
        yield PaperLine("Our count, to talk about. The lender’s own decides.")
        for figure in made["figures"]:
            yield from _figure(figure)
    page = section = item = None
    for row in made["answers"]:
        here = (row["page"], row["person"])
        # What all share on a page about one person, such as children, stands among the rest of it.
        if here != page and not (page and page[0] == here[0] and not here[1]):
            page, section = here, None
            yield PaperHeading(", ".join(each for each in (row["page"], row["person"]) if each), 1)
        if (row["section_id"], row["subject"]) != section:
            section, item = (row["section_id"], row["subject"]), None
            yield PaperHeading(row["section"], 2)
        if row["item_id"] and row["item_id"] != item:
            item = row["item_id"]
            yield PaperHeading(row["item"], 3)
        yield PaperLine(row["label"], row["words"])


def _figure(figure: Document) -> Iterator[PaperHeading | PaperLine]:
    yield PaperHeading(f"{figure['label']}: {figure['words']}", 2)
    if figure["note"]:
        yield PaperLine(figure["note"])
    for line in figure["lines"]:
        yield PaperLine(line["label"], line["words"])
