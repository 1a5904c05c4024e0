"""All metrics of an account, read together: the more tests are made, the more each must show."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dripper.prep.analysis import Analysis, analyse
from dripper.prep.goal import goal_notes, progress_of
from dripper.prep.reading import Reading, Verdict
from dripper.prep.statistics.benjamini_hochberg import benjamini_hochberg
from dripper.prep.statistics.condense import monthly
from dripper.prep.verdict import notes_of, verdict_of
from dripper.prep.words import counted, day
from dripper.workspace.model.account import Metric

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from dripper.workspace.model.workspace import Series


# All pairs of values are compared; a longer series is taken by its months.
MOST_VALUES = 800


def read_metrics(
    series: Mapping[str, Series], metrics: Sequence[Metric], *, today: date, horizon: int | None = None
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
        points, analysis, q = used[metric.id], analyses[metric.id], adjusted.get(metric.id)
        verdict = verdict_of(analysis, q) if analysis else Verdict.TOO_SHORT
        reading = Reading(
            metric=metric,
            declared=metric.id in declared,
            points=points,
            today=today,
            bad_rows=series[metric.id].bad_rows if metric.id in series else 0,
            analysis=analysis,
            q=q,
            verdict=verdict,
            progress=progress_of(metric, points, analysis, horizon),
            notes=(),
        )
        readings.append(replace(reading, notes=tuple(_notes(reading, series.get(metric.id), today))))
    return tuple(readings)


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


def _notes(reading: Reading, series: Series | None, today: date) -> Iterator[str]:
    if reading.bad_rows:
        yield f"{counted(reading.bad_rows, 'row')} of this metric could not be read."
    later = len(series.points) - len(reading.points) if series else 0
    if later:
        yield f"{counted(later, 'value')} dated after {day(today)} {'is' if later == 1 else 'are'} not used."
    if reading.analysis and len(reading.analysis.values) < len(reading.points):
        count = counted(len(reading.points), "value")
        yield f"Taken by the medians of its months: {count} are too many to compare one by one."
    if reading.analysis:
        yield from notes_of(reading.analysis, reading.verdict, reading.q)
    else:
        yield "One value: nothing can be compared." if reading.points else "No values."
    if reading.is_old and reading.last_on:
        yield f"The newest value is old: {day(reading.last_on)}, {counted(round(reading.age_periods), 'period')} ago."
    if reading.is_even:
        yield "Every step so far was the same, so nothing says how far it may stray: no range and no chance is claimed."
    yield from goal_notes(reading.metric, today)
