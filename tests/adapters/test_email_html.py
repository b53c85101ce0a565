"""What people see of an e-mail."""

from salestrekker_portal.adapters.email_html import html_part, plain_part
from salestrekker_portal.domains.outbox.service import Content
from tests.adapters.letters import Letter, email

EVIL = "<script>alert(1)</script>"


def test_the_page_is_whole_and_loads_nothing():
    page = Letter(html_part(email().content))
    assert set(page.links) == {"https://portal.example.com/portal/abc123"}
    assert not page.tags & {"script", "img", "link", "iframe"}


def test_what_people_typed_is_text():
    content = Content(
        sender=EVIL,
        firm=EVIL,
        subject=EVIL,
        paragraphs=[f"Hello {EVIL},", EVIL],
        link_label=EVIL,
        link='https://x/"><b>',
    )
    html = html_part(content)
    assert "<script" not in html and "<b>" not in html
    assert Letter(html).links == ['https://x/"><b>'] * 2


def test_only_web_addresses_become_links():
    content = Content(sender="A", subject="B", paragraphs=["C"], link_label="D", link="javascript:alert(1)")
    assert set(Letter(html_part(content)).links) == {""}


def test_the_button_stands_before_the_small_print_and_the_plain_words_say_the_same():
    content = email().content
    html, plain = html_part(content), plain_part(content)
    for text in (html, plain):
        assert text.index("secure page") < text.index("Open my page") < text.index("really from us?")
    assert "Open my page:\nhttps://portal.example.com/portal/abc123\n" in plain


def test_a_message_without_a_link_has_no_button():
    content = Content(sender="Harbour Finance", subject="News", paragraphs=["One."])
    assert Letter(html_part(content)).links == []
    assert plain_part(content) == "One.\n"


def test_an_address_on_the_last_line_of_a_paragraph_is_a_link():
    lines = ["Kim’s application HF-1:\nhttps://portal.example/portal/abc", "A <b>\njavascript:alert(1)"]
    content = Content(sender="Harbour Finance", subject="Your links", paragraphs=lines)
    page, plain = html_part(content), plain_part(content)
    assert 'href="https://portal.example/portal/abc"' in page and "Kim’s application HF-1:" in page
    assert 'href="javascript' not in page and "&lt;b&gt;" in page
    assert "https://portal.example/portal/abc" in plain
