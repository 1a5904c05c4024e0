"""Every figure of a reading made again by other people's code, from the rows alone."""

import random
from datetime import date
from decimal import Decimal
from math import sqrt

import numpy as np
import pymannkendall
import pytest
import ruptures
from fakes.accounts import TODAY, month_ends, returns_rate
from scipy.stats import false_discovery_control, kendalltau, norm, theilslopes

from dripper.pages.metrics import reading_json
from dripper.prep.metrics import read_metrics
from dripper.prep.reading import Reading, Verdict
from dripper.prep.statistics.pettitt import pettitt
from dripper.prep.statistics.steps import steps
from dripper.workspace.model.account import Kind, Metric
from dripper.workspace.model.values import Number
from dripper.workspace.model.workspace import Series

SEEDS = range(12)


def _read(values: list[float], dates: list[date], metric: Metric) -> Reading:
    points = tuple((on, Decimal(str(value))) for on, value in zip(dates, values, strict=True))
    series = {metric.id: Series(account="a", metric=metric.id, points=points)}
    return read_metrics(series, (metric,), today=TODAY)[0]


def _drifting(seed: int) -> tuple[list[float], list[date], Metric]:
    chance = random.Random(seed)
    count = chance.randint(12, 23)
    slope = chance.choice([-0.3, 0, 0.25])
    values = [round(60 + slope * i + chance.gauss(0, 1.5), chance.choice([0, 1])) for i in range(count)]
    baseline, goal = values[0] + 0.5, values[0] + chance.choice([-9, 9])
    better = returns_rate().better if goal < baseline else type(returns_rate().better)(way="higher")
    metric = returns_rate(
        kind=Kind.LEVEL, unit="", better=better, baseline=Number(str(baseline)), goal=Number(str(goal)), benchmark=None
    )
    return values, month_ends(count), metric


@pytest.mark.parametrize("seed", SEEDS)
def test_trend_and_its_interval(seed: int) -> None:
    values, dates, metric = _drifting(seed)
    analysis = _read(values, dates, metric).analysis
    assert analysis is not None
    years = np.array([(on - dates[0]).days for on in dates]) / 365.25
    expected = theilslopes(values, years, alpha=0.95)

    # scipy ranks the interval with the ties of the values, as Sen does.
    assert analysis.slope.value == pytest.approx(expected.slope)
    assert (analysis.slope.low, analysis.slope.high) == pytest.approx((expected.low_slope, expected.high_slope))
    assert analysis.mann_kendall.p == pytest.approx(pymannkendall.original_test(values).p)


@pytest.mark.parametrize("seed", SEEDS)
def test_attainment_pace_projection_and_chance(seed: int) -> None:
    values, dates, metric = _drifting(seed)
    reading = _read(values, dates, metric)
    assert metric.goal is not None
    assert metric.baseline is not None
    assert metric.by is not None
    goal, baseline = float(metric.goal), float(metric.baseline)
    change = np.diff(values)
    drift, spread = change.mean(), change.std(ddof=1)
    h = (metric.by - dates[-1]).days / (365.25 / 12)
    middle, error = values[-1] + drift * h, spread * sqrt(h * (1 + h / (len(values) - 1)))
    said = reading_json(reading)

    assert said["attainment"] == pytest.approx((values[-1] - baseline) / (goal - baseline))
    assert reading.progress.pace is not None
    assert reading.progress.pace.needed == pytest.approx((goal - values[-1]) / ((metric.by - dates[-1]).days / 365.25))
    at_goal = reading.progress.at_goal
    assert at_goal is not None
    assert at_goal.interval80 is not None
    assert at_goal.value == pytest.approx(middle)
    assert at_goal.interval80 == pytest.approx(norm.interval(0.8, middle, error))
    tail = norm.sf(goal, middle, error) if goal > baseline else norm.cdf(goal, middle, error)
    assert said["chance_of_goal"] == pytest.approx(tail, abs=0.05 + 1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_step_is_dated_as_by_dynamic_programming(seed: int) -> None:
    chance = random.Random(seed)
    at, count = chance.randint(8, 20), 30
    values = [round(40 + 6 * (i >= at) + chance.gauss(0, 1), 2) for i in range(count)]
    expected = ruptures.Dynp(model="l2", min_size=4, jump=1).fit(np.array(values)).predict(n_bkps=1)[0]

    reading = _read(values, month_ends(count), returns_rate(unit=""))
    assert reading.verdict is Verdict.STEP_UP
    assert [step.on for step in reading.steps] == [month_ends(count)[expected]]
    assert reading.steps[0].before == pytest.approx(np.mean(values[:expected]))
    assert reading.steps[0].after == pytest.approx(np.mean(values[expected:]))


@pytest.mark.parametrize("seed", SEEDS)
def test_two_steps_are_dated_as_by_dynamic_programming(seed: int) -> None:
    chance = random.Random(seed)
    first = chance.randint(12, 20)
    second = first + chance.randint(12, 20)
    values = [10 + 6 * (i >= first) - 9 * (i >= second) + chance.gauss(0, 1) for i in range(second + 15)]
    expected = ruptures.Dynp(model="l2", min_size=4, jump=1).fit(np.array(values)).predict(n_bkps=2)[:-1]

    assert sorted(steps(values))[:2] == expected or len(steps(values)) > 2


@pytest.mark.parametrize("seed", SEEDS)
def test_pettitt_by_its_definition(seed: int) -> None:
    chance = random.Random(seed)
    values = [chance.randint(0, 9) + 4 * (i > 11) for i in range(chance.randint(14, 40))]
    n = len(values)
    signs = np.sign(np.subtract.outer(values, values))
    scores = [abs(signs[:t, t:].sum()) for t in range(1, n)]
    k = max(scores)

    change = pettitt(values)
    assert (change.k, change.at) == (k, scores.index(k) + 1)
    assert change.p == pytest.approx(min(1.0, 2 * np.exp(-6 * k**2 / (n**3 + n**2))))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_short_series_has_the_exact_p(seed: int) -> None:
    chance = random.Random(seed)
    values = [float(value) for value in chance.sample(range(100), chance.randint(5, 10))]
    dates = [date(2026 - len(values) + i, 12, 31) for i in range(len(values))]

    analysis = _read(values, dates, returns_rate(unit="", kind=Kind.LEVEL)).analysis
    assert analysis is not None
    assert analysis.mann_kendall.p == pytest.approx(kendalltau(range(len(values)), values, method="exact").pvalue)


def test_what_is_claimed_is_what_is_left_after_all_tests_of_the_account() -> None:
    chance = random.Random(5)
    slopes = (0.0, 0.02, 0.05, 0.1, 0.3)
    known = {f"m{k}": [round(slope * i + chance.gauss(0, 1), 2) for i in range(36)] for k, slope in enumerate(slopes)}
    series = {
        name: Series(
            account="a", metric=name, points=tuple(zip(month_ends(36), (Decimal(str(v)) for v in values), strict=True))
        )
        for name, values in known.items()
    }
    readings = read_metrics(series, (), today=TODAY)
    tests = [p for reading in readings if reading.analysis for p in reading.analysis.tests]
    adjusted = dict(zip(tests, false_discovery_control(tests), strict=True))

    assert len(tests) == 3 * len(slopes)
    for reading in readings:
        assert reading.analysis is not None
        assert reading.q == pytest.approx(adjusted[reading.analysis.own_p])
