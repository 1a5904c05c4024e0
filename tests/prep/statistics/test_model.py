import random
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.datasets import nile

from dripper.prep.statistics.least_squares import bic, least_squares
from dripper.prep.statistics.model import Shape, best_model
from dripper.prep.statistics.steps import fit_steps, steps

NILE = [float(volume) for volume in nile.load_pandas().data["volume"]]


def _noise(seed: int, count: int, spread: float = 1.0) -> list[float]:
    chance = random.Random(seed)
    return [chance.gauss(0, spread) for _ in range(count)]


def test_the_nile_fell_once_after_1898_and_does_not_fall_steadily() -> None:
    model = best_model(range(100), NILE)

    assert (model.shape, model.starts) == (Shape.STEPS, (1899 - 1871,))
    assert model.fit.fitted[27:29] == pytest.approx((1097.75, 849.972), abs=1e-3)


def test_a_step_on_a_line_is_found_at_its_place() -> None:
    values = [i + (10.0 if i > 75 else 0.0) + noise for i, noise in enumerate(_noise(1, 100), start=1)]

    model = best_model(range(100), values)
    assert (model.shape, model.starts) == (Shape.STEPS_ON_LINE, (75,))
    assert model.fit.coefficients[1] == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("seed", range(10))
def test_a_line_is_no_staircase(seed: int) -> None:
    values = [0.3 * i + noise for i, noise in enumerate(_noise(seed, 60))]

    assert best_model(range(60), values).starts == ()


def test_steady_growth_is_no_staircase() -> None:
    assert best_model(range(60), [100 * 1.05**i for i in range(60)]).shape is Shape.CURVE


def test_two_steps_are_two_steps() -> None:
    values = [level + noise for level, noise in zip([0] * 15 + [8] * 15 + [3] * 15, _noise(3, 45), strict=True)]

    assert best_model(range(45), values).starts == (15, 30)


@pytest.mark.parametrize(
    "values", [[0.0] * 7 + [9.0] * 4, [0.0] * 17 + [9.0] * 3, [5.0] * 30], ids=["eleven values", "three days", "flat"]
)
def test_no_step_where_a_level_cannot_be_seen(values: list[float]) -> None:
    assert best_model(range(len(values)), values).starts == ()


def test_steps_are_rare_in_a_walk_that_goes_nowhere() -> None:
    walks = [list(accumulate(_noise(seed, 60))) for seed in range(100)]

    assert sum(bool(best_model(range(60), values).starts) for values in walks) < 10


def test_a_step_among_values_that_resemble_each_other_is_still_one() -> None:
    found = 0
    for seed in range(50):
        noise, cling = _noise(seed, 60), 0.0
        for i, new in enumerate(noise):
            noise[i] = cling = 0.5 * cling + new
        starts = best_model(range(60), [x + 5 * (i >= 30) for i, x in enumerate(noise)]).starts
        found += any(28 <= start <= 32 for start in starts)

    assert found > 40


def test_steps_are_rare_in_noise() -> None:
    shapes = [best_model(range(24), _noise(seed, 24)).shape for seed in range(200)]

    assert sum(shape in (Shape.STEPS, Shape.STEPS_ON_LINE) for shape in shapes) < 10


@pytest.mark.parametrize("seed", range(20))
def test_no_staircase_that_was_passed_over_is_better(seed: int) -> None:
    values = [0.1 * (seed % 3) * i + 4 * (i > 20) - 3 * (i > 41) + noise for i, noise in enumerate(_noise(seed, 60, 2))]
    constant, line = [1.0] * 60, [float(i) for i in range(60)]
    total = least_squares([constant], values).rss
    model = best_model(line, values)

    reached = bic(model.fit.rss, count=60, parameters=model.parameters, total=total)
    for columns in ([constant], [constant, line]):
        found = steps(values, columns[1:])
        for count in range(1, len(found) + 1):
            rss = fit_steps(values, columns, sorted(found[:count])).rss
            assert bic(rss, count=60, parameters=len(columns) + 2 * count, total=total) >= reached


@given(
    values=st.lists(st.integers(-50, 50).map(float), min_size=12, max_size=40),
    starts=st.sets(st.integers(1, 39), max_size=4),
    with_line=st.booleans(),
)
def test_steps_are_fitted_as_least_squares_fits_them(values: list[float], starts: set[int], with_line: bool) -> None:
    count = len(values)
    places = sorted(at for at in starts if at < count)
    columns = [[1.0] * count, *([[float(i) ** 1.5 for i in range(count)]] if with_line else [])]
    every = [*columns, *([0.0] * at + [1.0] * (count - at) for at in places)]
    known, found = least_squares(every, values), fit_steps(values, columns, places)
    rebuilt = [sum(c * x for c, x in zip(found.coefficients, row, strict=True)) for row in zip(*every, strict=True)]

    assert found.rss == pytest.approx(known.rss, abs=1e-6)
    assert found.fitted == pytest.approx(known.fitted, abs=1e-6)
    assert rebuilt == pytest.approx(found.fitted, abs=1e-6)
    for unit in found.basis:
        assert sum(x * x for x in unit) == pytest.approx(1.0 if any(unit) else 0.0)
        assert sum(x * y for x, y in zip(unit, found.rest, strict=True)) == pytest.approx(0.0, abs=1e-6)
