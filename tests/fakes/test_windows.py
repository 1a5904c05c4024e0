from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.windows import most_within

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("minutes", "most"),
    [
        pytest.param([], 0, id="nothing"),
        pytest.param([0, 60, 120], 1, id="an hour apart"),
        pytest.param([0, 59, 61, 120], 2, id="across the full hour"),
        pytest.param([90, 0, 10, 20, 95], 3, id="in no order"),
        pytest.param([5, 5, 5], 3, id="at once"),
    ],
)
def test_the_fullest_window(minutes: list[int], most: int) -> None:
    assert most_within([NOON + timedelta(minutes=each) for each in minutes], HOUR) == most


def test_a_window_of_no_length_holds_nothing() -> None:
    assert most_within([NOON, NOON], timedelta()) == 0


@given(st.lists(st.integers(0, 400)))
def test_it_is_what_looking_at_every_window_finds(minutes: list[int]) -> None:
    instants = [NOON + timedelta(minutes=each) for each in minutes]
    counts = [sum(end - HOUR < at <= end for at in instants) for end in instants]

    assert most_within(instants, HOUR) == max(counts, default=0)
