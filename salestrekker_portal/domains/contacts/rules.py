"""What a contact must look like, whoever types it."""

from dataclasses import dataclass

from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.names import ONE_NAME_IS_ENOUGH
from salestrekker_portal.kernel.text import clean, email_from, phone_from

NAME_LIMIT = 80
COMPANY_LIMIT = 160

_MOBILE_EXAMPLES = {"AU": "0491 570 006", "NZ": "021 123 4567"}


@dataclass(frozen=True, kw_only=True)
class ContactFacts:
    """A contact that has been checked: e-mail in lower case, phone number in E.164; None where there is none."""

    first_name: str = ""
    last_name: str = ""
    company_name: str = ""
    email: str | None = None
    mobile: str | None = None

    @property
    def name(self) -> str:
        return self.company_name or f"{self.first_name} {self.last_name}".strip()


def checked_contact(
    *,
    first_name: object = "",
    last_name: object = "",
    company_name: object = "",
    email: object = "",
    mobile: object = "",
    country: str,
    company: bool = False,
) -> ContactFacts:
    """The contact as it will be kept. Raises Invalid with a sentence per field.

    A person needs a first or a last name (some people have one), a `company` its name; the names beside it are its
    contact person's.
    E-mail and mobile may be left out; they are needed for an invitation only, which says so itself.
    """
    errors: dict[str, str] = {}
    first, last, trading = clean(first_name), clean(last_name), clean(company_name)
    if company:
        _demand(errors, "company_name", trading, "Enter the name of the company, trust or partnership.")
    elif not trading:
        _demand(errors, "first_name", first or last, ONE_NAME_IS_ENOUGH)
    for field, raw in (("first_name", first_name), ("last_name", last_name)):
        # What a browser sends is not always text; a number would otherwise be somebody's name.
        if not isinstance(raw, str | None):
            errors[field] = "Enter a name."
    for field, text, limit in (
        ("first_name", first, NAME_LIMIT),
        ("last_name", last, NAME_LIMIT),
        ("company_name", trading, COMPANY_LIMIT),
    ):
        if len(text) > limit:
            errors[field] = f"Use at most {limit} characters. This has {len(text):,}."
    address, number = checked_email(errors, email), checked_phone(errors, mobile, country=country)
    if errors:
        raise Invalid(errors)
    return ContactFacts(first_name=first, last_name=last, company_name=trading, email=address, mobile=number)


def checked_email(errors: dict[str, str], raw: object) -> str | None:
    """The address, or None when nothing was typed; a refusal lands in `errors["email"]`."""
    address = email_from(raw)
    if address is None and clean(raw):
        errors["email"] = "Enter an e-mail address like name@example.com."
    return address


def checked_phone(errors: dict[str, str], raw: object, *, country: str) -> str | None:
    """The number in E.164, or None when nothing was typed; a refusal lands in `errors["mobile"]`.

    A call is enough here, so landlines and 1300 numbers will do; an invitation says itself that it needs a mobile.
    """
    number = phone_from(raw, country=country)
    if number is None and clean(raw):
        example = _MOBILE_EXAMPLES.get(country, _MOBILE_EXAMPLES["AU"])
        errors["mobile"] = f"Enter a phone number like {example}. An invitation needs a mobile, for the PIN."
    return number


def _demand(errors: dict[str, str], field: str, text: str, sentence: str) -> None:
    if not text:
        errors[field] = sentence
