"""A cadence keeps its rhythm whatever weekday it starts on: properties where no holiday is in the way."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from fakes.courses import calendar, course
from hypothesis import given
from hypothesis import strategies as st

from dripper.drip.course import Course
from dripper.drip.days import month_day
from dripper.drip.plan import advance, day_of_slot, enrol, following_slot, never_fits
from dripper.workspace.model.values import Weekday

ENROLLED = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = st.lists(st.sampled_from(list(Weekday)), min_size=1, max_size=7, unique=True).map(" ".join)
STARTS = st.dates(date(2024, 1, 2), date(2030, 1, 1))


def days_of(one: Course, count: int = 8) -> list[date]:
    step = enrol(one, enrolled_at=ENROLLED)
    assert step is not None
    days = [day_of_slot(one, step.slot)]
    while len(days) < count:
        days.append(day_of_slot(one, following_slot(one, message_id="m0", previous=days[-1])))
    return days


@pytest.mark.parametrize(
    ("on", "days"),
    [
        ("fri", "Fri 04 Dec|Fri 11 Dec|Fri 18 Dec"),
        ("thu fri", "Thu 03 Dec|Thu 10 Dec|Thu 17 Dec"),
        ("sun", "Sun 06 Dec|Sun 13 Dec|Sun 20 Dec"),
    ],
)
def test_each_week_on_a_day_late_in_the_week_of_a_start_on_monday_is_each_week(on: str, days: str) -> None:
    within = calendar(days="mon thu fri sun")
    one = course("1 week", on=on, start=date(2026, 11, 30), within=within)
    assert "|".join(f"{day:%a %d %b}" for day in days_of(one, 3)) == days


@given(st.integers(1, 6), DAYS, DAYS, STARTS)
def test_weeks_are_whole_weeks_apart(weeks: int, on: str, days: str, start: date) -> None:
    for some in (on, ""):
        one = course(f"{weeks} weeks", on=some, start=start, within=calendar(days=days, holidays=False))
        if never_fits(one.campaign, one.calendar) is None:
            found = days_of(one)
            assert start <= found[0] < start + timedelta(days=7)
            assert {after - before for before, after in pairwise(found)} == {timedelta(weeks=weeks)}


@given(st.integers(1, 4), DAYS, STARTS)
def test_weeks_counted_back_are_whole_weeks_apart(weeks: int, on: str, end: date) -> None:
    one = course(f"{weeks} weeks", on=on, start=None, ends_on=end, within=calendar(days=on, holidays=False))
    step, found = enrol(one, enrolled_at=datetime(2023, 1, 1, tzinfo=UTC)), []
    while step is not None:
        found.append(day_of_slot(one, step.slot))
        step = advance(step, used=found[-1])
    assert end - timedelta(days=7) < found[-1] <= end
    assert {after - before for before, after in pairwise(found)} == {timedelta(weeks=weeks)}


@given(st.integers(1, 6), DAYS, STARTS)
def test_months_are_on_the_first_open_day_from_that_day_of_the_month_on(months: int, on: str, start: date) -> None:
    one = course(f"{months} months", on=on, start=start, within=calendar(days=on, holidays=False))
    first = start.year * 12 + start.month - 1
    for number, day in enumerate(days_of(one)):
        wanted = month_day(first + number * months, start.day)
        assert wanted <= day < wanted + timedelta(days=7)


@given(st.integers(1, 9), st.sampled_from(["days", "business days"]), DAYS, STARTS)
def test_days_are_at_least_so_many_apart_and_no_open_day_is_left_out(
    every: int, unit: str, days: str, start: date
) -> None:
    one = course(f"{every} {unit}", start=start, within=calendar(days=days, holidays=False))
    is_open = {Weekday(name).number for name in days.split()}
    for before, after in pairwise(days_of(one)):
        between = [before + timedelta(days=n) for n in range(1, (after - before).days + 1)]
        if unit == "days":
            assert not [day for day in between[every - 1 : -1] if day.weekday() in is_open]
            assert len(between) >= every
        else:
            assert sum(day.weekday() in is_open for day in between) == every
