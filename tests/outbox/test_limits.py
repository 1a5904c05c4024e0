from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.outbox.limits import DAY, HOUR, Past, allowance, ramped
from dripper.workspace.model.settings import Limits, Ramp

pytestmark = pytest.mark.usefixtures("store_url")

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def limits(**changes: int) -> Limits:
    none = {"per_day": 0, "per_hour": 0, "per_domain_per_hour": 0, "gap_s": 0, "connections": 2}
    return Limits(**(none | changes))


def past(*minutes_ago: float, domain: str = "acme.example", claimed_at: datetime | None = None) -> Past:
    tries = [(NOW - timedelta(minutes=ago), domain) for ago in sorted(minutes_ago, reverse=True)]
    return Past(tries=tries, claimed_at=claimed_at)


@pytest.mark.parametrize(
    ("set_to", "ago", "room", "opens_in_min"),
    [
        pytest.param(limits(), [1, 2, 3], 50, None, id="0 is no limit"),
        pytest.param(limits(per_hour=3), [], 3, None, id="nothing sent yet"),
        pytest.param(limits(per_hour=3), [10, 20], 1, None, id="one left in the hour"),
        pytest.param(limits(per_hour=3), [10, 20, 59], 0, 1, id="the oldest leaves the hour in a minute"),
        pytest.param(limits(per_hour=3), [10, 20, 60], 1, None, id="an hour is over after an hour"),
        pytest.param(limits(per_hour=2), [10, 20, 59], 0, 40, id="more were sent than are allowed by now"),
        pytest.param(limits(per_day=2), [100, 1430], 0, 10, id="the day counts 24 hours back"),
        pytest.param(limits(per_day=2, per_hour=1), [5, 1439], 0, 55, id="the stricter limit decides"),
        pytest.param(limits(gap_s=20), [30], 1, None, id="one at a time where there is a gap"),
    ],
)
def test_the_room_that_is_left(set_to: Limits, ago: list[float], room: int, opens_in_min: int | None) -> None:
    may = allowance(set_to, past(*ago), now=NOW)

    assert may.room == room
    assert may.opens_at == (None if opens_in_min is None else NOW + timedelta(minutes=opens_in_min))


@pytest.mark.parametrize(
    ("per_day", "hours", "may"),
    [
        pytest.param(200, 0, 20, id="the first day"),
        pytest.param(200, 23, 20, id="a day has 24 hours"),
        pytest.param(200, 24, 25, id="the second day"),
        pytest.param(200, 24 * 36, 200, id="the limit is reached"),
        pytest.param(200, 24 * 400, 200, id="and stays"),
        pytest.param(0, 24 * 400, 2020, id="where there is no limit it rises on"),
        pytest.param(10, 0, 10, id="a limit below the start counts"),
        pytest.param(200, -1, 20, id="a clock that was set back"),
    ],
)
def test_a_ramp_rises_with_each_day(per_day: int, hours: int, may: int) -> None:
    set_to = replace(limits(per_day=per_day), ramp=Ramp(start=20, add_per_day=5))

    assert ramped(set_to, NOW - timedelta(hours=hours), now=NOW).per_day == may


def test_a_gap_opens_when_it_has_passed_and_says_that_it_is_only_that() -> None:
    waiting = allowance(limits(gap_s=20), past(claimed_at=NOW - timedelta(seconds=5)), now=NOW)
    open_again = allowance(limits(gap_s=20), past(claimed_at=NOW - timedelta(seconds=20)), now=NOW)

    assert (waiting.room, waiting.opens_at, waiting.only_gap) == (0, NOW + timedelta(seconds=15), True)
    assert (open_again.room, open_again.only_gap) == (1, False)


def test_a_full_hour_is_not_only_a_gap() -> None:
    may = allowance(limits(gap_s=20, per_hour=1), past(5, claimed_at=NOW), now=NOW)

    assert not may.only_gap
    assert may.opens_at == NOW + timedelta(minutes=55)


def test_a_full_domain_waits_and_others_do_not() -> None:
    tries = [(NOW - timedelta(minutes=30), "a.example"), (NOW - timedelta(minutes=10), "b.example")]
    may = allowance(limits(per_domain_per_hour=1), Past(tries=[*tries, (NOW, "b.example")]), now=NOW)
    may.count("c.example")

    assert may.full_domains == {"a.example", "b.example", "c.example"}
    assert may.domain_opens_at == NOW + timedelta(minutes=30)


def test_what_is_in_hand_counts_as_if_it_went_now() -> None:
    held = Past.of([], in_hand=["a.example", "a.example"], claimed_at=None, now=NOW)

    assert allowance(limits(per_hour=3), held, now=NOW).room == 1


@given(st.lists(st.floats(0, 2000)), st.integers(1, 5), st.integers(1, 8))
def test_whatever_was_sent_no_window_ever_holds_more_than_its_limit(
    ago: list[float], per_hour: int, per_day: int
) -> None:
    tries: list[datetime] = []
    for at in sorted(NOW - timedelta(minutes=minutes) for minutes in ago):
        known = Past(tries=[(one, "x.example") for one in tries])
        if allowance(limits(per_hour=per_hour, per_day=per_day), known, now=at).room:
            tries.append(at)

    for at in tries:
        assert sum(at - HOUR < one <= at for one in tries) <= per_hour
        assert sum(at - DAY < one <= at for one in tries) <= per_day
