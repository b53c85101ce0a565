"""What clients are told: what the brokerage chooses in Settings, Client Portal."""

from salestrekker_portal.domains.notices.events import EMAIL, PILE, REQUESTS_SETTLE, Event
from salestrekker_portal.tables.notifications import Audience

_CLIENT = (
    "greeting", "client_first_name", "client_name", "broker_first_name", "broker_name", "firm_name", "firm_phone",
    "signature", "link",
)  # fmt: skip
_HELLO = "{greeting} {client_first_name},\n"
_CLIENT_LINK = "Open my page"


def _client(key: str, number: str, label: str, explanation: str, *, fields: tuple[str, ...] = (), **more) -> Event:
    more["email_text"] = f"{_HELLO}{more['email_text']}\n{{signature}}"
    more.setdefault("link_label", _CLIENT_LINK)
    return Event(
        key=key, number=number, audience=Audience.CLIENT, label=label, explanation=explanation,
        fields=(*_CLIENT, *fields), **more,
    )  # fmt: skip


TO_CLIENTS: tuple[Event, ...] = (
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
        fields=("documents", "documents_short", "reason"),
        subject="Please send {documents_short} again",
        email_text="Thank you for what you sent. This I need once more:\n{documents}\n"
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
        "still_missing", "N07", "Chaser",
        "What you wait for has not come: on the days that your organisation chose, until it does.",
        weight=7, default=EMAIL, fields=("documents", "documents_short"),
        subject="Still missing: {documents_short}",
        email_text="A reminder. To take your application further I am still waiting for:\n{documents}\n"
        "Your page keeps what you have done so far. If a document doesn’t apply to you, say so there.",
        sms_text="{firm_name}: {broker_first_name} is still waiting for {documents_short}. See your page.",
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
        "portal_ended", "N35", "Access ended", "You end the client’s access, or archive the deal.",
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
    _client(
        "deal_ended", "N35", "Deal not going ahead",
        "You say that the deal was declined, withdrawn or lost. It never says why, and says too that their page is "
        "closed.",
        default=EMAIL, weight=10,
        subject="Your application is closed",
        email_text="Your application with us is not going ahead, as things stand. Thank you for your time and trust.\n"
        "Your page is closed now, so its link no longer opens anything. What you told us is kept as our privacy "
        "disclosure says. If this is news to you, or you would like to talk about what else is possible, I am here.",
        sms_text="{firm_name}: your application is closed. Call {broker_first_name} to talk about it.",
    ),
)  # fmt: skip
