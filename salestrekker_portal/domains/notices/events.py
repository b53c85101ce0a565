"""What an event is that somebody can be told about, in which ways, and after how long."""

from dataclasses import dataclass
from datetime import timedelta

from salestrekker_portal.tables.notifications import Audience


@dataclass(frozen=True, kw_only=True)
class Ways:
    """Ways to tell somebody, as offered, as default, or as chosen. Only staff choose what rings."""

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
    "month": "The month that is over",
    "in_short": "How many they sent, and how many settled",
    "still_open": "Who is still open, one a line",
    "author": "Who did it",
    "what": "What it was",
}
