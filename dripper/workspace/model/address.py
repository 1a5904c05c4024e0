"""Addresses as a file writes them, and the one form that names the person behind an address."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Self

from dripper.workspace.model.table import Value, text_of


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
        from email_validator import EmailNotValidError, validate_email

        try:
            validate_email(text, check_deliverability=False, test_environment=True)
        except EmailNotValidError as error:
            raise ValueError(f'"{text}" is no e-mail address: {_sentence(str(error))}') from error
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
    return (
        len(local) <= 64
        and len(domain) <= 200
        and re.fullmatch(r"[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*", local) is not None
        and re.fullmatch(r"([A-Za-z0-9]{1,31}(-[A-Za-z0-9]{1,31})?\.)+(example|[a-z]{2,3})", domain) is not None
        and domain.isascii()
    )


def _sentence(text: str) -> str:
    return text[:1].lower() + text[1:].rstrip(".")
