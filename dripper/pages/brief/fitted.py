"""Keeps page one to its sheet: what is long there is cut with an ellipsis, and stands whole in the appendix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from dripper.pages.layout import Block, Chart, Columns, Items, Section, Table, Text, plain

# What a text, its lead, what follows it, a title and a cell may have in characters, and a table in rows.
_TEXT, _LEAD, _AFTER, _TITLE, _CELL = 210, 110, 90, 64, 160
_ROWS = 5


def fitted(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks of page one, each no longer than its share of the sheet."""
    for block in blocks:
        match block:
            case Text():
                yield _text(block)
            case Items():
                yield Items(items=tuple(map(_text, block.items)))
            case Table():
                yield from _table(block)
            case Chart():
                yield block
            case Section():
                yield _section(block)
            case Columns():
                yield replace(block, sections=tuple(map(_section, block.sections)))
            case _:
                assert_never(block)


def shortened(text: str, chars: int) -> str:
    """Return `text` on one line of at most so many characters, cut where a word ends."""
    line = plain(text)
    if len(line) <= chars:
        return line
    head = line[: chars - 1]
    words, _, _ = head.rpartition(" ")
    return f"{(words if len(words) > chars // 2 else head).rstrip(' ,;:.–(')}…"


def _text(text: Text) -> Text:
    return replace(
        text,
        text=shortened(text.text, _TEXT),
        lead=shortened(text.lead, _LEAD),
        after=shortened(text.after, _AFTER),
        below=tuple(map(_text, text.below)),
    )


def _table(table: Table) -> Iterator[Block]:
    rows = tuple(tuple(shortened(cell, _CELL) for cell in row) for row in table.rows[:_ROWS])
    yield replace(table, rows=rows)
    more = len(table.rows) - len(rows)
    if more > 0:
        yield Text(text=f"The appendix has all {len(table.rows)}.", weight="small")


def _section(section: Section) -> Section:
    return replace(section, title=shortened(section.title, _TITLE), blocks=tuple(fitted(section.blocks)))
