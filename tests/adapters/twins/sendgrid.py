"""SendGrid's v3 mail send and its signed event webhook: JSON, Bearer keys, errors by field."""

import base64
import json
import re
import secrets
import time

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.adapters.twins.server import Answer, Twin, post

EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature"
TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp"


def _errors(status: int, message: str, field: str | None = None) -> Answer:
    body = {"errors": [{"message": message, "field": field, "help": None}]}
    return status, {"content-type": "application/json"}, json.dumps(body).encode()


class SendGridTwin(Twin):
    """An account with one verified sender. `messages` is what was taken: one entry a recipient, oldest first."""

    busy = _errors(429, "too many requests")
    broken = _errors(500, "internal server error")

    def __init__(self, verified: str = "portal@example.com") -> None:
        self.api_key = f"SG.{secrets.token_urlsafe(16)}"
        self.verified = verified
        self.messages: list[dict] = []
        self._signer = ec.generate_private_key(ec.SECP256R1())
        super().__init__()

    @property
    def public_key(self) -> str:
        """As the settings page shows it: the DER of the key in base64."""
        der = self._signer.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return base64.b64encode(der).decode()

    def respond(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        if headers.get("authorization") != f"Bearer {self.api_key}":
            return _errors(401, "The provided authorization grant is invalid, expired, or revoked")
        if (method, path) != ("POST", "/v3/mail/send"):
            return _errors(404, "not found")
        try:
            mail = json.loads(body)
        except ValueError:
            return _errors(400, "Bad Request")
        wrong = self._wrong(mail)
        if wrong:
            return wrong
        message_id = secrets.token_urlsafe(16)
        with self.lock:
            for each in mail["personalizations"]:
                self.messages.append({"id": message_id, "mail": mail, **each})
        return 202, {"x-message-id": message_id}, b""

    def _wrong(self, mail: dict) -> Answer | None:
        addressed = mail.get("personalizations")
        if not addressed:
            return _errors(
                400, "The personalizations field is required and must have at least one.", "personalizations"
            )
        for n, each in enumerate(addressed):
            for m, to in enumerate(each.get("to", [])):
                if not EMAIL.match(to.get("email", "")):
                    return _errors(400, "Does not contain a valid address.", f"personalizations.{n}.to.{m}.email")
            if not all(isinstance(value, str) for value in each.get("custom_args", {}).values()):
                return _errors(400, "custom_args values must be strings.", f"personalizations.{n}.custom_args")
        kinds = [part.get("type") for part in mail.get("content", [])]
        if not kinds or kinds != sorted(kinds, reverse=True):
            return _errors(400, "text/plain must come first, followed by text/html.", "content")
        if not mail.get("subject"):
            return _errors(400, "The subject is required.", "subject")
        if mail.get("from", {}).get("email") != self.verified:
            return _errors(403, "The from address does not match a verified Sender Identity.", "from")
        return None

    def event(self, message: dict, kind: str, **facts: object) -> dict:
        """An event about a message, as it comes in a batch."""
        return {
            "email": message["to"][0]["email"],
            "timestamp": int(time.time()),
            "event": kind,
            "sg_event_id": secrets.token_urlsafe(16),
            "sg_message_id": f"{message['id']}.recvd-5b-1",
            **message.get("custom_args", {}),
            **facts,
        }

    def signed(self, body: bytes, stamp: int | None = None) -> dict[str, str]:
        """The headers of a batch that left at `stamp` (Unix seconds; now when not given)."""
        text = str(int(time.time()) if stamp is None else stamp)
        signature = self._signer.sign(text.encode() + body, ec.ECDSA(hashes.SHA256()))
        return {
            "content-type": "application/json",
            SIGNATURE: base64.b64encode(signature).decode(),
            TIMESTAMP: text,
        }

    def call_back(self, portal: str, *events: dict) -> int:
        """Send a batch to the portal."""
        body = json.dumps(events).encode()
        return post(portal, "/webhooks/sendgrid", self.signed(body), body)
