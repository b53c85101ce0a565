"""A brokerage's own words: values go in once, harmlessly, and a slip is named beside the text."""

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrekker_portal.adapters.email_html import html_part, plain_part
from salestrekker_portal.domains.notices.texts import (
    FIELDS,
    INVITATION,
    MESSAGES,
    PIN,
    checked_wording,
    sample_values,
    with_pin,
)
from salestrekker_portal.domains.notices.wording import filled, paragraphs_of, problem_with, sms_of, subject_of, uses
from salestrekker_portal.domains.outbox.service import Content
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.sms import sms_size
from tests.adapters.letters import Letter

ALL = tuple(FIELDS.values())
GOOD = {"subject": "Welcome, [Client first name]", "email_text": "Kia ora [Client first name].", "sms_text": "[PIN]"}
HOSTILE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["[PIN]", "[Client first name]", "]", "[", "{{x}}", "<script>alert(1)</script>", '"><img src=x onerror=a()>',
         "=HYPERLINK(1)", "+1", "@SUM(A1)", "a\r\nBcc: all@example.com", "\\g<0>", "\\1", "{0}", "%s", "\x00", "\u202e"]
    ),
)  # fmt: skip


def _refusal(key: str, **typed: str) -> dict[str, str]:
    with pytest.raises(Invalid) as refusal:
        checked_wording(key, GOOD | typed)
    return refusal.value.errors


@given(name=HOSTILE, firm=HOSTILE)
def test_a_value_is_put_in_once_and_never_looked_into(name, firm):
    said = filled("<[Client first name]|[Firm]>", {"client_first_name": name, "firm_name": firm, "pin": "111222"}, ALL)
    assert "111222" not in said.replace(name, "").replace(firm, "")
    again = filled("[Client first name]", {"client_first_name": "[Firm] [PIN]", "firm_name": "X", "pin": "1"}, ALL)
    assert again == "[Firm] [PIN]"


@given(text=HOSTILE, name=HOSTILE)
def test_nothing_typed_becomes_markup_in_the_e_mail(text, name):
    values = sample_values() | {"client_first_name": name}
    content = Content(
        sender="Alice",
        subject=subject_of(f"{text} [Client first name]", values, ALL),
        paragraphs=paragraphs_of(f"{text}\n\n[Client first name]", values, ALL),
    )
    html = html_part(content)
    assert "<script" not in html and "<img" not in html
    assert all(each in Letter(html).words for each in content.paragraphs)
    # Its lines are broken where they get long.
    plain = " ".join(plain_part(content).split())
    assert all(" ".join(each.split()) in plain for each in content.paragraphs)
    EmailMessage()["Subject"] = content.subject
    assert "\n" not in content.subject and "\r" not in content.subject


@given(name=HOSTILE)
def test_a_name_never_doubles_the_price_of_an_sms(name):
    text = sms_of("[Firm]: [Client first name]", {"firm_name": "Tāne " * 40, "client_first_name": name + "ā" * 80}, ALL)
    # A name that has no nearest letters is sent in Unicode; it is cut all the same.
    assert sms_size(text).segments == 1 and sms_size(text).room == (70 if sms_size(text).wide else 160)


def test_labels_are_found_in_any_case_and_spacing():
    assert filled("[ client  FIRST name ]", {"client_first_name": "Kim"}, ALL) == "Kim"
    assert uses("x [Pin] y", "pin", ALL) and not uses("PIN", "pin", ALL)


def test_a_misspelt_value_is_named_with_the_one_that_was_meant():
    sentence = _refusal(INVITATION, email_text="Hello [Client frist name]")["email_text"]
    assert "[Client frist name]" in sentence and "[Client first name]" in sentence


def test_an_unknown_value_is_named_with_those_that_exist():
    sentence = _refusal(INVITATION, subject="[Loan amount]")["subject"]
    assert "[Loan amount]" in sentence and "[Firm]" in sentence and "[Broker name]" in sentence


@pytest.mark.parametrize("text", ["Hello [Client first name", "a ] b", "[[Firm]]", "[", "Hello {{first_name}}"])
def test_brackets_without_a_value_are_explained(text):
    assert "square bracket" in _refusal(INVITATION, email_text=text)["email_text"]


def test_a_pin_never_stands_in_an_e_mail_and_a_link_never_in_an_sms():
    assert "PIN" in _refusal(INVITATION, email_text="Your PIN is [PIN]")["email_text"]
    assert "PIN" in _refusal(INVITATION, subject="[pin]")["subject"]
    assert "link" in _refusal(PIN, sms_text="[PIN] [Link]")["sms_text"]
    e_mail_fields = {field.key for field in MESSAGES[INVITATION].fields}
    assert "pin" not in e_mail_fields


def test_a_value_of_another_message_is_refused_with_those_of_this_one():
    sentence = _refusal(INVITATION, email_text="[Documents]")["email_text"]
    assert "[Documents]" in sentence and "[Firm]" in sentence


def test_the_pin_sms_keeps_the_pin_and_its_price():
    assert with_pin("Kia ora") == "Kia ora PIN: [PIN]"
    assert with_pin("Kia ora [pin]") == "Kia ora [pin]"
    checked_wording(PIN, {"sms_text": MESSAGES[PIN].standard.sms_text})
    assert "one SMS" in _refusal(PIN, sms_text="x" * 158)["sms_text"]
    assert "one SMS" in _refusal(PIN, sms_text="[Firm] " * 5)["sms_text"]
    assert "one SMS: 70 characters, because" in _refusal(PIN, sms_text="您的密碼 [PIN] [Firm]" * 2)["sms_text"]


@pytest.mark.parametrize("key", [INVITATION, PIN])
@pytest.mark.parametrize("nothing", ["", "  \n ", None, 7, ["x"]])
def test_an_empty_text_is_refused_where_the_message_has_one(key, nothing):
    fields = {"subject", "email_text"} if key == INVITATION else {"sms_text"}
    assert set(_refusal(key, subject=nothing, email_text=nothing, sms_text=nothing)) == fields


def test_a_text_too_long_says_by_how_much():
    errors = _refusal(INVITATION, subject="x" * 121, email_text="x" * 4001)
    assert "121" in errors["subject"] and "4,001" in errors["email_text"]


@pytest.mark.parametrize("key", ["", "x", None, 7, "portal", ["portal.pin"]])
def test_only_a_message_that_exists_has_words(key):
    with pytest.raises(Invalid):
        checked_wording(key, GOOD)


def test_lines_make_paragraphs_and_an_empty_value_leaves_none():
    values = {"signature": "", "documents": "• a\n• b"}
    assert paragraphs_of("One\ntwo\n \n\n[Signature]\n\n[Documents]", values, ALL) == ["One", "two", "• a", "• b"]


@pytest.mark.parametrize("message", MESSAGES.values(), ids=lambda message: message.key)
def test_our_own_words_pass_our_own_check(message):
    standard = message.standard
    typed = {"subject": standard.subject, "email_text": standard.email_text, "sms_text": standard.sms_text}
    assert checked_wording(message.key, typed) == standard
    assert not problem_with(standard.email_text, message.fields, ALL)
