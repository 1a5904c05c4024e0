"""A slot that keeps its promises, and one for each way to break them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from dripper.drip.course import Slot
from dripper.drip.hours import instant_of
from fakes.courses import calendar, course
from fakes.promises import broken, first_instant, walk

NOVEMBER = datetime(2026, 11, 1, tzinfo=UTC)
ONE = course("1 days", start=date(2026, 12, 1), at="09:30")


def at(wall: str) -> Slot:
    utc, local = instant_of(datetime.fromisoformat(wall), "Europe/Berlin")
    return Slot(utc=utc, local=local, zone="Europe/Berlin", reason="")


def test_slots_as_they_are_planned_break_nothing() -> None:
    slots = walk(ONE, enrolled_at=NOVEMBER, until=datetime(2027, 1, 7, tzinfo=UTC))
    assert len(slots) == 25
    assert broken(ONE, slots, not_before=NOVEMBER) == []


@pytest.mark.parametrize(
    ("wall", "what"),
    [
        ("2026-11-30 09:30", "is in the past"),
        ("2026-12-01 16:30", "is outside the hours"),
        ("2026-12-05 09:30", "is on a closed day of the week"),
        ("2026-12-25 09:30", "is on a holiday"),
        ("2026-12-01 09:31", "is not at the time that was asked for"),
    ],
)
def test_each_broken_promise_is_named(wall: str, what: str) -> None:
    said = broken(ONE, [at(wall)], not_before=NOVEMBER)
    assert [one for one in said if one.endswith(what)], said


def test_a_slot_before_now_is_in_the_past() -> None:
    assert broken(ONE, [at("2026-12-01 09:30")], not_before=datetime(2026, 12, 2, tzinfo=UTC)) == [
        "Europe/Berlin 2026-12-01 08:30 is in the past"
    ]


def test_a_local_time_of_another_instant_is_told() -> None:
    slot = at("2026-12-01 09:30")
    wrong = replace(slot, local=slot.local + timedelta(hours=1))
    assert broken(ONE, [wrong], not_before=NOVEMBER) == [
        "Europe/Berlin 2026-12-01 08:30 is another instant on the contact's clock"
    ]


def test_a_day_written_on_twice_and_a_day_that_is_left_out_are_told() -> None:
    first, third = at("2026-12-01 09:30"), at("2026-12-03 09:30")
    assert broken(ONE, [first, first], not_before=NOVEMBER) == ["Europe/Berlin 2026-12-01 is written on twice"]
    assert broken(ONE, [first, third], not_before=NOVEMBER) == ["Europe/Berlin 2026-12-02 is lost"]


def test_the_second_of_a_repeated_hour_is_not_the_time_that_was_asked_for() -> None:
    night = course("1 days", at="02:30", start=date(2026, 10, 25), within=calendar("01:00-05:00", "sun"))
    first = at("2026-10-25 02:30")
    later = first.utc + timedelta(hours=1)
    second = replace(first, utc=later, local=later.astimezone(first.local.tzinfo))
    assert broken(night, [first], not_before=datetime(2026, 10, 1, tzinfo=UTC)) == []
    assert broken(night, [second], not_before=datetime(2026, 10, 1, tzinfo=UTC)) == [
        "Europe/Berlin 2026-10-25 01:30 is not at the time that was asked for"
    ]


def test_a_missing_time_is_as_much_later_as_the_clock_jumps_and_a_repeated_one_is_the_first() -> None:
    assert first_instant("Europe/Berlin", datetime(2026, 3, 29, 2, 30)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert first_instant("Europe/Berlin", datetime(2026, 10, 25, 2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
