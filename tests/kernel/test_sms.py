"""Which letters an SMS is sent in, and what it costs."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrekker_portal.kernel.sms import sms_letters, sms_size


@pytest.mark.parametrize(
    ("text", "characters", "segments", "wide"),
    [
        ("a" * 160, 160, 1, False),
        ("a" * 161, 161, 2, False),
        ("€" * 80, 160, 1, False),
        ("€" * 81, 162, 2, False),
        # 153 units a segment hold 76 letters of two units, not 76 and a half.
        ("€" * 153, 306, 3, False),
        ("’" + "a" * 69, 70, 1, True),
        ("’" + "a" * 70, 71, 2, True),
        ("王" * 70, 70, 1, True),
        ("王" * 71, 71, 2, True),
        ("王" * 134, 134, 2, True),
        ("王" * 135, 135, 3, True),
        ("𠮷" * 67, 134, 3, True),
        ("é", 1, 1, False),
    ],
)
def test_one_letter_outside_the_alphabet_makes_a_segment_shorter(text, characters, segments, wide):
    size = sms_size(text)
    assert (size.characters, size.segments, size.wide) == (characters, segments, wide)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("Tāne O’Rourke – Ōkere", "Tane O'Rourke - Okere"),
        ("Đặng Thị Hường", "Dang Thi Huong"),
        ("Michał Wałęsa", "Michal Walesa"),
        ("Yılmaz İlkay Şahin Ağa", "Yilmaz Ilkay Sahin Aga"),
        ("Þóra Ðe guðný", "Thora De gudny"),
        ("Ka\u02bbiulani O\u02bcBrien", "Ka'iulani O'Brien"),
        ("Mei\u2011Ling\u2212Ng", "Mei-Ling-Ng"),
        ("Rene\u0301 Ta\u0304ne", "René Tane"),
        ("Zoë Strauß Ærø Œuvre", "Zoe Strauß Ærø OEuvre"),
        ("“Hi”\u00a0there…", '"Hi" there...'),
        ("Well done 😀!", "Well done !"),
        ("a\u200eb\u00adc\ufe0f", "abc"),
        ("１２３ ٤", "123 4"),
    ],
)
def test_names_are_written_with_the_nearest_letters(typed, sent):
    assert sms_letters(typed) == sent
    assert not sms_size(sent).wide


@pytest.mark.parametrize("name", ["王小明", "محمد", "สมชาย", "Νίκος", "Дмитрий", "김민수", "अनिता", "₹500"])
def test_names_that_have_no_nearest_letters_are_sent_as_they_are(name):
    text = f"Tāne’s friend {name}"
    assert sms_letters(text) == unicodedata.normalize("NFC", text)
    assert sms_size(sms_letters(text)).wide


@given(st.text(max_size=400))
def test_nothing_becomes_a_question_mark_and_sending_twice_changes_nothing(typed):
    sent = sms_letters(typed)
    assert sent.count("?") <= unicodedata.normalize("NFKD", typed).count("?")
    assert sms_letters(sent) == sent
    size = sms_size(sent)
    assert size.characters <= size.room and size.segments >= 1
    if not size.wide:
        assert sent.isascii() or sms_letters(sent) == sent
