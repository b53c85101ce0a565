"""Which letters an SMS is sent in, and how many it makes: one letter outside the GSM alphabet cuts 160 to 70."""

import unicodedata
from dataclasses import dataclass

# GSM 03.38, the basic table and the extension (whose letters count twice).
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWICE = frozenset("^{}\\[~]|€\f")
_KNOWN = _BASIC | _TWICE
# The nearest of what no decomposition takes apart. Marks, dashes and spaces are found by their kind.
_NEAREST = {
    "Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "Ɖ": "D", "Þ": "Th", "þ": "th", "Ł": "L", "ł": "l", "ı": "i", "ĸ": "k",
    "Œ": "OE", "œ": "oe", "Ħ": "H", "ħ": "h", "Ŋ": "Ng", "ŋ": "ng", "Ŧ": "T", "ŧ": "t", "ẞ": "SS", "Ə": "E", "ə": "e",
    "Ɓ": "B", "ɓ": "b", "Ɗ": "D", "ɗ": "d", "Ƙ": "K", "ƙ": "k", "Ƴ": "Y", "ƴ": "y", "Ɛ": "E", "ɛ": "e", "Ɔ": "O",
    "ɔ": "o", "µ": "u", "×": "x", "÷": "/", "·": ".", "•": "-", "⁄": "/", "−": "-", "©": "(c)", "®": "(R)", "¢": "c",
    "°": " deg", "\t": " ", "\u2028": "\n", "\u2029": "\n", "\u02bb": "'", "\u02bc": "'", "\u02b9": "'", "\u02be": "'",
    "\u02bf": "'", "\u02c8": "'", "`": "'", "´": "'", "′": "'", "‘": "'", "’": "'", "‚": "'", "‛": "'", "‹": "'",
    "›": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"', "…": "...",
}  # fmt: skip
# Halves of letters, control characters and what isn't a letter yet: no phone shows them.
_NEVER = ("Cs", "Cc", "Cn", "Co")


@dataclass(frozen=True, kw_only=True)
class SmsSize:
    """Characters as they are billed, of how many that fit, and the number of segments (one credit each).

    `wide` texts have letters that need Unicode: 70 characters fit where 160 do otherwise.
    """

    characters: int
    room: int
    segments: int
    wide: bool = False


def sms_letters(text: str) -> str:
    """The text as it is sent: each letter of the GSM alphabet or its nearest, so that Đặng Tāne is Dang Tane.

    A name in Chinese, Arabic or Thai has no nearest letters. Such a text is sent as it was written, in Unicode,
    and `sms_size` says what that costs. Pictures are left out of a text that is plain otherwise.
    """
    composed = unicodedata.normalize("NFC", text)
    plain = [_nearest(letter) for letter in composed]
    if None not in plain:
        return "".join(filter(None, plain))
    return "".join(letter for letter in composed if letter == "\n" or unicodedata.category(letter) not in _NEVER)


def _nearest(letter: str) -> str | None:
    """GSM letters for this one, "" where nothing is lost without it, None where a reader would miss it."""
    if letter in _KNOWN:
        return letter
    if letter in _NEAREST:
        return _NEAREST[letter]
    kind = unicodedata.category(letter)
    if kind in ("Pd", "Zs"):
        return "-" if kind == "Pd" else " "
    # Digits of another script: a PIN must be readable on any phone.
    if kind == "Nd":
        return str(unicodedata.digit(letter))
    parts = [part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part)]
    bare = "".join(_NEAREST.get(part, part) for part in parts)
    if bare and all(part in _KNOWN for part in bare):
        return bare
    return None if kind[0] == "L" or kind in ("Sc", "Nl", "No", "Mc") else ""


def sms_size(text: str) -> SmsSize:
    """What sending this text costs. A letter of two units is never cut between two segments."""
    wide = not all(letter in _KNOWN for letter in text)
    if wide:
        units, one, more = [1 if ord(letter) < 0x10000 else 2 for letter in text], 70, 67
    else:
        units, one, more = [2 if letter in _TWICE else 1 for letter in text], 160, 153
    length = sum(units)
    segments = 1 if length <= one else _segments(units, more)
    # Several segments carry a header each, which takes seven letters (or three wide ones) of every one.
    return SmsSize(characters=length, room=one if segments == 1 else segments * more, segments=segments, wide=wide)


def why_dearer(size: SmsSize) -> str:
    """What a price has to say about letters that no GSM letter stands for; "" for plain texts."""
    return " (in Unicode, for letters that a plain SMS doesn’t have)" if size.wide else ""


def _segments(units: list[int], room: int) -> int:
    segments, used = 1, 0
    for unit in units:
        if used + unit > room:
            segments, used = segments + 1, 0
        used += unit
    return segments
