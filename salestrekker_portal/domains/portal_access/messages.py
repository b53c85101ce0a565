"""What the client and the deal's owner read: the invitation, the PIN, the link again."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from salestrekker_portal.config import settings
from salestrekker_portal.domains.contacts.models import Contact
from salestrekker_portal.domains.deals.models import Deal
from salestrekker_portal.domains.organisations.models import Country, Organisation, User
from salestrekker_portal.domains.outbox.service import Content
from salestrekker_portal.kernel.sms import gsm_text
from salestrekker_portal.kernel.text import joined, masked_phone, phone_words, shortened

HIDDEN_PIN = "••••••"


@dataclass(frozen=True, kw_only=True)
class People:
    """Everybody that a message about one client's access may name."""

    organisation: Organisation
    owner: User
    contact: Contact
    deal: Deal
    everyone: tuple[Contact, ...] = ()

    @property
    def others(self) -> tuple[str, ...]:
        """First names of the other applicants."""
        return tuple(each.first_name or each.name for each in self.everyone if each.id != self.contact.id)

    @property
    def first_name(self) -> str:
        return self.contact.first_name or self.contact.name

    @property
    def firm_phone(self) -> str:
        return phone_words(self.organisation.phone or self.owner.mobile)


def link_address(token: str) -> str:
    """The address of a client's own page."""
    return f"{settings().public_origin}/portal/{token}"


def _hello(people: People) -> str:
    return f"{'Kia ora' if people.organisation.country == Country.NZ else 'Hello'} {people.first_name},"


def _sender(people: People) -> str:
    return f"{people.owner.name} at {people.organisation.name}"


def _signed(people: People) -> str:
    call = f" or call me on {people.firm_phone}" if people.firm_phone else ""
    return f"Questions? Reply to this e-mail{call}. {people.owner.name}, {people.organisation.name}"


def _proof() -> str:
    host = urlsplit(settings().public_origin).netloc
    return (
        f"Is this really from us? The link opens {host}. We never ask for your banking password, "
        "and never ask you to move money."
    )


def invitation(people: People, link: str) -> Content:
    """The e-mail with the link. It names no stage, so the status bar setting can't leak through it."""
    who = joined(["you", *people.others])
    return Content(
        sender=_sender(people),
        firm=people.organisation.name,
        reply_to=people.owner.email,
        subject=f"{people.owner.first_name} at {people.organisation.name} has invited you",
        paragraphs=[
            _hello(people),
            f"I’ve opened a secure page where {who} can tell us what a lender needs to know, send documents and "
            "write to us. What you type is saved as you go, so you can stop at any time.",
            f"You will need your PIN. We sent six digits by text to your mobile, "
            f"{masked_phone(people.contact.mobile)}. Can’t find it? Ask for a new one on the page.",
            _signed(people),
            _proof(),
        ],
        link_label="Open my page",
        link=link,
    )


def link_again(people: People, link: str) -> Content:
    """The newest link, for somebody who opened an older one."""
    return Content(
        sender=_sender(people),
        firm=people.organisation.name,
        reply_to=people.owner.email,
        subject=f"Your current link from {people.organisation.name}",
        paragraphs=[
            _hello(people),
            "You asked for your current link. Older ones stay replaced; everything you typed is still there, and "
            "your PIN is the one we sent you last.",
            _signed(people),
            _proof(),
        ],
        link_label="Open my page",
        link=link,
    )


def pin_text(people: People, pin: str) -> str:
    """The SMS: GSM letters only and short enough for one segment whatever the names are."""
    firm = shortened_plainly(people.organisation.name, 40)
    broker = shortened_plainly(people.owner.first_name, 20)
    return (
        f"{firm}: your PIN is {pin}. Open the link in the e-mail from {broker} and type it there. Never share this PIN."
    )


def pin_sms(people: People, pin: str) -> Content:
    return Content(sender=shortened_plainly(people.organisation.name, 40), paragraphs=[pin_text(people, pin)])


def pin_for_owner(people: People, pin: str, why: str) -> Content:
    """The PIN for the deal's owner, who reads it out to the client (S0-12)."""
    name = people.contact.name
    call = f" {people.first_name}’s number is {phone_words(people.contact.mobile)}." if people.contact.mobile else ""
    return Content(
        sender=f"{people.organisation.name} portal",
        firm=people.organisation.name,
        subject=f"PIN for {name}",
        paragraphs=[
            f"{why} {people.first_name}’s new PIN is {pin}. Earlier PINs no longer work.",
            f"Read it to {people.first_name} yourself, once you know who you are talking to. Don’t forward this "
            f"e-mail.{call}",
        ],
        link_label="Open the deal",
        link=f"{settings().public_origin}/deals/{people.deal.id}/share",
    )


def shortened_plainly(text: str, limit: int) -> str:
    """Cut to `limit` GSM letters; an ellipsis would leave the alphabet."""
    plain = gsm_text(text)
    return plain if len(plain) <= limit else shortened(plain, limit).replace("…", ".")
