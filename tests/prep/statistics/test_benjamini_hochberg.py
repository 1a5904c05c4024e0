import random

import pytest
from scipy.stats import false_discovery_control

from dripper.prep.statistics.benjamini_hochberg import benjamini_hochberg


@pytest.mark.parametrize("seed", range(10))
def test_adjusted_values_agree_with_scipy(seed: int) -> None:
    chance = random.Random(seed)
    p_values = [chance.random() ** 2 for _ in range(15)]

    assert benjamini_hochberg(p_values) == pytest.approx(list(false_discovery_control(p_values)))


def test_one_find_in_twenty_is_no_find() -> None:
    assert min(benjamini_hochberg([0.04] + [0.5] * 19)) > 0.05


def test_nothing_tested_gives_nothing() -> None:
    assert benjamini_hochberg([]) == []
