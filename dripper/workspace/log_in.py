"""Checks what `dripper.toml` says of secrets and log-ins: each secret has one place, and a mailbox one way in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dripper.workspace.faults import Fault
from dripper.workspace.model.settings import Auth, Secret, Settings

if TYPE_CHECKING:
    from dripper.problem import Problem
    from dripper.workspace.toml import Document

_ENDPOINT = re.compile(r"(?P<scheme>https?)://(?P<host>\[[\da-fA-F:.]+\]|[\w.-]+)(:\d{1,5})?(/[!-\"$-~]*)?", re.ASCII)
_IN_ADDRESS = re.compile(r"://[^@:?]*:[^@]+@|[?&]\w*password=[^&]")
_NAMED = {"token": 'a "token"', "oauth": '"oauth"'}


def secrets(document: Document, settings: Settings) -> Iterator[Problem]:
    """Yield a problem for each secret without exactly one place, and for a password that is nobody's."""
    for path, secret in settings.secrets():
        places = _places(secret)
        if len(places) != 1 and document.is_own(path):
            found = " and ".join(places) or "none"
            cure = 'keep one of keyring, env, file and command, such as { keyring = "dripper" }'
            message = f"a {path[-1]} has exactly one place, found {found}"
            yield document.problem(Fault.WRONG_VALUE, path, message, cure)
    for name, mailbox in settings.mailboxes.items():
        smtp, table = mailbox.smtp, ("mailbox", name, "smtp")
        is_nobodys = smtp is not None and smtp.password is not None and smtp.user is None
        if is_nobodys and document.is_own((*table, "password"), (*table, "user")):
            message, cure = 'there is a "password" but no "user"', 'add user = "dana@north.example"'
            yield document.problem(Fault.MISSING_KEY, table, message, cure)


def tokens(document: Document, settings: Settings) -> Iterator[Problem]:
    """Yield what is missing or too much for a log-in by a token."""
    for name, mailbox in settings.mailboxes.items():
        smtp, table = mailbox.smtp, ("mailbox", name, "smtp")
        keys = ("auth", "token", "oauth", "user", "password")
        if smtp is None or not document.is_own(*((*table, key) for key in keys)):
            continue
        given = [key for key, value in (("token", smtp.token), ("oauth", smtp.oauth)) if value is not None]
        if smtp.auth is Auth.PASSWORD:
            for key in given:
                message = f'{_NAMED[key]} is for auth = "xoauth2"'
                yield document.problem(Fault.WRONG_VALUE, (*table, key), message, 'add auth = "xoauth2"')
            continue
        if smtp.user is None or not given:
            missing = "user" if smtp.user is None else "token"
            cure = 'write user = "dana@north.example", auth = "xoauth2", token = { command = "…" }, or oauth = { … }'
            yield document.problem(Fault.MISSING_KEY, table, f'"xoauth2" needs a "{missing}"', cure)
        if len(given) > 1:
            message, cure = 'a token comes from "token" or from "oauth"', "keep one of the two"
            yield document.problem(Fault.WRONG_VALUE, (*table, "token"), message, cure)
        if smtp.password is not None:
            message = '"xoauth2" takes a token, no password'
            yield document.problem(Fault.WRONG_VALUE, (*table, "password"), message, "keep one of the two")


def endpoints(document: Document, settings: Settings) -> Iterator[Problem]:
    """Yield the addresses of token endpoints that would show a secret on the way, or are none."""
    for name, mailbox in settings.mailboxes.items():
        oauth = mailbox.smtp.oauth if mailbox.smtp is not None else None
        path = ("mailbox", name, "smtp", "oauth")
        if oauth is None or not document.is_own((*path, "endpoint")):
            continue
        found = _ENDPOINT.fullmatch(oauth.endpoint)
        if found is None or (found["scheme"] == "http" and not is_loopback(found["host"])):
            message = "a token endpoint is https://… without a name, a password or a #part (RFC 6749 §3.2)"
            cure = 'write it as the provider does, such as endpoint = "https://login.example/oauth2/token"'
            yield document.problem(Fault.WRONG_VALUE, (*path, "endpoint"), message, cure)


def _places(secret: Secret) -> list[str]:
    places = {"keyring": secret.keyring, "env": secret.env, "file": secret.file_, "command": secret.command}
    return [name for name, place in places.items() if place is not None]


def carries_password(url: str) -> bool:
    """Whether a secret stands in the address of a database."""
    return _IN_ADDRESS.search(url) is not None


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    from ipaddress import ip_address

    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
