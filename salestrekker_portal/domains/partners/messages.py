"""The invitation of a partner; what they are told afterwards is in the catalogue of notifications."""

from salestrekker_portal.domains.outbox.service import Content


def invitation(*, firm: str, broker: str, first_name: str, link: str, has_password: bool) -> Content:
    """Somebody became a partner of a firm; `link` leads to choosing a password, or to sign-in."""
    if has_password:
        how = f"Sign in with the password that you have, and choose {firm} at the top of the page."
    else:
        how = "Choose a password to begin. The link works for 7 days, once."
    return Content(
        sender=firm,
        subject=f"{firm} invites you to its partner portal",
        paragraphs=[
            f"Hello {first_name},",
            f"{broker} at {firm} has added you as a partner. You can refer clients in half a minute, see how "
            f"far each of them is, and write to {broker}.",
            how,
        ],
        link_label="Sign in" if has_password else "Choose your password",
        link=link,
    )
