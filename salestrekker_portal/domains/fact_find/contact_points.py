"""Phone numbers and e-mail addresses: (value, None) or (None, sentence)."""

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import NumberParseException, PhoneNumberType

_MOBILES = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
_EXAMPLES = {
    "AU": ("Enter a mobile number, for example 0412 345 678.", "02 9012 3456"),
    "NZ": ("Enter a mobile number, for example 021 234 5678.", "09 123 4567"),
}


def read_phone(text: str, country: str, mobile_only: bool = False) -> tuple[str | None, str | None]:
    """E.164 for a number of `country` (AU or NZ), or of any country with its + in front."""
    home = country if country in _EXAMPLES else "AU"
    mobile, landline = _EXAMPLES[home]
    number = _valid(text, home)
    if mobile_only and (number is None or phonenumbers.number_type(number) not in _MOBILES):
        return None, mobile
    if number is None:
        return None, f"Enter a phone number with its area code, for example {landline}."
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), None


def _valid(text: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def read_email(text: str) -> tuple[str | None, str | None]:
    """The address with its domain in lower case. Whether it receives mail is not checked."""
    try:
        # Reserved names such as .test are let through: the sandbox and demonstrations use them.
        found = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None, "Enter an email address, for example name@example.com."
    return found.normalized, None
