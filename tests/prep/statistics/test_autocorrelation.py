import random

import pytest
from statsmodels.tsa.stattools import acf

from dripper.prep.statistics.autocorrelation import lag1


@pytest.mark.parametrize("seed", range(10))
def test_the_lag_1_correlation_is_that_of_statsmodels(seed: int) -> None:
    chance = random.Random(seed)
    values = [0.0]
    for _ in range(40):
        values.append(chance.choice([0.0, 0.7]) * values[-1] + chance.gauss(0, 1))

    assert lag1(values) == pytest.approx(acf(values, nlags=1, fft=False)[1])


@pytest.mark.parametrize("values", [[], [1.0, 2.0], [3.0] * 20], ids=["none", "two", "constant"])
def test_where_nothing_varies_nothing_is_said(values: list[float]) -> None:
    assert lag1(values) is None
