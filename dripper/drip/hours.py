"""The contact's own clock: a day's window as wall time, and the one step from wall time to an instant.

Everything is counted in wall time and turned into UTC once, at the end, because an offset taken today is wrong for a
day after the clocks change.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from dripper.workspace.model.values import Hours

_DAY = timedelta(days=1)


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo:
    """Return the zone; kept, since a season asks for the same few zones a million times."""
    return ZoneInfo(name)


def opens(day: date, hours: Hours) -> datetime:
    """Return the wall time (naive) at which the window of `day` opens."""
    return datetime.combine(day, hours.start)


def closes(day: date, hours: Hours) -> datetime:
    """Return the wall time (naive) at which the window of `day` closes; it is no longer in the window.

    A window over midnight belongs to the day on which it opened and closes on the next.
    """
    return datetime.combine(day + _DAY if hours.crosses_midnight else day, hours.end)


def clock_on(day: date, clock: time, hours: Hours) -> datetime:
    """Return the wall time (naive) of `clock` in the window of `day`; after midnight where the window crosses it."""
    after_midnight = hours.crosses_midnight and clock < hours.end
    return datetime.combine(day + _DAY if after_midnight else day, clock)


def day_of(wall: datetime, hours: Hours) -> date:
    """Return the day whose window a wall time belongs to; between two windows it is the date itself."""
    if hours.crosses_midnight and wall.time() < hours.end:
        return wall.date() - _DAY
    return wall.date()


@lru_cache(maxsize=1024)
def wall_of(instant: datetime, zone: str) -> datetime:
    """Return what the contact's clock shows at `instant`, without an offset."""
    return instant.astimezone(zone_of(zone)).replace(tzinfo=None)


def local_day(instant: datetime, zone: str, hours: Hours) -> date:
    """Return the contact's day at `instant`, the day that caps count: in a window over midnight the day it opened.

    `hours` are those of the calendar.
    """
    return day_of(wall_of(instant, zone), hours)


def instant_of(wall: datetime, zone: str) -> tuple[datetime, datetime]:
    """Return a wall time as UTC and as the contact's local time.

    A wall time that the clock change leaves out moves forward by as much as the clocks do; one that comes twice is the
    first of the two (RFC 5545 §3.3.5 has the same rules).
    """
    info = zone_of(zone)
    utc = wall.replace(tzinfo=info, fold=0).astimezone(UTC)
    return utc, utc.astimezone(info)
