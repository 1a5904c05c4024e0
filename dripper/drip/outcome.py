"""From what the mail server did to what becomes of the delivery: one table, read from the top, the first row wins.

Phase, code and enhanced code (RFC 3463) decide. Only our side of the wire knows how far a transfer went, so silence
before the final dot is safe to retry, and silence after it is doubt (RFC 1047).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from dripper.drip.delivery import Event


class Phase(StrEnum):
    """How far a transfer had come when the server answered, or stopped to."""

    CONNECT = "connect"
    EHLO = "ehlo"
    TLS = "tls"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    # DATA was sent; the go-ahead is awaited.
    DATA = "data"
    # The text is under way, without its final dot.
    BODY = "body"
    # The final dot was written: from here on only an answer tells what became of the message.
    DOT = "dot"

    @property
    def is_opening(self) -> bool:
        """Whether no message was involved yet, so it is the mailbox that has the trouble."""
        return self in (Phase.CONNECT, Phase.EHLO, Phase.TLS, Phase.AUTH)


class Silence(StrEnum):
    """Why there is no answer with a code."""

    # No connection, or it broke.
    LOST = "lost"
    TIMEOUT = "timeout"
    # Something came that is no SMTP reply, or no reply to what was said.
    GARBAGE = "garbage"
    # No TLS, or a certificate that cannot be trusted.
    INSECURE = "insecure"
    # The server lacks what this needs: a log-in method, SMTPUTF8.
    UNABLE = "unable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server said at the end of a transfer, or that it said nothing."""

    phase: Phase
    # None exactly where `silence` says why.
    code: int | None = None
    silence: Silence | None = None
    # One line for people; the server's own words where there are any.
    text: str = ""

    @property
    def enhanced(self) -> str:
        """Return the enhanced status code that begins the text, empty where there is none."""
        match = re.match(r"([245]\.\d{1,3}\.\d{1,3})(?!\d)", self.text)
        return match[1] if match else ""


class MailboxEffect(StrEnum):
    """What an answer means for the mailbox as a whole."""

    NONE = "none"
    # Leave it alone for a while, then try again.
    REST = "rest"
    # Use it no more until a person has corrected it.
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What becomes of the delivery, and of what is around it."""

    event: Event
    mailbox: MailboxEffect = MailboxEffect.NONE
    # The address exists no more: never write to it again.
    suppress: bool = False
    # The receiving domain objects to us: hold everything that goes there.
    hold_domain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the table; an empty column matches everything."""

    phases: frozenset[Phase] = frozenset(Phase)
    silences: frozenset[Silence] = frozenset()
    # Pattern of the whole code, such as "4.." or "535|530".
    code: str = ""
    # Pattern of the whole enhanced code.
    enhanced: str = ""
    outcome: Outcome

    def matches(self, answer: Answer) -> bool:
        """Whether this row speaks about `answer`."""
        return (
            answer.phase in self.phases
            and (not self.silences or answer.silence in self.silences)
            and (not self.code or re.fullmatch(self.code, str(answer.code or "")) is not None)
            and (not self.enhanced or re.fullmatch(self.enhanced, answer.enhanced) is not None)
        )


_OPENING = frozenset(phase for phase in Phase if phase.is_opening)
_DOT = frozenset({Phase.DOT})
_ANSWERED = frozenset(Phase) - _OPENING
_BROKEN = frozenset({Silence.INSECURE, Silence.UNABLE})

ACCEPTED = Outcome(event=Event.ACCEPT)
DOUBTFUL = Outcome(event=Event.DOUBT)
DEFERRED = Outcome(event=Event.DEFER)
RESTING = Outcome(event=Event.DEFER, mailbox=MailboxEffect.REST)
UNUSABLE = Outcome(event=Event.RETURN, mailbox=MailboxEffect.STOP)
HELD = Outcome(event=Event.HOLD)
OBJECTED = Outcome(event=Event.HOLD, hold_domain=True)
REFUSED = Outcome(event=Event.REFUSE)
NOBODY = Outcome(event=Event.REFUSE, suppress=True)

TABLE: tuple[Row, ...] = (
    Row(phases=_DOT, code="2..", outcome=ACCEPTED),
    Row(phases=_DOT, silences=frozenset(Silence), outcome=DOUBTFUL),
    # No TLS, no log-in method: it will not be better in ten minutes.
    Row(phases=_OPENING, silences=_BROKEN, outcome=UNUSABLE),
    Row(phases=_OPENING, silences=frozenset(Silence), outcome=RESTING),
    Row(silences=frozenset({Silence.UNABLE}), outcome=HELD),
    Row(silences=frozenset(Silence), outcome=DEFERRED),
    # RFC 5321 §3.8: the service closes; whatever was said before, the message was not taken.
    Row(code="421", outcome=RESTING),
    Row(phases=frozenset({Phase.AUTH}), code="5..", outcome=UNUSABLE),
    Row(phases=_OPENING, outcome=RESTING),
    # RFC 4954 §6: log in first, or again.
    Row(code="530|534|535|538", outcome=UNUSABLE),
    Row(enhanced=r"5\.1\.[78]|5\.7\.[89]", outcome=UNUSABLE),
    Row(code="4..", outcome=DEFERRED),
    # RFC 5321 §4.2.4: out of step with the server; a new connection may do better.
    Row(code="503", outcome=DEFERRED),
    # RFC 6531 §3.5, RFC 3463 §3.7: the message in its present form cannot pass.
    Row(code="5..", enhanced=r"5\.6\.\d+", outcome=HELD),
    Row(code="5..", enhanced=r"5\.7\.\d+", outcome=OBJECTED),
    Row(phases=frozenset({Phase.RCPT}), code="5..", enhanced=r"5\.1\.(1|2|3|6|10)", outcome=NOBODY),
    Row(code="552", outcome=REFUSED),
    # Our own address was refused for good; everybody else's message would meet the same.
    Row(phases=frozenset({Phase.MAIL}), code="5..", outcome=UNUSABLE),
    Row(code="5..", outcome=REFUSED),
    # A positive reply that fits nothing we said.
    Row(phases=_DOT, outcome=DOUBTFUL),
    Row(phases=_ANSWERED, outcome=DEFERRED),
)

# RFC 5321 §4.5.4.1: give up after four to five days.
GIVE_UP_AFTER = timedelta(days=5)
_FIRST_RETRY_S = 600
_LONGEST_RETRY_S = 6 * 3600


def outcome_of(answer: Answer) -> Outcome:
    """Return what `answer` means."""
    return next(row.outcome for row in TABLE if row.matches(answer))


def retry_after(attempts: int, *, key: str) -> timedelta:
    """Return how long to wait after the `attempts`th try: ten minutes doubling up to six hours.

    Up to a fifth is added by a hash of `key`, so that many deferred together do not return together.
    """
    wait_s = min(_FIRST_RETRY_S * 2 ** min(max(attempts, 1) - 1, 10), _LONGEST_RETRY_S)
    digest = hashlib.sha256(f"{key}\n{attempts}".encode()).digest()
    return timedelta(seconds=wait_s + wait_s // 5 * int.from_bytes(digest[:4]) // 2**32)
