"""The line at the foot of the terminal while `send` and `run` deliver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip.delivery import State

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOLD = (State.DEFERRED, State.HELD, State.FAILED, State.UNKNOWN)


def progress_line(counts: Mapping[State, int], *, a_second: float, left: int | None, width: int) -> str:
    """Return how many were sent, how fast, how many are left (`None`: not known) and what else became of some."""
    sent = counts.get(State.SENT, 0)
    parts = [f"{sent:,} sent"]
    if a_second:
        parts.append(f"{a_second:,.0f} a second" if a_second >= 1 else f"{a_second * 60:,.0f} a minute")
    parts += [f"{left:,} left"] if left is not None else []
    parts += [f"{counts[state]:,} {state}" for state in _TOLD if counts.get(state)]
    line = ", ".join(parts)
    return line if len(line) < width else line[: max(0, width - 2)] + "…"
