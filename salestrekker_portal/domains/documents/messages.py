"""What clients and the deal's owner read about documents."""

from salestrekker_portal.config import settings
from salestrekker_portal.domains.organisations.models import Country
from salestrekker_portal.domains.outbox.service import Content
from salestrekker_portal.domains.portal_access.messages import People
from salestrekker_portal.kernel.text import phone_words


def _hello(people: People) -> str:
    return f"{'Kia ora' if people.organisation.country == Country.NZ else 'Hello'} {people.first_name},"


def _sender(people: People) -> str:
    return f"{people.owner.name} at {people.organisation.name}"


def _signed(people: People) -> str:
    phone = phone_words(people.organisation.phone or people.owner.mobile)
    call = f" or call me on {phone}" if phone else ""
    return f"Questions? Reply to this e-mail{call}. {people.owner.name}, {people.organisation.name}"


def documents_asked(people: People, names: list[str], link: str) -> Content:
    """One message for everything that was not sent yet (L21)."""
    some = f"{len(names)} documents" if len(names) > 1 else f"“{names[0]}”"
    return Content(
        sender=_sender(people),
        subject=f"{people.owner.first_name} needs {some} from you",
        paragraphs=[
            _hello(people),
            "To take your application further I need:",
            *[f"• {name}" for name in names],
            "Photos taken with your phone are fine. Each has its own box on your page, with what it is for.",
            _signed(people),
        ],
        link_label="Open my page",
        link=link,
    )


def asked_again(people: People, name: str, reason: str, link: str) -> Content:
    """One document is needed again, and why."""
    return Content(
        sender=_sender(people),
        subject=f"Please send “{name}” again",
        paragraphs=[
            _hello(people),
            f"Thank you for “{name}”. I need it once more, because: {reason}",
            "What you sent stays on your page, so you can see what was missing.",
            _signed(people),
        ],
        link_label="Open my page",
        link=link,
    )


def arrived(people: People, sender: str, what: str) -> Content:
    """For the deal's owner: something came in (N14)."""
    return Content(
        sender=f"{people.organisation.name} portal",
        subject=f"{sender}: {what}",
        paragraphs=[f"{sender} sent something for {people.deal.name}: {what}.", "It waits for your review."],
        link_label="Review it",
        link=f"{settings().public_origin}/deals/{people.deal.id}/required-documents",
    )


def not_needed(people: People, sender: str, name: str, reason: str) -> Content:
    """For the deal's owner: a client says that a request doesn't apply to them."""
    return Content(
        sender=f"{people.organisation.name} portal",
        subject=f"{sender} says “{name}” doesn’t apply",
        paragraphs=[f"{sender} wrote about “{name}” in {people.deal.name}: {reason}", "You can ask again if it does."],
        link_label="Look at it",
        link=f"{settings().public_origin}/deals/{people.deal.id}/required-documents",
    )
