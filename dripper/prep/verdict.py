"""The verdict on a series, and the notes that go with it: what it may not claim, and why."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from dripper.prep.analysis import FEWEST_VALUES, Analysis, SeasonState
from dripper.prep.reading import Verdict
from dripper.prep.statistics.model import Shape
from dripper.prep.words import day, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.workspace.model.thresholds import Thresholds

# Flat: whatever slope the interval allows moves the series by less than this share of its level.
FLAT = 0.05
# A weekend of two days is none, nor is a month that was skipped.
_GAP_PERIODS = 2.5
# More gaps than these are counted, not listed.
_SHOWN_GAPS = 3


def verdict_of(analysis: Analysis, q: float | None, *, level: float) -> Verdict:
    """Return the verdict, `q` being the p-value of its own test after all tests were counted (`None`: untested).

    `level` is the share of false claims that is accepted, over all tests of all metrics together.
    """
    if len(analysis.values) < FEWEST_VALUES:
        return Verdict.TOO_SHORT
    if min(analysis.values) == max(analysis.values):
        return Verdict.FLAT
    if analysis.under_one_cycle:
        return Verdict.UNCLEAR
    if q is not None and q < level and not analysis.may_be_season:
        return _claimed(analysis)
    return Verdict.FLAT if _is_flat(analysis) else Verdict.UNCLEAR


def notes_of(analysis: Analysis, verdict: Verdict, q: float | None, *, thresholds: Thresholds) -> Iterator[str]:
    """Yield what a reader must know beside the verdict."""
    level = float(thresholds.false_claims)
    if verdict is Verdict.TOO_SHORT:
        yield f"{len(analysis.values)} values: {FEWEST_VALUES} are the fewest that can show a trend."
    elif analysis.under_one_cycle:
        yield "Season unknown: less than a year of values, so no trend and no chance of a goal are claimed."
    elif analysis.may_be_season:
        yield "Season unknown: a yearly season may explain this as well; two years of values would tell."
    elif analysis.state is SeasonState.UNKNOWN:
        yield "Season unknown: two years of values are needed to take it out."
    if analysis.state is SeasonState.KNOWN:
        yield "The yearly season is taken out: the same months of different years are compared."
    if verdict is Verdict.UNCLEAR and not analysis.may_be_season and q is not None and analysis.own_p < level <= q:
        yield "One test alone would call this a change; with all tests counted it may be chance."
    if verdict.direction and analysis.model.shape is Shape.STEPS_ON_LINE:
        slope = analysis.model.fit.coefficients[1]
        yield f"Beside the step it moves by {number(slope, 2, sign=True)} a year."
    if verdict.direction and analysis.plainness < thresholds.plainness:
        yield "It stands out of the scatter of its values too little to argue with, so no angle is made of it."
    if analysis.lag1 is not None and analysis.lag1 >= thresholds.likeness:
        yield (
            f"Neighbouring values resemble each other (lag-1 correlation {number(analysis.lag1, 2)}): "
            "the tests are surer than they should be, and the evidence counts one grade less."
        )
    yield from _gaps(analysis)


def _claimed(analysis: Analysis) -> Verdict:
    if analysis.steps:
        largest = max(analysis.steps, key=lambda step: step.size)
        return Verdict.STEP_UP if largest.after > largest.before else Verdict.STEP_DOWN
    return Verdict.RISING if analysis.mann_kendall.s > 0 else Verdict.FALLING


def _is_flat(analysis: Analysis) -> bool:
    reach = max(abs(analysis.slope.low), abs(analysis.slope.high)) * analysis.times[-1]
    return reach < FLAT * abs(median(analysis.values)) and analysis.model.shape is not Shape.STEPS


def _gaps(analysis: Analysis) -> Iterator[str]:
    gaps = [
        f"No values between {day(before)} and {day(after)}."
        for before, after in pairwise(analysis.dates)
        if analysis.cadence.periods_until(before, after) > _GAP_PERIODS
    ]
    yield from gaps[:_SHOWN_GAPS]
    if len(gaps) > _SHOWN_GAPS:
        yield f"{len(gaps) - _SHOWN_GAPS} more gaps like these."
