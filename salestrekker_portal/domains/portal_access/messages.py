"""What the client and the deal's owner read: the invitation, the PIN, the link again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import UUID

from salestrekker_portal.config import settings
from salestrekker_portal.domains.notices.texts import FIELDS, INVITATION, MESSAGES, PIN, with_pin
from salestrekker_portal.domains.notices.wording import Wording, cut_plainly, paragraphs_of, sms_of, subject_of, uses
from salestrekker_portal.domains.outbox.service import Content
from salestrekker_portal.kernel.sms import sms_letters, sms_size
from salestrekker_portal.kernel.text import joined, masked_phone, phone_words
from salestrekker_portal.kernel.tokens import PIN_DIGITS
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import ApplicantRole, Deal
from salestrekker_portal.tables.organisations import Country, Organisation, User

HIDDEN_PIN = "••••••"
HIDDEN_LINK = "••••••••"
PIN_KEPT = "You will need your PIN. It is the last one that we sent you. Can’t find it? Ask for a new one on the page."
LINK_REPLACED = "This link takes the place of the one that we sent you before, which no longer opens anything."


@dataclass(frozen=True, kw_only=True)
class People:
    """Everybody that a message about one client's access may name."""

    organisation: Organisation
    owner: User
    contact: Contact
    deal: Deal
    everyone: tuple[Contact, ...] = ()
    # Their parts in the deal, by contact.
    roles: Mapping[UUID, ApplicantRole] = field(default_factory=dict)
    # Given for one invitation, see channels.py.
    other_email: str | None = None
    other_mobile: str | None = None
    shares_knowingly: bool = False
    # The PIN went to the deal's owner, who reads it out.
    pin_with_owner: bool = False
    # This link takes the place of an earlier one; and the PIN that goes with it went before.
    link_again: bool = False
    pin_again: bool = False

    @property
    def email(self) -> str | None:
        """Where the link goes."""
        return self.other_email or self.contact.email

    @property
    def mobile(self) -> str | None:
        """Where the PIN goes."""
        return self.other_mobile or self.contact.mobile

    @property
    def others(self) -> tuple[str, ...]:
        """What the other applicants are called."""
        return tuple(each.called for each in self.everyone if each.id != self.contact.id)

    @property
    def called(self) -> str:
        """The client in a sentence to somebody else."""
        return self.contact.called

    @property
    def greeted(self) -> str:
        """The client in words to themselves."""
        return self.contact.greeted

    @property
    def firm_phone(self) -> str:
        return phone_words(self.organisation.phone or self.owner.mobile, self.organisation.country)


def link_address(token: str, page: str = "") -> str:
    """The address of a client's own page; `page` is the one of theirs that it opens once they are in."""
    onward = f"?to={page}" if page else ""
    return f"{settings().public_origin}/portal/{token}{onward}"


def _hello(people: People) -> str:
    return f"{greeting(people)} {people.greeted},"


def greeting(people: People) -> str:
    return "Kia ora" if people.organisation.country == Country.NZ else "Hello"


def sender_of(people: People) -> str:
    """Whose name an e-mail to a client carries."""
    return f"{people.owner.name} at {people.organisation.name}"


def signed(people: People) -> str:
    call = f" or call me on {people.firm_phone}" if people.firm_phone else ""
    return f"Questions? Reply to this e-mail{call}. {people.owner.name}, {people.organisation.name}"


def _pin_note(people: People) -> str:
    if people.pin_with_owner or not people.mobile:
        return (
            f"You will need your PIN. {people.owner.first_name} has it and reads it to you on the phone. "
            "You can ask for a new one on the page."
        )
    if people.pin_again:
        return PIN_KEPT
    return (
        f"You will need your PIN. We sent six digits by text to your mobile, {masked_phone(people.mobile)}. "
        "Can’t find it? Ask for a new one on the page."
    )


def proof() -> str:
    host = urlsplit(settings().public_origin).netloc
    return (
        f"Is this really from us? The link opens {host}. We never ask for your banking password, "
        "and never ask you to move money."
    )


def values_of(people: People, link: str = "") -> dict[str, str]:
    """What a brokerage's own texts can say about these people. Nothing secret but the link."""
    return {
        "greeting": greeting(people),
        "client_first_name": people.greeted,
        "client_name": people.contact.name,
        "everyone": joined(["you", *people.others]),
        "broker_first_name": people.owner.first_name,
        "broker_name": people.owner.name,
        "firm_name": people.organisation.name,
        "firm_phone": people.firm_phone,
        "signature": signed(people),
        "pin_note": _pin_note(people),
        "link": link,
    }


