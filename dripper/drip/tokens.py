"""Tokens that only we can make (HMAC-SHA256, RFC 2104): for the link that opts out, and for the address of bounces.

Whoever reads one needs nothing but the workspace's secret. A token is the same on every attempt, so a message keeps its
bytes; what it names can be read by anybody who sees it, but not changed.
"""

from __future__ import annotations

import binascii
import hmac
from base64 import b32decode, b32encode, urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote

from dripper.drip.headers import ComposeError

# A token of one kind never passes for one of another.
_OPT_OUT, _BOUNCE = b"dripper opt-out\0", b"dripper bounce\0"
_OPT_OUT_MAC_OCTETS = 16
# Of a Message-ID's hash, in octets: enough to find the delivery. With its MAC 24 letters, for a short local part.
_ID_OCTETS, _BOUNCE_MAC_OCTETS = 8, 7
_TAG = "+bounce-"
# The longest local part (RFC 5321 §4.5.3.1.1).
_LOCAL_OCTETS = 64
LONGEST_LOCAL_OCTETS = _LOCAL_OCTETS - len(_TAG) - 24


@dataclass(frozen=True, slots=True, kw_only=True)
class OptOut:
    """Who wants no more messages, of which workspace."""

    # The workspace's name when the message was sent.
    workspace: str
    # The contact's key.
    contact: str


def opt_out_token(workspace: str, contact: str, *, secret: bytes) -> str:
    """Return the token that stands for `contact` (a key) in the link that opts out."""
    named = f"{workspace}\0{contact}".encode()
    return urlsafe_b64encode(_mac(_OPT_OUT, named, secret)[:_OPT_OUT_MAC_OCTETS] + named).decode("ascii").rstrip("=")


def read_opt_out(token: str, *, secret: bytes) -> OptOut | None:
    """Return who a token stands for; `None` where it is not one of ours."""
    try:
        data = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return None
    mac, named = data[:_OPT_OUT_MAC_OCTETS], data[_OPT_OUT_MAC_OCTETS:]
    if not hmac.compare_digest(mac, _mac(_OPT_OUT, named, secret)[:_OPT_OUT_MAC_OCTETS]):
        return None
    workspace, _, contact = named.decode().partition("\0")
    return OptOut(workspace=workspace, contact=contact)


def opt_out_url(base: str, token: str) -> str:
    """Return the link of a token below the page `base`."""
    return f"{base.rstrip('/')}/o/{quote(token)}"


def bounce_address(address: str, message_id: str, *, secret: bytes) -> str:
    """Return the address that a bounce of the message comes back to: `address` with a token (VERP).

    Raises `ComposeError` where the local part has no room for it.
    """
    local, _, domain = address.rpartition("@")
    if len(local.encode()) > LONGEST_LOCAL_OCTETS:
        raise ComposeError(
            "", f"{address} is too long for an address of bounces", cure="leave out verp in dripper.toml"
        )
    name = _id_of(message_id)
    token = b32encode(name + _mac(_BOUNCE, name, secret)[:_BOUNCE_MAC_OCTETS]).decode("ascii").lower()
    return f"{local}{_TAG}{token}@{domain}"


def read_bounce(address: str, *, secret: bytes) -> str | None:
    """Return how the Message-ID of what bounced begins (without its bracket); `None` where the token is not ours.

    Letters may have changed their case on the way.
    """
    local = address.rpartition("@")[0].lower()
    try:
        data = b32decode(local.rpartition(_TAG)[2].upper())
    except (binascii.Error, ValueError):
        return None
    name, mac = data[:_ID_OCTETS], data[_ID_OCTETS:]
    if _TAG not in local or len(name) != _ID_OCTETS:
        return None
    return name.hex() if hmac.compare_digest(mac, _mac(_BOUNCE, name, secret)[:_BOUNCE_MAC_OCTETS]) else None


def _id_of(message_id: str) -> bytes:
    return bytes.fromhex(message_id.lstrip("<")[: 2 * _ID_OCTETS])


def _mac(kind: bytes, named: bytes, secret: bytes) -> bytes:
    mac = _begun(kind, secret).copy()
    mac.update(named)
    return mac.digest()


@lru_cache(maxsize=8)
def _begun(kind: bytes, secret: bytes) -> hmac.HMAC:
    return hmac.new(secret, kind, sha256)
