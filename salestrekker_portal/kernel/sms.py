"""How many SMS a text makes: one letter outside the GSM alphabet cuts a segment from 160 to 70."""

import unicodedata
from dataclasses import dataclass

# GSM 03.38, the basic table and the extension (whose letters count twice).
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWICE = frozenset("^{}\\[~]|€\f")
_PLAIN = {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "}


@dataclass(frozen=True, kw_only=True)
class SmsSize:
    """Characters as they are billed, of how many that fit, and the number of segments (one credit each)."""

    characters: int
    room: int
    segments: int


def gsm_text(text: str) -> str:
    """The text with GSM letters only: Tāne becomes Tane, curly quotes become straight."""
    kept = []
    for letter in text:
        letter = _PLAIN.get(letter, letter)
        if all(part in _BASIC or part in _TWICE for part in letter):
            kept.append(letter)
            continue
        bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
        kept.append(bare if bare and all(part in _BASIC for part in bare) else "?")
    return "".join(kept)


def sms_size(text: str) -> SmsSize:
    """What sending this text costs."""
    if all(letter in _BASIC or letter in _TWICE for letter in text):
        length, one, more = sum(2 if letter in _TWICE else 1 for letter in text), 160, 153
    else:
        length, one, more = len(text.encode("utf-16-be")) // 2, 70, 67
    segments = 1 if length <= one else -(-length // more)
    return SmsSize(characters=length, room=one if segments == 1 else segments * more, segments=segments)
