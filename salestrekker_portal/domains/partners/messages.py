"""What partners and their brokers are told by e-mail."""

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


def deal_shared(*, firm: str, broker: str, first_name: str, deal: str, link: str) -> Content:
    """A deal is on the partner's board from now on."""
    return Content(
        sender=firm,
        subject=f"{broker} shared a deal with you",
        paragraphs=[
            f"Hello {first_name},",
            f"{broker} shared “{deal}” with you. You see its stages and dates, and can write to {broker} there.",
        ],
        link_label="Open the deal",
        link=link,
    )


def lead_arrived(*, firm: str, partner: str, broker_first_name: str, deal: str, summary: str, link: str) -> Content:
    """A referral for the broker who was chosen."""
    return Content(
        sender=firm,
        subject=f"New lead from {partner}",
        paragraphs=[f"Hello {broker_first_name},", f"{partner} referred “{deal}” to you.", summary],
        link_label="Open the deal",
        link=link,
    )
