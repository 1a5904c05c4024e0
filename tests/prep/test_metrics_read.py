import random
from datetime import date, timedelta
from decimal import Decimal
from math import sin, tau

import pytest
from fakes.accounts import RETURNS, TODAY, returns_rate, series
from statsmodels.datasets import nile

from dripper.prep.analysis import SeasonState
from dripper.prep.metrics import read_metrics
from dripper.prep.reading import Reading, Verdict
from dripper.prep.say import goal_words
from dripper.workspace.model.account import Better, Metric
from dripper.workspace.model.values import Number
from dripper.workspace.model.workspace import Series


def _read(values: list[object], metric: Metric | None = None, **changes: object) -> Reading:
    one = metric or Metric(id="m")
    return read_metrics({one.id: series(one.id, values, **changes)}, (one,), today=TODAY)[0]


def _noise(seed: int, count: int) -> list[float]:
    chance = random.Random(seed)
    return [round(chance.gauss(0, 1), 3) for _ in range(count)]


def test_the_nile_stepped_down_in_1899() -> None:
    data = nile.load_pandas().data
    points = tuple((date(int(year), 1, 1), Decimal(str(volume))) for year, volume in data.to_numpy())

    reading = read_metrics({"nile": Series(account="", metric="nile", points=points)}, (), today=TODAY)[0]
    assert (reading.verdict, [step.on for step in reading.steps]) == (Verdict.STEP_DOWN, [date(1899, 1, 1)])
    assert (round(reading.steps[0].before, 1), round(reading.steps[0].after, 1)) == (1097.8, 850.0)


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ([1, 2, 3, 4], Verdict.TOO_SHORT),
        ([1], Verdict.TOO_SHORT),
        ([], Verdict.TOO_SHORT),
        ([5] * 24, Verdict.FLAT),
        ([100 + noise / 2 for noise in _noise(1, 36)], Verdict.FLAT),
        ([10 + 5 * noise for noise in _noise(2, 36)], Verdict.UNCLEAR),
        ([i + noise for i, noise in enumerate(_noise(3, 30))], Verdict.RISING),
        ([-i + noise for i, noise in enumerate(_noise(4, 30))], Verdict.FALLING),
        ([5 * (i >= 15) + noise for i, noise in enumerate(_noise(5, 30))], Verdict.STEP_UP),
        (list(range(1, 7)), Verdict.UNCLEAR),
    ],
    ids=["four", "one", "none", "constant", "steady", "noise", "line", "line down", "step", "half a year"],
)
def test_what_may_be_claimed(values: list[object], verdict: Verdict) -> None:
    assert _read(values).verdict is verdict


@pytest.mark.parametrize("start", range(12))
def test_no_window_of_six_months_of_a_season_is_a_trend(start: int) -> None:
    wave = [50 + 10 * sin(tau * (start + i) / 12) for i in range(6)]

    reading = _read(wave)
    assert reading.verdict is Verdict.UNCLEAR
    assert any("less than a year" in note for note in reading.notes)


@pytest.mark.parametrize("count", [12, 15, 18, 21])
@pytest.mark.parametrize("start", range(0, 12, 3))
def test_no_window_of_one_to_two_years_of_a_season_is_a_trend(start: int, count: int) -> None:
    noise = _noise(start, count)
    wave = [50 + 10 * sin(tau * (start + i) / 12) + noise[i] for i in range(count)]

    assert _read(wave).verdict.direction == 0


def test_a_step_within_one_year_may_be_a_season() -> None:
    assert _read([10.0 + 5 * (i >= 7) + noise for i, noise in enumerate(_noise(6, 13))]).verdict is Verdict.UNCLEAR


def test_a_season_is_taken_out_before_the_trend() -> None:
    values = [20 + i / 4 + 9 * sin(tau * i / 12) + noise / 2 for i, noise in enumerate(_noise(7, 36))]

    reading = _read(values)
    assert reading.analysis is not None
    assert (reading.verdict, reading.analysis.state) == (Verdict.RISING, SeasonState.KNOWN)
    assert reading.analysis.slope.value == pytest.approx(3.0, abs=0.4)


def test_a_step_beside_a_season_keeps_its_date() -> None:
    values = [20 + 8 * (i >= 20) + 9 * sin(tau * i / 12) + noise / 2 for i, noise in enumerate(_noise(8, 36))]

    reading = _read(values)
    assert reading.verdict is Verdict.STEP_UP
    assert reading.steps[0].on == reading.points[20][0]


@pytest.mark.parametrize("seed", range(10))
def test_twenty_metrics_of_noise_claim_nothing_but_rarely(seed: int) -> None:
    names = [f"m{i}" for i in range(20)]
    noise = {name: series(name, _noise(100 * seed + i, 36)) for i, name in enumerate(names)}

    claimed = [reading.id for reading in read_metrics(noise, (), today=TODAY) if reading.verdict.direction]
    assert claimed == []


def test_neighbours_that_resemble_each_other_are_told() -> None:
    walk = [0.0]
    for noise in _noise(9, 60):
        walk.append(0.9 * walk[-1] + noise)

    reading = _read(walk)
    assert any("Neighbouring values resemble each other" in note for note in reading.notes)


