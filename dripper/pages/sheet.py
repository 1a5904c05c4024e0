"""Page one, which is carried into the room on one sheet: which blocks it has, and how large it can be set."""

from __future__ import annotations

from itertools import takewhile
from typing import assert_never

from dripper.pages.layout import Block, Chart, Columns, Items, Page, Section, Table, Text

# So many characters fit on page one in the usual size; a chart takes as much room as so many; this small can be read.
_USUAL, _CHART_CHARS, _SMALLEST = 3300, 120, 0.62
# Twice the text needs a size a little below the square root of a half, as lines are broken and space is kept free.
_SHRINK = 0.6


def front_of(page: Page) -> tuple[Block, ...]:
    """Return the blocks of page one: what precedes the first sheet; all of a page without one."""
    return tuple(takewhile(lambda block: not (isinstance(block, Section) and block.kind == "sheet"), page.blocks))


def density(page: Page) -> float:
    """Return how large page one can be set, from 1 down, for a format that cannot measure; 1 without sheets."""
    front = front_of(page)
    size = sum(map(_chars, front)) if len(front) < len(page.blocks) else 0
    return max(_SMALLEST, round((_USUAL / size) ** _SHRINK, 2)) if size > _USUAL else 1.0


def _chars(block: Block) -> int:
    match block:
        case Text():
            return len(block.lead) + len(block.text) + len(block.after) + sum(map(_chars, block.below))
        case Items():
            return sum(map(_chars, block.items))
        case Table():
            return sum(len(cell) for row in (block.header, *block.rows) for cell in row)
        case Chart():
            return _CHART_CHARS
        case Section():
            return len(block.title) + sum(map(_chars, block.blocks))
        case Columns():
            return sum(map(_chars, block.sections))
        case _:
            assert_never(block)
