import asyncio
from datetime import UTC, datetime

import pytest

from dripper.errors import UsageError
from dripper.wiring import RehearsalClock, WallClock, clock_of


def test_without_now_the_clock_is_the_real_one() -> None:
    clock = clock_of(None)

    assert isinstance(clock, WallClock)
    assert clock.now().tzinfo is UTC


def test_the_rehearsal_clock_stands_until_something_waits() -> None:
    clock = clock_of("2026-12-01T09:30:00+01:00")
    before = clock.now()
    asyncio.run(clock.sleep(90))

    assert isinstance(clock, RehearsalClock)
    assert before == datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
    assert (clock.now() - before).total_seconds() == 90


@pytest.mark.parametrize("now", ["tomorrow", "2026-12-01T09:30:00", "2026-13-01T09:30:00Z"])
def test_a_time_that_names_no_instant_is_refused_with_the_cure(now: str) -> None:
    with pytest.raises(UsageError) as refused:
        clock_of(now)

    assert refused.value.cure
