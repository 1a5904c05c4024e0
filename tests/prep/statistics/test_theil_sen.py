import random

import pytest
from scipy.stats import theilslopes

from dripper.prep.statistics.mann_kendall import mann_kendall
from dripper.prep.statistics.theil_sen import theil_sen


@pytest.mark.parametrize("seed", range(20))
def test_slope_and_interval_agree_with_scipy_on_uneven_times(seed: int) -> None:
    chance = random.Random(seed)
    times = sorted(chance.sample(range(1000), chance.randint(5, 60)))
    values = [0.02 * time + chance.gauss(0, 5) for time in times]
    expected = theilslopes(values, times, alpha=0.95)

    slope = theil_sen(list(zip(times, values, strict=True)), var_s=mann_kendall(values).var_s)
    assert slope.value == pytest.approx(expected.slope)
    assert (slope.low, slope.high) == (pytest.approx(expected.low_slope), pytest.approx(expected.high_slope))


def test_one_wild_value_does_not_move_the_slope() -> None:
    points = [(float(i), 2.0 * i) for i in range(9)]
    points[4] = (4.0, 900.0)

    assert theil_sen(points, var_s=mann_kendall([value for _, value in points]).var_s).value == 2.0


def test_only_points_of_one_season_are_compared() -> None:
    low, high = [(0.0, 1.0), (1.0, 2.0)], [(0.5, 100.0), (1.5, 101.0)]

    assert theil_sen(low, high, var_s=2.0).value == 1.0
