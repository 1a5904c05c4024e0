"""Examines a mailbox's server: found, reached, protected, what it offers, and whether it lets us in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from dripper.drip.checkup import Topic, clock
from dripper.drip.outcome import Phase, Silence
from dripper.errors import MailboxError
from dripper.outbox.trying import cure_of, words_of
from dripper.outbox.wire import Unconnected
from dripper.workspace.model.settings import Security, Via

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from dripper.drip.checkup import Check, Probed
    from dripper.workspace.model.settings import Mailbox, Smtp

_LEAST_DAYS = 14
_WANTED = ("SIZE", "PIPELINING", "8BITMIME", "SMTPUTF8")


class Instruments(Protocol):
    """What a checkup asks; `dripper.outbox.instruments` has the real ones."""

    def addresses(self, host: str) -> tuple[str, ...]:
        """Return the addresses of a host; `OSError` where it has none."""
        ...

    def probe(self, mailbox: Mailbox, smtp: Smtp) -> Probed:
        """Look at a mail server; `Unconnected`."""
        ...

    def log_in(self, name: str, mailbox: Mailbox, smtp: Smtp) -> None:
        """Log in with the stored secret; `MailboxError`."""
        ...

    def txt(self, name: str) -> tuple[str, ...]:
        """Return the TXT records of a name; `UnaskedError`."""
        ...

    def key_fits(self, name: str, mailbox: Mailbox, record: str, *, at: datetime) -> bool:
        """Whether the mailbox signs with the key of a DKIM record; `MailboxError`."""
        ...

    def keyring_in_use(self) -> str:
        """Return the keyring's name; `SecretError`."""
        ...

    def free_bytes(self) -> int:
        """Return how much room there is on the disk."""
        ...

    def stopwatch_s(self) -> float:
        """Return seconds since some instant."""
        ...


def check_mailbox(
    name: str, mailbox: Mailbox, instruments: Instruments, real_now: Callable[[], datetime]
) -> Iterator[Check]:
    """Yield the checks of a mailbox's server; those after a failure are left out, as they could not be made."""
    topic = Topic(subject=f"mailbox {name}")
    smtp = mailbox.smtp
    if mailbox.via is Via.DRAFTS or smtp is None:
        yield topic.skipped("server", 'via = "drafts" writes files and needs none')
        return
    try:
        addresses = instruments.addresses(smtp.host)
    except (OSError, UnicodeError):
        yield topic.problem("host", f"{smtp.host} has no address", "look at host in dripper.toml, and at the network")
        return
    yield topic.ok("host", f"{smtp.host} is {', '.join(addresses[:2])}{' …' if len(addresses) > 2 else ''}")
    try:
        seen = instruments.probe(mailbox, smtp)
    except Unconnected as error:
        is_about_tls = error.answer.phase is Phase.TLS or error.answer.silence is Silence.INSECURE
        failed = "protection" if is_about_tls else "connection"
        yield topic.problem(failed, words_of(error.answer), cure_of(error.answer, smtp))
        return
    yield topic.ok("connection", f"port {smtp.port} answers")
    yield _protection(topic, smtp, seen, real_now())
    yield _extensions(topic, seen)
    if seen.says_it_is is not None:
        yield clock(topic, seen.says_it_is, real_now())
    yield _log_in(topic, name, mailbox, smtp, instruments)


def _protection(topic: Topic, smtp: Smtp, seen: Probed, now: datetime) -> Check:
    if smtp.security is Security.NONE or seen.certificate_ends_at is None:
        return topic.skipped("protection", "none is needed on this machine itself")
    days = (seen.certificate_ends_at - now).days
    text = f"{smtp.security.upper()}, and the certificate holds for {days} more day{'' if days == 1 else 's'}"
    if days < _LEAST_DAYS:
        return topic.problem("protection", text, f"ask who runs {smtp.host} to renew it; then nothing leaves any more")
    return topic.ok("protection", text)


def _extensions(topic: Topic, seen: Probed) -> Check:
    offered = [name for name in _WANTED if name.lower() in seen.offers]
    missing = [name for name in _WANTED if name not in offered]
    size = seen.offers.get("size", "")
    room = f" (messages up to {int(size) // 1000:,} kB)" if size.isdecimal() and int(size) else ""
    text = f"it offers {', '.join(offered) or 'none of those looked for'}{room}"
    if "SMTPUTF8" in missing:
        text += "; without SMTPUTF8, who has other than plain letters before the @ cannot be written to"
    return topic.ok("extensions", text)


def _log_in(topic: Topic, name: str, mailbox: Mailbox, smtp: Smtp, instruments: Instruments) -> Check:
    if smtp.user is None:
        return topic.skipped("log-in", "dripper.toml names no user")
    try:
        instruments.log_in(name, mailbox, smtp)
    except MailboxError as error:
        return topic.problem("log-in", str(error).removeprefix(f"mailbox {name}: "), error.cure)
    return topic.ok("log-in", f"the server takes {smtp.user}")
