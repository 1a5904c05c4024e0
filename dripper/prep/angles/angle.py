"""An angle: one rational reason of one side, with all that makes it strong or weak.

It is rock solid when its evidence is at least likely with a source and a date, its range leaves out no effect, its
size reaches 2% of the yearly contract, and it has an answer to its strongest counter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import exp2
from typing import TYPE_CHECKING

from dripper.prep.counters import Exchange
from dripper.prep.words import number, percent
from dripper.prep.worth import Amount
from dripper.workspace.model.account import Category, Side, Sure
from dripper.workspace.model.thresholds import Thresholds

if TYPE_CHECKING:
    from collections.abc import Iterator

GRADES = (Sure.HEARSAY, Sure.LIKELY, Sure.CONFIRMED)
_WEIGHTS = {Sure.HEARSAY: 0.2, Sure.LIKELY: 0.6, Sure.CONFIRMED: 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Angle:
    """One reason of one side."""

    side: Side
    category: Category
    claim: str
    sure: Sure
    source: str
    on: date
    # What it is worth, and that as a share of the yearly contract.
    amount: Amount | None
    share: float | None
    # Whether the numbers leave out that there is no effect at all.
    shown: bool
    exchange: Exchange
    half_life_days: float
    # What would take it away.
    breaks: str
    thresholds: Thresholds
    metric: str = ""
    # What of the money speaks against the claim; empty where nothing does.
    contradicted_by: str = ""
    # The claim of a weightier angle that rests on the same source: one source counts once.
    same_as: str = ""

    @property
    def size(self) -> str:
        """Return what it is worth in words, and how big that is; empty where it is unknown."""
        if self.amount is None:
            return ""
        return self.amount.text + (f", {percent(self.share)} of the yearly contract" if self.share is not None else "")

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what keeps it from being rock solid, as homework."""
        return tuple(self._missing())

    @property
    def strong(self) -> bool:
        """Whether its evidence, effect and size hold, whatever is said against it."""
        return not tuple(self._weak())

    @property
    def rock_solid(self) -> bool:
        """Whether it can be led with."""
        return not self.missing

    def parts(self, today: date) -> dict[str, float]:
        """Return how much evidence, magnitude, recency and independence count, each from 0 to 1."""
        age = max(0, (today - self.on).days)
        return {
            "evidence": _WEIGHTS[self.sure] if self.source else 0.0,
            "magnitude": min(1.0, self.share or 0.0) if self.shown else 0.0,
            "recency": exp2(-age / self.half_life_days),
            "independence": 0.0 if self.same_as else 1.0,
        }

    def weight(self, today: date) -> float:
        """Return the product of its parts; it only orders the list."""
        product = 1.0
        for part in self.parts(today).values():
            product *= part
        return product

    def _missing(self) -> Iterator[str]:
        yield from self._weak()
        if self.exchange.counter and not self.exchange.answer:
            yield f"an answer to “{self.exchange.counter}”"

    def _weak(self) -> Iterator[str]:
        least = float(self.thresholds.contract_pct) / 100
        if GRADES.index(self.sure) < GRADES.index(self.thresholds.sure):
            yield f"evidence that is {_at_least(self.thresholds.sure)}"
        if not self.source:
            yield "a source"
        if self.same_as:
            yield f"a source of its own: “{self.same_as}” rests on {self.source} already"
        if self.contradicted_by:
            yield self.contradicted_by
            return
        if not self.shown:
            yield "an effect that leaves out chance"
        if self.amount is None:
            yield "what it is worth"
        elif self.share is None:
            yield f"a yearly contract in {self.amount.currency} to compare it with"
        elif self.share < least:
            wanted, found = f"{self.thresholds.contract_pct}%", percent(self.share)
            # 1.97% is less than 2%, and must be seen to be.
            shown = found if found != wanted else f"{number(100 * self.share, 2)}%"
            yield f"size: it is {shown} of the yearly contract, {wanted} are wanted"


def _at_least(sure: Sure) -> str:
    return "confirmed" if sure is Sure.CONFIRMED else f"at least {sure}"


def order(angle: Angle, today: date) -> tuple[bool, float, str]:
    """Return what angles are sorted by: the rock-solid ones first, the weightiest first."""
    return (not angle.rock_solid, -angle.weight(today), angle.claim)
