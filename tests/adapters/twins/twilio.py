"""Twilio's Messages resource: API 2010-04-01, form posts, Basic authentication, numbered errors, signed callbacks."""

import base64
import json
import re
import secrets
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from twilio.request_validator import RequestValidator

from tests.adapters.twins.server import Answer, Twin, post

E164 = re.compile(r"^\+[1-9]\d{7,14}$")
MESSAGES = re.compile(r"^/2010-04-01/Accounts/(AC[0-9a-f]{32})/Messages(?:/(SM[0-9a-f]{32}))?\.json$")
MOST_CHARACTERS = 1600
WORDS = {
    20003: (401, "Authenticate"),
    20404: (404, "The requested resource was not found"),
    21211: (400, "The 'To' number is not a valid phone number."),
    21212: (400, "The 'From' number is not a valid phone number, shortcode, or alphanumeric sender ID."),
    21408: (400, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number."),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number is required."),
    21604: (400, "A 'To' phone number is required."),
    21606: (400, "The 'From' phone number is not a valid, SMS-capable Twilio phone number."),
    21608: (400, "The number is unverified. Trial accounts cannot send messages to unverified numbers."),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21611: (429, "This 'From' number has exceeded the maximum number of queued messages"),
    21614: (400, "'To' number is not a valid mobile number"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
    30007: (400, "Message filtered"),
}


def _json(status: int, content: dict) -> Answer:
    return status, {"content-type": "application/json"}, json.dumps(content).encode()


def refusal(code: int) -> Answer:
    """An error as Twilio words it."""
    status, message = WORDS[code]
    more = f"https://www.twilio.com/docs/errors/{code}"
    return _json(status, {"code": code, "message": message, "more_info": more, "status": status})


class TwilioTwin(Twin):
    """An account. `refused` maps a number to the error that it gets; `messages` is what was taken, oldest first."""

    busy = _json(429, {"code": 20429, "message": "Too many requests", "more_info": "", "status": 429})
    broken = _json(500, {"code": 20500, "message": "Internal Server Error", "more_info": "", "status": 500})

    def __init__(self) -> None:
        self.account_sid = "AC" + secrets.token_hex(16)
        self.auth_token = secrets.token_hex(16)
        self.messages: list[dict] = []
        self.refused: dict[str, int] = {}
        super().__init__()

    def bodies(self) -> list[tuple[str, str]]:
        """Number and text of everything that was taken."""
        with self.lock:
            return [(message["to"], message["body"]) for message in self.messages]

    def respond(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        parts = urlsplit(path)
        resource = MESSAGES.match(parts.path)
        wanted = base64.b64encode(f"{self.account_sid}:{self.auth_token}".encode()).decode()
        if headers.get("authorization") != f"Basic {wanted}":
            return refusal(20003)
        if resource is None or resource[1] != self.account_sid:
            return refusal(20404)
        if method == "POST" and resource[2] is None:
            return self._create(dict(parse_qsl(body.decode(), keep_blank_values=True)))
        if resource[2]:
            found = [message for message in self.messages if message["sid"] == resource[2]]
            return _json(200, _public(found[0])) if found else refusal(20404)
        return self._list(parse_qs(parts.query), path)

    def _create(self, fields: dict[str, str]) -> Answer:
        code = self._wrong(fields)
        if code:
            return refusal(code)
        pooled = "MessagingServiceSid" in fields
        message = {
            "sid": "SM" + secrets.token_hex(16),
            "account_sid": self.account_sid,
            "to": fields["To"],
            "from": None if pooled else fields["From"],
            "messaging_service_sid": fields.get("MessagingServiceSid"),
            "body": fields["Body"],
            "status": "accepted" if pooled else "queued",
            # Counted once a sender is chosen, which a Messaging Service does later.
            "num_segments": "0" if pooled else str(-(-len(fields["Body"]) // 153) if len(fields["Body"]) > 160 else 1),
            "date_created": format_datetime(datetime.now(UTC)),
            "date_sent": None,
            "price": None,
            "error_code": None,
            "error_message": None,
            "direction": "outbound-api",
            "api_version": "2010-04-01",
            "uri": f"/2010-04-01/Accounts/{self.account_sid}/Messages.json",
            "asked": fields,
        }
        with self.lock:
            self.messages.append(message)
        return _json(201, _public(message))

    def _wrong(self, fields: dict[str, str]) -> int | None:
        to, body = fields.get("To"), fields.get("Body")
        service = fields.get("MessagingServiceSid")
        if not to or not E164.match(to):
            return 21211 if to else 21604
        if not body or len(body) > MOST_CHARACTERS:
            return 21617 if body else 21602
        if not fields.get("From") and not re.fullmatch(r"MG[0-9a-fA-F]{32}", service or ""):
            return 21603
        return self.refused.get(to)

    def _list(self, query: dict[str, list[str]], path: str) -> Answer:
        to, size = query.get("To", [None])[0], int(query.get("PageSize", ["50"])[0])
        number = int(query.get("Page", ["0"])[0])
        with self.lock:
            found = [_public(each) for each in reversed(self.messages) if to is None or each["to"] == to]
        first, here = number * size, found[number * size : (number + 1) * size]
        more = urlencode({"To": to or "", "PageSize": size, "Page": number + 1})
        return _json(
            200,
            {
                "messages": here,
                "page": number,
                "page_size": size,
                "uri": path,
                "first_page_uri": path,
                "next_page_uri": f"{urlsplit(path).path}?{more}" if len(found) > first + size else None,
                "previous_page_uri": None,
                "start": first,
                "end": first + len(here),
            },
        )

    def callback(
        self, message: dict, status: str, error_code: int | None = None, **extra: str
    ) -> tuple[str, dict, bytes]:
        """Address, headers and body of a status callback, signed with the vendor's own code."""
        fields = {
            "MessageSid": message["sid"],
            "SmsSid": message["sid"],
            "MessageStatus": status,
            "SmsStatus": status,
            "To": message["to"],
            "From": message["from"] or "",
            "AccountSid": self.account_sid,
            "ApiVersion": "2010-04-01",
            **({"ErrorCode": str(error_code)} if error_code else {}),
            **extra,
        }
        address = message["asked"]["StatusCallback"]
        signature = RequestValidator(self.auth_token).compute_signature(address, fields)
        headers = {"content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature}
        return address, headers, urlencode(fields).encode()

    def call_back(self, portal: str, message: dict, status: str, error_code: int | None = None) -> int:
        """Send it to the portal that really listens at `portal`, as a proxy in front would."""
        address, headers, body = self.callback(message, status, error_code)
        return post(portal, urlsplit(address).path, headers, body)


def _public(message: dict) -> dict:
    return {name: value for name, value in message.items() if name != "asked"}
