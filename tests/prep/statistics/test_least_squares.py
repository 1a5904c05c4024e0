import random

import numpy as np
import pytest
from statsmodels.datasets import longley

from dripper.prep.statistics.least_squares import bic, least_squares


@pytest.mark.parametrize("seed", range(10))
def test_fits_agree_with_numpy(seed: int) -> None:
    chance = random.Random(seed)
    columns = [[1.0] * 20, *([chance.gauss(0, 1) for _ in range(20)] for _ in range(3))]
    values = [chance.gauss(0, 5) for _ in range(20)]
    expected, rss, _, _ = np.linalg.lstsq(np.array(columns).T, np.array(values), rcond=None)

    fit = least_squares(columns, values)
    assert fit.coefficients == pytest.approx(tuple(expected))
    assert fit.rss == pytest.approx(rss[0])


def test_longley_is_fitted_to_ten_digits_as_nist_certifies_it() -> None:
    data = longley.load_pandas().data
    certified = (-3482258.63459582, 15.0618722713733, -0.0358191792925910, -2.02022980381683)
    certified += (-1.03322686717359, -0.0511041056535807, 1829.15146461355)

    columns = [[1.0] * len(data), *(data[name].to_list() for name in data.columns if name != "TOTEMP")]
    fit = least_squares(columns, data["TOTEMP"].to_list())
    assert fit.coefficients == pytest.approx(certified, rel=1e-7)
    assert fit.rss == pytest.approx(836424.055505915, rel=1e-9)


def test_a_column_that_says_nothing_new_gets_no_weight() -> None:
    fit = least_squares([[1.0, 1.0, 1.0], [2.0, 2.0, 2.0]], [1.0, 2.0, 3.0])

    assert fit.coefficients == pytest.approx((2.0, 0.0))
    assert fit.rss == pytest.approx(2.0)


def test_a_fit_beside_others_is_the_fit_of_all() -> None:
    chance = random.Random(1)
    columns = [[1.0] * 20, *([chance.gauss(0, 1) for _ in range(20)] for _ in range(4))]
    values = [chance.gauss(0, 5) for _ in range(20)]

    first, every = least_squares(columns[:3], values), least_squares(columns, values)
    later = least_squares(columns[3:], first.rest, beside=first.basis)
    assert later.coefficients == pytest.approx(every.coefficients[3:])
    assert (later.rest, later.rss) == (pytest.approx(every.rest), pytest.approx(every.rss))


def test_of_two_exact_fits_the_one_with_fewer_parameters_wins() -> None:
    assert bic(0.0, count=20, parameters=2, total=9.0) < bic(1e-30, count=20, parameters=3, total=9.0)


def test_values_that_are_all_equal_can_be_weighed_too() -> None:
    assert bic(0.0, count=14, parameters=1, total=0.0) < bic(0.0, count=14, parameters=2, total=0.0)
