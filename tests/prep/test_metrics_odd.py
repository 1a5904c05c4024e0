"""Series as they come: with gaps, weekends, other units, seasons in the way, and values from the future."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from math import sin, tau
from typing import Any

import pytest
from fakes.accounts import RETURNS, TODAY, returns_rate, series

from dripper.pages.metrics import reading_json
from dripper.prep.analysis import SeasonState
from dripper.prep.demands import answer_all
from dripper.prep.figures import figures_of
from dripper.prep.metrics import read_metrics
from dripper.prep.reading import Progress, Reading, Verdict
from dripper.prep.say import among_peers, movement, peers_back, sentence
from dripper.prep.worth import worth_of
from dripper.workspace.model.account import Benchmark, Better, Kind, Metric, Side
from dripper.workspace.model.negotiation import Demand
from dripper.workspace.model.values import Number
from dripper.workspace.model.workspace import Series

BAND = Better(way="band", low=Number("23"), high=Number("25"))


def _read(values: list[object], metric: Metric | None = None, **changes: object) -> Reading:
    one = metric or Metric(id="m")
    return read_metrics({one.id: series(one.id, values, **changes)}, (one,), today=TODAY)[0]


def _noise(seed: int, count: int) -> list[float]:
    chance = random.Random(seed)
    return [round(chance.gauss(0, 1), 3) for _ in range(count)]


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


def test_values_in_another_unit_are_set_against_nothing() -> None:
    reading = _read([*RETURNS[:-1], "0.24"], returns_rate())

    assert (among_peers(reading), peers_back(Side.US, reading)) == ("", False)
    assert answer_all((Demand(said="Too dear", answer="returns_rate"),), (reading,))[0].answer == ""
    assert sentence(reading).startswith("Returns rate stands at 0.24% on 31 Oct 2026, with values of another size from")
    assert [figure.name for figure in figures_of(reading)] == ["baseline", "goal", "now", "first, lowest, highest"]
    told = reading_json(reading)
    assert [told[each] for each in ("slope_per_year", "slope_interval", "mann_kendall", "lag1")] == [None] * 4


OTHER_UNITS: dict[str, tuple[list[object], dict[str, Any], str]] = {
    "shares beside percent": (["0.31", "0.24"] * 8, {}, "baseline, benchmark and goal"),
    "a single value": (["0.24"], {"benchmark": None}, "baseline and goal"),
    "no baseline": (["0.31", "0.24"] * 8, {"baseline": None, "benchmark": None}, "goal"),
    "a band": (["0.31", "0.24"] * 8, {"better": BAND, "goal": None}, "baseline, benchmark and band"),
    "thousands": ([31000, 24000] * 8, {"kind": Kind.LEVEL, "unit": "EUR", "goal": None}, "baseline and benchmark"),
}


@pytest.mark.parametrize(("values", "changes", "than"), OTHER_UNITS.values(), ids=OTHER_UNITS)
def test_values_of_another_unit_than_what_is_stated_are_set_against_nothing(
    values: list[object], changes: dict[str, Any], than: str
) -> None:
    reading = _read(values, returns_rate(**changes))

    assert movement(reading) == f"values of another size than its {than}, as if the unit were another"
    assert reading.verdict is Verdict.UNCLEAR
    assert reading.progress == Progress()
    assert (among_peers(reading), worth_of(reading)) == ("", None)
    assert reading.notes[0].endswith("nothing is claimed until all of it is written in one unit.")


ONE_UNIT: dict[str, tuple[list[object], dict[str, Any]]] = {
    "on the way to a far goal": ([2, 3, 5], {"baseline": None, "benchmark": None, "unit": "", "kind": Kind.LEVEL}),
    "from nothing": ([2, 3, 5], {"baseline": Number(0), "goal": Number(900), "benchmark": None}),
    "most of the way": ([150, 900], {"baseline": Number(3), "goal": Number(1000), "benchmark": None}),
    "nothing any more": ([0, 0, 0], {}),
    "nothing stated": (["0.24"] * 9, {"baseline": None, "benchmark": None, "goal": None}),
}


@pytest.mark.parametrize(("values", "changes"), ONE_UNIT.values(), ids=ONE_UNIT)
def test_what_is_far_from_where_it_began_or_goes_has_kept_its_unit(
    values: list[object], changes: dict[str, Any]
) -> None:
    assert _read(values, returns_rate(**changes)).is_comparable


def test_peers_of_another_unit_are_no_peers() -> None:
    peers = Benchmark(values=(Number("0.22"), Number("0.28")), source="Retail panel 2026")

    assert among_peers(_read(RETURNS, returns_rate(benchmark=peers))) == ""
    assert _read(RETURNS, returns_rate(benchmark=peers)).is_comparable


def test_values_under_a_name_that_is_nearly_that_of_a_metric_are_told() -> None:
    data = {"Returns-Rate": series("Returns-Rate", RETURNS)}

    known, unknown = read_metrics(data, (returns_rate(),), today=TODAY)
    assert known.notes == ("No values.",)
    assert unknown.notes[0] == (
        "account.toml has “returns_rate”, not “Returns-Rate”: nothing of these values is counted there."
    )


def test_a_band_has_no_place_among_peers() -> None:
    reading = _read(RETURNS, returns_rate(better=BAND, goal=None))

    assert "peers" not in [figure.name for figure in figures_of(reading)]


def test_a_series_that_grows_fiftyfold_in_its_time_has_kept_its_unit() -> None:
    assert _read([round(1.15**i, 3) for i in range(36)]).is_comparable


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


@pytest.mark.parametrize("horizon", [1, 3, 6, 12])
@pytest.mark.parametrize("years", [2, 3])
def test_of_what_comes_after_a_season_of_few_years_three_quarters_lie_in_the_range(years: int, horizon: int) -> None:
    chance, held = random.Random(years), []
    while len(held) < 120:
        # Every month has a size of its own, and beside it the level wanders.
        months, level, path = [chance.gauss(0, 4) for _ in range(12)], 100.0, []
        for i in range(12 * years + horizon):
            level += chance.gauss(0, 0.5)
            path.append(round(level + months[i % 12], 2))
        reading = read_metrics({"m": series("m", path[: 12 * years])}, (), today=TODAY, horizon=horizon)[0]
        ends = reading.progress.projection[-1].interval80
        if reading.analysis is None or reading.analysis.season is None or ends is None:
            continue
        held.append(ends[0] <= path[-1] <= ends[1])

    assert sum(held) / len(held) >= 0.75


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


def test_what_of_the_attainment_is_the_seasons_is_told() -> None:
    orders = [100 + 40 * (i % 12 == 11) + noise for i, noise in enumerate(_noise(13, 48))]
    metric = Metric(id="m", baseline=Number("100"), goal=Number("150"))

    reading = _read([round(value, 1) for value in orders], metric, last=date(2025, 12, 31))
    assert reading.progress.attainment == pytest.approx(0.8, abs=0.1)
    (note,) = (note for note in reading.notes if note.startswith("Its last month is usually +"))
    assert 0 <= int(note.split("without that ")[1].partition("%")[0]) <= 12


def test_a_value_from_the_future_is_not_used() -> None:
    reading = _read([1, 2, 3], last=date(2026, 12, 31))

    assert reading.last_on == date(2026, 10, 31)
    assert "2 values dated after 23 Nov 2026 are not used." in reading.notes


def test_bad_rows_mark_their_metric() -> None:
    assert "3 rows of this metric could not be read." in _read([1, 2, 3], bad_rows=3).notes


def _weekly(count: int) -> Series:
    first = date(2026, 11, 16) - timedelta(weeks=count - 1)
    points = ((first + timedelta(weeks=i), Decimal(str(round(100 + 2.5 * i + n, 1)))) for i, n in _numbered(count))
    return Series(account="", metric="m", points=tuple(points))


def _numbered(count: int) -> Iterator[tuple[int, float]]:
    return enumerate(_noise(14, count))


WHY = {
    "a clear rise, but not of a year": (
        _weekly(40),
        "less than a year of values, so a trend cannot be told from a season",
    ),
    "a step, but within the second year": (
        series("m", [10 + 5 * (i >= 7) + noise for i, noise in enumerate(_noise(6, 13))]),
        "less than two years of values, and a yearly season may explain how they move",
    ),
    "another unit": (
        series("m", ["0.24"] * 11 + ["0.25"] * 9 + ["24", "25", "26", "25"]),
        "values of another size from 31 Jul 2026 on, as if the unit had changed",
    ),
    "noise": (series("m", _noise(15, 30)), "no clear direction"),
}


@pytest.mark.parametrize(("values", "why"), WHY.values(), ids=WHY)
def test_where_no_direction_is_claimed_the_true_reason_is_told(values: Series, why: str) -> None:
    reading = read_metrics({"m": values}, (), today=TODAY)[0]

    assert reading.verdict is Verdict.UNCLEAR
    assert movement(reading) == why
