"""Keys for DKIM, and the DNS that knows their public halves."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from functools import cache

import dkim
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

SELECTOR, DOMAIN = "drip", "north.example"


@cache
def rsa_key(bits: int = 2048) -> RSAPrivateKey:
    return generate_private_key(65537, bits)


@cache
def ed25519_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


def pem(key: RSAPrivateKey | Ed25519PrivateKey, form: PrivateFormat = PrivateFormat.PKCS8) -> str:
    return key.private_bytes(Encoding.PEM, form, NoEncryption()).decode()


def dns(key: RSAPrivateKey | Ed25519PrivateKey) -> Callable[..., bytes | None]:
    """Return a look-up that knows one record."""
    public = key.public_key()
    if isinstance(key, RSAPrivateKey):
        kind, data = b"rsa", public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    else:
        kind, data = b"ed25519", public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    record = b"v=DKIM1; k=" + kind + b"; p=" + b64encode(data)

    def look_up(name: bytes, timeout: int = 5) -> bytes | None:
        return record if name == f"{SELECTOR}._domainkey.{DOMAIN}.".encode() else None

    return look_up


def is_signed(data: bytes, key: RSAPrivateKey | Ed25519PrivateKey) -> bool:
    """Whether dkimpy finds the signature of `key` on a message."""
    return bool(dkim.verify(data, dnsfunc=dns(key)))
