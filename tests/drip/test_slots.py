"""Every zone, cadence and window: what a slot promises, checked from its UTC time alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from fakes.courses import calendar, course, recipient
from holidays import country_holidays
from hypothesis import assume, given
from hypothesis import strategies as st

from dripper.drip.course import Course, Slot
from dripper.drip.plan import advance, day_of_slot, enrol, is_late, never_fits, shifted
from dripper.workspace.model.values import Weekday

ZONES = sorted(available_timezones() - {"Factory", "localtime"})
PLACES = [("DE", "BY"), ("US", "CA"), ("JP", None), ("SA", None), ("BR", "SP"), (None, None)]
CADENCES = ["1 days", "4 days", "1 business days", "7 business days", "1 week", "3 weeks", "1 month", "2 months"]
HOURS = ["09:00-16:30", "00:00-23:59", "22:00-06:00", "01:30-02:15", "23:30-00:30", "02:00-03:00"]
DAYS = st.lists(st.sampled_from(list(Weekday)), min_size=1, max_size=7, unique=True).map(tuple)
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 10, 1), timezones=st.just(UTC))


class Run(NamedTuple):
    course: Course
    enrolled_at: datetime
    slots: list[Slot]


@st.composite
def runs(draw: st.DrawFn) -> Run:
    country, region = draw(st.sampled_from(PLACES))
    hours, days = draw(st.sampled_from(HOURS)), draw(DAYS)
    one = course(
        draw(st.sampled_from(CADENCES)),
        on=" ".join(draw(st.just(()) | DAYS)),
        at=draw(st.none() | st.times().map(lambda clock: f"{clock:%H:%M}")),
        start=draw(st.none() | st.dates(date(2024, 1, 1), date(2030, 6, 1))),
        spread_minutes=draw(st.sampled_from([0, 20, 600])),
        to=recipient(timezone=draw(st.sampled_from(ZONES)), country=country, region=region),
        within=calendar(hours, " ".join(days)),
    )
    assume(never_fits(one.campaign, one.calendar) is None)
    enrolled_at = draw(INSTANTS)
    return Run(one, enrolled_at, list(walk(one, enrolled_at)))


def walk(one: Course, enrolled_at: datetime) -> list[Slot]:
    found, step = [], enrol(one, enrolled_at=enrolled_at)
    while step is not None:
        found.append(step.slot)
        step = advance(step, used=day_of_slot(one, step.slot))
    return found


def wall(slot: Slot) -> datetime:
    return slot.utc.astimezone(ZoneInfo(slot.zone)).replace(tzinfo=None)


def opening_day(one: Course, slot: Slot) -> date:
    hours, clock = one.calendar.hours, wall(slot).time()
    after_midnight = hours.end < hours.start and clock < hours.end
    return wall(slot).date() - timedelta(days=after_midnight)


@given(runs())
def test_a_slot_lies_in_the_window_of_the_contact(run: Run) -> None:
    hours = run.course.calendar.hours
    for slot in run.slots:
        clock = wall(slot).time()
        if hours.start < hours.end:
            assert hours.start <= clock < hours.end
        else:
            assert clock >= hours.start or clock < hours.end


@given(runs())
def test_a_slot_is_on_an_allowed_weekday_and_on_no_holiday(run: Run) -> None:
    one, to = run.course, run.course.recipient
    for slot in run.slots:
        day = opening_day(one, slot)
        name = list(Weekday)[day.weekday()]
        assert name in one.calendar.days
        assert not one.campaign.on or name in one.campaign.on
        assert to.country is None or day not in country_holidays(to.country, subdiv=to.region)


@given(runs())
def test_a_slot_is_not_in_the_past_nor_before_start(run: Run) -> None:
    assert all(slot.utc >= run.enrolled_at for slot in run.slots)
    start = run.course.campaign.start
    assert start is None or all(opening_day(run.course, slot) >= start for slot in run.slots)


@given(runs())
def test_nobody_is_written_to_twice_a_day(run: Run) -> None:
    days = [opening_day(run.course, slot) for slot in run.slots]
    assert all(before < after for before, after in pairwise(days))


@given(runs())
def test_local_and_utc_are_one_instant_and_the_zone_is_the_contacts(run: Run) -> None:
    for slot in run.slots:
        # `==` over two zones is never true of a time that comes twice (PEP 495).
        assert slot.local.astimezone(UTC) == slot.utc
        assert slot.local.replace(tzinfo=None) == wall(slot)
        assert slot.utc.tzinfo is UTC
        assert slot.zone == run.course.recipient.timezone


@given(runs(), st.timedeltas(timedelta(0), timedelta(days=400)))
def test_a_late_message_is_shifted_to_a_slot_that_is_not_past(run: Run, after: timedelta) -> None:
    one, slot = run.course, run.slots[0]
    now = slot.utc + after
    if not is_late(one, slot, now=now):
        return
    moved = shifted(one, message_id="m0", slot=slot, now=now)
    assert moved.utc >= now
    assert not is_late(one, moved, now=now)
    assert opening_day(one, moved) > opening_day(one, slot)


@given(st.sampled_from(ZONES), st.dates(date(2024, 1, 1), date(2030, 12, 30)), st.times())
def test_at_any_time_of_any_day_in_any_zone_the_wall_clock_is_kept_or_moved_forward(
    zone: str, day: date, clock: time
) -> None:
    clock = clock.replace(second=0, microsecond=0, fold=0)
    assume(clock < time(23, 59))
    all_day = calendar("00:00-23:59", "mon tue wed thu fri sat sun", holidays=False)
    one = course("1 days", at=f"{clock:%H:%M}", start=day, to=recipient(timezone=zone), within=all_day, messages=1)
    slot = walk(one, datetime(2023, 12, 1, tzinfo=UTC))[0]
    wanted = datetime.combine(day, clock)
    assert slot.utc == instants(zone, wanted)[0]
    assert wall(slot) >= wanted


def instants(zone: str, wanted: datetime) -> list[datetime]:
    """Every instant at which the clock shows `wanted`, then the one that it stands for where there is none."""
    info = ZoneInfo(zone)
    offsets = {
        (wanted + timedelta(hours=hours)).replace(tzinfo=UTC).astimezone(info).utcoffset() for hours in range(-30, 31)
    }
    shown = [wanted.replace(tzinfo=UTC) - offset for offset in offsets if offset is not None]
    right = sorted(each for each in shown if each.astimezone(info).replace(tzinfo=None) == wanted)
    return [*right, max(shown)]
