"""Headers as they go on the wire: checked, encoded and folded here, assembled by the email package.

The package's own folding turns `List-Unsubscribe`, `In-Reply-To` and `References` of 78 characters into encoded words
(CPython gh-100991), which mail readers ignore; it also breaks long display names. So this policy folds by itself:

- Ids, addresses and links are never encoded, only folded at their spaces (RFC 5322 §2.2.3).
- Text that is not plain ASCII becomes encoded words of at most 75 characters, on lines of at most 76, none of which
  splits a character (RFC 2047 §2 and §5).
- CR, LF and NUL are refused in every value, and so is a line of more than 998 octets (RFC 5322 §2.1.1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import base64mime, quoprimime
from email.policy import SMTP, EmailPolicy
from typing import TYPE_CHECKING, Any

from dripper.errors import DripperError

if TYPE_CHECKING:
    from collections.abc import Sequence

LINE_OCTETS = 998
_FORBIDDEN = re.compile(r"[\r\n\0]")
_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")
_ATOMS = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?: [\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
_LINE_CHARS = 76
_WORD_CHARS = 75
_WORD_FRAME = len("=?utf-8?q??=")
# A longer word is encoded, since encoded words can be folded anywhere.
_LONGEST_WORD = 900


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a header: the name, empty where there is none, and the address as it stands on the wire."""

    name: str
    address: str

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>"


# A header's name and its value.
Field = tuple[str, str | Person]


class ComposeError(DripperError):
    """A message cannot be put on the wire as it is; `header` names where, empty for the text."""

    def __init__(self, header: str, message: str, *, cure: str = "") -> None:
        super().__init__(f"{header}: {message}" if header else message, cure=cure)
        self.header = header


class _WirePolicy(EmailPolicy):
    """Keeps header values as they are set (text, or a `Person`) and folds them by this module's rules."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Refuse what could end the header early."""
        refuse_breaks(name, str(value))
        return name, value

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        """Return the value as it was set."""
        return value

    def header_max_count(self, name: str) -> int:
        """No header of ours stands twice."""
        return 1

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return the header's lines, each ended by CRLF."""
        return header_line(name, value if isinstance(value, Person) else str(value)).encode()


# 76 is what the package keeps encoded bodies to (RFC 2045 §6.7 and §6.8); headers do not look at it.
WIRE = _WirePolicy(linesep=SMTP.linesep, cte_type="7bit", max_line_length=_LINE_CHARS)


def refuse_breaks(header: str, value: str) -> None:
    """Raise `ComposeError` where `value` holds a CR, LF or NUL, or a character that UTF-8 cannot carry."""
    found = _FORBIDDEN.search(value)
    if found:
        name = {"\r": "a carriage return", "\n": "a line break", "\0": "a NUL"}[found[0]]
        raise ComposeError(header, f"{name} stands at character {found.start() + 1}", cure="remove it")
    if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
        raise ComposeError(header, "half of a character (a lone surrogate) cannot be sent", cure="remove it")


def header_line(name: str, value: str | Person) -> str:
    """Return the lines of a header, each ended by CRLF; raise `ComposeError` where the value cannot stand in one."""
    if isinstance(value, Person):
        refuse_breaks(name, str(value))
        return _person_line(name, value.name, value.address)
    if len(name) + len(": ") + len(value) <= _LINE_CHARS and value.isascii() and value.isprintable():
        # Nothing printable breaks a line.
        if name != "Subject" or _is_plain(value):
            return f"{name}: {value}\r\n"
    else:
        refuse_breaks(name, value)
    return _folded(name, _words(name, value))


def _person_line(name: str, person: str, address: str) -> str:
    is_short = len(person) + len(address) <= _room(name) - len(" <>")
    if is_short and address.isascii() and "=?" not in person and _ATOMS.fullmatch(person):
        return f"{name}: {person} <{address}>\r\n"
    return _folded(name, [*_phrase(person, _room(name)), f"<{address}>" if person else address])


def _words(name: str, value: str) -> Sequence[str]:
    if name == "Subject":
        return value.split(" ") if not value or _is_plain(value) else encoded_words(value, _room(name))
    if not value.isascii():
        raise ComposeError(name, "only ASCII is allowed here", cure="correct the mailbox's address")
    return value.split(" ")


def _phrase(name: str, room: int) -> Sequence[str]:
    if not name:
        return ()
    if not _is_plain(name):
        return encoded_words(name, room)
    if _ATOMS.fullmatch(name):
        return name.split(" ")
    escaped = name.replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'.split(" ")


def encoded_words(text: str, room: int = _WORD_CHARS) -> list[str]:
    """Return `text` as encoded words, the first of at most `room` characters, in the shorter of the two encodings."""
    data = text.encode()
    quoted = quoprimime.header_length(data) <= base64mime.header_length(data)
    words: list[str] = []
    chunk, room = "", min(room, _WORD_CHARS) - _WORD_FRAME
    for character in text:
        longer = (chunk + character).encode()
        length = quoprimime.header_length(longer) if quoted else base64mime.header_length(longer)
        if chunk and length > room:
            words.append(_word(chunk, quoted=quoted))
            chunk, room = "", _WORD_CHARS - _WORD_FRAME
        chunk += character
    return [*words, _word(chunk, quoted=quoted)]


def _word(text: str, *, quoted: bool) -> str:
    data = text.encode()
    return quoprimime.header_encode(data, "utf-8") if quoted else base64mime.header_encode(data, "utf-8")


def _is_plain(value: str) -> bool:
    """Whether a text can stand as it is: ASCII words with one space between them that no reader would decode."""
    if "=?" in value or not _PLAIN.fullmatch(value):
        return False
    return len(value) <= _LONGEST_WORD or all(len(word) <= _LONGEST_WORD for word in value.split(" "))


def _room(name: str) -> int:
    return _LINE_CHARS - len(name) - len(": ")


def _folded(name: str, tokens: Sequence[str]) -> str:
    lines = [f"{name}: {tokens[0]}"]
    for token in tokens[1:]:
        if len(lines[-1]) + 1 + len(token) <= _LINE_CHARS:
            lines[-1] += f" {token}"
        else:
            lines.append(f" {token}")
    if any(len(line.encode()) > LINE_OCTETS for line in lines):
        raise ComposeError(name, f"a value without a space is longer than {LINE_OCTETS} octets", cure="shorten it")
    return "\r\n".join(lines) + "\r\n"
