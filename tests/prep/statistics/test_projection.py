import itertools
import random
from dataclasses import replace
from math import log, sqrt

import pytest

from dripper.prep.statistics.chance import chance_above, chance_inside
from dripper.prep.statistics.normal import Z_80
from dripper.prep.statistics.projection import walk, year_spread


def test_the_interval_is_that_of_a_random_walk_with_drift() -> None:
    values = [10.0, 12.0, 11.0, 15.0, 16.0]
    steps = [b - a for a, b in itertools.pairwise(values)]
    s = sqrt(sum((step - 1.5) ** 2 for step in steps) / 3)
    low, high = walk(range(5), values).interval80(3)

    assert (low + high) / 2 == pytest.approx(16 + 3 * 1.5)
    assert (high - low) / 2 == pytest.approx(Z_80 * s * sqrt(3 * (1 + 3 / 4)))


def test_a_skipped_period_counts_as_two() -> None:
    whole, holed = walk(range(5), [0.0, 1, 2, 3, 4]), walk([0, 1, 3, 4], [0.0, 1, 3, 4])

    assert (whole.value(2), whole.s) == (holed.value(2), holed.s)


def test_a_rate_stays_between_nothing_and_all() -> None:
    low, high = walk(range(5), [90.0, 93, 91, 96, 98.5], ceiling=100).interval80(50)

    assert 0 <= low < high <= 100


def test_a_rate_that_touches_its_end_is_walked_as_it_is() -> None:
    assert walk(range(4), [97.0, 98, 99, 100], ceiling=100).value(1) == pytest.approx(101)


def test_a_rate_walks_on_the_logit_scale() -> None:
    projected = walk(range(3), [0.2, 0.5, 0.8], ceiling=1).value(1)

    assert log(projected / (1 - projected)) == pytest.approx(2 * log(4))


def test_eight_of_ten_walks_end_inside_their_interval() -> None:
    chance = random.Random(5)
    held = 0
    for _ in range(500):
        path = [0.0]
        for _ in range(40):
            path.append(path[-1] + 0.3 + chance.gauss(0, 1))
        low, high = walk(range(33), path[:33]).interval80(8)
        held += low <= path[40] <= high

    assert 0.75 < held / 500 < 0.87


def _week(kind: str, chance: random.Random, count: int) -> list[float]:
    """Return a series as weekly figures of a business go: a walk with fat tails, a noisy walk, slow waves, jumps."""
    values, level, pull = [], 100.0, 0.0
    for _ in range(count):
        fat = chance.gauss(0, 1) / (sum(chance.gauss(0, 1) ** 2 for _ in range(5)) / 5) ** 0.5
        pull = 0.9 * pull + chance.gauss(0, 1)
        jump = chance.gauss(0, 8) if chance.random() < 0.02 else 0.0
        level += {"fat": 0.1 + fat, "noisy": chance.gauss(0.05, 1), "waves": 0.0, "jumps": jump + chance.gauss(0, 0.5)}[
            kind
        ]
        values.append(level + {"fat": 0.0, "noisy": chance.gauss(0, 0.5), "waves": pull, "jumps": 0.0}[kind])
    return values


@pytest.mark.parametrize("horizon", [1, 4, 13])
def test_where_eight_of_ten_are_said_three_quarters_to_nine_tenths_come(horizon: int) -> None:
    chance = random.Random(horizon)
    held = []
    for kind in ("fat", "noisy", "waves", "jumps") * 100:
        count = chance.randint(60, 200)
        path = _week(kind, chance, count + horizon)
        low, high = walk(range(count), path[:count]).interval80(horizon)
        held.append(low <= path[-1] <= high)

    assert 0.75 <= sum(held) / len(held) <= 0.90


def test_beside_a_season_the_interval_is_at_least_that_of_the_seasonal_naive_method() -> None:
    one = walk(range(5), [10.0, 12.0, 11.0, 15.0, 16.0])
    season = replace(one, year_s=50.0, year=12.0)

    assert [season.standard_error(h) / 50 for h in (0.5, 1, 12, 12.02)] == [1] * 4
    assert [season.standard_error(h) / 50 for h in (13, 24, 25)] == pytest.approx([sqrt(2), sqrt(2), sqrt(3)])
    assert replace(one, year_s=0.01, year=12.0).standard_error(3) == one.standard_error(3)


def test_numbers_fitted_before_are_counted_off() -> None:
    values = [10.0, 12.0, 11.0, 15.0, 16.0]

    assert walk(range(5), values, fitted=2).s == pytest.approx(walk(range(5), values).s * sqrt(3))
    assert walk(range(5), values, fitted=9).s == pytest.approx(walk(range(5), values).s * sqrt(3))


def test_the_drift_of_a_single_year_cannot_be_told_from_its_spread() -> None:
    assert year_spread([3.0, 5.0], years=2) == pytest.approx(sqrt(17))
    assert year_spread([3.0, 5.0], years=3) == pytest.approx(1)
    assert year_spread([], years=2) == 0


@pytest.mark.parametrize(("goal", "tenths"), [(0.0, 1.0), (4.0, 0.5), (99.0, 0.0)])
def test_the_chance_of_a_goal_comes_in_tenths(goal: float, tenths: float) -> None:
    path = walk(range(4), [0.0, 2.0, 1.0, 3.0])

    assert chance_above(path, goal, 1) == tenths


def test_without_spread_a_goal_is_met_or_not() -> None:
    path = walk(range(4), [0.0, 1.0, 2.0, 3.0])

    assert (chance_above(path, 4.0, 1), chance_inside(path, 4.5, 9.0, 1)) == (1.0, 0.0)
