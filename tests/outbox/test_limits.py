from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fakes.office import at_slot, workspace
from fakes.smtp_server import Rude
from hypothesis import given
from hypothesis import strategies as st

from dripper.outbox.limits import DAY, HOUR, Past, allowance, ramped, risen
from dripper.workspace.model.settings import MOST_CONNECTIONS, Limits, Ramp

pytestmark = pytest.mark.usefixtures("store_url")

RAMP = Ramp(start=20, add_per_day=5)
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
    ("per_day", "days", "may"),
    [
        pytest.param(200, 0, 20, id="the first day"),
        pytest.param(200, 1, 25, id="the second day"),
        pytest.param(200, 36, 200, id="the limit is reached"),
        pytest.param(200, 400, 200, id="and stays"),
        pytest.param(0, 400, 2020, id="where there is no limit it rises on"),
        pytest.param(10, 0, 10, id="a limit below the start counts"),
    ],
)
def test_a_ramp_rises_with_each_day(per_day: int, days: int, may: int) -> None:
    assert risen(limits(per_day=per_day), RAMP, days=days).per_day == may


@pytest.mark.parametrize(
    ("hours", "room"),
    [
        pytest.param(0, 20, id="the first day"),
        pytest.param(23, 20, id="a day has 24 hours"),
        pytest.param(24, 25, id="the second day"),
        pytest.param(-1, 20, id="a clock that was set back"),
    ],
)
def test_the_steps_of_a_ramp_are_those_of_the_mailbox(hours: int, room: int) -> None:
    may = ramped(limits(per_day=200), RAMP, past(), first_at=NOW - timedelta(hours=hours), now=NOW)

    assert (may.room, may.opens_at) == (room, None)


@pytest.mark.parametrize(
    ("per_day", "first_h", "ago_h", "opens_in_h"),
    [
        pytest.param(200, 20, [1] * 20, 4, id="the next step opens the day before its oldest message leaves it"),
        pytest.param(20, 20, [1] * 20, 23, id="the limit is reached, so no step opens anything"),
        pytest.param(200, 20, [1] * 26, 23, id="more were sent than the next step allows"),
        pytest.param(200, 1, [1] * 20, 23, id="the first day ends with both"),
        pytest.param(200, 47, [23.5, *[22] * 24], 0.5, id="the oldest leaves the day before the next step"),
    ],
)
def test_a_full_day_opens_with_the_next_step_of_a_ramp(
    per_day: int, first_h: float, ago_h: list[float], opens_in_h: float
) -> None:
    known = past(*(hours * 60 for hours in ago_h))
    may = ramped(limits(per_day=per_day), RAMP, known, first_at=NOW - timedelta(hours=first_h), now=NOW)

    assert may.room == 0
    assert may.opens_at == NOW + timedelta(hours=opens_in_h)


@given(st.integers(1, 4), st.integers(0, 3), st.integers(0, 12), st.lists(st.integers(0, 20), max_size=60))
def test_under_a_ramp_a_message_leaves_as_soon_as_it_may_and_no_sooner(
    start: int, add_per_day: int, per_day: int, waits_h: list[int]
) -> None:
    ramp, set_to = Ramp(start=start, add_per_day=add_per_day), limits(per_day=per_day)
    tries: list[datetime] = []
    at = NOW
    for wait in waits_h:
        at += timedelta(hours=wait)
        known = Past(tries=[(one, "x.example") for one in tries if one > at - DAY])
        may = ramped(set_to, ramp, known, first_at=tries[0] if tries else at, now=at)
        if may.opens_at is not None:
            # Whoever waits until then finds room, and just before there was none.
            for when, has_room in ((may.opens_at, True), (may.opens_at - timedelta(seconds=1), False)):
                then = Past(tries=[(one, "x.example") for one in tries if one > when - DAY])
                assert (ramped(set_to, ramp, then, first_at=tries[0], now=when).room > 0) is has_room
            at = may.opens_at
        tries.append(at)

    for at in tries:
        most = start + add_per_day * ((at - tries[0]) // DAY)
        assert sum(at - DAY < one <= at for one in tries) <= (min(most, per_day) if per_day else most)


def test_without_a_limit_of_connections_as_many_are_opened_as_servers_take() -> None:
    assert (limits(connections=3).most_connections, limits(connections=0).most_connections) == (3, MOST_CONNECTIONS)
    assert allowance(limits(connections=0), past(), now=NOW).room == 25 * MOST_CONNECTIONS


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


def test_a_mailbox_without_any_limit_opens_many_connections_and_sends_each_message_once(tmp_path: Path) -> None:
    none = "per_day = 0, per_hour = 0, per_domain_per_hour = 0, gap_s = 0, connections = 0"
    with Rude(delay_s=0.02) as server:
        at_slot(workspace(tmp_path, server.port, contacts=40, limits=none)).send()

    assert 2 < server.connections <= MOST_CONNECTIONS
    assert len({taken.recipient for taken in server.taken}) == len(server.taken) == 40
