from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fakes.bounds import Bounds, Seen, Times

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def times(*minutes: float, domain: str = "a.example") -> Times:
    return [(NOON + timedelta(minutes=each), domain) for each in minutes]


def seen(limits: Bounds, tried: Times, taken: Times = ()) -> Seen:
    return Seen.of(limits, tried, taken, claim=SECOND, transit=10 * SECOND)


def test_the_fullest_hour_day_and_hour_of_a_domain_and_the_shortest_gap() -> None:
    found = Bounds.seen_in([*times(0, 50, 70), *times(55, 3000, domain="b.example")])

    assert found == Bounds(per_hour=3, per_day=4, per_domain_per_hour=2, gap_s=300)


@pytest.mark.parametrize(
    ("limits", "tried", "is_exceeded", "is_used_up"),
    [
        pytest.param(Bounds(), times(0, 0, 0), False, True, id="0 is no limit"),
        pytest.param(Bounds(per_hour=3), times(0, 1), False, False, id="room is left"),
        pytest.param(Bounds(per_hour=2), times(0, 1), False, True, id="no room is left"),
        pytest.param(Bounds(per_hour=2), times(0, 1, 59.9), True, True, id="one too many in an hour"),
        pytest.param(Bounds(per_hour=2), times(0, 1, 60), False, True, id="an hour is over after an hour"),
        pytest.param(Bounds(per_day=2), times(0, 500, 1439), True, True, id="one too many in a day"),
        pytest.param(Bounds(per_domain_per_hour=1), times(0, 59), True, True, id="one too many to a domain"),
        pytest.param(Bounds(gap_s=60), times(0, 0.9), True, True, id="too short a gap"),
        pytest.param(Bounds(gap_s=60), times(0, 0.99), False, True, id="a claim that became a try at once"),
    ],
)
def test_what_the_tries_say_of_a_limit(limits: Bounds, tried: Times, is_exceeded: bool, is_used_up: bool) -> None:
    found = seen(limits, tried)

    assert (found.is_exceeded, found.is_used_up) == (is_exceeded, is_used_up)


@pytest.mark.parametrize(
    ("limits", "taken", "is_exceeded"),
    [
        pytest.param(Bounds(per_hour=1), times(0, 59.9), False, id="the first was long on its way"),
        pytest.param(Bounds(per_hour=1), times(0, 59), True, id="too long for that"),
        pytest.param(Bounds(gap_s=60), times(0, 0.83), False, id="so for a gap"),
        pytest.param(Bounds(gap_s=60), times(0, 0.8), True, id="and too long for that"),
    ],
)
def test_what_the_server_says_of_a_limit(limits: Bounds, taken: Times, is_exceeded: bool) -> None:
    assert seen(limits, (), taken).is_exceeded is is_exceeded
