"""Everything that somebody can be told about, as data: to whom, how, at what default, and in which words.

A key is for ever: choices that people made are stored under it. Texts use merge fields in braces; `FIELDS` names
them all, and an event lists those that it knows. Each line of `email_text` is a paragraph.
"""

from dataclasses import dataclass
from datetime import timedelta

from salestrekker_portal.tables.notifications import Audience


@dataclass(frozen=True, kw_only=True)
class Ways:
    """Ways to tell somebody, as offered, as default, or as chosen. Only staff have a bell."""

    email: bool = False
    sms: bool = False
    bell: bool = False


BOTH = Ways(email=True, sms=True)
EMAIL = Ways(email=True)
NONE = Ways()
ALL = Ways(email=True, sms=True, bell=True)
AT_ONCE = timedelta(0)
# A pile of files, or a card dragged to and fro, is one piece of news.
PILE = timedelta(minutes=2)
# From the last document added to the message that asks for all of them (S3-09, L21).
REQUESTS_SETTLE = timedelta(minutes=15)
# From the last answer typed to the one message about all of them.
TYPING_SETTLES = timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True)
class Event:
    """One row of the catalogue. `number` is its row in the product's list of notifications (N01 to N35).

    `fixed` ways can't be switched off: without them the thing itself would not work. `settles` is how long things
    of the same kind are gathered into one message. `needs` says in words what has to be on besides.
    """

    key: str
    number: str
    audience: Audience
    label: str
    explanation: str
    group: str = ""
    offered: Ways = BOTH
    default: Ways = NONE
    fixed: Ways = NONE
    settles: timedelta = AT_ONCE
    needs: str = ""
    fields: tuple[str, ...] = ()
    subject: str = ""
    email_text: str = ""
    sms_text: str = ""
    link_label: str = ""
    # The page of the client's portal that the button opens; "" is the first one.
    page: str = ""
    # Of several things told in one message, the heaviest gives it its subject.
    weight: int = 5


# What may stand in braces in a text, and what it is in words.
FIELDS: dict[str, str] = {
    "greeting": "Hello, or Kia ora",
    "client_first_name": "Client’s first name",
    "client_name": "Client’s name",
    "partner_first_name": "Partner’s first name",
    "broker_first_name": "Broker’s first name",
    "broker_name": "Broker’s name",
    "firm_name": "Name of your organisation",
    "firm_phone": "Phone of your organisation",
    "signature": "Closing line with name and phone",
    "link": "Link to their page",
    "deal_name": "Name of the deal",
    "stage_name": "Stage, in the client’s words",
    "stage_meaning": "What the stage means for the client",
    "documents": "Documents, one a line",
    "documents_short": "Document, or how many",
    "reason": "Reason",
    "note": "What you wrote, as much as you chose",
    "due_date": "Due date",
    "settled_on": "Day of the settlement",
    "outcome": "How it ended: declined, or withdrawn",
    "author": "Who did it",
    "what": "What it was",
}

_CLIENT = (
    "greeting", "client_first_name", "client_name", "broker_first_name", "broker_name", "firm_name", "firm_phone",
    "signature", "link",
)  # fmt: skip
_PARTNER = ("greeting", "partner_first_name", "broker_first_name", "broker_name", "firm_name", "firm_phone",
            "deal_name", "signature", "link")  # fmt: skip
_HELLO = "{greeting} {client_first_name},\n"
_HELLO_PARTNER = "{greeting} {partner_first_name},\n"
_CLIENT_LINK = "Open my page"


def _client(key: str, number: str, label: str, explanation: str, *, fields: tuple[str, ...] = (), **more) -> Event:
    more["email_text"] = f"{_HELLO}{more['email_text']}\n{{signature}}"
    more.setdefault("link_label", _CLIENT_LINK)
    return Event(
        key=key, number=number, audience=Audience.CLIENT, label=label, explanation=explanation,
        fields=(*_CLIENT, *fields), **more,
    )  # fmt: skip


def _staff(key: str, number: str, group: str, label: str, explanation: str, *, default: Ways, **more) -> Event:
    return Event(
        key=key, number=number, audience=Audience.STAFF, group=group, label=label, explanation=explanation,
        offered=ALL, default=default, **more,
    )  # fmt: skip


def _partner(key: str, number: str, label: str, explanation: str, *, fields: tuple[str, ...] = (), **more) -> Event:
    more["email_text"] = f"{_HELLO_PARTNER}{more['email_text']}\n{{signature}}"
    return Event(
        key=key, number=number, audience=Audience.PARTNER, label=label, explanation=explanation,
        fields=(*_PARTNER, *fields), link_label="Open the deal", **more,
    )  # fmt: skip


_BELL = Ways(bell=True)
_BELL_AND_EMAIL = Ways(bell=True, email=True)
_PORTAL, _TEAM, _PARTNERS, _DATES = "Client portal", "Your team", "Partners", "Dates"

