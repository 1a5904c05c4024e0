"""The scorecard: the page of progress that the other side gets to see, made from nothing but what may be shown.

The JSON, version 1: `{"version", "account", "from", "as_of", "objectives": [{"theirs", "aligned", "metrics",
"agreed_on"}], "metrics": [{"name", "unit", "baseline", "goal", "band", "by", "now", "now_on", "attainment", "course",
"values": [{"on", "value"}]}], "promises": [{"what", "due", "kept_on"}], "facts": [{"what", "on", "source"}]}`. `null`
stands for what is not there; `band` is `[low, high]` where the metric has one instead of a goal, and `attainment` is
then the share of the values inside. Metrics go by their names: an id is a word of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from dripper.pages.charts import alt, chart
from dripper.pages.goals import NONE, as_written, goal_of
from dripper.pages.layout import Block, Chart, Columns, Items, Page, Section, Table, Text
from dripper.pages.metrics import exact
from dripper.prep.dated import dated
from dripper.prep.goal import is_no_way, is_reached
from dripper.prep.metrics import read_metrics
from dripper.prep.reading import Progress, Reading, Verdict
from dripper.prep.say import goal_words, why_unclear
from dripper.prep.shared import shared_account, shared_series
from dripper.prep.words import day, listed, measured, percent, points
from dripper.workspace.model.account import Account
from dripper.workspace.model.thresholds import Thresholds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from dripper.workspace.model.account import Metric, Objective
    from dripper.workspace.model.workspace import Series

VERSION = 1
_USUAL = Thresholds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """What a scorecard shows; `account` holds nothing but what may be shown."""

    account: Account
    readings: tuple[Reading, ...]
    # The titles of the metrics whose goal was left out, as there is no way to it from the baseline.
    aimless: tuple[str, ...]
    # Who made it, as the other side knows us.
    author: str
    today: date

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.account.objectives or self.readings or self.account.promises or self.account.facts)

    @property
    def unread(self) -> tuple[str, ...]:
        """Return the metrics of which some rows could not be read."""
        return tuple(reading.metric.title for reading in self.readings if reading.bad_rows)


def scorecard_of(
    account: Account,
    series: Mapping[str, Series],
    *,
    author: str,
    today: date,
    thresholds: Thresholds = _USUAL,
) -> Scorecard:
    """Return the scorecard of an account as of `today`; what comes after is no progress and not guessed at.

    A goal that is the baseline or lies on its worse side is left out: the other side would read a slip of ours.
    """
    shared = shared_account(account, today=today)
    aimless = tuple(metric.title for metric in shared.metrics if is_no_way(metric))
    shared = replace(shared, metrics=tuple(map(_aimed, shared.metrics)))
    values = shared_series(shared, series)
    readings = read_metrics(values, shared.metrics, today=today, thresholds=thresholds)
    past = (replace(each, progress=Progress(attainment=each.progress.attainment)) for each in readings)
    return Scorecard(account=shared, readings=tuple(past), aimless=aimless, author=author, today=today)


def _aimed(metric: Metric) -> Metric:
    return replace(metric, goal=None, by=None) if is_no_way(metric) else metric


def scorecard_page(scorecard: Scorecard) -> Page:
    """Return the page that every format is written from."""
    by = f"from {scorecard.author}, " if scorecard.author else ""
    subtitle = f"{by}as of {day(scorecard.today)}"
    blocks = tuple(_blocks(scorecard)) or (Text(text="Nothing has been agreed yet."),)
    return Page(title=f"{scorecard.account.name}: scorecard", subtitle=subtitle, blocks=blocks)


def scorecard_json(scorecard: Scorecard) -> dict[str, Any]:
    """Return the documented shape."""
    account, titles = scorecard.account, _titles(scorecard)
    return {
        "version": VERSION,
        "account": account.name,
        "from": scorecard.author or None,
        "as_of": scorecard.today.isoformat(),
        "objectives": [
            {
                "theirs": each.theirs or None,
                "aligned": each.aligned or None,
                "metrics": [titles[metric] for metric in each.metric_ids],
                "agreed_on": each.agreed_on.isoformat() if each.agreed_on else None,
            }
            for each in account.objectives
        ],
        "metrics": [_metric_json(reading) for reading in scorecard.readings],
        "promises": [
            {"what": each.what, "due": each.due.isoformat(), "kept_on": each.kept_on.isoformat()}
            for each in account.promises
            if each.kept_on
        ],
        "facts": [
            {"what": each.what, "on": each.on.isoformat(), "source": each.source or None} for each in account.facts
        ],
    }


def _metric_json(reading: Reading) -> dict[str, Any]:
    metric, attained = reading.metric, reading.progress.attainment
    low, high = metric.better.low, metric.better.high
    return {
        "name": metric.title,
        "unit": metric.unit or None,
        "baseline": _number(metric.baseline),
        "goal": _number(metric.goal),
        "band": None if low is None or high is None else [float(low), float(high)],
        "by": metric.by.isoformat() if metric.by else None,
        "now": _number(reading.now),
        "now_on": reading.last_on.isoformat() if reading.last_on else None,
        "attainment": None if attained is None else exact(attained),
        "course": _course(reading) or None,
        "values": [{"on": on.isoformat(), "value": float(value)} for on, value in reading.points],
    }


def _titles(scorecard: Scorecard) -> dict[str, str]:
    return {metric.id: metric.title for metric in scorecard.account.metrics}


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _blocks(scorecard: Scorecard) -> Iterator[Block]:
    account, readings = scorecard.account, scorecard.readings
    if account.objectives:
        titles = _titles(scorecard)
        items = tuple(_objective(objective, titles) for objective in account.objectives)
        yield Section(title="What we agreed", blocks=(Items(items=items),))
    if readings:
        yield Section(title="Where we stand", blocks=(_glance(readings),), kind="numbers")
        yield Columns(sections=tuple(map(_metric, readings)), across=3)
    if account.promises:
        rows = tuple((each.what, day(each.due), day(each.kept_on)) for each in account.promises if each.kept_on)
        yield Section(title="What we promised and kept", blocks=(Table(header=("What", "Due", "Kept on"), rows=rows),))
    if account.facts:
        newest = sorted(account.facts, key=lambda fact: fact.on, reverse=True)
        facts = (Text(text=f"{each.what}.", after=f"({_source(each.source, each.on)})") for each in newest)
        yield Section(title="Good to know", blocks=(Items(items=tuple(facts)),))


def _source(source: str, on: date) -> str:
    return dated(source, on, after="; ") if source else day(on)


def _objective(objective: Objective, titles: Mapping[str, str]) -> Text:
    decided = listed([titles[each] for each in objective.metric_ids])
    below = [Text(lead="Where we meet:", text=objective.aligned)] if objective.aligned and objective.theirs else []
    below += [Text(lead="Decided by:", text=decided)] if decided else []
    agreed = f"(agreed on {day(objective.agreed_on)})" if objective.agreed_on else ""
    return Text(lead=objective.theirs or objective.aligned, text="", after=agreed, below=tuple(below))


def _glance(readings: tuple[Reading, ...]) -> Table:
    rows = (
        (
            reading.metric.title,
            as_written(reading.metric.baseline, reading.metric),
            "–" if reading.now is None else measured(reading.now, reading),
            goal_of(reading.metric),
            _so_far(reading),
        )
        for reading in readings
    )
    return Table(header=("", "At the start", "Now", "Goal", "So far"), rows=tuple(rows))


def _so_far(reading: Reading) -> str:
    """Return how far a metric came: a share of its way, or whether a band is kept and how often it was."""
    metric, now, attained = reading.metric, reading.now, reading.progress.attainment
    if metric.better.low is not None and metric.better.high is not None and now is not None and attained is not None:
        place = "inside" if metric.better.low <= now <= metric.better.high else "outside"
        return f"{place} now; inside for {percent(attained)} of its values"
    if attained is not None:
        return f"{percent(attained)} of the way"
    if metric.goal is None or now is None or not reading.is_comparable:
        return NONE
    return "reached" if is_reached(metric, now) else "not yet reached"


def _metric(reading: Reading) -> Section:
    if reading.now is None or reading.last_on is None:
        return Section(title=reading.metric.title, blocks=(Text(text="No values yet."),))
    blocks: list[Block] = [Chart(svg=chart(reading), alt=alt(reading))]
    blocks.append(Text(lead=measured(reading.now, reading), text=f"on {day(reading.last_on)}. {_course(reading)}"))
    if aim := _aim(reading):
        blocks.append(Text(text=aim, weight="small"))
    if reading.bad_rows:
        blocks.append(Text(text="Some values could not be read and are left out.", weight="small"))
    return Section(title=reading.metric.title, blocks=tuple(blocks))


def _aim(reading: Reading) -> str:
    """Return the goal and how much of the way to it is covered; empty without one."""
    metric, attained = reading.metric, reading.progress.attainment
    if metric.better.way == "band":
        inside = goal_words(reading)
        return f"{inside[0].upper()}{inside[1:]}." if inside else ""
    if metric.goal is None:
        return ""
    was = "was" if metric.by and metric.by < reading.today else "is"
    goal = f"The goal {was} {goal_of(metric)}{f' by {day(metric.by)}' if metric.by else ''}"
    if attained is None:
        reached = reading.now is not None and reading.is_comparable and is_reached(metric, reading.now)
        return f"{goal}: it is reached." if reached else f"{goal}."
    if attained >= 1:
        return f"{goal}: it is reached."
    return f"{goal}; {percent(attained)} of the way is covered." if attained >= 0 else f"{goal}; it has moved away."


def _course(reading: Reading) -> str:
    """Return how the metric moves, in plain words, without the test behind it; the wrong way is said to be so."""
    away = " That is the wrong way." if reading.good is False else ""
    match reading.verdict:
        case Verdict.RISING | Verdict.FALLING if reading.analysis:
            size = points(abs(reading.analysis.slope.value), reading)
            return f"It is {reading.verdict} by about {size} a year.{away}"
        case Verdict.STEP_UP | Verdict.STEP_DOWN:
            last = reading.steps[-1]
            way = "up" if last.after > last.before else "down"
            levels = f"from about {measured(last.before, reading)} to {measured(last.after, reading)}"
            return f"It made a step {way}, {levels}, on {day(last.on)}.{away}"
        case Verdict.FLAT:
            return f"It stays level{' but for its season' if reading.analysis and reading.analysis.season else ''}."
        case Verdict.UNCLEAR:
            return f"It has {why_unclear(reading)}."
        case _:
            return "It has too few values to show a direction." if reading.points else ""
