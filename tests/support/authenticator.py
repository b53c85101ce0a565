"""A phone that makes and uses passkeys as W3C WebAuthn says, without a browser: it answers options with JSON."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Phone:
    """One passkey in one device. `origin` is what the browser would write, whatever page asks."""

    origin: str = "http://localhost:8000"
    host: str = "localhost"
    count: int = 0
    # False: somebody holds the device, but has not proved to it that it is theirs.
    verifies: bool = True
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: str) -> str:
        """The answer of `navigator.credentials.create`."""
        told = json.loads(options)
        point = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        about = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(cose)
        data = self._data(ATTESTED) + about
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", told["challenge"])
        return self._answer(clientDataJSON=client, attestationObject=attestation, transports=["internal", "telepathy"])

    def use(self, options: str) -> str:
        """The answer of `navigator.credentials.get`."""
        self.count += 1
        client, data = self._client("webauthn.get", json.loads(options)["challenge"]), self._data(0)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signed)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _data(self, more: int) -> bytes:
        flags = PRESENT | more | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _answer(self, **response: object) -> str:
        name = bytes_to_base64url(self.id)
        told = {key: bytes_to_base64url(each) if isinstance(each, bytes) else each for key, each in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": told})


def allowed(options: str) -> list[bytes]:
    """The keys that options ask for."""
    return [base64url_to_bytes(each["id"]) for each in json.loads(options).get("allowCredentials", [])]
