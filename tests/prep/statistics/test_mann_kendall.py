import random
from collections import Counter
from itertools import permutations

import pymannkendall
import pytest
from scipy.stats import kendalltau

from dripper.prep.statistics.mann_kendall import mann_kendall

PERFECT_RUNS = {4: 0.08333333, 5: 0.01666667, 6: 0.00277778, 8: 4.96e-05}


@pytest.mark.parametrize(("length", "p"), PERFECT_RUNS.items())
def test_a_perfect_run_has_the_exact_p(length: int, p: float) -> None:
    assert mann_kendall(range(length)).p == pytest.approx(p, rel=1e-3)


def test_a_perfect_run_of_four_proves_nothing() -> None:
    assert mann_kendall([1, 2, 3, 4]).p > 0.05


@pytest.mark.parametrize("seed", range(20))
def test_short_series_agree_with_the_exact_test_of_scipy(seed: int) -> None:
    chance = random.Random(seed)
    values = chance.sample(range(1000), chance.randint(3, 10))

    assert mann_kendall(values).p == pytest.approx(kendalltau(range(len(values)), values, method="exact").pvalue)


@pytest.mark.parametrize("values", [(1, 1, 2, 3), (2, 1, 1, 2, 3), (1, 1, 1, 2, 2, 3), (5, 5, 5)], ids=str)
def test_with_ties_the_exact_p_counts_every_order(values: tuple[int, ...]) -> None:
    scores = Counter(abs(mann_kendall(order).s) for order in permutations(values))
    seen = abs(mann_kendall(values).s)

    share = sum(count for score, count in scores.items() if score >= seen) / scores.total()
    assert mann_kendall(values).p == pytest.approx(share)


@pytest.mark.parametrize("seed", range(20))
def test_long_series_with_ties_agree_with_pymannkendall(seed: int) -> None:
    chance = random.Random(seed)
    values = [chance.randint(0, 12) + i * chance.choice([0, 1]) / 5 for i in range(chance.randint(11, 80))]
    expected = pymannkendall.original_test(values)

    tested = mann_kendall(values)
    assert (tested.s, tested.var_s) == (expected.s, pytest.approx(expected.var_s))
    assert (tested.z, tested.p) == (pytest.approx(expected.z), pytest.approx(expected.p))


def test_seasons_agree_with_pymannkendall() -> None:
    chance = random.Random(7)
    values = [chance.gauss(i / 10, 3) + 20 * (i % 12 == 5) for i in range(60)]
    expected = pymannkendall.seasonal_test(values, period=12)

    tested = mann_kendall(*(values[month::12] for month in range(12)))
    assert (tested.s, tested.z, tested.p) == (expected.s, pytest.approx(expected.z), pytest.approx(expected.p))


def test_a_published_series_of_twelve_has_its_published_p() -> None:
    # pyMannKendall issue 29, second series: Hamed and Rao's correction gives no number there.
    values = [0.35257984, 0.38692909, 0.39669828, 0.36296244, 0.42035612, 0.39374964]
    values += [0.41100085, 0.43182076, 0.40815853, 0.45394297, 0.41584767, 0.47399517]

    assert mann_kendall(values).p == pytest.approx(0.003191966353548681)


def test_a_constant_series_shows_nothing() -> None:
    tested = mann_kendall([3.0] * 20)

    assert (tested.s, tested.z, tested.p) == (0, 0.0, 1.0)
