"""What an SMS costs."""

import pytest

from salestrekker_portal.kernel.sms import gsm_text, sms_size


@pytest.mark.parametrize(
    ("text", "characters", "segments"),
    [
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("€" * 80, 160, 1),
        ("€" * 81, 162, 2),
        ("’" + "a" * 69, 70, 1),
        ("’" + "a" * 70, 71, 2),
        ("é", 1, 1),
    ],
)
def test_one_letter_outside_the_alphabet_makes_a_segment_shorter(text, characters, segments):
    size = sms_size(text)
    assert (size.characters, size.segments) == (characters, segments)


def test_names_are_written_with_letters_that_every_phone_has():
    assert gsm_text("Tāne O’Rourke – Ōkere") == "Tane O'Rourke - Okere"
    assert gsm_text("😀") == "?"
