"""The appendix's scorecard: every metric in a row, how far each came, and the three that stand worst."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.pages.bullets import bullets, bullets_alt
from dripper.pages.charts import alt, chart
from dripper.pages.layout import Block, Chart, Columns, Items, Section, Table, Text
from dripper.prep.say import among_peers, attained_words, movement, sentence
from dripper.prep.words import chance, day, listed, measured, number, projected, with_unit, written
from dripper.prep.worst import SHOWN, worst_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.prep.brief import Brief
    from dripper.prep.reading import Reading


def scorecard(brief: Brief) -> Iterator[Block]:
    """Yield the table, the bars and the peers; nothing without metrics."""
    if not brief.readings:
        return
    header = ("Metric", "Baseline", "Now", "Goal", "Attained", "What it says", "On the goal's date", "Chance")
    yield Table(header=header, rows=tuple(_row(reading) for reading in brief.readings))
    known = (reading for reading in brief.readings if reading.progress.attainment is not None)
    measurable = [reading for reading in known if reading.metric.better.way != "band"]
    if measurable:
        yield Chart(svg=bullets(measurable), alt=bullets_alt(measurable), is_wide=True)
    peers = tuple(Text(text=text) for text in map(among_peers, brief.readings) if text)
    if peers:
        yield Items(items=peers)


def worst(brief: Brief) -> Iterator[Block]:
    """Yield the three worst with a chart each, but for those whose chart stands on page one."""
    found = worst_of(brief.readings)
    if not found:
        return
    yield Items(items=tuple(Text(text=sentence(reading), after=_odds(reading)) for reading in found))
    unseen = [reading for reading in found if reading not in brief.front]
    if unseen:
        sections = tuple(
            Section(title=reading.metric.title, blocks=(Chart(svg=chart(reading), alt=alt(reading)),))
            for reading in unseen
        )
        yield Columns(sections=sections, across=SHOWN)


def _odds(reading: Reading) -> str:
    marks = [] if reading.metric.agreed else ["only ours, not agreed"]
    if reading.progress.chance is not None:
        marks.append(f"chance of the goal {chance(reading.progress.chance)}")
    return f"({listed(marks)})" if marks else ""


def _row(reading: Reading) -> tuple[str, ...]:
    metric, progress = reading.metric, reading.progress
    goal = "–" if metric.goal is None else with_unit(written(metric.goal), metric)
    if metric.better.low is not None and metric.better.high is not None:
        goal = with_unit(f"{written(metric.better.low)} to {written(metric.better.high)}", metric)
    ahead = "–"
    if progress.at_goal:
        ahead = projected(progress.at_goal, reading)
    return (
        metric.title + (" (agreed)" if metric.agreed else ""),
        "–" if metric.baseline is None else with_unit(written(metric.baseline), metric),
        "–" if reading.now is None else measured(reading.now, reading),
        goal + (f" by {day(metric.by)}" if metric.by and goal != "–" else ""),
        attained_words(reading),
        movement(reading) + _pace(reading),
        ahead,
        "–" if progress.chance is None else chance(progress.chance),
    )


def _pace(reading: Reading) -> str:
    """Return what the goal needs a year from here, and what there is, where a trend is claimed."""
    pace = reading.progress.pace
    if pace is None:
        return ""
    decimals = max(1, reading.decimals)
    needed = f"; the goal needs {number(pace.needed, decimals, sign=True)} a year"
    trend = reading.verdict.direction and not reading.steps
    return f"{needed}, it moves {number(pace.actual, decimals, sign=True)}" if trend else needed
