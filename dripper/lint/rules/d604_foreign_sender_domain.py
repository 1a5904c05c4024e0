"""A mailbox sends for a domain whose mails its server may not send.

Finds: in `dripper.toml` a `from` at a provider of private mailboxes (gmail.com, outlook.com, gmx.de, …) that goes out
over another's server; any other `from` with a private log-in at such a provider; a `from` whose domain is neither that
of the log-in nor that of the server; and answers to a company that go to a private mailbox by `reply_to`. A provider
that sends for its customers' own domains (Microsoft 365, Google Workspace, SES, SendGrid, …) is no fault, nor is a
server on this machine.

Why: the receiver asks the domain in `From` who may send for it (SPF, DKIM, DMARC). What a foreign server sends is put
into the junk folder or refused, and nobody tells.

Fires (dripper.toml):
    user = "dana@south.example"

Instead (dripper.toml):
    user = "dana@north.example"

Source: RFC 7489 §3.1 (identifier alignment, in its relaxed form) and RFC 7208; for private addresses in Reply-To the
rule FREEMAIL_FORGED_REPLYTO of SpamAssassin.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from dripper.lint.rule import Finding, Rule
from dripper.lint.wordlists import entries, table

if TYPE_CHECKING:
    from dripper.lint.sending import Sending

# Second levels below which names are registered, as in co.uk; a small part of the public suffix list.
_SECOND_LEVELS = frozenset({"co", "com", "net", "org", "ac", "gov", "edu", "or", "ne", "go", "ltd", "plc"})

# No ending of the tables has more.
_MOST_LABELS = 5


def check(sending: Sending) -> Iterator[Finding]:
    """Find a sender, and an address for answers, that do not fit."""
    from dripper.workspace.model.settings import Via

    mailbox = sending.mailbox
    domain = _domain(mailbox.from_.address)
    reply_to = _domain(mailbox.reply_to.address) if mailbox.reply_to is not None else domain
    if reply_to in _providers() and domain not in _providers():
        told = f"answers to {domain} would go to a private mailbox at {reply_to}"
        yield _finding(sending, "reply_to", told, f"write a reply_to at {domain}, or leave it out")
    smtp = mailbox.smtp
    if smtp is None or mailbox.via is not Via.SMTP or _is_here(smtp.host):
        return
    told = _misfit(domain, _domain(smtp.user or ""), smtp.host.lower().rstrip("."))
    if told:
        yield _finding(
            sending, "from", told, "send from the address that you log in with, or over the domain's own server"
        )


def _misfit(domain: str, login: str, host: str) -> str:
    """Return why `host`, with a log-in at `login` (empty where that is no address), may not send for `domain`."""
    if domain in _providers():
        fits = _is_below(host, _providers()[domain])
        return "" if fits else f"{host} may not send for {domain}: only the provider's own servers may"
    if login in _providers() and _is_below(host, _providers()[login]):
        return f"a private log-in at {login} may not send for {domain}"
    is_known = _is_below(host, table("mail-hosts")) or not login
    if is_known or _organisation(domain) in (_organisation(login), _organisation(host)):
        return ""
    return f"{host} and the log-in at {login} may not send for {domain}"


@cache
def _providers() -> dict[str, frozenset[str]]:
    """Return by the domain of a private address the endings of the hosts that may send for it."""
    found: dict[str, frozenset[str]] = {}
    for entry in entries("mail-providers"):
        domains, _, hosts = entry.partition("->")
        found |= dict.fromkeys(domains.split(), frozenset(hosts.split()))
    return found


def _is_below(host: str, endings: frozenset[str]) -> bool:
    labels = host.rsplit(".", _MOST_LABELS)
    return any(".".join(labels[start:]) in endings for start in range(len(labels)))


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower() if "@" in address else ""


def _organisation(domain: str) -> str:
    """Return the domain that was registered, of which `domain` may be a part."""
    labels = domain.split(".")
    kept = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS else 2
    return ".".join(labels[-kept:])


def _is_here(host: str) -> bool:
    return host == "localhost" or host.endswith(".localhost") or host.startswith("127.") or host in ("::1", "[::1]")


def _finding(sending: Sending, key: str, message: str, cure: str) -> Finding:
    reading = sending.reading(key)
    return Finding(reading=reading, start=0, end=len(reading.text), message=message, cure=cure)


RULE = Rule(code="D604", name="foreign-sender-domain", doc=__doc__, on_mailbox=check)
