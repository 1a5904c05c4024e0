"""Reads `dripper.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dripper.problem import Severity
from dripper.workspace.explain import nearest
from dripper.workspace.faults import Fault
from dripper.workspace.log_in import carries_password, endpoints, is_loopback, secrets, tokens
from dripper.workspace.metric_settings import metric_source, thresholds
from dripper.workspace.model.settings import Security, Settings, Via
from dripper.workspace.reading import Read, read
from dripper.workspace.regions import region_problems

if TYPE_CHECKING:
    from dripper.problem import Problem
    from dripper.workspace.toml import Document

_MAY_BE_SECRET = re.compile(r"key\b|pas|pwd|word|wort|secret|token|://[^\s\"'/]*:[^\s\"'/]*@", re.IGNORECASE)
# Names of lint's rules that sound like a secret; `[lint]` says them.
_IS_RULE = re.compile(
    r"\b(?:hard-words?|wordy-phrase|feeling-words?|(?:unknown|missing)-key|literal-secret)\b", re.IGNORECASE
)
_DNS_NAME = re.compile(r"[^\W_][\w-]{0,62}(\.[^\W_][\w-]{0,62})*")
# A local part that takes the token of a bounce (`drip.tokens`).
LONGEST_TAGGED = 32
_TAGGED = re.compile(rf"[\w!#$%&'*+/=?^`{{|}}~.-]{{1,{LONGEST_TAGGED}}}", re.ASCII)
_PAGE = re.compile(r"https://[^\s/<>,?#]+(/[!-;=@-~]*)?", re.ASCII)
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*(?:\"|$)|'[^']*(?:'|$)")


def read_settings(document: Document) -> Read[Settings]:
    """Return the settings that `document` says, and every problem of the file."""
    return read(document, Settings, CHECKS)


def masked(line: str) -> str:
    """Return a line of `dripper.toml` fit to be shown: where it may hold a secret, every text in quotes is covered."""
    if not _may_be_secret(line):
        return line
    return _QUOTED.sub(_covered, line)


def _may_be_secret(line: str) -> bool:
    return _MAY_BE_SECRET.search(_IS_RULE.sub("", line)) is not None


def _covered(match: re.Match[str]) -> str:
    text = match[0]
    end = text[-1] if len(text) > 1 and text[-1] == text[0] else ""
    return text[0] + "•" * (len(text) - 1 - len(end)) + end


def _home(document: Document, settings: Settings) -> Iterator[Problem]:
    home = settings.workspace
    yield from region_problems(document, ("workspace",), country=home.country, region=home.region)


def _mailboxes(document: Document, settings: Settings) -> Iterator[Problem]:
    if not settings.mailboxes and document.is_own(("mailbox",)):
        yield document.problem(
            Fault.MISSING_KEY, ("mailbox",), "there is no mailbox", "add [mailbox.NAME] with from and smtp"
        )
    for name, mailbox in settings.mailboxes.items():
        path = ("mailbox", name)
        if mailbox.smtp is None and mailbox.via is Via.SMTP and document.is_own((*path, "smtp"), (*path, "via")):
            cure = 'add smtp = { host = "smtp.north.example", user = "…", password = { keyring = "dripper" } }'
            yield document.problem(Fault.MISSING_KEY, path, f'the mailbox "{name}" has no "smtp"', cure)


def _ramps(document: Document, settings: Settings) -> Iterator[Problem]:
    for name, mailbox in settings.mailboxes.items():
        ramp = mailbox.limits.ramp
        if ramp is not None and ramp.start == 0:
            path = ("mailbox", name, "limits", "ramp", "start")
            yield document.problem(
                Fault.WRONG_VALUE, path, '"start" cannot be 0: the first message would never leave', "write start = 20"
            )


def _servers(document: Document, settings: Settings) -> Iterator[Problem]:
    for name, mailbox in settings.mailboxes.items():
        smtp, path = mailbox.smtp, ("mailbox", name, "smtp")
        if smtp is None or not document.is_own((*path, "host"), (*path, "port"), (*path, "security")):
            continue
        if smtp.security is Security.NONE and not is_loopback(smtp.host):
            yield document.problem(
                Fault.WRONG_VALUE,
                (*path, "security"),
                f'"none" would send password and text in the clear to {smtp.host}',
                'write security = "starttls" (port 587) or "tls" (port 465); "none" is for this machine only',
            )
        if not 1 <= smtp.port <= 65535:
            yield document.problem(
                Fault.WRONG_VALUE, (*path, "port"), f"there is no port {smtp.port}", "write port = 587"
            )
        if re.search(r"[\s/@]|://", smtp.host):
            yield document.problem(
                Fault.WRONG_VALUE,
                (*path, "host"),
                f'"{smtp.host}" is no host name',
                'write the bare name, such as host = "smtp.north.example"',
            )


def _signatures(document: Document, settings: Settings) -> Iterator[Problem]:
    for name, mailbox in settings.mailboxes.items():
        dkim, path = mailbox.dkim, ("mailbox", name, "dkim")
        if dkim is None:
            continue
        for key, value in (("selector", dkim.selector), ("domain", dkim.domain)):
            if value is not None and not _DNS_NAME.fullmatch(value) and document.is_own((*path, key)):
                message, cure = f'"{value}" is no name for the DNS', "write it as in SELECTOR._domainkey.DOMAIN"
                yield document.problem(Fault.WRONG_VALUE, (*path, key), message, cure)
        if mailbox.via is Via.DRAFTS and document.is_own(path, (*path[:-1], "via")):
            message = "a draft is signed by whoever sends it"
            yield document.problem(Fault.WRONG_VALUE, path, message, 'leave out dkim, or via = "drafts"')


def _bounces(document: Document, settings: Settings) -> Iterator[Problem]:
    for name, mailbox in settings.mailboxes.items():
        local = mailbox.from_.address.rpartition("@")[0]
        path = ("mailbox", name, "verp")
        if mailbox.verp and not _TAGGED.fullmatch(local) and document.is_own(path, (*path[:-1], "from")):
            message = f'"{local}" has no room for the token of a bounce, or is written unusually'
            cure = f"leave out verp, or write from a name of at most {LONGEST_TAGGED} plain characters"
            yield document.problem(Fault.WRONG_VALUE, path, message, cure)


def _store(document: Document, settings: Settings) -> Iterator[Problem]:
    url = settings.store.url
    if carries_password(url):
        yield document.problem(
            Fault.LITERAL_SECRET,
            ("store", "url"),
            '"url" carries a password, and no secret may stand in the file',
            "leave it out of the address, and add password = { env = … }, or one of keyring, file and command",
        )
    elif not re.match(r"sqlite:///.|postgresql(\+psycopg)?://.", url):
        yield document.problem(
            Fault.WRONG_VALUE,
            ("store", "url"),
            f'"{url}" is no store',
            'write url = "sqlite:///.dripper/dripper.db", or a postgresql+psycopg:// address',
        )
    if settings.store.lease_s < 10:
        yield document.problem(
            Fault.WRONG_VALUE,
            ("store", "lease_s"),
            "a claim that holds less than 10 seconds would be taken over while it is at work",
            "write lease_s = 120",
        )


def _calendar(document: Document, settings: Settings) -> Iterator[Problem]:
    if not settings.calendar.days and document.is_own(("calendar", "days")):
        yield document.problem(
            Fault.WRONG_VALUE,
            ("calendar", "days"),
            "without a day nothing can ever go out",
            'write days = ["mon", "tue", "wed", "thu", "fri"]',
        )


def _lint(document: Document, settings: Settings) -> Iterator[Problem]:
    if settings.lint.chars == 0:
        yield document.problem(Fault.WRONG_VALUE, ("lint", "chars"), '"chars" cannot be 0', "write chars = 140")
    if re.fullmatch(r"never|1 in [1-9]\d{0,3}", settings.lint.asks) is None:
        yield document.problem(
            Fault.WRONG_VALUE,
            ("lint", "asks"),
            f'"asks" cannot be "{settings.lint.asks}"',
            'write asks = "never", or "1 in 8" for at most one ask in eight messages',
        )
    for rule, severity in settings.lint.severity.items():
        if severity not in list(Severity):
            word = "that" if _may_be_secret(rule) else f'"{severity}"'
            yield document.problem(
                Fault.WRONG_VALUE,
                ("lint", "severity", rule),
                f"{word} is no severity",
                nearest(severity, Severity),
            )


def _optout(document: Document, settings: Settings) -> Iterator[Problem]:
    url = settings.optout.url
    if url is not None and re.fullmatch(r"https?://[!-~]+", url) is not None and not _PAGE.fullmatch(url):
        message = f'"{url}" is not where one click can opt out (RFC 8058)'
        yield document.problem(
            Fault.WRONG_VALUE, ("optout", "url"), message, 'write url = "https://drip.north.example"'
        )
    elif url is not None and not _PAGE.fullmatch(url):
        yield document.problem(
            Fault.WRONG_VALUE,
            ("optout", "url"),
            f'"{url}" is no address of a page',
            'write url = "https://drip.north.example"',
        )


CHECKS = (
    _home,
    _mailboxes,
    _ramps,
    _servers,
    secrets,
    tokens,
    endpoints,
    _signatures,
    _bounces,
    _store,
    _calendar,
    _lint,
    _optout,
    metric_source,
    thresholds,
)
