"""The page of `dripper ledger`: one line per campaign, every planned message in exactly one column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dripper.drip.ledger import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.drip.ledger import Line

VERSION = 1


def ledger_json(lines: Sequence[Line]) -> dict[str, Any]:
    """Return the documented JSON; the numbers of a row add up to its `planned`."""
    rows = [
        {"campaign": line.campaign, "planned": line.planned} | {state.value: line.counts[state] for state in COLUMNS}
        for line in lines
    ]
    return {"version": VERSION, "campaigns": rows}


def ledger_text(lines: Sequence[Line], *, width: int) -> str:
    """Return the table, or where it is wider than `width` a line a campaign that names what it counts."""
    if not lines:
        return "Nothing is scheduled. `dripper schedule` approves the campaigns as they stand."
    header = ["campaign", "planned", *(state.value for state in COLUMNS)]
    rows = [[line.campaign, str(line.planned), *(str(line.counts[state]) for state in COLUMNS)] for line in lines]
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    if sum(widths) + 2 * len(widths[1:]) > width:
        return "\n".join(map(_named, lines))
    return "\n".join(_aligned(row, widths) for row in (header, *rows))


def _named(line: Line) -> str:
    counts = ", ".join(f"{line.counts[state]} {state.value}" for state in COLUMNS)
    return f"{line.campaign}: {line.planned} planned: {counts}"


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    numbers = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
    return "  ".join([row[0].ljust(widths[0]), *numbers])
