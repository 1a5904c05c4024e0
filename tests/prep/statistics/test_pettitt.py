import random

import pytest
from scipy.stats import rankdata

from dripper.prep.statistics.least_squares import least_squares
from dripper.prep.statistics.pettitt import pettitt, standings

# Pettitt (1979), table 1, as printed with the R package wq.
TABLE_1 = [-1.05, 0.96, 1.22, 0.58, -0.98, -0.03, -1.54, -0.71, -0.35, 0.66, 0.44, 0.91, -0.02, -1.42, 1.26, -1.02]
TABLE_1 += [-0.81, 1.66, 1.05, 0.97, 2.14, 1.22, -0.24, 1.60, 0.72, -0.12, 0.44, 0.03, 0.66, 0.56, 1.37, 1.66, 0.10]
TABLE_1 += [0.80, 1.29, 0.49, -0.07, 1.18, 3.29, 1.84]


def test_pettitts_own_example() -> None:
    change = pettitt(TABLE_1)

    assert (change.at, change.k) == (17, 232)
    assert change.p == pytest.approx(0.0146, abs=2e-4)


def test_a_line_hides_the_step_that_stands_on_it_until_it_is_taken_out() -> None:
    values = [i + (10 if i > 75 else 0) for i in range(1, 101)]
    line = least_squares([[1.0] * 100, list(range(100))], values)

    assert pettitt(values).at == 50
    assert pettitt(line.rest).at == 75


def test_no_level_may_be_shorter_than_asked() -> None:
    assert pettitt([0.0] * 11 + [9.0], shortest=4).at == 8


def test_a_constant_series_has_no_change() -> None:
    assert pettitt([5.0] * 12).p == 1.0


@pytest.mark.parametrize("seed", range(10))
def test_ranks_agree_with_scipy(seed: int) -> None:
    chance = random.Random(seed)
    values = [float(chance.randint(0, 9)) for _ in range(30)]

    assert [(standing + 31) / 2 for standing in standings(values)] == list(rankdata(values))
