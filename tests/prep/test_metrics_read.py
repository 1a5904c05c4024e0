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
from dripper.prep.worth import worth_of
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


def test_a_gap_of_a_year_is_told() -> None:
    old, new = series("m", range(8), last=date(2024, 8, 31)).points, series("m", range(8, 16)).points
    gapped = Series(account="acme", metric="m", points=(*old, *new))

    reading = read_metrics({"m": gapped}, (), today=TODAY)[0]
    assert "No values between 31 Aug 2024 and 31 Mar 2026." in reading.notes


def test_a_gap_between_many_gaps_is_counted() -> None:
    dates = [date(2020, 1, 1) + timedelta(weeks=week) for week in range(120) if week % 12 < 8]
    points = tuple((on, Decimal(on.day)) for on in dates)

    reading = read_metrics({"m": Series(account="", metric="m", points=points)}, (), today=TODAY)[0]
    assert [note for note in reading.notes if note.startswith("No values between")][3:] == []
    assert "6 more gaps like these." in reading.notes


def test_weekends_are_no_gaps_where_only_weekdays_have_values() -> None:
    days = [date(2026, 11, 20) - timedelta(days=i) for i in reversed(range(90))]
    points = tuple((on, Decimal(on.day)) for on in days if on.weekday() < 5)

    reading = read_metrics({"m": Series(account="", metric="m", points=points)}, (), today=TODAY)[0]
    assert not [note for note in reading.notes if note.startswith("No values between")]
    assert not reading.is_old
    assert reading.age_periods == 1


@pytest.mark.parametrize("factor", [100, 1000, Decimal("0.01")], ids=str)
@pytest.mark.parametrize("last", [1, 6, 12])
def test_values_in_another_unit_are_told_and_nothing_is_claimed(factor: Decimal, last: int) -> None:
    values = [Decimal(value) * (factor if i >= len(RETURNS) - last else 1) for i, value in enumerate(RETURNS)]

    reading = _read(values, returns_rate())
    assert reading.verdict.direction == 0
    assert (reading.progress.attainment, reading.progress.chance, reading.progress.projection) == (None, None, ())
    assert any("as if the unit had changed" in note for note in reading.notes)
    assert worth_of(reading) is None


def test_a_series_that_grows_fiftyfold_in_its_time_has_kept_its_unit() -> None:
    assert _read([round(1.15**i, 3) for i in range(36)]).rescaled_on is None


def test_a_month_of_many_days_is_old_by_its_days() -> None:
    days = [date(2023, 1, 1) + timedelta(days=i) for i in range(1400)]
    points = tuple((on, Decimal(on.day)) for on in days)

    reading = read_metrics({"m": Series(account="", metric="m", points=points)}, (), today=TODAY)[0]
    assert reading.is_old


def test_a_single_value_of_years_ago_is_old() -> None:
    assert _read([5], last=date(2023, 12, 31)).is_old
    assert not _read([5], last=date(2025, 12, 31)).is_old


def test_less_than_a_year_claims_no_chance_of_a_goal() -> None:
    reading = _read([31, 30, 29, 28, 27, 25, 24], returns_rate())

    assert reading.progress.chance is None
    assert reading.verdict is Verdict.UNCLEAR


def test_a_rate_with_a_season_is_projected_between_nothing_and_all() -> None:
    wave = [97 + 2.4 * sin(tau * i / 12) + noise / 10 for i, noise in enumerate(_noise(11, 48))]

    reading = _read([round(value, 2) for value in wave], returns_rate(goal=None, by=date(2027, 12, 31)))
    assert reading.analysis is not None
    assert reading.analysis.state is SeasonState.KNOWN
    assert all(each.value <= 100 for each in reading.progress.projection)
    assert all(each.interval80 is None or each.interval80[1] <= 100 for each in reading.progress.projection)


def test_nothing_is_projected_into_a_month_that_was_never_seen() -> None:
    summer = [date(year, month, 28) for year in range(2022, 2027) for month in range(1, 11)]
    points = tuple((on, Decimal(on.month * 3)) for on in summer)
    metric = Metric(id="m", goal=Number("40"), by=date(2026, 12, 31))

    reading = read_metrics({"m": Series(account="", metric="m", points=points)}, (metric,), today=TODAY, horizon=5)[0]
    assert [each.on.month for each in reading.progress.projection] == [1, 2, 3]
    assert (reading.progress.at_goal, reading.progress.chance) == (None, None)
    assert "Some months of the year have no values, so nothing is projected into them." in reading.notes


def test_a_goal_between_two_quarters_has_the_season_of_the_nearest() -> None:
    quarters = [date(year, month, 28) for year in range(2018, 2027) for month in (3, 6, 9, 12)][:35]
    noise = _noise(12, 35)
    points = tuple((on, Decimal(str(10 + 4 * (on.month == 12) + noise[i] / 5))) for i, on in enumerate(quarters))
    metric = Metric(id="m", goal=Number("12"), by=date(2027, 1, 31))

    reading = read_metrics({"m": Series(account="", metric="m", points=points)}, (metric,), today=TODAY)[0]
    assert reading.analysis is not None
    assert reading.analysis.state is SeasonState.KNOWN
    assert reading.progress.at_goal is not None
    assert reading.progress.at_goal.value == pytest.approx(14, abs=1)
    assert not any(note.startswith("Some months") for note in reading.notes)


def test_a_value_from_the_future_is_not_used() -> None:
    reading = _read([1, 2, 3], last=date(2026, 12, 31))

    assert reading.last_on == date(2026, 10, 31)
    assert "2 values dated after 23 Nov 2026 are not used." in reading.notes


def test_bad_rows_mark_their_metric() -> None:
    assert "3 rows of this metric could not be read." in _read([1, 2, 3], bad_rows=3).notes


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


@pytest.mark.parametrize("values", [[0.1 * -i for i in range(28)], [5] * 28], ids=["falling", "constant"])
def test_steps_that_are_all_the_same_give_no_range_and_no_chance(values: list[object]) -> None:
    reading = _read(values, Metric(id="m", goal=Number("2"), by=date(2027, 3, 31)))

    assert [each.interval80 for each in reading.progress.projection] == [None] * len(reading.progress.projection)
    assert reading.progress.chance is None
    assert any(note.startswith("Every step so far was the same") for note in reading.notes)


@pytest.mark.parametrize(("last", "is_old"), [(date(2026, 9, 30), False), (date(2026, 8, 31), True)])
def test_a_value_of_more_than_two_periods_ago_is_old(last: date, is_old: bool) -> None:
    reading = _read(RETURNS, last=last)

    assert reading.is_old is is_old
    assert any(note.startswith("The newest value is old: ") for note in reading.notes) is is_old
