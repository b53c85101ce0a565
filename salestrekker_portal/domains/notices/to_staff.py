"""What staff are told: what each person chooses in My updates and reminders."""

from salestrekker_portal.domains.notices.events import ALL, EMAIL, PILE, Event, Ways
from salestrekker_portal.tables.notifications import Audience

_BELL = Ways(bell=True)
_BELL_AND_EMAIL = Ways(bell=True, email=True)
_PORTAL, _TEAM, _PARTNERS, _DATES = "Client portal", "Your team", "Partners", "Dates"


def _staff(key: str, number: str, group: str, label: str, explanation: str, *, default: Ways, **more) -> Event:
    return Event(
        key=key, number=number, audience=Audience.STAFF, group=group, label=label, explanation=explanation,
        offered=ALL, default=default, **more,
    )  # fmt: skip


TO_STAFF: tuple[Event, ...] = (
    _staff(
        "client_uploaded", "N14", _PORTAL, "Client sends documents", "One message for a pile that comes together.",
        default=_BELL_AND_EMAIL, settles=PILE,
    ),
    _staff(
        "client_wrote", "N15", _PORTAL, "Client writes a message", "Or asks to change a locked answer.",
        default=_BELL_AND_EMAIL, settles=PILE,
    ),
    _staff(
        "client_first_login", "N16", _PORTAL, "Client signs in for the first time", "With the link and the PIN.",
        settles=PILE, default=_BELL,
    ),
    _staff(
        "client_changed", "N17", _PORTAL, "Client changes the profile",
        "One message once they have stopped typing for half an hour.", settles=PILE, default=_BELL,
    ),
    _staff(
        "client_submitted", "N17", _PORTAL, "Client submits the profile", "They say that it is complete.",
        settles=PILE, default=_BELL_AND_EMAIL,
    ),
    _staff(
        "client_declined", "N14", _PORTAL, "Client says a document doesn’t apply", "With the reason they gave.",
        settles=PILE, default=_BELL_AND_EMAIL,
    ),
    _staff(
        "bank_statements_returned", "N18", _PORTAL, "Bank statements arrive", "The client shared them with the bank’s "
        "service.", default=_BELL_AND_EMAIL, settles=PILE,
    ),
    _staff(
        "bank_statements_expired", "N18", _PORTAL, "Bank statements didn’t arrive", "The link ran out after five days.",
        settles=PILE, default=_BELL_AND_EMAIL,
    ),
    _staff(
        "team_note", "N19", _TEAM, "Team member leaves a note", "On a deal of yours.", default=_BELL, settles=PILE,
    ),
    _staff(
        "note_mention", "N19", _TEAM, "Team member tells you of a note", "They chose you while writing it, on any "
        "deal.", default=_BELL_AND_EMAIL, settles=PILE, weight=7,
    ),
    _staff(
        "settlement_due", "N20", _DATES, "Expected settlement date reached", "In the morning of that day, on a deal of "
        "yours that has not settled.", default=_BELL_AND_EMAIL,
    ),
    _staff(
        "deal_stale", "N12", _DATES, "Deal goes stale", "It has been in its stage for longer than the stage’s stale "
        "days.", default=_BELL,
    ),
    _staff(
        "stage_reached", "N10", _TEAM, "An automation of a stage tells you", "A deal arrived in a stage, or "
        "stayed there, and your firm wants you to know.", default=_BELL,
    ),
    _staff(
        "partner_lead", "N28", _PARTNERS, "Partner refers a lead", "And chose you as the broker.",
        default=_BELL_AND_EMAIL,
    ),
    _staff(
        "lead_waits", "N28", _PARTNERS, "Nobody called a lead", "At 5 pm, when a lead of before 3 pm was not called. "
        "Admins hear it too.", default=_BELL_AND_EMAIL, weight=9,
    ),
    _staff(
        "promise_due", "N30", _PARTNERS, "Update promised for today", "In the morning of the day by which you "
        "promised a partner an update.", default=_BELL,
    ),
    _staff(
        "partner_nudged", "N30", _PARTNERS, "Partner asks for a late update", "You promised one, and it is late.",
        default=_BELL_AND_EMAIL, weight=8,
    ),
    _staff(
        "partner_thanked", "N30", _PARTNERS, "Partner says thanks", "On a deal of yours.", default=_BELL, settles=PILE,
    ),
    _staff(
        "partner_first_login", "N29", _PARTNERS, "Partner signs in for the first time", "A partner assigned to you.",
        settles=PILE, default=_BELL,
    ),
    _staff(
        "partner_wrote", "N30", _PARTNERS, "Partner leaves a note", "On a deal of yours.",
        default=_BELL_AND_EMAIL, settles=PILE,
    ),
    _staff(
        "partner_uploaded", "N30", _PARTNERS, "Partner adds a file", "On a deal of yours.",
        default=_BELL_AND_EMAIL, settles=PILE,
    ),
    _staff(
        "sms_low", "N34", _TEAM, "SMS credits run low", "Admins only. The e-mail always leaves.",
        default=_BELL_AND_EMAIL, fixed=EMAIL,
    ),
)  # fmt: skip
