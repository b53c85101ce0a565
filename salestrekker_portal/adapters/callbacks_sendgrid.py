"""Reads SendGrid's event batches, and believes only those that are signed and fresh."""

import json
from uuid import UUID

from sendgrid.helpers.eventwebhook import EventWebhook

from salestrekker_portal.adapters.email_sendgrid import MESSAGE_ARG
from salestrekker_portal.domains.outbox.ports import CallbackRefused, Reason, Report
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.outbox import Delivery

# A batch that somebody recorded can't be played again later.
FRESH_SECONDS = 10 * 60
_STATES = {
    "processed": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "bounce": Delivery.BOUNCED,
    "blocked": Delivery.BOUNCED,
    "dropped": Delivery.BOUNCED,
}
_PROBLEMS = {
    "bounce": "the mailbox does not exist or refuses our e-mail",
    "blocked": "the mail server turned it away",
    "dropped": "earlier e-mails to this address came back",
}


class SendGridCallbacks:
    """`public_key`: the verification key that SendGrid shows beside the event webhook, base64."""

    def __init__(self, public_key: str) -> None:
        self._webhook = EventWebhook(public_key) if public_key else None

    def read(self, body: bytes, signature: str, stamp: str) -> list[tuple[UUID, Report]]:
        """What happened, by message; events of no interest are left out. Raises CallbackRefused."""
        if self._webhook is None or not (signature and stamp):
            raise CallbackRefused()
        try:
            # The SDK raises all sorts on a malformed signature, and does not look at the time at all.
            is_fresh = abs(utc_now().timestamp() - int(stamp)) <= FRESH_SECONDS
            is_signed = self._webhook.verify_signature(body.decode(), signature, stamp)
            events = json.loads(body) if is_fresh and is_signed else None
        except (ValueError, TypeError, OverflowError):
            raise CallbackRefused() from None
        if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
            raise CallbackRefused()
        return [read for event in events if (read := _report(event)) is not None]


def _report(event: dict) -> tuple[UUID, Report] | None:
    kind = str(event.get("event", ""))
    status = _STATES.get(kind)
    try:
        message_id = UUID(str(event.get(MESSAGE_ARG, "")))
    except ValueError:
        # An event of some other program that shares the account.
        return None
    if status is None:
        return None
    # "type" says blocked where "event" still says bounce: a full or wary mail server, not a wrong address.
    blocked = "blocked" in (kind, event.get("type"))
    problem = _PROBLEMS["blocked" if blocked else kind] if status is Delivery.BOUNCED else ""
    reason = Reason.ADDRESS if problem and not blocked else Reason.OTHER
    ref = str(event.get("sg_message_id", "")).split(".")[0]
    return message_id, Report(status=status, ref=ref, problem=problem, reason=reason)
