"""What follows from a referral as it was typed, without a database."""

from dataclasses import dataclass

from salestrekker_portal.domains.contacts.rules import ContactFacts, checked_contact
from salestrekker_portal.kernel.errors import Conflict, Invalid
from salestrekker_portal.kernel.names import person_names
from salestrekker_portal.kernel.text import clean, joined, phone_from, shortened

MOST_CONTACTS = 6
SUMMARY_LIMIT = 2000
NAME_LIMIT = 200
FIRM_LIMIT = 120
REACH = "Enter a phone number or an e-mail address, so that the broker can get in touch."


@dataclass(frozen=True, kw_only=True)
class TypedContact:
    """A client as the partner typed them; nothing is checked yet."""

    first_name: object = ""
    last_name: object = ""
    phone: object = ""
    email: object = ""


class ReferredBefore(Conflict):
    """This partner follows a deal of one of these clients. They may go on; of what else the firm knows, nothing."""

    def __init__(self, names: list[str], own_deals: dict[str, str]) -> None:
        super().__init__(f"You follow a deal of {joined(names)} already. Save again if this is a new loan.")
        self.names = names
        # The partner's own deals with the same client: id -> name.
        self.own_deals = own_deals


def checked_contacts(typed: list[TypedContact], *, country: str) -> list[ContactFacts]:
    """The clients of a lead. Raises Invalid with fields like `email_2` for the second client's e-mail."""
    if not 1 <= len(typed) <= MOST_CONTACTS:
        raise Invalid({"first_name_1": f"Enter 1 to {MOST_CONTACTS} people."})
    found: list[ContactFacts] = []
    errors: dict[str, str] = {}
    for place, each in enumerate(typed, 1):
        try:
            found.append(_checked(each, country))
        except Invalid as refusal:
            errors |= {f"{field}_{place}": sentence for field, sentence in refusal.errors.items()}
    if errors:
        raise Invalid(errors)
    return found


def _checked(typed: TypedContact, country: str) -> ContactFacts:
    """One of phone and e-mail is enough; a wrong one is still refused."""
    errors: dict[str, str] = {}
    facts = None
    try:
        facts = checked_contact(
            first_name=typed.first_name,
            last_name=typed.last_name,
            email=typed.email,
            mobile=typed.phone,
            country=country,
        )
    except Invalid as refusal:
        errors = {("phone" if name == "mobile" else name): text for name, text in refusal.errors.items()}
    if "phone" in errors:
        example = "021 123 4567" if country == "NZ" else "0491 570 006"
        errors["phone"] = f"Enter a phone number like {example}, or leave it out and give an e-mail address."
    if not clean(typed.phone) and not clean(typed.email):
        errors["phone"] = REACH
    if errors or facts is None:
        raise Invalid(errors)
    return facts


def checked_summary(raw: object) -> str:
    """A few lines about what they need. Raises Invalid."""
    text = clean(raw, lines=True)
    if not text:
        raise Invalid({"summary": "Write a line or two about what they need."})
    if len(text) > SUMMARY_LIMIT:
        raise Invalid({"summary": f"Use at most {SUMMARY_LIMIT:,} characters. This has {len(text):,}."})
    return text


def lead_name(contacts: list[ContactFacts], partner_name: str) -> str:
    """Kearney, referred by Dev Patel. Two last names are joined, the same one is said once."""
    last_names = list(dict.fromkeys(contact.last_name or contact.name for contact in contacts))
    return shortened(f"{joined(last_names)}, referred by {partner_name}", NAME_LIMIT)


def checked_person(first: object, last: object, phone: object, firm: object, *, country: str) -> dict:
    """Names, phone and firm as they will be kept; what is wrong stands under `errors`."""
    errors: dict[str, str] = {}
    names = person_names(first, last, errors)
    number = phone_from(phone, country=country)
    if number is None and clean(phone):
        errors["phone"] = "Enter a phone number like " + ("09 300 1234." if country == "NZ" else "03 9000 1234.")
    company = clean(firm)
    if len(company) > FIRM_LIMIT:
        errors["firm"] = f"Use at most {FIRM_LIMIT} characters. This has {len(company):,}."
    return names | {"phone": number, "firm": company, "errors": errors}
