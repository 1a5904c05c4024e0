import random

import pytest
from scipy.stats import percentileofscore, rankdata

from dripper.prep.statistics.benchmark import percentile_rank, place


@pytest.mark.parametrize("seed", range(10))
def test_the_percentile_rank_is_the_mean_one_of_scipy_ties_included(seed: int) -> None:
    chance = random.Random(seed)
    peers = [float(chance.randint(0, 9)) for _ in range(chance.randint(8, 30))]
    value = float(chance.randint(0, 9))

    assert percentile_rank(value, peers) == pytest.approx(percentileofscore(peers, value, kind="mean") / 100)


@pytest.mark.parametrize("seed", range(10))
def test_a_place_is_the_competition_rank_among_all(seed: int) -> None:
    chance = random.Random(seed)
    peers, value = [float(chance.randint(0, 9)) for _ in range(5)], float(chance.randint(0, 9))

    assert place(value, peers, higher_is_better=False) == (rankdata([value, *peers], method="min")[0], 6)
    assert (
        place(value, peers, higher_is_better=True)[0] == rankdata([-value, *(-peer for peer in peers)], method="min")[0]
    )


def test_of_equal_values_all_share_the_better_place() -> None:
    assert place(5.0, [5.0, 5.0, 9.0], higher_is_better=True) == (2, 4)
    assert percentile_rank(5.0, [5.0] * 8) == 0.5
