"""Every zone with all its clock changes of 2024 to 2030, and by name those that are unlike the others.

Days that a whole zone skipped (Kwajalein 1993, Apia 2011) are past; `test_plan` holds the latter.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fakes.clock_changes import ALL_WEEK, FIRST, PLACES, ZONES, around, changes
from fakes.courses import calendar, course, recipient
from fakes.promises import broken, walk
from hypothesis import given
from hypothesis import strategies as st

from dripper.drip.plan import day_of_slot, first_slot, is_late, shifted


@pytest.mark.no_cover
def test_at_every_clock_change_of_every_zone_each_promise_is_kept() -> None:
    seen = slots = 0
    for zone in ZONES:
        for change in changes(zone):
            seen += 1
            earlier, later = change.at - timedelta(days=3), change.at + timedelta(days=2)
            for one in around(zone, change):
                found = walk(one, enrolled_at=earlier, until=later)
                slots += len(found)
                assert broken(one, found, not_before=earlier) == []
    # Some 2,800 with the data of 2026; fewer by far would mean that nothing was looked at.
    assert seen > 4 * len(ZONES)
    assert slots > 25 * seen


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("every", "changes_"),
    [
        ("5 weeks", {"at": "02:30", "on": "sun", "within": calendar("22:00-06:00", ALL_WEEK)}),
        ("1 month", {"at": "09:30", "spread_minutes": 20}),
        ("17 business days", {"within": calendar("23:30-00:30", "tue wed thu")}),
    ],
    ids=["nights", "months", "business days"],
)
def test_through_all_years_in_every_zone_each_promise_is_kept(every: str, changes_: dict[str, Any]) -> None:
    for number, zone in enumerate(ZONES):
        country, region = [("DE", "BY"), ("US", "CA"), ("JP", None), ("SA", None), (None, None)][number % 5]
        one = course(every, to=recipient(timezone=zone, country=country, region=region), start=FIRST.date(), **changes_)
        slots = walk(one, enrolled_at=FIRST)
        assert len(slots) > 50
        assert broken(one, slots, not_before=FIRST) == []


NAMED = [
    ("Berlin leaves out an hour", "Europe/Berlin", "2026-03-29 02:30", "03-29 03:30 +0200"),
    ("Berlin has an hour twice", "Europe/Berlin", "2026-10-25 02:30", "10-25 02:30 +0200"),
    ("New York leaves out an hour", "America/New_York", "2026-03-08 02:30", "03-08 03:30 -0400"),
    ("New York has an hour twice", "America/New_York", "2026-11-01 01:30", "11-01 01:30 -0400"),
    ("Lord Howe leaves out half an hour", "Australia/Lord_Howe", "2026-10-04 02:15", "10-04 02:45 +1100"),
    ("Lord Howe has half an hour twice", "Australia/Lord_Howe", "2026-04-05 01:45", "04-05 01:45 +1100"),
    ("Troll leaves out two hours", "Antarctica/Troll", "2026-03-29 01:30", "03-29 03:30 +0200"),
    ("Troll has two hours twice", "Antarctica/Troll", "2026-10-25 01:30", "10-25 01:30 +0200"),
    ("Casablanca goes back for Ramadan", "Africa/Casablanca", "2026-02-15 02:30", "02-15 02:30 +0100"),
    ("Casablanca goes on after Ramadan", "Africa/Casablanca", "2026-03-22 02:30", "03-22 03:30 +0100"),
    ("Casablanca in Ramadan", "Africa/Casablanca", "2026-03-01 02:30", "03-01 02:30 +0000"),
    ("Gaza leaves out an hour", "Asia/Gaza", "2026-03-28 02:30", "03-28 03:30 +0300"),
    ("Hebron has an hour twice", "Asia/Hebron", "2026-10-24 01:30", "10-24 01:30 +0300"),
    ("Cairo has no midnight", "Africa/Cairo", "2026-04-24 00:00", "04-24 01:00 +0300"),
    ("Havana has midnight twice", "America/Havana", "2026-11-01 00:00", "11-01 00:00 -0400"),
    ("Nuuk loses the last hour of a day", "America/Nuuk", "2026-03-28 23:30", "03-29 00:30 -0100"),
    ("Santiago has the last hour of a day twice", "America/Santiago", "2026-04-04 23:30", "04-04 23:30 -0300"),
    ("Almaty left its offset for good", "Asia/Almaty", "2024-02-29 23:30", "02-29 23:30 +0600"),
    ("Dublin counts its winter as the exception", "Europe/Dublin", "2026-03-29 01:30", "03-29 02:30 +0100"),
]


@pytest.mark.parametrize(("zone", "wall", "expected"), [row[1:] for row in NAMED], ids=[row[0] for row in NAMED])
def test_a_missing_hour_moves_forward_and_a_repeated_one_is_the_first(zone: str, wall: str, expected: str) -> None:
    wanted = datetime.fromisoformat(wall)
    by_night = calendar("22:00-06:00", ALL_WEEK)
    evening = wanted.date() - timedelta(days=wanted.hour < 6)
    one = course(
        "1 days", start=evening, at=f"{wanted:%H:%M}", to=recipient(timezone=zone, country=None), within=by_night
    )
    slot = first_slot(one, message_id="m0", enrolled_at=FIRST)
    assert f"{slot.local:%m-%d %H:%M %z}" == expected
    assert slot.local.astimezone(UTC) == slot.utc
    assert day_of_slot(one, slot) == evening


def test_in_two_hours_that_are_left_out_a_day_without_its_window_is_passed_over_and_says_so() -> None:
    troll = recipient(timezone="Antarctica/Troll", country=None)
    one = course("1 days", start=date(2026, 3, 29), at="01:30", to=troll, within=calendar("01:00-03:00", ALL_WEEK))
    slot = first_slot(one, message_id="m0", enrolled_at=FIRST)
    assert f"{slot.local:%m-%d %H:%M %z}" == "03-30 01:30 +0200"
    assert slot.reason.endswith("moved from Sun 29 Mar: the clock change leaves out its hour")


@given(
    st.sampled_from(ZONES),
    st.sampled_from(PLACES),
    st.sampled_from(["1 days", "3 days", "2 business days", "1 week", "2 weeks", "1 month"]),
    st.sampled_from(["00:00-23:59", "22:00-06:00", "09:00-16:30", "23:30-00:30", "02:00-03:00"]),
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 6, 1), timezones=st.just(UTC)),
    st.sampled_from([0, 45]),
)
def test_in_any_zone_with_the_holidays_of_any_country_and_region_each_promise_is_kept(
    zone: str, place: tuple[str, str | None], every: str, hours: str, enrolled_at: datetime, spread_minutes: int
) -> None:
    to = recipient(timezone=zone, country=place[0], region=place[1])
    within = calendar(hours, ALL_WEEK)
    one = course(every, start=None, to=to, within=within, spread_minutes=spread_minutes)
    slots = walk(one, enrolled_at=enrolled_at, until=enrolled_at + timedelta(days=200))
    assert broken(one, slots, not_before=enrolled_at) == []


@given(st.sampled_from(ZONES).filter(changes), st.data(), st.timedeltas(timedelta(hours=-30), timedelta(hours=30)))
def test_a_message_that_is_late_round_a_clock_change_finds_a_slot_that_keeps_each_promise(
    zone: str, data: st.DataObject, after: timedelta
) -> None:
    change = data.draw(st.sampled_from(changes(zone)))
    one = data.draw(st.sampled_from(list(around(zone, change))))
    slot = first_slot(one, message_id="m0", enrolled_at=change.at - timedelta(days=3))
    now = change.at + after
    if not is_late(one, slot, now=now):
        return
    moved = shifted(one, message_id="m0", slot=slot, now=now)
    assert broken(one, [moved], not_before=now) == []
    assert moved.utc > slot.utc
    assert not is_late(one, moved, now=now)
