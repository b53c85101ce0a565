"""What clients and the deal's owner read about bank statements."""

from salestrekker_portal.config import settings
from salestrekker_portal.domains.organisations.models import Country
from salestrekker_portal.domains.outbox.service import Content
from salestrekker_portal.domains.portal_access.messages import People
from salestrekker_portal.kernel.text import phone_words


def _hello(people: People) -> str:
    return f"{'Kia ora' if people.organisation.country == Country.NZ else 'Hello'} {people.first_name},"


def _signed(people: People) -> str:
    phone = phone_words(people.organisation.phone or people.owner.mobile)
    call = f" or call me on {phone}" if phone else ""
    return f"Questions? Reply to this e-mail{call}. {people.owner.name}, {people.organisation.name}"


def _to_client(people: People, subject: str, link: str, *paragraphs: str) -> Content:
    return Content(
        sender=f"{people.owner.name} at {people.organisation.name}",
        firm=people.organisation.name,
        reply_to=people.owner.email,
        subject=subject,
        paragraphs=[_hello(people), *paragraphs, _signed(people)],
        link_label="Open my page",
        link=link,
    )


def reminder(people: People, *, until: str, link: str) -> Content:
    """A day before it ends (L25)."""
    return _to_client(
        people,
        "Your bank statements: one day left",
        link,
        f"The link to connect your bank works until {until}. Afterwards you can ask for a new one on your page, "
        "under Documents, or upload your statements there.",
    )


def not_fetched(people: People, name: str, why: str) -> Content:
    """For the deal's owner: it did not work or time ran out."""
    return Content(
        sender=f"{people.organisation.name} portal",
        subject=f"No bank statements of {name} yet",
        paragraphs=[f"{why} ({people.deal.name})", "You can send a new link with one press."],
        link_label="Look at it",
        link=f"{settings().public_origin}/deals/{people.deal.id}/bank-statements",
    )