def test_a_declared_metric_without_values_is_still_listed() -> None:
    reading = read_metrics({}, (returns_rate(),), today=TODAY)[0]

    assert (reading.points, reading.notes) == ((), ("No values.",))


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"goal": Number("31.2")}, "The goal equals the baseline"),
        ({"goal": Number("40")}, "the goal lies the other way"),
        ({"baseline": None}, "No baseline"),
    ],
    ids=["goal is baseline", "wrong way", "no baseline"],
)
def test_an_attainment_that_cannot_be_measured_is_not_claimed(changes: dict[str, object], note: str) -> None:
    reading = _read(RETURNS, returns_rate(**changes))

    assert reading.progress.attainment is None
    assert any(note in each for each in reading.notes)


def test_a_band_counts_what_lies_inside() -> None:
    band = Metric(id="m", better=Better.parse([10, 15]), by=date(2027, 3, 31))

    progress = _read([9, 11, 12, 14, 16, 12, 13, 12] * 2, band).progress
    assert progress.attainment == 0.75
    assert progress.chance is not None


def test_the_projection_goes_to_the_goals_date() -> None:
    progress = _read(RETURNS, returns_rate()).progress

    assert (progress.projection[0].on, progress.projection[-1].on) == (date(2026, 11, 30), date(2027, 6, 30))
    assert progress.at_goal is not None
    assert progress.at_goal.interval80 is not None
    low, high = progress.at_goal.interval80
    assert low < progress.at_goal.value < high


def test_a_horizon_is_what_was_asked_for() -> None:
    reading = read_metrics({"m": series("m", RETURNS)}, (), today=TODAY, horizon=2)[0]

    assert [projected.on for projected in reading.progress.projection] == [date(2026, 11, 30), date(2026, 12, 31)]


def test_a_goals_date_that_has_passed_gives_no_chance() -> None:
    reading = _read(RETURNS, returns_rate(by=date(2026, 6, 30)))

    assert reading.progress.chance is None
    assert "The goal's date, 30 Jun 2026, has passed." in reading.notes
    assert goal_words(reading).startswith("the goal was 23.0% by 30 Jun 2026, and ")


def test_a_series_of_many_days_is_taken_by_its_months() -> None:
    days = [date(2021, 1, 1) + timedelta(days=i) for i in range(1500)]
    points = tuple((on, Decimal(on.year - 2000 + on.month) / 10) for on in days)

    reading = read_metrics({"m": Series(account="", metric="m", points=points)}, (), today=TODAY)[0]
    assert reading.analysis is not None
    assert (len(reading.points), len(reading.analysis.values)) == (1500, 50)
    assert any(note.startswith("Taken by the medians of its months: 1,500 values") for note in reading.notes)


def test_of_two_steps_the_larger_is_the_verdict() -> None:
    levels = [0] * 15 + [9] * 15 + [6] * 15

    reading = _read([level + noise / 2 for level, noise in zip(levels, _noise(10, 45), strict=True)])
    assert (reading.verdict, len(reading.steps)) == (Verdict.STEP_UP, 2)


YEAR = (100, 120, 130, 110, 90, 80, 70, 60, 75, 85, 95, 140)
EVEN: dict[str, list[object]] = {
    "falling": [0.1 * -i for i in range(28)],
    "constant": [5] * 28,
    "the same year again": [YEAR[i % 12] for i in range(36)],
    "the same year, a little higher": [YEAR[i % 12] + 2 * i for i in range(36)],
    "a line as far as its digits tell": [round(3.37 * i) for i in range(36)],
    "a year and a line as far as their digits tell": [round(YEAR[i % 12] + 1.7 * i) for i in range(48)],
}


@pytest.mark.parametrize("values", EVEN.values(), ids=EVEN)
def test_steps_that_are_all_the_same_give_no_range_and_no_chance(values: list[object]) -> None:
    reading = _read(values, Metric(id="m", goal=Number("2"), by=date(2027, 3, 31)))

    assert [each.interval80 for each in reading.progress.projection] == [None] * len(reading.progress.projection)
    assert reading.progress.chance is None
    assert any(note.startswith("Every step so far was the same") for note in reading.notes)


@pytest.mark.parametrize("values", [[5, 6, 5, 5, 6, 5, 6] * 4, [*[5] * 20, 9, *[9] * 10]], ids=["to and fro", "once"])
def test_steps_that_differ_have_a_range_wider_than_a_digit(values: list[object]) -> None:
    reading = _read(values)

    assert reading.progress.projection
    for each in reading.progress.projection:
        assert each.interval80 is not None
        assert each.interval80[1] - each.interval80[0] > 1


def test_a_goal_whose_date_has_passed_since_the_last_value_is_not_looked_ahead_to() -> None:
    reading = _read(RETURNS, returns_rate(by=date(2026, 11, 15)))

    assert (reading.progress.at_goal, reading.progress.chance, reading.progress.pace) == (None, None, None)


@pytest.mark.parametrize(("last", "is_old"), [(date(2026, 9, 30), False), (date(2026, 8, 31), True)])
def test_a_value_of_more_than_two_periods_ago_is_old(last: date, is_old: bool) -> None:
    reading = _read(RETURNS, last=last)

    assert reading.is_old is is_old
    assert any(note.startswith("The newest value is old: ") for note in reading.notes) is is_old


@pytest.mark.parametrize(("goal", "is_paced"), [("23.0", True), ("24.0", False), ("31.2", False)])
def test_a_goal_that_is_reached_needs_no_pace(goal: str, is_paced: bool) -> None:
    assert (_read(RETURNS, returns_rate(goal=Number(goal))).progress.pace is not None) is is_paced
