from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

from fakes.fast_clock import FastClock

START = datetime(2026, 12, 1, 9, tzinfo=UTC)


def test_an_hour_passes_in_a_second() -> None:
    clock = FastClock(START, zero_s=100, factor=3600)

    assert clock.shown_at(100) == START
    assert clock.shown_at(101.5) == START + timedelta(hours=1.5)


def test_whoever_waits_a_minute_waits_until_it_has_passed_and_not_much_longer() -> None:
    clock = FastClock(START, zero_s=time.monotonic(), factor=600)
    before = clock.now()
    asyncio.run(clock.sleep(60))

    assert timedelta(seconds=60) <= clock.now() - before < timedelta(hours=1)
