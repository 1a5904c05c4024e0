"""What a mailbox kept to, found in the times at which its messages went, beside what it was told to keep to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Self

from fakes.windows import most_within

# When each message of a mailbox went, and to which domain; in any order.
Times = Sequence[tuple[datetime, str]]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The limits of a mailbox, 0 for none; or what was seen: the most of each count, and the least gap in seconds."""

    per_hour: int = 0
    per_day: int = 0
    per_domain_per_hour: int = 0
    gap_s: float = 0

    @classmethod
    def seen_in(cls, times: Times, *, less: timedelta = timedelta()) -> Self:
        """Return what these times come to; `less` is taken from every window, and added to every gap."""
        instants = sorted(at for at, _ in times)
        domains: dict[str, list[datetime]] = {}
        for at, domain in times:
            domains.setdefault(domain, []).append(at)
        gaps = [(after - before + less).total_seconds() for before, after in pairwise(instants)]
        return cls(
            per_hour=most_within(instants, HOUR - less),
            per_day=most_within(instants, DAY - less),
            per_domain_per_hour=max((most_within(each, HOUR - less) for each in domains.values()), default=0),
            gap_s=min(gaps, default=float("inf")),
        )

    def exceeded_by(self, seen: Bounds) -> bool:
        """Whether what was seen is more than these limits allow."""
        return seen.gap_s < self.gap_s or any(
            0 < limit < most for limit, most in zip(self._counts, seen._counts, strict=True)
        )

    def used_up_by(self, seen: Bounds) -> bool:
        """Whether each count came to its limit, so that the limit was what held the mailbox back."""
        return all(limit <= most for limit, most in zip(self._counts, seen._counts, strict=True))

    @property
    def _counts(self) -> tuple[int, int, int]:
        return self.per_hour, self.per_day, self.per_domain_per_hour


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a mailbox kept to: by the times of its tries in the store, and by those of the server's own log."""

    limits: Bounds
    tried: Bounds
    taken: Bounds
    # By the store and by the server, without what the way from the claim to the try and on to the server may do.
    surely: tuple[Bounds, Bounds]

    @classmethod
    def of(cls, limits: Bounds, tried: Times, taken: Times, *, claim: timedelta, transit: timedelta) -> Self:
        """Return it; from claim to try it takes `claim` at most, and `transit` from the try to the server.

        Limits on a count are kept by the tries, so that windows at the server may be shorter by `transit`; a gap lies
        between two claims.
        """
        by_store, by_server = Bounds.seen_in(tried), Bounds.seen_in(taken, less=transit)
        surely = tuple(replace(each, gap_s=each.gap_s + claim.total_seconds()) for each in (by_store, by_server))
        return cls(limits=limits, tried=by_store, taken=Bounds.seen_in(taken), surely=(surely[0], surely[1]))

    @property
    def is_exceeded(self) -> bool:
        """Whether a limit was passed."""
        return any(self.limits.exceeded_by(each) for each in self.surely)

    @property
    def is_used_up(self) -> bool:
        """Whether each limit was reached."""
        return self.limits.used_up_by(self.tried)
