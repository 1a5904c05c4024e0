"""A page as Markdown (CommonMark with tables); what came from a file cannot turn into markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from dripper.pages.layout import Block, Chart, Columns, Items, Page, Section, Table, Text, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What is markup wherever it stands, then what is so at a word's edge, at the start, or before a name.
_MARKUP = re.compile(r"[\\`*\[\]<>|~]|(?<![^\W_])_|_(?![^\W_])|^(?:[#+\-=]|\d+(?=[.)]))|&(?=#?\w+;)")
_DEEPEST = 4


def markdown(page: Page) -> str:
    """Return the page's text, with one newline at its end."""
    parts = [f"# {escaped(page.title)}", escaped(page.subtitle)]
    for block in page.blocks:
        parts += _block(block, 2)
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(text: str) -> str:
    """Return `text` on one line, each mark of Markdown made plain."""
    return _MARKUP.sub(_plain, plain(text))


def _plain(match: re.Match[str]) -> str:
    mark = match[0]
    # `1.` would begin a list; the backslash belongs before its point.
    return mark if mark.isdigit() else f"\\{mark}" if mark != "&" else "&amp;"


def _block(block: Block, level: int) -> Iterator[str]:
    match block:
        case Text():
            yield ("> " if block.weight == "quote" else "") + _text(block)
        case Items():
            yield "\n".join(_items(block.items))
        case Table():
            rows = [block.header, ("---",) * len(block.header), *block.rows]
            yield "\n".join("| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows)
        case Chart():
            yield f"*{escaped(block.alt)}*"
        case Section():
            yield f"{'#' * level} {escaped(block.title)}"
            for inner in block.blocks:
                yield from _block(inner, min(level + 1, _DEEPEST))
        case Columns():
            for section in block.sections:
                yield from _block(section, level)
        case _:
            assert_never(block)


def _items(items: Iterable[Text], indent: str = "") -> Iterator[str]:
    for item in items:
        yield f"{indent}- {_text(item)}"
        yield from _items(item.below, indent + "  ")


def _cell(text: str) -> str:
    return text if text == "---" else escaped(text)


def _text(block: Text) -> str:
    parts = [f"**{escaped(block.lead)}**" if block.lead else "", escaped(block.text), escaped(block.after)]
    return " ".join(part for part in parts if part)
