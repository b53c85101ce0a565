"""A mail server with STARTTLS and sign-in, which refuses, hesitates and hangs up on demand."""

import asyncio
import datetime
import ipaddress
import ssl
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import Enum, auto
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.ports import free_port

USER, PASSWORD = "portal", "a mail password"


class SmtpFault(Enum):
    """What goes wrong with the next message."""

    NO_SUCH_MAILBOX = auto()
    GREYLISTED = auto()
    SPAM = auto()
    TAKEN_RESET = auto()


class MailServer:
    """`messages` is what was taken. `trust` is a client's TLS context that knows the server's certificate."""

    def __init__(self, folder: Path, *, starttls: bool = True) -> None:
        certificate, key = self_signed(folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.trust = ssl.create_default_context(cafile=str(certificate))
        self.messages: list[EmailMessage] = []
        self.faults: list[SmtpFault] = []
        self.delay = 0.0  # seconds from the end of a message to the answer
        options = {"tls_context": context, "require_starttls": True, "auth_required": True} if starttls else {}
        self._controller = Controller(
            self, hostname="127.0.0.1", port=free_port(), authenticator=_authenticate, **options
        )
        self._controller.start()
        self.port = self._controller.port

    def stop(self) -> None:
        self._controller.stop()

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        if self.faults and self.faults[0] is SmtpFault.NO_SUCH_MAILBOX:
            self.faults.pop(0)
            return "550 5.1.1 No such user here"
        if self.faults and self.faults[0] is SmtpFault.GREYLISTED:
            self.faults.pop(0)
            return "451 4.7.1 Greylisted, try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session, envelope) -> str:
        await asyncio.sleep(self.delay)
        fault = self.faults.pop(0) if self.faults else None
        if fault is SmtpFault.SPAM:
            return "554 5.7.1 Looks like spam"
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        if fault is SmtpFault.TAKEN_RESET:
            server.transport.abort()
        return "250 OK, queued"


def _authenticate(server, session, envelope, mechanism, data) -> AuthResult:
    good = getattr(data, "login", None) == USER.encode() and data.password == PASSWORD.encode()
    return AuthResult(success=good, handled=False)


def self_signed(folder: Path, host: str = "") -> tuple[Path, Path]:
    """A certificate for 127.0.0.1, or for `host`, and its key, as files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example.com")])
    now = datetime.datetime.now(datetime.UTC)
    whose = x509.DNSName(host) if host else x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([whose]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    certificate_path, key_path = folder / "mail.crt", folder / "mail.key"
    certificate_path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate_path, key_path
