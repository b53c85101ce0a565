"""The words of the broker's screens for what the domains call by a short name."""

import reflex as rx

from salestrekker_portal.domains.contacts.zones import Whereabouts
from salestrekker_portal.kernel.days import TIME_ZONES
from salestrekker_portal.kernel.money import money_words
from salestrekker_portal.tables.deals import ApplicantRole, Deal, Move
from salestrekker_portal.tables.workflows import FactFindMode

ROLES = {
    ApplicantRole.CLIENT: "Client",
    ApplicantRole.NON_BORROWING_SPOUSE: "Non-borrowing spouse",
    ApplicantRole.SECURITY_GUARANTOR: "Security guarantor",
    ApplicantRole.SERVICING_GUARANTOR: "Servicing guarantor",
    ApplicantRole.DIRECTOR: "Director",
    ApplicantRole.TRUSTEE: "Trustee",
}


def zone_words(guess: Whereabouts) -> str:
    """What stands under a contact's time zone while nobody chose one."""
    where = dict(TIME_ZONES).get(guess.zone, guess.zone)
    return f"Texts leave from 8 am to 8 pm there. Guessed: {where}, {guess.because}."


ROLE_CHOICES = [(role.value, words) for role, words in ROLES.items()]

# state -> (tone, icon, word)
PORTAL_STATES = {
    "not_invited": ("outline", "", "Not invited"),
    "invited": ("info", "mail", "Invited"),
    "active": ("ok", "user-check", "Active"),
    "read_only": ("plain", "lock", "Read-only"),
    "revoked": ("outline", "user-x", "Revoked"),
}
PORTAL_BADGES = {state: (word, tone, icon or None) for state, (tone, icon, word) in PORTAL_STATES.items()}

MOVES = {Move.US: "Our move", Move.CLIENT: "Client’s move", Move.LENDER: "Lender’s move"}
# The mark of the component set for each.
MOVE_MARKS = {Move.US: "ours", Move.CLIENT: "client", Move.LENDER: "lender"}


def shown_portal_state(deal: Deal, mode: FactFindMode) -> str:
    """The deal's portal state as a badge: clients who are in, in a stage that only lets them read, are read-only."""
    if deal.portal_state == "active" and mode is FactFindMode.READ_ONLY:
        return "read_only"
    return deal.portal_state if deal.portal_state in PORTAL_STATES else "not_invited"


def value_words(cents: int, *, none: str = "–") -> str:
    """A deal's value in whole dollars, where there is room for no more; 0 is none yet."""
    return money_words(cents // 100 * 100) if cents else none


def documents_words(deal: Deal) -> str:
    """5 of 8, or None."""
    return f"{deal.documents_in} of {deal.documents_asked}" if deal.documents_asked else "None"


def days_words(days: int) -> str:
    """Today, 1 day, 4 days."""
    return "Today" if days == 0 else f"{days} day{'s' if days != 1 else ''}"


def credits_left(count: rx.Var) -> rx.Var:
    """What stands behind a number of SMS credits; one credit is not "credits"."""
    return rx.cond(count == "1", " credit left", " credits left")
