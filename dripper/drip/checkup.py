"""What a checkup finds: one line a check, with its verdict and, where something is wrong, the cure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """How a check ended."""

    OK = "ok"
    PROBLEM = "problem"
    # It does not apply, or what would know the answer could not be asked: no fault.
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line."""

    # What was looked at, such as "mailbox dana", and what of it.
    subject: str
    name: str
    verdict: Verdict
    text: str
    # Empty unless it is a problem.
    cure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Makes the checks of one subject."""

    subject: str

    def ok(self, name: str, text: str) -> Check:
        """Return a check that found all well."""
        return Check(subject=self.subject, name=name, verdict=Verdict.OK, text=text)

    def problem(self, name: str, text: str, cure: str) -> Check:
        """Return a check that found something wrong."""
        return Check(subject=self.subject, name=name, verdict=Verdict.PROBLEM, text=text, cure=cure)

    def skipped(self, name: str, text: str) -> Check:
        """Return a check that could not be made, or does not apply."""
        return Check(subject=self.subject, name=name, verdict=Verdict.SKIPPED, text=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """What a mail server showed of itself before any log-in."""

    # Names of extensions in lower case, `auth` among them, with their arguments.
    offers: dict[str, str]
    # None where the connection is not protected.
    certificate_ends_at: datetime | None
    # What its greeting says the time is; None where it says none.
    says_it_is: datetime | None


CLOCK = "clock"
# A claim holds for two minutes, a DKIM signature is dated, and a minute is what people notice.
_MOST_SKEW_S = 30


def clock(topic: Topic, theirs: datetime, ours: datetime) -> Check:
    """Compare our clock with somebody else's."""
    skew_s = (ours - theirs).total_seconds()
    if abs(skew_s) <= _MOST_SKEW_S:
        return topic.ok(CLOCK, f"this machine agrees with it to within {_MOST_SKEW_S} s")
    way = "ahead of" if skew_s > 0 else "behind"
    return topic.problem(
        CLOCK, f"this machine is {abs(skew_s):.0f} s {way} it", "set the clock by the network (NTP) on both"
    )
