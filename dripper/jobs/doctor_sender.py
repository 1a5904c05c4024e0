"""Examines what the DNS says of a mailbox's sender: SPF, DKIM, DMARC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip import sender_records
from dripper.drip.addresses import ascii_domain
from dripper.drip.checkup import Check, Topic
from dripper.errors import MailboxError
from dripper.outbox.resolver import UnaskedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from dripper.jobs.doctor_mailbox import Instruments
    from dripper.workspace.model.settings import Mailbox


def check_sender(
    name: str, mailbox: Mailbox, instruments: Instruments, real_now: Callable[[], datetime]
) -> Iterator[Check]:
    """Yield the checks of the sender's domain; a DNS that cannot be asked is no fault of it."""
    topic = Topic(subject=f"mailbox {name}")
    if mailbox.rehearsal:
        yield topic.skipped("sender", "it only rehearses, so nobody asks the DNS about it")
        return
    domain = ascii_domain(mailbox.from_.address.rpartition("@")[2])
    yield _asked(topic, "SPF", lambda: sender_records.spf(topic, domain, instruments.txt(domain)))
    if mailbox.dkim is None:
        yield topic.skipped("DKIM", "dripper does not sign for it; its server may")
    else:
        yield _asked(topic, "DKIM", lambda: _dkim(topic, name, mailbox, domain, instruments, real_now()))
    yield _asked(topic, "DMARC", lambda: _dmarc(topic, domain, instruments))


def _asked(topic: Topic, name: str, ask: Callable[[], Check]) -> Check:
    try:
        return ask()
    except UnaskedError as error:
        return topic.skipped(name, f"the DNS could not be asked: {error}")


def _dkim(topic: Topic, name: str, mailbox: Mailbox, domain: str, instruments: Instruments, now: datetime) -> Check:
    assert mailbox.dkim is not None
    own = ascii_domain(mailbox.dkim.domain) if mailbox.dkim.domain else domain
    place = f"{mailbox.dkim.selector}._domainkey.{own}"
    found = sender_records.dkim(topic, place, instruments.txt(place))
    if isinstance(found, Check):
        return found
    try:
        fits = instruments.key_fits(name, mailbox, found, at=now)
    except MailboxError as error:
        return topic.problem("DKIM", str(error).removeprefix(f"mailbox {name}: "), error.cure)
    if not fits:
        text = f"what is signed here does not hold with the key of {place}"
        return topic.problem("DKIM", text, "publish the public half of the key that dripper.toml names")
    return topic.ok("DKIM", f"what is signed here holds with the key of {place}")


def _dmarc(topic: Topic, domain: str, instruments: Instruments) -> Check:
    for one in sender_records.with_parents(domain):
        found = sender_records.dmarc(topic, one, instruments.txt(f"_dmarc.{one}"))
        if found is not None:
            return found
    return sender_records.no_dmarc(topic, domain)
