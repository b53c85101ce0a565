"""What every message can say of the firm and of the broker: the same values for each way in which one leaves."""

from salestrekker_portal.domains.outbox.content import SIGNED
from salestrekker_portal.kernel.text import phone_words
from salestrekker_portal.tables.organisations import Country, Organisation, User


def values_to_partners(organisation: Organisation, broker: User) -> dict[str, str]:
    """What every message to a partner can say of the firm and the broker: theirs is the number that partners call."""
    return values_of_firm(organisation, broker, phone_words(broker.mobile or organisation.phone, organisation.country))


def values_of_firm(organisation: Organisation, owner: User, phone: str) -> dict[str, str]:
    """The same, with the number that these readers call, already in words."""
    call = f" or call me on {phone}" if phone else ""
    return {
        "signature": f"{SIGNED}{call}. {owner.name}, {organisation.name}",
        "greeting": "Kia ora" if organisation.country == Country.NZ else "Hello",
        "broker_first_name": owner.first_name,
        "broker_name": owner.name,
        "firm_name": organisation.name,
        "firm_phone": phone,
    }
