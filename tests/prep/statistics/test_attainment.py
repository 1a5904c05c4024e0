import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.prep.statistics.attainment import attainment, share_inside

CASES = {
    "on the way up": (21.0, 28.0, 26.4, 0.7714),
    "on the way down": (10.0, 5.0, 7.5, 0.5),
    "past the goal, never capped": (21.0, 28.0, 35.0, 2.0),
    "the wrong way, never capped": (21.0, 28.0, 14.0, -1.0),
}


@pytest.mark.parametrize(("baseline", "goal", "now", "expected"), CASES.values(), ids=CASES)
def test_attainment_is_the_share_of_the_way(baseline: float, goal: float, now: float, expected: float) -> None:
    assert attainment(baseline=baseline, goal=goal, now=now) == pytest.approx(expected, abs=1e-4)


def test_at_the_baseline_of_a_goal_below_it_nothing_is_attained_without_a_sign() -> None:
    assert str(attainment(baseline=31.2, goal=23.0, now=31.2)) == "0.0"


def test_a_goal_that_is_the_baseline_gives_no_attainment() -> None:
    assert attainment(baseline=5.0, goal=5.0, now=7.0) is None


@given(st.integers(-99, 99), st.integers(-99, 99), st.integers(-99, 99))
def test_looking_from_the_goal_back_mirrors_the_share(baseline: int, goal: int, now: int) -> None:
    there, back = (attainment(baseline=a, goal=b, now=now) for a, b in ((baseline, goal), (goal, baseline)))

    assert (there is None and back is None) or there + back == pytest.approx(1)


def test_a_band_counts_its_ends_as_inside() -> None:
    assert share_inside([9.9, 10, 12, 15, 15.1], low=10, high=15) == 0.6
