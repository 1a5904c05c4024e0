"""`[thresholds]` of `dripper.toml`: what an angle must reach, and when something counts as old."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from dripper.workspace.model.account import Sure
from dripper.workspace.model.table import Table
from dripper.workspace.model.values import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds(Table):
    """Where the brief draws its lines; raise or lower them where your trade is another."""

    # The least of the yearly contract that an angle to lead with is worth, in percent.
    contract_pct: Number = field(default_factory=partial(Number, 2))
    # The least that must be known of it: `confirmed`, `likely` or `hearsay`.
    sure: Sure = Sure.LIKELY
    # How far a metric's movement must stand out of its scatter before an angle is made of it: its gain in BIC, of which
    # 2 is weak, 6 strong and 10 very strong.
    plainness: Number = field(default_factory=partial(Number, 10))
    # From this lag-1 correlation on a metric's evidence counts one grade less.
    likeness: Number = field(default_factory=partial(Number, "0.3"))
    # The share of false claims that is accepted over all tests of an account.
    false_claims: Number = field(default_factory=partial(Number, "0.05"))
    # The age at which the angle of a metric weighs half, in the metric's own periods.
    half_life_periods: Number = field(default_factory=partial(Number, 2))
    # The age at which a fact weighs half.
    half_life_days: int = 365
    # Values older than so many periods, and older than a week, block the call.
    stale_periods: Number = field(default_factory=partial(Number, 2))
    # An assumption about an alternative is old after so many days.
    assumption_days: int = 90
    # How many trades a negotiation should have at least.
    least_trades: int = 2
