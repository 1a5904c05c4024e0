import asyncio
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dripper.errors import UsageError
from dripper.jobs.init import init
from dripper.wiring.clock import RehearsalClock, WallClock, clock_of
from dripper.wiring.parts import Wiring


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


@pytest.mark.parametrize(
    "now",
    [
        "tomorrow",
        "2026-13-01T09:30:00Z",
        "2026-11-30Z",
        "2026-11-30+01:00",
        "2026-11-30-0100",
        "0001-01-01",
        "9999-12-31",
    ],
)
def test_a_time_that_names_no_instant_is_refused_with_a_cure_that_is_taken(now: str) -> None:
    with pytest.raises(UsageError, match="is no date or time") as refused:
        clock_of(now)

    for written in re.findall(r"\d{4}-[\w:+-]+", refused.value.cure):
        assert isinstance(clock_of(written), RehearsalClock)


@pytest.mark.parametrize(
    ("now", "instant"),
    [
        ("2026-12-01", datetime(2026, 12, 1, 8, 0, tzinfo=UTC)),
        ("2026-12-01T09:30", datetime(2026, 12, 1, 17, 30, tzinfo=UTC)),
        ("2026-12-01T09:30Z", datetime(2026, 12, 1, 9, 30, tzinfo=UTC)),
    ],
)
def test_a_time_without_an_offset_is_on_the_clock_of_the_workspace(now: str, instant: datetime, tmp_path: Path) -> None:
    init(tmp_path, name="Agency", timezone="America/Los_Angeles", today=date(2026, 11, 23))

    wiring = Wiring.of(tmp_path, now=now)
    assert wiring.clock.now() == instant
    assert wiring.today() == wiring.workspace.today == date(2026, 12, 1)