CATALOGUE: tuple[Event, ...] = (
    # Clients: what the brokerage chooses in Settings, Client Portal.
    _client(
        "note_shared", "N05", "Message from you", "You share a note with the client, or write to them.",
        page="messages", link_label="Read and answer", weight=6, default=EMAIL, settles=PILE, fields=("note",),
        subject="{broker_first_name} wrote to you",
        email_text="I’ve left a message for you on your page. You can answer there.\n{note}",
        sms_text="{firm_name}: {broker_first_name} wrote to you. Read it on your page, with the link in our e-mail.",
    ),
    _client(
        "file_shared", "N06", "File shared", "You share a document with the client.",
        page="documents", link_label="Look at it", default=EMAIL, settles=PILE, fields=("documents", "documents_short"),
        subject="{broker_first_name} shared {documents_short} with you",
        email_text="There is something new on your page:\n{documents}",
        sms_text="{firm_name}: {broker_first_name} shared {documents_short} with you. See your page.",
    ),
    _client(
        "documents_requested", "N07", "Documents requested", "You press Request. The e-mail has the link to send them.",
        page="documents", link_label="Send my papers", weight=8, default=EMAIL, fixed=EMAIL, fields=("documents",
        "documents_short"),
        subject="{broker_first_name} needs {documents_short} from you",
        email_text="To take your application further I need:\n{documents}\n"
        "Photos taken with your phone are fine. Each has its own box on your page, with what it is for.",
        sms_text="{firm_name}: {broker_first_name} needs {documents_short} from you. See your page.",
    ),
    _client(
        "documents_added", "N08", "Documents added later",
        "You add documents and don’t press Request: one message, 15 minutes after the last one.",
        page="documents", link_label="Send my papers", weight=8, default=EMAIL, settles=REQUESTS_SETTLE,
        fields=("documents", "documents_short"),
        subject="{broker_first_name} needs {documents_short} from you",
        email_text="To take your application further I need:\n{documents}\n"
        "Photos taken with your phone are fine. Each has its own box on your page, with what it is for.",
        sms_text="{firm_name}: {broker_first_name} needs {documents_short} from you. See your page.",
    ),
    _client(
        "document_asked_again", "N07", "Document asked for again", "Something is missing in what they sent.",
        page="documents", link_label="Send it again", settles=PILE, weight=9, default=EMAIL,
        fields=("documents_short", "reason"),
        subject="Please send {documents_short} again",
        email_text="Thank you for {documents_short}. I need it once more, because: {reason}\n"
        "What you sent stays on your page, so you can see what was missing.",
        sms_text="{firm_name}: {broker_first_name} needs {documents_short} once more. See your page.",
    ),
    _client(
        "document_due", "N07", "Document due", "A reminder the day before and on the day, at 9:00 in the morning.",
        page="documents", link_label="Send my papers", weight=7, default=EMAIL, fields=("documents",
        "documents_short", "due_date"),
        subject="Due {due_date}: {documents_short}",
        email_text="A reminder. Still missing, and due {due_date}:\n{documents}\n"
        "Photos taken with your phone are fine. If one doesn’t apply to you, say so on your page.",
        sms_text="{firm_name}: {documents_short} due {due_date}. See your page.",
    ),
    _client(
        "stage_changed", "N09", "Progress", "The deal moves to another stage. Clients read the stage’s own words.",
        needs="Only while “Show deal status bar” is on.", settles=PILE, fields=("stage_name", "stage_meaning"),
        link_label="See where it is up to", weight=7, subject="Your application: {stage_name}",
        email_text="Your application has moved on. It is now at: {stage_name}.\n{stage_meaning}",
        sms_text="{firm_name}: your application is now at: {stage_name}.",
    ),
    _client(
        "deal_stale_client", "N11", "Still being worked on",
        "The deal has been in its stage for longer than the stage’s stale days.",
        subject="Your application is still with us",
        email_text="Nothing has moved in your application for a while. It has not been forgotten: I’ll be in touch "
        "as soon as there is news.",
        sms_text="{firm_name}: your application is still with us. We will be in touch as soon as there is news.",
    ),
    _client(
        "bank_statements_requested", "N13", "Bank statements requested", "The e-mail has the link to share them.",
        page="documents", link_label="Share my statements", weight=8, default=EMAIL, fixed=EMAIL,
        subject="{broker_first_name} asks for your bank statements",
        email_text="I need your bank statements. You can share them from your page in a few minutes, or send them as "
        "files. We never see your banking password.",
        sms_text="{firm_name}: {broker_first_name} asks for your bank statements. See your page.",
    ),
    _client(
        "bank_statements_due", "N13", "Bank statements: one day left", "A day before the link to the bank runs out.",
        page="documents", link_label="Share my statements", weight=7, default=EMAIL, fields=("due_date",),
        subject="Your bank statements: one day left",
        email_text="The link to connect your bank works until {due_date}. Afterwards you can ask for a new one on your "
        "page, under Documents, or upload your statements there.",
        sms_text="{firm_name}: one day left to connect your bank. See your page, under Documents.",
    ),
    _client(
        "portal_ended", "N35", "Access ended", "You end the client’s access, or settle the deal.",
        default=EMAIL,
        subject="Your page at {firm_name} is closed",
        email_text="Your page has been closed, so its link no longer opens anything. What you told us is kept as our "
        "privacy disclosure says.",
        sms_text="{firm_name}: your page has been closed. Call {broker_first_name} if you need anything.",
    ),
    _client(
        "deal_settled", "N35", "Deal settled", "You settle the deal. It says too that their page is closed.",
        default=EMAIL, weight=10,
        subject="Your loan has settled. Congratulations!",
        email_text="Your loan has settled. Congratulations, and thank you for your trust.\n"
        "Your page is closed now, so its link no longer opens anything. What you told us is kept as our privacy "
        "disclosure says. If you need something from it, ask me.",
        sms_text="{firm_name}: your loan has settled. Congratulations! Call {broker_first_name} if you need anything.",
    ),
    # Staff: what each person chooses in My updates and reminders.
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
        "settlement_due", "N20", _DATES, "Expected settlement date reached", "In the morning of that day, on a deal of "
        "yours that has not settled.", default=_BELL_AND_EMAIL,
    ),
    _staff(
        "deal_stale", "N12", _DATES, "Deal goes stale", "It has been in its stage for longer than the stage’s stale "
        "days.", default=_BELL,
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
    # Partners: what each partner opts in to, as far as the organisation lets them.
    _partner(
        "partner_deal_shared", "N24", "Deal shared with you", "A broker puts a deal on your board.",
        default=EMAIL,
        subject="You can follow {deal_name}", settles=PILE, weight=6,
        email_text="You now follow {deal_name}. You see the stages and dates, and can write to me there.",
        sms_text="{firm_name}: {broker_first_name} shared {deal_name} with you.",
    ),
    _partner(
        "partner_stage", "N25", "Deal progress", "A deal that you follow moves to another stage.",
        settles=PILE, fields=("stage_name",),
        subject="{deal_name}: {stage_name}",
        email_text="{deal_name} moved on, and is now at: {stage_name}.",
        sms_text="{firm_name}: {deal_name} is now at: {stage_name}.",
    ),
    _partner(
        "partner_note", "N26", "New note", "A broker shares a note with you.",
        settles=PILE, fields=("note",), weight=6,
        subject="{broker_first_name} wrote to you about {deal_name}",
        email_text="There is a note for you about {deal_name}. You can answer there.\n{note}",
        sms_text="{firm_name}: {broker_first_name} wrote to you about {deal_name}.",
    ),
    _partner(
        "partner_file", "N27", "New file", "A broker shares a document with you.",
        settles=PILE, fields=("documents", "documents_short"),
        subject="{broker_first_name} shared {documents_short} with you",
        email_text="There is something new for you about {deal_name}:\n{documents}",
        sms_text="{firm_name}: {broker_first_name} shared {documents_short} with you ({deal_name}).",
    ),
    _partner(
        "partner_received", "N28", "Somebody used your link", "They left their details, and your broker calls them.",
        default=EMAIL, weight=8,
        subject="Received: {deal_name}",
        email_text="{deal_name} left their details behind your link. I call them, and you see here how it goes.",
        sms_text="{firm_name}: {deal_name} used your link. {broker_first_name} calls them.",
    ),
    _partner(
        "partner_called", "N28", "Your client was called", "A broker called somebody whom you sent.",
        settles=PILE,
        subject="Called: {deal_name}",
        email_text="I called {deal_name}. Thank you for sending them.",
        sms_text="{firm_name}: {broker_first_name} called {deal_name}. Thank you!",
    ),
    _partner(
        "partner_settled", "N25", "Deal settled", "A deal that you follow has settled.",
        default=EMAIL, weight=10, fields=("settled_on",),
        subject="Settled: {deal_name}",
        email_text="{deal_name} settled on {settled_on}. Thank you for sending them to us.",
        sms_text="{firm_name}: {deal_name} settled. Thank you!",
    ),
    _partner(
        "partner_ended", "N25", "Deal not going ahead", "A deal that you follow was declined or withdrawn.",
        default=EMAIL, weight=10, fields=("outcome",),
        subject="Not going ahead: {deal_name}",
        email_text="{deal_name} is not going ahead: {outcome}. Thank you for sending them to us. Call me if you would "
        "like to talk about it, as far as I may.",
        sms_text="{firm_name}: {deal_name} is not going ahead: {outcome}.",
    ),
)  # fmt: skip

BY_KEY: dict[str, Event] = {event.key: event for event in CATALOGUE}


def events_for(audience: Audience) -> list[Event]:
    """The events that this audience can be told of, in the order of their settings pages."""
    return [event for event in CATALOGUE if event.audience is audience]
