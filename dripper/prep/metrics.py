"""All metrics of an account, read together: the more tests are made, the more each must show."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dripper.prep.analysis import Analysis, analyse
from dripper.prep.goal import FEWEST_TO_PROJECT, goal_notes, progress_of, season_notes
from dripper.prep.places import places_of
from dripper.prep.reading import Progress, Reading, Verdict
from dripper.prep.statistics.benjamini_hochberg import benjamini_hochberg
from dripper.prep.statistics.cadence import cadence_of
from dripper.prep.statistics.condense import monthly
from dripper.prep.statistics.rescaled import rescaled
from dripper.prep.verdict import notes_of, verdict_of
from dripper.prep.words import counted, day, listed
from dripper.workspace.model.account import Metric
from dripper.workspace.model.sizes import misfits
from dripper.workspace.model.thresholds import Thresholds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from dripper.workspace.model.workspace import Series


# All pairs of values are compared; a longer series is taken by its months.
MOST_VALUES = 800
_USUAL = Thresholds()


def read_metrics(
    series: Mapping[str, Series],
    metrics: Sequence[Metric],
    *,
    today: date,
    horizon: int | None = None,
    thresholds: Thresholds = _USUAL,
) -> tuple[Reading, ...]:
    """Return a reading of every metric that is declared or has values, the declared ones first, in the files' order.

    `horizon` asks for that many further periods; without it the projection goes up to the goal's date, or a few
    periods. Values dated after `today` are not used.
    """
    declared = {metric.id: metric for metric in metrics}
    known = [*metrics, *(Metric(id=name) for name in series if name not in declared)]
    used = {metric.id: _until(series.get(metric.id), today) for metric in known}
    analyses = {name: _analysis(points) for name, points in used.items()}
    adjusted = _adjusted(analyses)
    readings = []
    for metric in known:
        one, points = series.get(metric.id), used[metric.id]
        reading = _reading(metric, one, points, analyses[metric.id], adjusted.get(metric.id), today, thresholds)
        if not reading.other_unit:
            reading = replace(reading, progress=progress_of(metric, points, reading.analysis, horizon, today=today))
        reading = replace(reading, declared=metric.id in declared)
        readings.append(replace(reading, notes=tuple(_notes(reading, one, today, declared))))
    return tuple(readings)


def _reading(
    metric: Metric,
    series: Series | None,
    points: Sequence[tuple[date, Decimal]],
    analysis: Analysis | None,
    q: float | None,
    today: date,
    thresholds: Thresholds,
) -> Reading:
    """Return the reading of one series, before its goal and its notes."""
    values = [value for _, value in points]
    other_unit = _other_unit(metric, points)
    verdict = verdict_of(analysis, q, level=float(thresholds.false_claims)) if analysis else Verdict.TOO_SHORT
    return Reading(
        metric=metric,
        declared=True,
        points=tuple(points),
        decimals=places_of(values),
        today=today,
        source=series.source if series else "",
        rows=_rows(metric, series, points),
        bad_rows=series.bad_rows if series else 0,
        cadence=cadence_of([on for on, _ in points]) if analysis else None,
        analysis=analysis,
        q=q,
        verdict=Verdict.UNCLEAR if other_unit else verdict,
        progress=Progress(),
        notes=(),
        other_unit=other_unit,
        thresholds=thresholds,
    )


def _other_unit(metric: Metric, points: Sequence[tuple[date, Decimal]]) -> str:
    values = [value for _, value in points]
    changed = rescaled(values)
    if changed:
        return f"values of another size from {day(points[changed][0])} on, as if the unit had changed"
    keys = [{"better": "band"}.get(key, key) for key in misfits(metric, values)]
    return f"values of another size than its {listed(keys)}, as if the unit were another" if keys else ""


def _rows(metric: Metric, series: Series | None, points: Sequence[tuple[date, Decimal]]) -> str:
    if series is None or not points:
        return ""
    return f"{series.source}, {metric.id}, {counted(len(points), 'value')} to {day(points[-1][0])}"


def _until(series: Series | None, today: date) -> tuple[tuple[date, Decimal], ...]:
    return tuple(point for point in series.points if point[0] <= today) if series else ()


def _analysis(points: Sequence[tuple[date, Decimal]]) -> Analysis | None:
    if len(points) < 2:
        return None
    dates, values = [on for on, _ in points], [float(value) for _, value in points]
    return analyse(*(monthly(dates, values) if len(points) > MOST_VALUES else (dates, values)))


def _adjusted(analyses: Mapping[str, Analysis | None]) -> dict[str, float]:
    """Return the adjusted p-value of each analysis' own test, all tests of all metrics counted."""
    tests = {name: analysis.tests for name, analysis in analyses.items() if analysis}
    flat = [p for ps in tests.values() for p in ps]
    by_p = dict(zip(flat, benjamini_hochberg(flat), strict=True))
    return {name: by_p[analysis.own_p] for name, analysis in analyses.items() if analysis and tests.get(name)}


def _alike(reading: Reading, declared: Collection[str]) -> str | None:
    """Return the declared id that a metric without a table is probably meant by; `None` where there is none."""
    if reading.declared:
        return None
    return next((name for name in declared if _plain(name) == _plain(reading.id)), None)


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()


def _notes(reading: Reading, series: Series | None, today: date, declared: Collection[str]) -> Iterator[str]:
    if reading.bad_rows:
        yield f"{counted(reading.bad_rows, 'row')} of this metric could not be read."
    later = len(series.points) - len(reading.points) if series else 0
    if later:
        yield f"{counted(later, 'value')} dated after {day(today)} {'is' if later == 1 else 'are'} not used."
    if reading.analysis and len(reading.analysis.values) < len(reading.points):
        count = counted(len(reading.points), "value")
        yield f"Taken by the medians of its months: {count} are too many to compare one by one."
    if (called := _alike(reading, declared)) is not None:
        yield f"account.toml has “{called}”, not “{reading.id}”: nothing of these values is counted there."
    if reading.other_unit:
        yield f"It has {reading.other_unit}: nothing is claimed until all of it is written in one unit."
    elif reading.analysis:
        yield from notes_of(reading.analysis, reading.verdict, reading.q, thresholds=reading.thresholds)
    else:
        yield "One value: nothing can be compared." if reading.points else "No values."
    if reading.is_old and reading.last_on:
        periods = f", {counted(round(reading.age_periods), 'period')} ago" if reading.cadence else ""
        yield f"The newest value is old: {day(reading.last_on)}{periods}."
    if reading.analysis and len(reading.analysis.values) >= FEWEST_TO_PROJECT and not reading.analysis.knows_the_year:
        yield "Some months of the year have no values, so nothing is projected into them."
    yield from season_notes(reading)
    if reading.is_even:
        aside = " but for its season" if reading.analysis and reading.analysis.season else ""
        yield (
            f"Every step so far was the same{aside}, as far as its digits tell, so nothing says how far it may stray: "
            "no range and no chance is claimed."
        )
    yield from goal_notes(reading.metric, today)
