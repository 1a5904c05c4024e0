"""Every zone with its clock changes of 2024 to 2030, every place with holidays, and courses at the times they touch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from holidays.utils import list_supported_countries

from dripper.drip.course import Course
from dripper.drip.plan import never_fits
from fakes.courses import calendar, course, recipient

# Two names of no place: what an empty machine and this machine call their own clock.
ZONES = sorted(available_timezones() - {"Factory", "localtime"})
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
ALL_WEEK = "mon tue wed thu fri sat sun"
PLACES: list[tuple[str, str | None]] = [
    (country, region)
    for country, regions in sorted(list_supported_countries().items())
    for region in (None, *sorted(regions))
]


class ClockChange(NamedTuple):
    """The instant at which the clocks of a zone are put forward or back."""

    at: datetime
    before: timedelta
    after: timedelta

    @property
    def wall(self) -> datetime:
        """Return what the clock would show at that instant had nobody touched it."""
        return (self.at + self.before).replace(tzinfo=None)


@cache
def changes(zone: str, *, step_days: int = 5) -> Sequence[ClockChange]:
    """Return the clock changes of 2024 to 2030; two within `step_days` that undo each other are not seen."""
    info, found, at = ZoneInfo(zone), [], FIRST
    while at < LAST:
        later = min(at + timedelta(days=step_days), LAST)
        before, after = offset_at(info, at), offset_at(info, later)
        if before != after:
            low, high = at, later
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                low, high = (middle, high) if offset_at(info, middle) == before else (low, middle)
            found.append(ClockChange(high.replace(microsecond=0), before, after))
        at = later
    return tuple(found)


def around(zone: str, change: ClockChange) -> Iterator[Course]:
    """Yield daily courses that begin on the day before a clock change, at the times that it touches."""
    minutes = abs(change.after - change.before) // timedelta(minutes=1)
    narrow = f"{change.wall:%H:%M}-{change.wall + timedelta(minutes=minutes):%H:%M}"
    for ahead in (-minutes // 2, 0, minutes // 2, minutes - 1, minutes):
        wall = change.wall + timedelta(minutes=ahead)
        for hours in ("00:00-23:59", "22:00-06:00", narrow):
            one = course(
                "1 days",
                at=f"{wall:%H:%M}",
                start=wall.date() - timedelta(days=1),
                to=recipient(timezone=zone, country=None),
                within=calendar(hours, ALL_WEEK),
            )
            if never_fits(one.campaign, one.calendar) is None:
                yield one


def offset_at(info: ZoneInfo, at: datetime) -> timedelta:
    """Return how far the clock of a zone is ahead of UTC at an instant."""
    offset = at.astimezone(info).utcoffset()
    assert offset is not None
    return offset
