"""What partners are told: what each of them opts in to, as far as the organisation lets them."""

from salestrekker_portal.domains.notices.events import EMAIL, PILE, Event
from salestrekker_portal.tables.notifications import Audience

_PARTNER = ("greeting", "partner_first_name", "firm_name", "signature")
_OF_A_DEAL = ("deal_name", "broker_first_name", "broker_name", "firm_phone", "link")
_HELLO_PARTNER = "{greeting} {partner_first_name},\n"


def _partner(
    key: str, number: str, label: str, explanation: str, *, fields: tuple[str, ...] = _OF_A_DEAL, **more
) -> Event:
    more["email_text"] = f"{_HELLO_PARTNER}{more['email_text']}\n{{signature}}"
    return Event(
        key=key, number=number, audience=Audience.PARTNER, label=label, explanation=explanation,
        fields=(*_PARTNER, *fields), link_label="Open the deal", **more,
    )  # fmt: skip


TO_PARTNERS: tuple[Event, ...] = (
    _partner(
        "partner_deal_shared", "N24", "Deal shared with you", "A broker puts a deal on your board.",
        default=EMAIL,
        subject="You can follow {deal_name}", settles=PILE, weight=6,
        email_text="You now follow {deal_name}. You see the stages and dates, and can write to me there.",
        sms_text="{firm_name}: {broker_first_name} shared {deal_name} with you.",
    ),
    _partner(
        "partner_stage", "N25", "Deal progress", "A deal that you follow moves to another stage.",
        settles=PILE, fields=("stage_name", *_OF_A_DEAL),
        subject="{deal_name}: {stage_name}",
        email_text="There is news of {deal_name}. The stage is now: {stage_name}.",
        sms_text="{firm_name}: {deal_name}, now at: {stage_name}.",
    ),
    _partner(
        "partner_note", "N26", "New note", "A broker shares a note with you.",
        settles=PILE, fields=("note", *_OF_A_DEAL), weight=6,
        subject="{broker_first_name} wrote to you about {deal_name}",
        email_text="There is a note for you about {deal_name}. You can answer there.\n{note}",
        sms_text="{firm_name}: {broker_first_name} wrote to you about {deal_name}.",
    ),
    _partner(
        "partner_file", "N27", "New file", "A broker shares a document with you.",
        settles=PILE, fields=("documents", "documents_short", *_OF_A_DEAL),
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
        default=EMAIL, weight=10, fields=("settled_on", *_OF_A_DEAL),
        subject="Settled: {deal_name}",
        email_text="The loan of {deal_name} settled on {settled_on}. Thank you for sending them to us.",
        sms_text="{firm_name}: {deal_name} settled. Thank you!",
    ),
    _partner(
        "partner_ended", "N25", "Deal not going ahead", "A deal that you follow was declined or withdrawn.",
        default=EMAIL, weight=10, fields=("outcome", *_OF_A_DEAL),
        subject="Not going ahead: {deal_name}",
        email_text="The loan of {deal_name} is not going ahead: {outcome}. Thank you for sending them to us. Call me "
        "if you would like to talk about it, as far as I may.",
        sms_text="{firm_name}: the loan of {deal_name} is not going ahead: {outcome}.",
    ),
    _partner(
        "partner_month", "N28", "Each month, in short",
        "On its first working day: whom you sent in the month before, what settled, and who is still open.",
        offered=EMAIL, fields=("month", "in_short", "still_open"),
        subject="{month}: {in_short}",
        email_text="In {month}: {in_short}.\n{still_open}",
        sms_text="{firm_name}: in {month} {in_short}.",
    ),
)  # fmt: skip
