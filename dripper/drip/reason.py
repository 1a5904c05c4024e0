"""The reason of a slot in words: the rule that put it there."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from dripper.drip.days import day_text, weekdays_of
from dripper.workspace.model.values import Unit

if TYPE_CHECKING:
    from datetime import date, time

    from dripper.drip.course import Course
    from dripper.workspace.model.values import Every

_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def cadence_text(course: Course) -> str:
    """Return the rule of a campaign in words, such as `every 2 weeks on Tuesday at 09:30`."""
    campaign = course.campaign
    start = campaign.start if course.ends_on is None else None
    keeps_weekday = campaign.every.unit is Unit.WEEKS and start is not None
    days = weekdays_of(course) if campaign.on or keeps_weekday else ()
    month_day = start.day if start and campaign.every.unit is Unit.MONTHS and not campaign.on else None
    clock = campaign.at.at if campaign.at else course.calendar.hours.start
    return _text(campaign.every, days, month_day, clock, campaign.spread_minutes, course.ends_on)


@lru_cache(maxsize=4096)
def _text(
    every: Every, days: tuple[bool, ...], month_day: int | None, clock: time, spread_minutes: int, ends_on: date | None
) -> str:
    rule = f"every {every.unit.removesuffix('s') if every.count == 1 else every}"
    if days and not all(days):
        names = [name for name, used in zip(_NAMES, days, strict=True) if used]
        rule += f" on {' or '.join(names)}" if len(names) <= 2 else f" on {', '.join(name[:3] for name in names)}"
    if month_day is not None:
        rule += f" on day {month_day}"
    rule += f" at {clock:%H:%M}"
    if spread_minutes:
        rule += f" and up to {spread_minutes} minutes later"
    return f"{rule}, counted back from {day_text(ends_on)} {ends_on.year}" if ends_on else rule
