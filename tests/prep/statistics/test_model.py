import random

import pytest
from statsmodels.datasets import nile

from dripper.prep.statistics.model import Shape, best_model

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


def test_steps_are_rare_in_noise() -> None:
    shapes = [best_model(range(24), _noise(seed, 24)).shape for seed in range(200)]

    assert sum(shape in (Shape.STEPS, Shape.STEPS_ON_LINE) for shape in shapes) < 10
