"""What we promised, sorted by what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.workspace.model.account import Promise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """What we promised: kept, broken (late or overdue), and still to come."""

    kept: tuple[Promise, ...]
    broken: tuple[Promise, ...]
    due: tuple[Promise, ...]


def promises_of(promises: Sequence[Promise], today: date) -> Promises:
    """Sort promises by what became of them; one kept late was broken, one kept in the future is not kept yet."""
    kept = tuple(each for each in promises if each.kept_on and each.kept_on <= min(each.due, today))
    broken = tuple(each for each in promises if each not in kept and each.due < today)
    return Promises(kept=kept, broken=broken, due=tuple(each for each in promises if each not in (*kept, *broken)))
