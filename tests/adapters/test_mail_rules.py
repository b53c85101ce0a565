"""Each rule for mail programs finds what it is about, and the colours can be read in both looks."""

import re

import pytest

from salestrekker_portal.adapters.email_html import html_part
from salestrekker_portal.adapters.email_html.render import HERE
from salestrekker_portal.domains.outbox.content import Content, button_place
from tests.adapters.letters import email
from tests.adapters.mail_rules import faults_of, html_faults, plain_faults, preview_faults

GOOD = html_part(email().content)


@pytest.mark.parametrize(
    ("was", "becomes", "found"),
    [
        ('role="presentation"', "", "for the look"),
        ('<td class="button"', '<td class="other"', "dark look"),
        ("max-width: 600px", "max-width: 700px", "600 px"),
        ('width="100%"', 'width="560"', "wider than a telephone"),
        ("display: inline-block", "display: flex", "can't draw"),
        ('lang="en-AU"', 'lang="en"', "language"),
        ("margin: 0 0 16px", "color: inherit", "margins"),
        ("font-family: Inter", "font: Inter", "typeface"),
    ],
)  # fmt: skip
def test_a_broken_message_is_found(was, becomes, found):
    assert was in GOOD and html_faults(GOOD) == []
    assert any(found in fault for fault in html_faults(GOOD.replace(was, becomes)))


def test_a_padded_link_a_wide_line_and_an_empty_preview_are_found():
    padded = GOOD.replace("</h1>", '</h1><a class="link" style="padding: 9px" href="https://x.example.com">x</a>')
    assert any("drops the padding" in fault for fault in html_faults(padded))
    assert plain_faults("word " * 30) and not plain_faults("https://example.com/" + "x" * 200)
    content = email().content
    again = re.sub(r'(<div class="preview"[^>]*>)[^&]*', rf"\1{content.subject}", html_part(content))
    assert preview_faults(content, again) == ["the preview says the subject again"]


@pytest.mark.parametrize(
    ("paragraphs", "place"),
    [
        (["Hello Kim,", "I need:", "• Payslips", "• Passport", "Photos are fine."], 4),
        (["Hello Kim,", "Deal one:", "- News", "Deal two:", "- More"], 5),
        (["Hello Kim,", "I wrote to you.", "“Good news…”", "Questions? Reply to this e-mail."], 3),
        (["Hello Kim,", "One.", "Two.", "Questions? Reply to this e-mail."], 3),
        (["Hello Kim,", "One.", "You will need your PIN. It is new.", "Is this really from us? Yes."], 2),
        (["One."], 1),
        ([], 0),
    ],
)
def test_the_button_comes_after_the_list_and_before_the_small_print(paragraphs, place):
    assert button_place(paragraphs) == place
    content = Content(sender="A", subject="B", paragraphs=paragraphs, link_label="Go", link="https://x.example.com")
    assert [fault for fault in faults_of(content) if "button" in fault] == []


def luminance(colour: str) -> float:
    """As WCAG 2 has it, of #rrggbb."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: str, paper: str) -> float:
    high, low = sorted((luminance(ink), luminance(paper)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_ink_can_be_read_on_every_paper_in_both_looks():
    bright, _, dark = (HERE / "mail.css").read_text(encoding="utf-8").partition("@media (prefers-color-scheme")
    for sheet in (bright, dark):
        inks = {re.search(rf"\{name}[^}}]*?[ ;{{]color: (#\w{{6}})", sheet)[1] for name in (".text", ".small", ".link")}
        papers = {re.search(rf"\{name} {{ background: (#\w{{6}})", sheet)[1] for name in (".page", ".sheet", ".well")}
        assert len(papers) == 3 and len(inks) == 3
        assert all(contrast(ink, paper) >= 4.5 for ink in inks for paper in papers), (inks, papers)
        press = re.search(r"\.button { background: (#\w{6})", sheet)[1]
        words = re.search(r"\.button a [^}]*?[ ;{]color: (#\w{6})", sheet)[1]
        assert contrast(words, press) >= 4.5
