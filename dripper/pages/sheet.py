"""Page one, which is carried into the room on one sheet: which blocks it has, and how large it can be set."""

from __future__ import annotations

from itertools import takewhile

from dripper.pages.layout import Block, Page, Section
from dripper.pages.measure import height, lines

# What the margins leave of A4, in points.
_WIDTH, _HEIGHT = 521.6, 773.9
# The title is never set smaller, and leaves room for the date at its right.
_TITLE, _TITLE_WIDTH = 16.0, 350.0
# From the usual size down to what can just be read.
_SIZES = tuple(round(1 - 0.03 * step, 2) for step in range(17))


def front_of(page: Page) -> tuple[Block, ...]:
    """Return the blocks of page one: what precedes the first sheet; all of a page without one."""
    return tuple(takewhile(lambda block: not (isinstance(block, Section) and block.kind == "sheet"), page.blocks))


def density(page: Page) -> float:
    """Return how large page one can be set, from 1 down, for a format that cannot measure; 1 without sheets.

    What is set smaller has more letters on a line, while a chart stays as wide as its column.
    """
    front = front_of(page)
    if len(front) == len(page.blocks):
        return 1.0
    room = _HEIGHT - lines(page.title, _TITLE_WIDTH, 1.08 * _TITLE) * _TITLE * 1.2
    return next((size for size in _SIZES if size * height(front, _WIDTH / size) <= room), _SIZES[-1])