def invitation(people: People, link: str, wording: Wording | None = None) -> Content:
    """The e-mail with the link, in the brokerage's own words where it has some (O-05).

    Whatever they say, it keeps the button with the link, where the PIN went, and how to tell that it is real. No
    value of it names a stage, so the status bar setting can't leak through it.
    """
    words = wording or MESSAGES[INVITATION].standard
    values, fields = values_of(people, link), MESSAGES[INVITATION].fields
    said = paragraphs_of(words.email_text, values, fields)
    if not uses(words.email_text, "pin_note", FIELDS.values()):
        said.append(_pin_note(people))
    if people.link_again:
        said.append(LINK_REPLACED)
    return Content(
        sender=sender_of(people),
        firm=people.organisation.name,
        reply_to=people.owner.email,
        subject=subject_of(words.subject, values, fields),
        paragraphs=[*said, proof()],
        link_label=MESSAGES[INVITATION].link_label,
        link=link,
    )


def pin_kept(people: People) -> str:
    """Where the PIN is that goes with a link that was sent before."""
    return _pin_note(people) if people.pin_with_owner else PIN_KEPT


def _pin_again(people: People) -> str:
    return _pin_note(people) if people.pin_with_owner else "Your PIN is the one we sent you last."


def link_again(people: People, link: str) -> Content:
    """The newest link, for somebody who opened an older one."""
    return Content(
        sender=sender_of(people),
        firm=people.organisation.name,
        reply_to=people.owner.email,
        subject=f"Your current link from {people.organisation.name}",
        paragraphs=[
            _hello(people),
            "You asked for your current link. Older ones stay replaced; everything you typed is still there.",
            _pin_again(people),
            signed(people),
            proof(),
        ],
        link_label="Open my page",
        link=link,
    )


def ways_in_stopped(people: People) -> Content:
    """To the address that was invited: somebody changed it, so the link and the PIN no longer work."""
    return Content(
        sender=sender_of(people),
        firm=people.organisation.name,
        reply_to=people.owner.email,
        subject=f"Your link to {people.organisation.name} was stopped",
        paragraphs=[
            _hello(people),
            "We changed the e-mail address or mobile number that we hold for you, so your link and your PIN no longer "
            "work. Everything you typed or sent is safe. A new link comes to you next.",
            "Did you not ask for this? Call us at once.",
            signed(people),
        ],
    )


def pin_text(people: People, pin: str, wording: Wording | None = None) -> str:
    """The SMS, always with the PIN: one segment whatever the names are, as long as they have nearest GSM letters.
    Others are kept in Unicode, and `pin_price` says what that costs."""
    text = sms_letters(with_pin((wording or MESSAGES[PIN].standard).sms_text))
    return sms_of(text, values_of(people) | {"pin": pin}, MESSAGES[PIN].fields)


def pin_price(people: People, wording: Wording | None = None) -> int:
    """The segments of the text with the PIN as it would leave, a credit each. The digits make no difference."""
    return sms_size(pin_text(people, "0" * PIN_DIGITS, wording)).segments


def pin_sms(people: People, pin: str, wording: Wording | None = None) -> Content:
    return Content(sender=cut_plainly(people.organisation.name, 40), paragraphs=[pin_text(people, pin, wording)])


def pin_for_owner(people: People, pin: str, why: str) -> Content:
    """The PIN for the deal's owner, who reads it out to the client (S0-12)."""
    name = people.contact.name
    number = phone_words(people.mobile, people.organisation.country)
    call = f" {people.greeted}’s number is {number}." if number else ""
    return Content(
        sender=f"{people.organisation.name} portal",
        firm=people.organisation.name,
        subject=f"PIN for {name}",
        paragraphs=[
            f"{why} {people.called}’s new PIN is {pin}. Earlier PINs no longer work.",
            f"Read it to {people.greeted} yourself, once you know who you are talking to. Don’t forward this "
            f"e-mail.{call}",
        ],
        link_label="Open the deal",
        link=f"{settings().public_origin}/deals/{people.deal.id}/share",
    )
