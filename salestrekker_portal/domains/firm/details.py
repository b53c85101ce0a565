"""The firm's details and look: how clients and partners reach it, and who they see (O-01, R-13)."""

from collections.abc import Callable, Mapping

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.domains.firm.settings import URL_LIMIT, checked_link, wake_clients
from salestrekker_portal.domains.organisations.branding import checked_colour
from salestrekker_portal.domains.organisations.business_number import checked_number, number_words
from salestrekker_portal.kernel.errors import Invalid, noting
from salestrekker_portal.kernel.text import clean, email_from, phone_from, phone_words
from salestrekker_portal.tables.organisations import Organisation

# Of those that have one: at most so many characters.
LIMITS = {"name": 120, "licence": 120, "address": 300, "website": URL_LIMIT}


def details_form(firm: Organisation) -> dict[str, str]:
    """What the form shows of the firm, by its fields."""
    return {
        "name": firm.name,
        "phone": phone_words(firm.phone, firm.country),
        "email": firm.email or "",
        "business_number": number_words(firm.business_number),
        "address": firm.address,
        "website": firm.website,
        "licence": firm.licence,
        "theme_colour": firm.theme_colour or "",
    }


async def change_details(
    session: WriteSession, actor: Actor, facts: Mapping[str, object], shown: Mapping[str, object] | None = None
) -> Organisation:
    """Name, business number, phone, e-mail, address, website, licence and theme colour of the firm.

    Raises NotPermitted, Invalid (keyed by field), Faster for what somebody else changed since `shown`.
    """
    demand(actor, Permission.ORGANISATION_MANAGE)
    organisation = await existing(
        session, Organisation, actor.organisation_id, with_for_update=HOLD, populate_existing=True
    )
    now, trail = details_form(organisation), Trail(kinds=("settings:details",))
    facts = await on_top_of(session, actor, trail, shown=shown, now=now, typed=facts)
    wanted = _checked_details(facts, actor.country)
    changed = [name for name, value in wanted.items() if getattr(organisation, name) != value]
    for name in changed:
        setattr(organisation, name, wanted[name])
    if changed:
        record(session, actor, "settings:details", organisation_id=organisation.id, fields=", ".join(changed))
        await wake_clients(session, actor)
    return organisation


def _checked_details(facts: Mapping[str, object], country: str) -> dict[str, str | None]:
    errors: dict[str, str] = {}
    wanted = {
        "name": _text(facts.get("name"), "name", errors, least="Enter the name that clients know you by."),
        "licence": _text(facts.get("licence"), "licence", errors),
        "phone": phone_from(facts.get("phone"), country=country),
        "email": email_from(facts.get("email")),
        "address": _text(facts.get("address"), "address", errors),
        "website": "",
        "business_number": "",
        "theme_colour": None,
    }
    if wanted["phone"] is None and clean(facts.get("phone")):
        errors["phone"] = "Enter a phone number with its area code."
    if wanted["email"] is None and clean(facts.get("email")):
        errors["email"] = "Enter an e-mail address, for example hello@example.com."
    for field, look in _LOOKED_AT.items():
        with noting(errors):
            wanted[field] = look(facts.get(field), country)
    if errors:
        raise Invalid(errors)
    return wanted


def _website(raw: object, _country: str) -> str:
    if not clean(raw):
        return ""
    try:
        return checked_link(raw)
    except Invalid:
        wrong = "Enter the address of your website. It begins with https://."
        raise Invalid({"website": wrong}) from None


# Fields with a check of their own: (typed, country) to what is kept.
_LOOKED_AT: dict[str, Callable[[object, str], str | None]] = {
    "theme_colour": lambda raw, _: checked_colour(raw),
    "business_number": checked_number,
    "website": _website,
}


def _text(raw: object, field: str, errors: dict[str, str], *, least: str = "") -> str:
    text, limit = clean(raw), LIMITS[field]
    if least and not text:
        errors[field] = least
    elif len(text) > limit:
        errors[field] = f"Use at most {limit} characters. This has {len(text):,}."
    return text
