"""Words and addresses that people type: names, e-mail, phone numbers, shortening."""

import re
import unicodedata

import phonenumbers
from email_validator import EmailNotValidError, validate_email

# Controls, direction marks, halves of characters and what is no character at all.
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
# Joiners make one picture of several and shape letters of Persian and Indian scripts; elsewhere nobody typed them.
_LOOSE_JOINERS = re.compile(r"(?<![^\x00-\x7f])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\x7f])")
_BREAK = re.compile(r"\r\n|[\r\x85\u2028\u2029]")
# Letters by their kind, and blank all the same.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def keepable(raw: str) -> str:
    """Text as typed, without the control and direction characters and halves of characters that nobody types
    and that a database or a page may choke on."""
    return _LOOSE_JOINERS.sub("", _CONTROLS.sub("", raw))


def clean(raw: object, *, lines: bool = False) -> str:
    """What a person meant to type: no control or direction characters, composed letters, trimmed.

    Anything but text becomes "", and so does text in which nothing can be seen. Line breaks stay only when `lines`
    is true.
    """
    if not isinstance(raw, str):
        return ""
    # Composed, because a Mac and a phone write ā differently, and the two must be one name.
    text = unicodedata.normalize("NFC", keepable(_BREAK.sub("\n", raw)))
    if not lines:
        text = re.sub(r"\s+", " ", text)
    return text.strip() if any(map(_is_seen, text)) else ""


def _is_seen(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return kind[0] not in "ZM" and kind not in ("Cc", "Cf", "Cn") and letter not in _BLANK


def email_from(raw: object) -> str | None:
    """The normalised address in lower case, or None when it can't be one."""
    text = _address_in(clean(raw))
    if not text or len(text) > 254:
        return None
    try:
        # No look into the DNS: it takes seconds when it is down, and a typed address would be refused for our
        # network.
        return validate_email(text, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return None


def _address_in(text: str) -> str:
    """Without what mail programs and keyboards put around an address: Kim <kim@example.com>, mailto:, wide letters."""
    wide = unicodedata.normalize("NFKC", text) if any("\uff01" <= letter <= "\uff5e" for letter in text) else text
    named = re.fullmatch(r"[^<>@,;]*<([^<>]+)>", wide.rstrip(" ,;."))
    return (named[1] if named else wide).strip().removeprefix("mailto:").rstrip(" ,;.")


def mobile_from(raw: object, *, country: str) -> str | None:
    """E.164 of a mobile number typed in any usual spelling, or None. `country` is AU or NZ."""
    number = phone_from(raw, country=country)
    return number if takes_texts(number) else None


def takes_texts(e164: str | None) -> bool:
    """Whether an SMS can arrive at this number: never at a landline, nor at a 1300, 1800 or 13 number."""
    if not e164:
        return False
    try:
        kind = phonenumbers.number_type(phonenumbers.parse(e164))
    except phonenumbers.NumberParseException:
        return False
    return kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)


def phone_from(raw: object, *, country: str) -> str | None:
    """E.164 of any valid phone number, or None."""
    text = _dialled(clean(raw))
    if not text or len(text) > 40:
        return None
    # Most of the world dials 00 abroad and writes it so; Australia dials 0011, which the library knows.
    if text.startswith("00") and not text.startswith("0011"):
        text = f"+{text[2:]}"
    try:
        # Without a code it is read as in the firm's country, as the person who typed it meant.
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _dialled(text: str) -> str:
    """A number without what phones, spreadsheets and letterheads put into it: wide digits, kinds of spaces and
    dashes, marks that nobody sees, and the "(0)" that is dialled at home only."""
    plain = "".join(
        "-" if unicodedata.category(letter) == "Pd" or letter == "−" else letter
        for letter in unicodedata.normalize("NFKC", text)
        if unicodedata.category(letter) != "Cf"
    )
    return re.sub(r"^((?:\+|00)[\d\s]*)\(\s*0\s*\)", r"\1", plain.removeprefix("tel:")).strip()


def phone_words(e164: str | None, country: str) -> str:
    """A number as people in `country` (AU, NZ) read it: 0491 570 006; that of another country keeps its code."""
    if not e164:
        return ""
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    home = phonenumbers.region_code_for_number(number) == country
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def split_address(paragraph: str) -> tuple[str, str]:
    """The words of a paragraph and the web address that is its last line; "" when there is none."""
    words, _, last = paragraph.rpartition("\n")
    is_address = last.startswith(("https://", "http://")) and not any(letter.isspace() for letter in last)
    return (words, last) if is_address else (paragraph, "")


def masked_phone(e164: str | None) -> str:
    """Enough of a number to recognise it: •••• 678."""
    return f"•••• {e164[-3:]}" if e164 else ""


def masked_email(address: str | None) -> str:
    """Enough of an address to recognise it: s•••@example.com."""
    if not address or "@" not in address:
        return ""
    name, _, host = address.partition("@")
    return f"{name[:1]}•••@{host}"


def initials(name: str) -> str:
    """Two letters for an avatar."""
    words = [word for word in re.split(r"[\s\-]+", name) if word[:1].isalnum()]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [name[:2]]
    return "".join(letters).upper()


def counted(number: int, one: str, many: str = "") -> str:
    """1 deal, 2 deals, 1,200 deals. `many` where it is not `one` with an s."""
    return f"1 {one}" if number == 1 else f"{number:,} {many or one + 's'}"


def joined(names: list[str]) -> str:
    """Kim, Sam and Alex."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, with an ellipsis when something was cut: between two words, where there are any."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    # A name that ends in the middle reads like another name. One word alone has no better place.
    whole = kept if text[limit - 1].isspace() else kept.rpartition(" ")[0]
    return (whole if len(whole) > limit // 2 else kept).rstrip(" ,;:.") + "…"
