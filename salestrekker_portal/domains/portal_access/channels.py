"""Where a client's link and PIN go: their own e-mail and mobile, or others given for one invitation (L13, S0-30).

Couples share an address or a number. The two halves of a way in may then not both reach the same two people:
one shared half can be accepted by the broker, two need another address or number for this invitation.
"""

from dataclasses import dataclass, replace

from salestrekker_portal.domains.portal_access.messages import People
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import clean, email_from, mobile_from
from salestrekker_portal.tables.portal_access import PortalAccess


@dataclass(frozen=True, kw_only=True)
class Channels:
    """Given for one invitation. `shares_knowingly`: the broker has told the client what sharing means."""

    other_email: str | None = None
    other_mobile: str | None = None
    shares_knowingly: bool = False


OWN = Channels()


def checked_channels(
    *, country: str, other_email: object, other_mobile: object, shares_knowingly: bool = False
) -> Channels:
    """From what was typed; empty means the contact's own. Raises Invalid (`other_email`, `other_mobile`)."""
    errors: dict[str, str] = {}
    email, mobile = email_from(other_email), mobile_from(other_mobile, country=country)
    # Empty is no mistake here: it means the contact's own.
    if clean(other_email) and email is None:
        errors["other_email"] = "Enter an e-mail address, for example sam@example.com."
    if clean(other_mobile) and mobile is None:
        errors["other_mobile"] = "Enter a mobile number, for example 0491 570 006."
    if errors:
        raise Invalid(errors)
    return Channels(other_email=email, other_mobile=mobile, shares_knowingly=shares_knowingly)


def through(people: People, chosen: Channels | PortalAccess | None) -> People:
    """The same people, reached where this invitation says."""
    if chosen is None:
        return people
    return replace(
        people,
        other_email=chosen.other_email,
        other_mobile=chosen.other_mobile,
        shares_knowingly=chosen.shares_knowingly,
    )


def keep_channels(access: PortalAccess, people: People) -> None:
    """Remember them with the access; an address that is the contact's own anyway is none."""
    contact = people.contact
    # Not kept when it is the contact's own: a later correction of the contact then counts here too.
    access.other_email = people.other_email if people.other_email != contact.email else None
    access.other_mobile = people.other_mobile if people.other_mobile != contact.mobile else None
    access.shares_knowingly = people.shares_knowingly


def stays_put(access: PortalAccess, people: People) -> bool:
    """Whether link and PIN would go where they went before."""
    contact = people.contact
    email = people.other_email if people.other_email != contact.email else None
    mobile = people.other_mobile if people.other_mobile != contact.mobile else None
    return (access.other_email or None, access.other_mobile or None) == (email or None, mobile or None)
