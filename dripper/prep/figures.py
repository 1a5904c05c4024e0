"""Where each number comes from: its rows, formula, test and the date of its data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dripper.prep.analysis import SeasonState
from dripper.prep.say import among_peers
from dripper.prep.statistics.mann_kendall import EXACT_UP_TO
from dripper.prep.words import chance, counted, day, measured, p_value, percent, points, projected, with_unit, written
from dripper.prep.worth import worth_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.prep.analysis import Analysis
    from dripper.prep.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number as it is shown, and all that is needed to make it again; `test` is empty where none was made.

    A number of no metric has its `file`, and what it is `about` where that is a claim.
    """

    metric: str
    name: str
    text: str
    rows: str
    formula: str
    test: str
    on: date | None
    file: str = ""
    about: str = ""

    @property
    def what(self) -> str:
        """Return its name among the numbers of all claims."""
        return f"{self.name}: “{self.about}”" if self.about else self.name


def figures_of(reading: Reading) -> tuple[Figure, ...]:
    """Return every number that a page may show of a metric."""
    return (*_stated(reading), *_computed(reading))


def _stated(reading: Reading) -> Iterator[Figure]:
    metric = reading.metric
    for what, value in (("baseline", metric.baseline), ("goal", metric.goal)):
        if value is not None:
            yield _figure(
                reading, what, with_unit(written(value), metric), "as stated", rows="account.toml", dated=False
            )
    if reading.now is not None:
        last = f"{reading.source}, {reading.id}, the row of {reading.last_on}"
        yield _figure(reading, "now", measured(reading.now, reading), "the newest value", rows=last)
        values = [value for _, value in reading.points]
        named = (values[0], min(values), max(values))
        text = ", ".join(measured(value, reading) for value in named)
        yield _figure(reading, "first, lowest, highest", text, "as written")
    if metric.benchmark and (among := among_peers(reading)):
        yield _figure(reading, "peers", among, "mean percentile rank", rows=metric.benchmark.source)


def _computed(reading: Reading) -> Iterator[Figure]:
    progress, analysis = reading.progress, reading.analysis
    if progress.attainment is not None:
        what, formula = "attained", "(now − baseline) / (goal − baseline)"
        if reading.metric.better.way == "band":
            what, formula = "inside the band", "values inside the band / all values"
        yield _figure(reading, what, percent(progress.attainment), formula)
    if progress.pace:
        needed = f"{points(progress.pace.needed, reading, sign=True)} a year"
        yield _figure(reading, "needed for the goal", needed, "(goal − now) / years to the goal's date")
    if analysis is None:
        return
    if reading.verdict.direction:
        yield from _movement(reading, analysis)
    walk = "random walk with drift; 80% interval, SE = s·sqrt(h (1 + h / (T − 1)))"
    if analysis.season:
        walk += ", at least the changes from year to year"
    if reading.outlook:
        yield _figure(reading, f"on {day(reading.outlook.on)}", projected(reading.outlook, reading), walk)
    if progress.chance is not None:
        yield _figure(reading, "chance of the goal", chance(progress.chance), f"normal tail of the {walk}")
    amount = worth_of(reading)
    if amount:
        over = f"the last {counted(amount.count or 0, 'value')} of {reading.rows}; the worth in account.toml"
        yield _figure(reading, "worth", amount.text, amount.formula, rows=over)


def _movement(reading: Reading, analysis: Analysis) -> Iterator[Figure]:
    season = "; same months compared" if analysis.state is SeasonState.KNOWN else ""
    exact = ", exact p" if len(analysis.values) <= EXACT_UP_TO else ""
    for step in reading.steps:
        text = f"{measured(step.before, reading)} → {measured(step.after, reading)} from {day(step.on)}"
        test = f"Pettitt, {p_value(step.p)}; steps or line by BIC{season}"
        yield _figure(reading, "step", text, "means of the values before and after", test=test)
    if not reading.steps:
        low, high = (points(end, reading) for end in (analysis.slope.low, analysis.slope.high))
        text = f"{points(analysis.slope.value, reading)} a year{f' ({low} to {high})' if low != high else ''}"
        test = f"Mann–Kendall{exact}, {p_value(analysis.mann_kendall.p)}{season}"
        yield _figure(reading, "slope", text, "Theil–Sen; Sen's 95% interval", test=test)


def _figure(
    reading: Reading, name: str, text: str, formula: str, *, test: str = "", rows: str = "", dated: bool = True
) -> Figure:
    return Figure(
        metric=reading.id,
        name=name,
        text=text,
        rows=rows or reading.rows,
        formula=formula,
        test=test,
        on=reading.last_on if dated else None,
    )
