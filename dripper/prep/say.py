"""What a reading says, as sentences: the same words in the terminal, on the page and in an answer to a demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from dripper.prep.dated import dated
from dripper.prep.reading import Reading, Verdict
from dripper.prep.statistics.benchmark import FEWEST_FOR_PERCENTILE, percentile_rank, place
from dripper.prep.words import day, measured, number, ordinal, p_value, percent, points, with_unit, written
from dripper.workspace.model.account import Side
from dripper.workspace.model.sizes import are_apart

if TYPE_CHECKING:
    from dripper.prep.analysis import Analysis


def movement(reading: Reading) -> str:
    """Return the verdict in words, with its size and the test behind it."""
    analysis, verdict = reading.analysis, reading.verdict
    if reading.other_unit:
        return reading.other_unit
    if analysis is None:
        return "no values" if not reading.points else "too short to say"
    match verdict:
        case Verdict.RISING | Verdict.FALLING:
            return f"{verdict} by {_yearly(reading, analysis)}"
        case Verdict.STEP_UP | Verdict.STEP_DOWN:
            return _step(reading)
        case Verdict.FLAT:
            return "flat" if analysis.season is None else "flat but for its season"
        case Verdict.UNCLEAR:
            return why_unclear(reading)
        case Verdict.TOO_SHORT:
            return "too short to say"
        case _:
            assert_never(verdict)


def why_unclear(reading: Reading) -> str:
    """Return what a series has that keeps a direction from being claimed, as in “it has …”.

    Only one that was long enough to be tested is said to have none.
    """
    analysis = reading.analysis
    if reading.other_unit:
        return reading.other_unit
    if analysis is not None and analysis.under_one_cycle:
        return "less than a year of values, so a trend cannot be told from a season"
    if analysis is not None and analysis.may_be_season:
        return "less than two years of values, and a yearly season may explain how they move"
    return "no clear direction"


def sentence(reading: Reading) -> str:
    """Return one sentence: where the metric stands, from where, how it moved, and its goal."""
    if not reading.points:
        return f"{reading.metric.title}: no values yet."
    text = _standing(reading)
    return f"{text}; {aim}." if (aim := goal_words(reading)) else f"{text}."


def _standing(reading: Reading) -> str:
    """Return where the metric stands, from where, and how it moved."""
    last, now = reading.points[-1]
    metric = reading.metric
    parts = [f"{metric.title} stands at {measured(now, reading)} on {day(last)}"]
    if not reading.is_comparable:
        return f"{parts[0]}, with {why_unclear(reading)}"
    if metric.baseline is not None:
        parts.append(f"from a baseline of {with_unit(written(metric.baseline), metric)}")
    if reading.verdict.direction or reading.verdict is Verdict.FLAT:
        parts.append(movement(reading))
    return ", ".join(parts)


def goal_words(reading: Reading) -> str:
    """Return how far the goal is reached; empty where none can be measured."""
    metric, attained = reading.metric, reading.progress.attainment
    if metric.better.low is not None and metric.better.high is not None:
        band = with_unit(f"{written(metric.better.low)} to {written(metric.better.high)}", metric)
        return "" if attained is None else f"{percent(attained)} of its values lie in the band of {band}"
    if metric.goal is None:
        return ""
    due = f" by {day(metric.by)}" if metric.by else ""
    was = "was" if metric.by and metric.by < reading.today else "is"
    goal = f"the goal {was} {with_unit(written(metric.goal), metric)}{due}"
    if attained is None:
        return goal
    if attained < 0:
        return f"{goal}, and it moved away by {percent(-attained)} of the way"
    return f"{goal}, and {percent(attained)} of the way is covered"


def attained_words(reading: Reading) -> str:
    """Return how far the goal is reached as a cell of a table: a share of the way, or of the values inside the band."""
    attained = reading.progress.attainment
    if attained is None:
        return "–"
    return f"{percent(attained)} inside" if reading.metric.better.way == "band" else percent(attained)


def _yearly(reading: Reading, analysis: Analysis) -> str:
    """Return the size of a trend with its interval and test; one of no width tells nothing, so it is left out."""
    low, high = (
        number(end, max(1, reading.decimals)) for end in sorted((abs(analysis.slope.low), abs(analysis.slope.high)))
    )
    among = f"{low} to {high}; " if low != high else ""
    return f"{points(abs(analysis.slope.value), reading)} a year ({among}{p_value(analysis.mann_kendall.p)})"


def _step(reading: Reading) -> str:
    levels = [
        f"{measured(step.before, reading)} → {measured(step.after, reading)} from {day(step.on)}"
        for step in reading.steps
    ]
    largest = max(reading.steps, key=lambda step: step.size)
    way = "up" if largest.after > largest.before else "down"
    if len(levels) == 1:
        return f"one step {way}, {levels[0]} ({p_value(largest.p)})"
    return f"{len(levels)} steps, the largest {way}: {'; '.join(levels)} ({p_value(largest.p)})"


def claim(reading: Reading, side: Side) -> str:
    """Return the movement as a claim: whose doing it was is said only where peers show what would have come anyway."""
    doing = "Delivered" if side is Side.US else "Lost"
    how = doing if peers_back(side, reading) else "Coincided with our work"
    return f"{how}: {_standing(reading)}."


def peers_back(side: Side, reading: Reading) -> bool:
    """Whether the metric stands on the side's own half of its peers: the better one is ours, the worse theirs."""
    among = _among(reading)
    if among is None:
        return False
    rank = percentile_rank(*among)
    return rank > 0.5 if (reading.metric.better.way == "higher") == (side is Side.US) else rank < 0.5


def beats_peers(reading: Reading) -> bool:
    """Whether the metric stands on the better side of its peers' middle."""
    return peers_back(Side.US, reading)


def among_peers(reading: Reading) -> str:
    """Return where the metric stands among its peers; empty without a benchmark or a direction."""
    metric, among = reading.metric, _among(reading)
    if among is None or metric.benchmark is None:
        return ""
    now, peers = among
    higher = metric.better.way == "higher"
    source = metric.benchmark.source
    if metric.benchmark.on:
        source = dated(source, metric.benchmark.on)
    if len(peers) < FEWEST_FOR_PERCENTILE:
        at, all_of_them = place(now, peers, higher_is_better=higher)
        return f"{metric.title} is {ordinal(at)} of {all_of_them} ({source})."
    rank = percentile_rank(now, peers)
    return f"{metric.title} is better than at {percent(rank if higher else 1 - rank)} of {len(peers)} peers ({source})."


def _among(reading: Reading) -> tuple[float, list[float]] | None:
    """Return the newest value and those of the peers; `None` where nothing can be compared, or no way is better."""
    metric = reading.metric
    if reading.now is None or not reading.is_comparable or metric.benchmark is None or metric.better.way == "band":
        return None
    if are_apart([value for _, value in reading.points], metric.benchmark.values):
        return None
    return float(reading.now), [float(value) for value in metric.benchmark.values]
