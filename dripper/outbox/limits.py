"""How much a mailbox may send now, from what it sent before: the store counts, so a restart grants nothing new."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dripper.drip.delivery import State
from dripper.outbox.store import attempts, hands

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from dripper.workspace.model.settings import Limits, Ramp

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# Claimed at once per connection: about what leaves in two seconds.
_AHEAD = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What may leave now."""

    # How many messages.
    room: int
    # When there is room again, where there is none now.
    opens_at: datetime | None = None
    # Whether only the gap between two messages has to pass.
    only_gap: bool = False
    # How many went to each domain in the last hour, and how many may; 0 is no limit.
    used: Counter[str] = field(default_factory=Counter)
    per_domain: int = 0
    # When the first of the full domains may have more.
    domain_opens_at: datetime | None = None

    @property
    def full_domains(self) -> frozenset[str]:
        """Return the receiving domains that have had enough in this hour."""
        return frozenset(name for name, count in self.used.items() if 0 < self.per_domain <= count)

    def count(self, domain: str) -> None:
        """Note that one more goes to `domain`."""
        self.used[domain] += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What a mailbox did in the last 24 hours: when it tried and towards which domain, oldest first.

    What is claimed and not yet tried is in `tries` too, as if it went now.
    """

    tries: Sequence[tuple[datetime, str]]
    claimed_at: datetime | None = None

    @classmethod
    def of(
        cls,
        tried: Iterable[tuple[datetime, str]],
        *,
        in_hand: Iterable[str],
        claimed_at: datetime | None,
        now: datetime,
    ) -> Past:
        """Return the past with the domains `in_hand` as tries of this moment."""
        return cls(tries=[*tried, *((now, domain) for domain in in_hand)], claimed_at=claimed_at)


def allowance_of(
    connection: Connection, mailbox: str, limits: Limits, *, claimed_at: datetime | None, now: datetime
) -> Allowance:
    """Return what `mailbox` may send at `now` after all that the store knows of it."""
    ramp = limits.ramp
    if ramp is None and not (limits.per_day or limits.per_hour or limits.per_domain_per_hour):
        return allowance(limits, Past(tries=(), claimed_at=claimed_at), now=now)
    # First, so that a delivery which is tried meanwhile counts twice for a moment rather than never.
    in_hand = hands.of_mailbox(connection, mailbox=mailbox)
    past = Past.of(
        attempts.times(connection, mailbox=mailbox, since=now - (DAY if limits.per_day or ramp else HOUR)),
        in_hand=[row.domain for row in in_hand if row.state is State.CLAIMED],
        claimed_at=claimed_at,
        now=now,
    )
    if ramp is None:
        return allowance(limits, past, now=now)
    return ramped(limits, ramp, past, first_at=attempts.first_at(connection, mailbox=mailbox) or now, now=now)


def ramped(limits: Limits, ramp: Ramp, past: Past, *, first_at: datetime, now: datetime) -> Allowance:
    """Return what a mailbox that first sent at `first_at` may send at `now`.

    Where the day is full, the next step of the ramp may open it before its oldest message is a day old; the step after
    that comes too late to.
    """
    days = max(0, (now - first_at) // DAY)
    may = allowance(risen(limits, ramp, days=days), past, now=now)
    if may.opens_at is None:
        return may
    rises_at = first_at + (days + 1) * DAY
    then = allowance(risen(limits, ramp, days=days + 1), past, now=now)
    return replace(may, opens_at=min(may.opens_at, max(rises_at, then.opens_at or rises_at)))


def risen(limits: Limits, ramp: Ramp, *, days: int) -> Limits:
    """Return `limits` as `ramp` has them so many whole days after the first message."""
    most = ramp.start + ramp.add_per_day * days
    return replace(limits, per_day=min(most, limits.per_day) if limits.per_day else most)


def allowance(limits: Limits, past: Past, *, now: datetime) -> Allowance:
    """Return what a mailbox with `limits` and this past may send at `now`; a limit of 0 is none."""
    day = [at for at, _ in past.tries if at > now - DAY]
    hour = [(at, domain) for at, domain in past.tries if at > now - HOUR]
    ahead = 1 if limits.gap_s else _AHEAD * limits.most_connections
    rooms = [(ahead, None), _room(limits.per_day, DAY, day), _room(limits.per_hour, HOUR, [at for at, _ in hour])]
    gap_ends = past.claimed_at + timedelta(seconds=limits.gap_s) if past.claimed_at else now
    waits = [opens_at for _, opens_at in rooms if opens_at is not None]
    return Allowance(
        room=min(room for room, _ in rooms if room is not None) if gap_ends <= now else 0,
        opens_at=max([*waits, gap_ends]) if waits or gap_ends > now else None,
        only_gap=gap_ends > now and not waits,
        used=Counter(domain for _, domain in hour),
        per_domain=limits.per_domain_per_hour,
        domain_opens_at=_first_domain(limits.per_domain_per_hour, hour),
    )


def _room(limit: int, window: timedelta, times: Sequence[datetime]) -> tuple[int | None, datetime | None]:
    """Return how many more fit into the window that ends now, and when one more fits where none does."""
    if not limit:
        return None, None
    room = max(0, limit - len(times))
    return room, None if room else times[-limit] + window


def _first_domain(limit: int, hour: Sequence[tuple[datetime, str]]) -> datetime | None:
    if not limit:
        return None
    times: dict[str, list[datetime]] = defaultdict(list)
    for at, domain in hour:
        times[domain].append(at)
    opens = (_room(limit, HOUR, of_one)[1] for of_one in times.values())
    return min((at for at in opens if at is not None), default=None)
