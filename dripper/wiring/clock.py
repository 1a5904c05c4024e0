"""What time it is, here or in a rehearsal: below, an instant is an argument."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime, tzinfo
from typing import TYPE_CHECKING, Protocol

from dripper.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

# What follows a date is a time, of which an offset is a part.
_ISO = re.compile(r"\d{4}-?(?:\d\d-?\d\d|W\d\d-?\d)(?:[Tt ][\d:.,]+(?:[Zz]|[+-][\d:]+)?)?")
# Far from either end of what a calendar can count.
_FIRST_YEAR, _LAST_YEAR = 1970, 2999


class Clock(Protocol):
    """What time it is, and how to wait; the rehearsal clock moves on instead of waiting."""

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait, or pretend to."""
        ...


class WallClock:
    """The real clock."""

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait `seconds`."""
        import asyncio

        await asyncio.sleep(seconds)


class RehearsalClock:
    """A clock that starts at a given instant and moves only when something waits for it."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """Return the rehearsed instant, aware, in UTC."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Move on by `seconds` at once."""
        from asyncio import sleep
        from datetime import timedelta

        self._now += timedelta(seconds=max(0.0, seconds))
        await sleep(0)


def local_zone() -> str:
    """Return the IANA name of this machine's time zone, "UTC" where it has none that can be read."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    for name in (os.environ.get("TZ", ""), os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2]):
        try:
            return ZoneInfo(name.removeprefix(":")).key
        except (ValueError, OSError, ZoneInfoNotFoundError):
            continue
    return "UTC"


def own_machines_zone() -> ZoneInfo:
    """Return this machine's time zone."""
    from zoneinfo import ZoneInfo

    return ZoneInfo(local_zone())


def clock_of(now: str | None, *, zone: Callable[[], tzinfo] = own_machines_zone) -> Clock:
    """Return the real clock, or a rehearsal clock that starts at `now`, a date or a time in ISO 8601.

    Without an offset it is meant in `zone` (default: this machine's), which is asked for only then.
    """
    if now is None:
        return WallClock()
    try:
        # Python takes any letter between date and time, so that an offset behind a date would pass for a time.
        start = datetime.fromisoformat(now) if _ISO.fullmatch(now) else None
    except ValueError:
        start = None
    if start is None or not _FIRST_YEAR <= start.year <= _LAST_YEAR:
        raise UsageError(
            f"--now '{now}' is no date or time",
            cure="write 2026-12-01 or 2026-12-01T09:30, or with an offset from UTC 2026-12-01T09:30+01:00",
        )
    return RehearsalClock(start if start.tzinfo else start.replace(tzinfo=zone()))


def today_in(now: str | None) -> Callable[[tzinfo], date]:
    """Return what tells the date in a zone, now or at the rehearsed `now`: for a workspace still to be read."""
    return lambda zone: clock_of(now, zone=lambda: zone).now().astimezone(zone).date()


def today_here(now: str | None) -> date:
    """Return the date on this machine, or at the rehearsed `now`: for what needs no workspace."""
    return clock_of(now).now().astimezone(own_machines_zone()).date()
