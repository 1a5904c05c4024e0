"""All angles of one side: each category in turn, the weightiest first, each source counted once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dripper.prep.angles.angle import Angle, order
from dripper.prep.angles.budget import FINDER as BUDGET
from dripper.prep.angles.competition import FINDER as COMPETITION
from dripper.prep.angles.market import FINDER as MARKET
from dripper.prep.angles.performance import FINDER as PERFORMANCE
from dripper.prep.angles.priorities import FINDER as PRIORITIES
from dripper.prep.angles.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

FINDERS = (BUDGET, COMPETITION, MARKET, PERFORMANCE, PRIORITIES)


def angles_of(view: View) -> tuple[Angle, ...]:
    """Return the angles of one side, the weightiest first; a metric that shows no movement gives none."""
    return _independent((angle for finder in FINDERS for angle in finder.find(view, finder)), view.today)


def _independent(angles: Iterable[Angle], today: date) -> tuple[Angle, ...]:
    """Return the angles in order; of those with one source only the first keeps its weight."""
    first: dict[str, str] = {}
    marked = []
    for angle in sorted(angles, key=lambda angle: order(angle, today)):
        key = " ".join(angle.source.casefold().split())
        known = first.setdefault(key, angle.claim) if key else angle.claim
        marked.append(angle if known == angle.claim else replace(angle, same_as=known))
    return tuple(sorted(marked, key=lambda angle: order(angle, today)))
