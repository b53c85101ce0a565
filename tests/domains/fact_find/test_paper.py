"""The paper of a full couple with their guarantor: it can be read aloud, and says what they answered, in its order."""

import json
import re

import pytest
from fpdf import FPDF

from salestrekker_portal.database.session import reading
from salestrekker_portal.domains.fact_find.exporting import fact_find_file
from salestrekker_portal.kernel.tagged_pdf import PaperHeading, PaperLine, tagged_pdf
from tests.support.filling import fill
from tests.support.pdfs import pdf_text
from tests.support.seven import SEVEN, answer_for, started
from tests.support.tags import faults


def bare(words: str) -> str:
    return re.sub(r"\s+", "", words)


def told(content: bytes) -> str:
    """All that is read, without the pages' numbers and any spaces."""
    return bare("".join(re.sub(r"Page \d+ of \d+\s*$", "", page.strip()) for page in pdf_text(content)))


@pytest.mark.slow
async def test_a_full_couple_is_on_paper_as_it_answered(sqlite, cast):
    actor, deal_id, ids = await started(cast, SEVEN[0])
    await answer_for(SEVEN[0], actor, deal_id, ids, leave=())
    await fill(cast.alice, deal_id, {}, ids)  # each one's papers, which the other may not open
    async with reading() as session:
        paper = await fact_find_file(session, cast.alice, deal_id, "pdf")
        made = json.loads((await fact_find_file(session, cast.alice, deal_id, "json")).content)
    assert faults(paper.content) == []
    read, place = told(paper.content), 0
    for figure in made["figures"]:
        place = read.index(bare(f"{figure['label']}: {figure['words']}"), place)
    assert len(made["answers"]) > 120
    for row in made["answers"]:
        place = read.index(bare(row["label"] + row["words"]), place)
    # A person's page is one, with what all share on it among the rest.
    headings = [f"About you, {each['name']}" for each in made["parties"]]
    assert [read.count(bare(each)) for each in headings] == [1, 1, 1]


def test_an_answer_longer_than_a_page_stays_whole_and_under_its_question():
    words = " ".join(f"word{number}" for number in range(3_000))
    paper = tagged_pdf("A title", "by Alice", [PaperHeading("Work", 1), PaperLine("What do you do?", words)],
                       language="en-NZ")  # fmt: skip
    assert faults(paper) == [] and bare("What do you do?" + words) in told(paper)


def test_a_question_of_two_lines_is_read_to_its_end_before_its_answer():
    line = PaperLine("Have you been an officer of a company with a receiver or liquidator appointed?", "No")
    assert bare(line.name + line.value) in told(tagged_pdf("T", "U", [line], language="en-AU"))


def test_a_paper_without_tags_is_found_out():
    paper = FPDF()
    paper.add_page()
    paper.set_font("helvetica")
    paper.cell(0, 5, "Nothing is tagged.")
    assert {"no language", "no title", "not marked", "no structure"} <= set(faults(bytes(paper.output())))
    skips = tagged_pdf("A title", "by Alice", [PaperHeading("Far down", 3)], language="en-AU")
    assert faults(skips) == ["a heading of rank 3 follows one of rank 1"]
