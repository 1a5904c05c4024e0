"""Addresses as a file writes them, and the one form that names the person behind an address."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, ClassVar, Self

from dripper.workspace.model.table import Value, text_of

_PLAIN_LOCAL = re.compile(r"[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*").fullmatch
_PLAIN_DOMAIN = re.compile(r"([A-Za-z0-9]{1,31}(-[A-Za-z0-9]{1,31})?\.)+(example|[a-z]{2,3})").fullmatch
# With the domain in its ASCII form an address may be longer than it looks; the library counts again near the bound of
# RFC 5321 §4.5.3.1.3.
_LONGEST_CHARS = 120
# RFC 5321 §4.5.3.1.1.
_MOST_LOCAL_OCTETS = 64


class EmailAddress(str, Value):
    """An e-mail address (RFC 5321), as written; `address_key` names the person behind it."""

    __slots__ = ()
    example: ClassVar[str] = '"ana@acme.example"'
    json_schema: ClassVar[dict[str, Any]] = {"type": "string", "format": "email"}

    @classmethod
    def parse(cls, value: object) -> Self:
        text = text_of(value, cls.example)
        if _is_plain_address(text):
            return cls(text)
        if "@" not in text:
            raise ValueError(f'"{text}" is no e-mail address: it must have an @-sign')
        local, _, domain = text.partition("@")
        if _is_plain_local(local) and len(text) <= _LONGEST_CHARS and _is_domain(domain):
            return cls(text)
        why = _why_refused(text)
        if why:
            raise ValueError(f'"{text}" is no e-mail address: {why}')
        return cls(text)


class Sender(str, Value):
    """A mailbox's own name and address, as in a From header: `Dana Ruiz <dana@north.example>`."""

    __slots__ = ()

    example: ClassVar[str] = '"Dana Ruiz <dana@north.example>"'

    @classmethod
    def parse(cls, value: object) -> Self:
        text = text_of(value, cls.example)
        sender = cls(text)
        if any(ord(character) < 32 or ord(character) == 127 for character in text):
            raise ValueError("a sender must not contain a line break or another control character")
        EmailAddress.parse(sender.address)
        return sender

    @property
    def address(self) -> str:
        """Return the bare address."""
        match = re.fullmatch(r".*<([^<>]*)>\s*", self)
        return match[1].strip() if match else self.strip()

    @property
    def name(self) -> str:
        """Return the display name, empty where there is none."""
        before, bracket, _ = self.rpartition("<")
        name = before.strip() if bracket else ""
        quoted = re.fullmatch(r'"((?:[^"\\]|\\.)*)"', name)
        return re.sub(r"\\(.)", r"\1", quoted[1]).strip() if quoted else name


def address_key(address: str) -> str:
    """Return the normalised address that names one person: lower case, the domain in its ASCII form (IDNA).

    Providers treat local parts without regard to case although RFC 5321 §2.4 leaves it to them; two spellings that
    differ in case alone are taken for one person, so that nobody is written to twice.
    """
    local, _, domain = address.strip().rpartition("@")
    if not domain.isascii():
        import idna

        domain = idna.encode(domain, uts46=True).decode("ascii")
    return f"{local.lower()}@{domain.lower()}"


def _is_plain_address(text: str) -> bool:
    """Whether `text` is an address beyond doubt; the rest is left to a library that takes long to load."""
    local, _, domain = text.partition("@")
    return _is_plain_local(local) and len(domain) <= 200 and domain.isascii() and _PLAIN_DOMAIN(domain) is not None


def _is_plain_local(local: str) -> bool:
    return len(local) <= _MOST_LOCAL_OCTETS and _PLAIN_LOCAL(local) is not None


@lru_cache(maxsize=65_536)
def _is_domain(domain: str) -> bool:
    """Whether addresses with a plain local part are right at `domain`; a long list names each domain many times."""
    return not _why_refused(f"a@{domain}")


def _why_refused(text: str) -> str:
    """Return why the library takes `text` for no address; empty where it is one."""
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        return _sentence(str(error))
    octets = len(text.rpartition("@")[0].encode())
    if octets > _MOST_LOCAL_OCTETS:
        return f"the part before the @-sign has {octets} octets, more than {_MOST_LOCAL_OCTETS}"
    return ""


def _sentence(text: str) -> str:
    return text[:1].lower() + text[1:].rstrip(".")
