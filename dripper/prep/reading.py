"""A reading: what one series says, ready to be shown; the value that `dripper metrics` and the brief share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dripper.prep.analysis import Analysis, Step
from dripper.prep.statistics.cadence import YEAR_DAYS, Cadence
from dripper.workspace.model.account import Metric
from dripper.workspace.model.thresholds import Thresholds

# A value of this week is not old, however often the others come.
FRESH_DAYS = 7


class Verdict(StrEnum):
    """What may be claimed of a series; a step goes before a trend, a season before both."""

    RISING = "rising"
    FALLING = "falling"
    STEP_UP = "step-up"
    STEP_DOWN = "step-down"
    FLAT = "flat"
    UNCLEAR = "unclear"
    TOO_SHORT = "too-short"

    @property
    def direction(self) -> int:
        """Return 1 for up, -1 for down, 0 where no movement is claimed."""
        ups, downs = (Verdict.RISING, Verdict.STEP_UP), (Verdict.FALLING, Verdict.STEP_DOWN)
        return (self in ups) - (self in downs)

    @property
    def is_step(self) -> bool:
        """Whether a change of level is claimed."""
        return self in (Verdict.STEP_UP, Verdict.STEP_DOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Projected:
    """A value to come, with the ends of its 80% interval; `None` where its spread is unknown."""

    on: date
    value: float
    interval80: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast the metric would have to move to its goal from here, and how fast it moves, both a year."""

    needed: float
    actual: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A metric against its goal; `None` stands for what cannot be claimed."""

    attainment: float | None = None
    pace: Pace | None = None
    projection: tuple[Projected, ...] = ()
    # The projection for the goal's own date, and the chance in tenths that the goal is met then.
    at_goal: Projected | None = None
    chance: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one series says."""

    metric: Metric
    # Whether account.toml has a table for it; without one there is no goal and no money.
    declared: bool
    points: tuple[tuple[date, Decimal], ...]
    # To show its values with.
    decimals: int
    # The day on which it is read.
    today: date
    # Where the values are from, as the user calls it; and in a line: `metrics.csv, orders, 24 values to 31 Oct 2026`.
    source: str
    rows: str
    # How many rows could not be read.
    bad_rows: int
    # How often it has a value; `None` below two.
    cadence: Cadence | None
    # `None` below two values.
    analysis: Analysis | None
    # The p-value of the verdict's own test once all tests of all metrics are counted; `None` where nothing was tested.
    q: float | None
    verdict: Verdict
    progress: Progress
    notes: tuple[str, ...]
    # Why the values seem to be of another unit, than others of them or than what is stated: nothing is claimed then.
    other_unit: str = ""
    thresholds: Thresholds = field(default_factory=Thresholds)

    @property
    def id(self) -> str:
        """Return the metric's id."""
        return self.metric.id

    @property
    def now(self) -> Decimal | None:
        """Return the newest value, as written."""
        return self.points[-1][1] if self.points else None

    @property
    def is_comparable(self) -> bool:
        """Whether its newest value may be set against anything: there is one, of the unit that all the rest is of."""
        return bool(self.points) and not self.other_unit

    @property
    def first_on(self) -> date | None:
        """Return the date of the oldest value."""
        return self.points[0][0] if self.points else None

    @property
    def last_on(self) -> date | None:
        """Return the date of the newest value."""
        return self.points[-1][0] if self.points else None

    @property
    def age_periods(self) -> float:
        """Return how old the newest value is, in periods; a single value counts as one of a year."""
        if self.last_on is None:
            return 0.0
        if self.cadence is None:
            return (self.today - self.last_on).days / YEAR_DAYS
        return self.cadence.periods_until(self.last_on, self.today)

    @property
    def is_old(self) -> bool:
        """Whether the newest value is too old to stand for today."""
        if self.last_on is None or (self.today - self.last_on).days <= FRESH_DAYS:
            return False
        return self.age_periods > self.thresholds.stale_periods

    @property
    def is_plain(self) -> bool:
        """Whether its movement stands out of its scatter far enough to argue with."""
        return self.analysis is not None and self.analysis.plainness >= self.thresholds.plainness

    @property
    def is_even(self) -> bool:
        """Whether it goes on by the same step each time, so that the spread of what comes is unknown."""
        return any(each.interval80 is None for each in self.progress.projection)

    @property
    def ahead(self) -> tuple[Projected, ...]:
        """Return what may come, period by period, as it is shown: nothing where all of it would already have come."""
        found = self.progress.projection
        return found if found and found[-1].on >= self.today else ()

    @property
    def outlook(self) -> Projected | None:
        """Return what the goal's date may bring, or without one the last period that is looked ahead to."""
        return self.progress.at_goal or next(reversed(self.ahead), None)

    @property
    def tells_middle(self) -> bool:
        """Whether the middle of what may come is told: only beside a claimed movement, or where there is no range."""
        return bool(self.verdict.direction) or self.is_even

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the steps that are claimed: none where the verdict is another."""
        return self.analysis.steps if self.analysis and self.verdict.is_step else ()

    @property
    def good(self) -> bool | None:
        """Whether the claimed movement is the wanted one; `None` without one, or towards a band."""
        way = {"higher": 1, "lower": -1}.get(self.metric.better.way)
        return None if way is None or not self.verdict.direction else self.verdict.direction == way
