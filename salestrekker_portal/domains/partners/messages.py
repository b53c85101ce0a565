"""The invitation of a partner; what they are told afterwards is in the catalogue of notifications."""

from salestrekker_portal.domains.outbox.content import SIGNED, Content
from salestrekker_portal.kernel.text import phone_words
from salestrekker_portal.tables.organisations import Organisation, User


def invitation(*, organisation: Organisation, broker: User, first_name: str, link: str, has_password: bool) -> Content:
    """Somebody became a partner of a firm; `link` leads to choosing a password, or to sign-in."""
    firm = organisation.name
    if has_password:
        how = f"Sign in with the password that you have, and choose {firm} at the top of the page."
    else:
        how = "Choose a password to begin. The link works for 7 days, once, and a newer one from us replaces it."
    hello = "Kia ora" if organisation.country == "NZ" else "Hello"
    phone = phone_words(broker.mobile or organisation.phone, organisation.country)
    call = f" or call {phone}" if phone else ""
    return Content(
        sender=f"{broker.name} at {firm}",
        firm=firm,
        reply_to=broker.email,
        subject=f"{broker.first_name} invites you to refer clients",
        paragraphs=[
            f"{hello} {first_name},",
            f"I’ve added you as a partner of {firm}. You can refer clients in half a minute, see how far each of them "
            "is, and write to me.",
            how,
            f"{SIGNED}{call}. {broker.name}, {firm}",
        ],
        link_label="Sign in" if has_password else "Choose your password",
        link=link,
    )
