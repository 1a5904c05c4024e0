"""Which days a campaign may use for a contact, and how a cadence steps from one to the next.

- `on` names the weekdays, always within the calendar's own `days`. Without it, a cadence of weeks keeps the weekday of
  `start`, and one of days, business days or months may use any day of the calendar.
- A holiday of the contact's country and region moves the message to the next day that is allowed; in a campaign that
  is counted back from a negotiation, to the one before.
- A step is counted from the day that was really used. Weeks and months then snap to the rhythm of `start` (the
  weekday of the first day from it on that the campaign may use, its day of the month), so that one holiday or one late
  message does not bend all that follow: a month after 31 January is the last day of February, the next is 31 March.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

from dripper.drip.holidays import holiday_on
from dripper.errors import DripperError
from dripper.workspace.model.values import Unit, Weekday

if TYPE_CHECKING:
    from dripper.drip.course import Course

_DAY = timedelta(days=1)
# Far beyond any run of closed days; a search that gets here would never end.
_HORIZON_DAYS = 800


class NoSlotError(DripperError):
    """A campaign leaves a contact no day or no minute at all."""

    def __init__(self, campaign: str, reason: str) -> None:
        super().__init__(f"campaign {campaign}: {reason}", cure="change `on`, `at` or `[calendar]`")
        self.campaign = campaign


@lru_cache(maxsize=4096)
def _weekdays(on: tuple[Weekday, ...], days: tuple[Weekday, ...], anchor: date | None, unit: Unit) -> tuple[bool, ...]:
    wanted = on
    if not on and anchor is not None and unit is Unit.WEEKS:
        wanted = (list(Weekday)[_first_of(anchor, days).weekday()],) if days else ()
    return tuple(day in days and (not wanted or day in wanted) for day in Weekday)


def _first_of(day: date, days: tuple[Weekday, ...]) -> date:
    numbers = {weekday.number for weekday in days}
    return next(d for d in (day + timedelta(days=n) for n in range(7)) if d.weekday() in numbers)


def weekdays_of(course: Course) -> tuple[bool, ...]:
    """Return for Monday to Sunday whether the campaign may use it."""
    campaign = course.campaign
    start = campaign.start if course.ends_on is None else None
    return _weekdays(campaign.on, course.calendar.days, start, campaign.every.unit)


def holiday_of(course: Course, day: date) -> str | None:
    """Return the contact's holiday on `day`, `None` where it is none or the calendar counts none."""
    if not course.calendar.holidays:
        return None
    return holiday_on(day, course.recipient.country, course.recipient.region)


def allowed_day(course: Course, day: date, *, back: bool = False) -> tuple[date, str]:
    """Return the first allowed day from `day` on (or back), and the holiday that moved it, empty where none did.

    Raises `NoSlotError` where there is none.
    """
    weekdays = weekdays_of(course)
    step = -_DAY if back else _DAY
    moved = ""
    for _ in range(_HORIZON_DAYS):
        if weekdays[day.weekday()]:
            holiday = holiday_of(course, day)
            if holiday is None:
                return day, moved
            moved = moved or f"moved from {day_text(day)}: holiday ({holiday})"
        day += step
    raise NoSlotError(course.campaign.id, "no day of the week is left to write on")


def step_from(course: Course, used: date, *, back: bool = False) -> date:
    """Return the day that lies one `every` after (or before) `used`, not yet moved to an allowed one."""
    every = course.campaign.every
    count = -every.count if back else every.count
    match every.unit:
        case Unit.DAYS:
            return used + timedelta(days=count)
        case Unit.BUSINESS_DAYS:
            return _business_days(course, used, count)
        case Unit.WEEKS:
            return _rhythm_week(course, used) + timedelta(weeks=count)
        case Unit.MONTHS:
            anchor = _anchor(course) or used
            return month_day(_rhythm_month(anchor, used) + count, anchor.day)
        case _:
            assert_never(every.unit)


def first_rhythm_day(course: Course, earliest: date) -> date:
    """Return the first day of the campaign's rhythm from `earliest` on: for months the day of the month of `start`."""
    start = course.campaign.start
    if start is None:
        return earliest
    if earliest <= start or course.campaign.every.unit is not Unit.MONTHS:
        return max(start, earliest)
    month = earliest.year * 12 + earliest.month - 1
    day = month_day(month, start.day)
    return day if day >= earliest else month_day(month + 1, start.day)


def month_day(month: int, day: int) -> date:
    """Return `day` of a month counted from year 0, or the month's last day where it is shorter."""
    year, index = divmod(month, 12)
    return date(year, index + 1, min(day, monthrange(year, index + 1)[1]))


def day_text(day: date) -> str:
    """Return a day for people, such as `Tue 8 Dec`, the same on every machine."""
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{list(Weekday)[day.weekday()].capitalize()} {day.day} {names[day.month - 1]}"


def _anchor(course: Course) -> date | None:
    if course.ends_on is not None:
        return allowed_day(course, course.ends_on, back=True)[0]
    return course.campaign.start


def _business_days(course: Course, day: date, count: int) -> date:
    open_days = {weekday.number for weekday in course.calendar.days}
    step = _DAY if count > 0 else -_DAY
    left = abs(count)
    for _ in range(_HORIZON_DAYS * 7):
        day += step
        if day.weekday() in open_days and holiday_of(course, day) is None:
            left -= 1
            if left == 0:
                return day
    raise NoSlotError(course.campaign.id, "the calendar has no business day")


def _rhythm_week(course: Course, used: date) -> date:
    anchor = _anchor(course)
    if anchor is None:
        return used
    weekdays = weekdays_of(course)
    # Not `start` itself: where that is a Monday, a Friday would snap to the Monday after it, and a week be left out.
    first = next((day for day in (anchor + n * _DAY for n in range(7)) if weekdays[day.weekday()]), anchor)
    ahead = (used - first).days % 7
    return used - timedelta(days=ahead if ahead <= 3 else ahead - 7)


def _rhythm_month(anchor: date, used: date) -> int:
    """Return the month, counted from year 0, whose rhythm day is nearest to `used`; the earlier of two."""
    month = used.year * 12 + used.month - 1
    return min((month - 1, month, month + 1), key=lambda m: (abs((month_day(m, anchor.day) - used).days), m))
