from datetime import UTC, datetime, timedelta

from fakes.clock_changes import PLACES, ZONES, ClockChange, around, changes


def test_the_clock_changes_of_a_zone_are_found_to_the_second() -> None:
    hour = timedelta(hours=1)
    assert changes("Europe/Berlin")[:2] == (
        ClockChange(datetime(2024, 3, 31, 1, tzinfo=UTC), hour, 2 * hour),
        ClockChange(datetime(2024, 10, 27, 1, tzinfo=UTC), 2 * hour, hour),
    )
    assert len(changes("Europe/Berlin")) == 14
    assert changes("Asia/Tokyo") == ()
    assert changes("Europe/Berlin")[0].wall == datetime(2024, 3, 31, 2)


def test_a_step_of_a_day_finds_no_more_than_one_of_five() -> None:
    for zone in ("Africa/Casablanca", "Antarctica/Troll", "Asia/Gaza", "Australia/Lord_Howe", "Asia/Almaty"):
        assert changes(zone) == changes(zone, step_days=1)


def test_courses_begin_the_day_before_a_change_at_the_times_it_touches() -> None:
    spring = changes("Europe/Berlin")[4]
    found = list(around("Europe/Berlin", spring))
    assert {f"{one.campaign.start} {one.campaign.at} {one.calendar.hours}" for one in found} >= {
        "2026-03-28 01:30 00:00-23:59",
        "2026-03-28 02:30 02:00-03:00",
        "2026-03-28 03:00 22:00-06:00",
    }


def test_zones_and_places_are_all_there_are() -> None:
    assert len(ZONES) > 500
    assert {("DE", "BY"), ("US", "CA"), ("JP", None)} <= set(PLACES)
