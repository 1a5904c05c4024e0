"""How high blocks become in print, estimated from the measures of the style sheet and the widths of usual letters.

A file of HTML cannot measure itself, and characters alone tell little: words are broken into lines in narrow columns.
All lengths are in points, those of text in the usual size of print.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

from dripper.pages.layout import Block, Chart, Columns, Items, Section, Table, Text, plain, widths

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# The sizes of letters in print, the height of a line as a share of them, and how much wider bold letters are.
_LETTERS, _SMALL, _NUMBERS, _TITLE, _VERDICT = 9.3, 8.3, 10.9, 9.4, 14.25
_LINE, _BOLD = 1.28, 1.08
# What stands round a paragraph or item, a row, a section's title, a verdict and a quotation; between two columns.
_PARAGRAPH, _ROW, _SECTION, _VERDICT_FRAME, _QUOTE, _GUTTER = 2.25, 5.25, 16.5, 24.0, 4.5, 13.5
# By how much lists, a verdict and a quotation are narrower than what holds them.
_INDENT, _VERDICT_SIDES, _QUOTE_SIDES = 10.7, 31.0, 10.0
_WIDEST_CHART = 360.0
_BOX = re.compile(r'viewBox="0 0 (\d+) (\d+)"')
# The widths of letters as shares of their size, after those of Helvetica, rounded up.
_NARROW, _WIDE = frozenset("iljtfrI.,;:'|!()[]/-– "), frozenset("mwMWQGO%@…—→")
# From here on letters are as wide as high.
_IDEOGRAPHS = "\u1100"


def height(blocks: Iterable[Block], width: float) -> float:
    """Return how high blocks below each other are where they have so much room."""
    return sum(_block(block, width) for block in blocks)


def lines(text: str, width: float, size: float) -> int:
    """Return on how many lines a text of that size stands."""
    room, count, used = width / size, 1, 0.0
    for word in plain(text).split(" "):
        long = _em(word)
        if used and used + _em(" ") + long > room:
            count, used = count + 1, 0.0
        used += (_em(" ") if used else 0.0) + long
        while used > room:
            count, used = count + 1, used - room
    return count


@lru_cache(maxsize=4096)
def _em(word: str) -> float:
    return sum(map(_letter, word))


def _letter(letter: str) -> float:
    if letter >= _IDEOGRAPHS:
        return 1.0
    if letter in _NARROW:
        return 0.31
    if letter in _WIDE:
        return 0.88
    return 0.7 if letter.isupper() else 0.56


def _block(block: Block, width: float) -> float:
    match block:
        case Text():
            return _text(block, width)
        case Items():
            return _PARAGRAPH + sum(_item(item, width - _INDENT) for item in block.items)
        case Table():
            return _table(block, width, _SMALL)
        case Chart():
            return _chart(block, width)
        case Section():
            return _section(block, width, _LETTERS)
        case Columns():
            return _columns(block, width)
        case _:
            assert_never(block)


def _text(text: Text, width: float) -> float:
    size = _SMALL if text.weight == "small" else _LETTERS
    inner, beside = (width - _QUOTE_SIDES, _QUOTE) if text.weight == "quote" else (width, _PARAGRAPH)
    whole = " ".join(filter(None, (text.lead, text.text, text.after)))
    # What is bold is a little wider; the small print behind it is not taken off for it.
    share = len(text.lead) / max(1, len(whole))
    return lines(whole, inner / (1 + (_BOLD - 1) * share), size) * size * _LINE + beside


def _item(item: Text, width: float) -> float:
    below = _PARAGRAPH + sum(_item(each, width - _INDENT) for each in item.below) if item.below else 0.0
    return _text(item, width) + below


def _table(table: Table, width: float, size: float) -> float:
    asked = widths(table)
    shares = [width * each / sum(asked) - 6 for each in asked]
    return sum(_row(row, shares, size) for row in (table.header, *table.rows))


def _row(cells: Sequence[str], shares: Sequence[float], size: float) -> float:
    return max(lines(cell, share, size) for cell, share in zip(cells, shares, strict=True)) * size * _LINE + _ROW


def _chart(chart: Chart, width: float) -> float:
    found = _BOX.search(chart.svg)
    assert found is not None, "every drawing of ours says its size"
    shown = min(width, _WIDEST_CHART) if chart.is_wide else width
    return shown * int(found[2]) / int(found[1]) + (12 if chart.is_wide else 3)


def _section(section: Section, width: float, size: float) -> float:
    if section.kind == "verdict":
        inner = width - _VERDICT_SIDES
        title = lines(section.title, inner / _BOLD, _VERDICT) * _VERDICT * 1.25
        return _VERDICT_FRAME + title + height(section.blocks, inner)
    title = (lines(section.title, width / _BOLD, size) - 1) * size * 1.25 + _SECTION + 8.25
    return title + sum(
        _table(block, width, _NUMBERS)
        if section.kind == "numbers" and isinstance(block, Table)
        else _block(block, width)
        for block in section.blocks
    )


def _columns(columns: Columns, width: float) -> float:
    one = (width - _GUTTER * (columns.across - 1)) / columns.across
    # Titles of two columns are in capitals set wide, and of more as they are written.
    size = _TITLE if columns.across > 2 else 1.25 * _TITLE
    heights = [_section(section, one, size) for section in columns.sections]
    return sum(max(heights[at : at + columns.across]) for at in range(0, len(heights), columns.across))
