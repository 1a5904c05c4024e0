"""The text of a message as the lines that carry it: plain, quoted-printable or base64.

ASCII text goes as it is; any other is quoted-printable or base64, whichever is shorter, so that no server needs to
offer 8BITMIME. The functions that encode are those that the email package uses.
"""

from __future__ import annotations

import binascii
from email import quoprimime
from typing import NamedTuple

from dripper.drip.headers import LINE_OCTETS, ComposeError

# What quoted-printable leaves as it is (RFC 2045 §6.7).
_UNQUOTED = bytes([*b"\t\n", *range(32, 61), *range(62, 127)])
# What needs no encoding; CR is no longer there.
_PLAIN = bytes([*b"\t\n", *range(32, 127)])
# Of a line of quoted-printable or base64; and how many octets such a line of base64 carries (RFC 2045 §6.7 and §6.8).
LINE_CHARS = 76
_BASE64_OCTETS = LINE_CHARS // 4 * 3
# Stands in no text that is quoted-printable, base64, or sent as it is (RFC 2045 §6.7).
BOUNDARY = "=_dripper"


class Carried(NamedTuple):
    """A text, and how its lines are carried."""

    # With LF, the last line ended too.
    text: str
    # The Content-Transfer-Encoding.
    encoding: str

    def lines(self) -> str:
        """Return the lines on the wire, each ended by CRLF."""
        if self.encoding == "7bit":
            return self.text.replace("\n", "\r\n")
        data = self.text.encode()
        if self.encoding == "quoted-printable":
            return quoprimime.body_encode(data.decode("latin-1"), LINE_CHARS).replace("\n", "\r\n")
        data = data.replace(b"\n", b"\r\n")
        starts = range(0, len(data), _BASE64_OCTETS)
        encoded = b"".join(binascii.b2a_base64(data[start : start + _BASE64_OCTETS]) for start in starts)
        return encoded.replace(b"\n", b"\r\n").decode("ascii")


def carried(text: str) -> Carried:
    """Return how `text` is carried; raise `ComposeError` where it cannot be."""
    if "\0" in text:
        raise ComposeError("", "the text holds a NUL", cure="remove it")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.endswith("\n"):
        text += "\n"
    if text.isascii() and not text.encode().translate(None, _PLAIN) and BOUNDARY not in text and _is_short(text):
        return Carried(text, "7bit")
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise ComposeError("", "half of a character (a lone surrogate) cannot be sent", cure="remove it") from error
    quoted_octets = len(data) + 2 * len(data.translate(None, _UNQUOTED))
    encoding = "quoted-printable" if quoted_octets <= len(data) * 4 / 3 else "base64"
    return Carried(text, encoding)


def _is_short(text: str) -> bool:
    return len(text) <= LINE_OCTETS or max(map(len, text.split("\n"))) <= LINE_OCTETS
