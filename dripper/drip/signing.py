"""DKIM signatures (RFC 6376, RFC 8301, RFC 8463), made by dkimpy when a message leaves.

The bytes of a message do not depend on its signature: it stands on top of them, and tells when it was made. The headers
that a reader sees are signed once more than they are there, so that nobody can add a second one.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from datetime import UTC, datetime
from typing import Any

import dkim
from dkim.crypto import UnparsableKeyError, parse_pem_private_key

from dripper.errors import DripperError

# What there is of these is signed; RFC 8058 §3 asks for both of the headers that opt out.
_SIGNED = (
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References",
    "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
)  # fmt: skip
_SIGNED_ONCE_MORE = ("From", "To", "Reply-To", "Subject", "Date", "Content-Type")
_RELAXED = (b"relaxed", b"relaxed")
# RFC 8301 §3.2; 2048 are better.
_LEAST_BITS = 1024
# An Ed25519 key in PKCS #8 (RFC 8410 §7): this, and its 32 octets.
_ED25519_HEAD = bytes.fromhex("302e020100300506032b657004220420")
_ED25519_OCTETS = 32
_PEM = re.compile(r"-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----\s*([A-Za-z0-9+/=\s]+?)\s*-----END \1-----")
_PROBE = b"From: a@b.example\r\n\r\n\r\n"
_NO_KEY = "an RSA or Ed25519 key has to be there, as PEM without a password"
_UNUSABLE = (dkim.DKIMException, ArithmeticError, LookupError, TypeError, ValueError)


class SigningError(DripperError):
    """A key cannot sign; neither text nor cure shows anything of it."""


class Signer:
    """One key with the name that its public half has in the DNS."""

    def __init__(self, key: str, *, selector: str, domain: str) -> None:
        """Take a private key; raise `SigningError` where it is none that signs."""
        self._selector = selector.encode("ascii")
        self._domain = domain.encode("ascii")
        self._algorithm, self._key = _read(key)
        try:
            self.signed(_PROBE, at=datetime(2026, 1, 1, tzinfo=UTC))
        except dkim.NaClNotFoundError as error:
            cure = "`python -m pip install 'dripper[dkim]'`, or sign with an RSA key"
            raise SigningError("an Ed25519 key needs the package PyNaCl, which is not installed", cure=cure) from error
        except _UNUSABLE as error:
            raise SigningError("the key cannot be used", cure=_NO_KEY) from error

    def signed(self, data: bytes, *, at: datetime) -> bytes:
        """Return `data`, a message as it goes over the wire, with a signature of the time `at` on top."""
        there = {line.partition(b":")[0].decode("ascii", "replace") for line in _head(data)}
        headers = [name for name in _SIGNED if name in there]
        message = _Message(data, signature_algorithm=self._algorithm)
        message.signed_at = at
        header = message.sign(
            self._selector,
            self._domain,
            self._key,
            canonicalize=_RELAXED,
            include_headers=[*headers, *_SIGNED_ONCE_MORE],
        )
        assert isinstance(header, bytes)
        return header + data


def holds(data: bytes, record: str) -> bool:
    """Whether the signature on top of `data` holds with the public key of `record`, as it stands in the DNS."""
    try:
        return bool(dkim.verify(data, dnsfunc=lambda *_, **__: record.encode()))
    except (*_UNUSABLE, UnparsableKeyError):
        # Another kind of key, or none: the record is a stranger's text.
        return False


class _Message(dkim.DKIM):  # type: ignore[misc] # dkimpy has no types
    """Signs as of a given instant; dkimpy itself asks the clock."""

    signed_at: datetime

    def gen_header(self, fields: list[tuple[bytes, bytes]], *arguments: Any, **options: Any) -> bytes:
        """Put the instant in, before anything is hashed."""
        at = str(int(self.signed_at.timestamp())).encode("ascii")
        fields[:] = [(name, at if name == b"t" else value) for name, value in fields]
        header = super().gen_header(fields, *arguments, **options)
        assert isinstance(header, bytes)
        return header


def _head(data: bytes) -> list[bytes]:
    return data[: data.find(b"\r\n\r\n")].split(b"\r\n")


def _read(key: str) -> tuple[bytes, bytes]:
    """Return the algorithm and the key as dkimpy takes it."""
    found = _PEM.search(key)
    if found is None:
        seed = _decoded(key)
        if len(seed) != _ED25519_OCTETS:
            raise SigningError("this is no private key", cure=_NO_KEY)
        return b"ed25519-sha256", b64encode(seed)
    kind, body = found.groups()
    if "ENCRYPTED" in kind:
        raise SigningError("the key is locked with a password", cure=_NO_KEY)
    data = _decoded(body)
    if data.startswith(_ED25519_HEAD) and len(data) == len(_ED25519_HEAD) + _ED25519_OCTETS:
        return b"ed25519-sha256", b64encode(data[-_ED25519_OCTETS:])
    pem = b"-----BEGIN PRIVATE KEY-----\n" + b64encode(data) + b"\n-----END PRIVATE KEY-----\n"
    try:
        bits = parse_pem_private_key(pem)["modulus"].bit_length()
    except (*_UNUSABLE, UnparsableKeyError) as error:
        raise SigningError("this is no RSA or Ed25519 key", cure=_NO_KEY) from error
    if bits < _LEAST_BITS:
        raise SigningError(f"a key of {bits} bits is refused everywhere", cure="make one of 2048 bits")
    return b"rsa-sha256", pem


def _decoded(text: str) -> bytes:
    try:
        return b64decode("".join(text.split()), validate=True)
    except (Base64Error, ValueError):
        return b""
