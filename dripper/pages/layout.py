"""What a page is made of, whatever its format: sections of texts, lists, tables and charts.

One part says what is on a page, the writers (`markdown`, `html`) only how it looks: so every format has the same words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph or list item; `lead` is set in bold before it, `after` in small type behind it."""

    text: str
    lead: str = ""
    after: str = ""
    # How much it weighs: "", "small" or "quote".
    weight: str = ""
    # What belongs to a list item, as a list of its own.
    below: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; every row has as many cells as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing, and the same in words for who cannot see it."""

    svg: str
    alt: str
    # True: it needs a line of its own; a small one is as wide as its column.
    is_wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled part; `kind` names its look: "", "verdict", "numbers" or "sheet" (begins on a new sheet)."""

    title: str
    blocks: tuple[Block, ...]
    kind: str = ""
    # For a verdict: whether it is a good one.
    good: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Sections side by side where there is room, in `across` columns of one width."""

    sections: tuple[Section, ...]
    across: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole page; `subtitle` stands below the title."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]


Block: TypeAlias = Text | Items | Table | Chart | Section | Columns

# Control characters that are no white space; neither XML nor a PDF can carry them.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

# No column is asked to be narrower or wider than so many characters; what is longer is broken into lines.
_NARROWEST, _WIDEST = 5, 44
# A column of no more than so many characters is not broken into lines.
SHORT = 15


def plain(text: str) -> str:
    """Return `text` on one line, without what no format can carry."""
    return _CONTROL.sub("", " ".join(text.split()))


def widths(table: Table) -> tuple[int, ...]:
    """Return how wide each column wants to be, in characters: by its longest cell, but never less than a word."""
    columns = zip(table.header, *table.rows, strict=True)
    return tuple(max(_NARROWEST, min(_WIDEST, max(map(len, cells))), _longest_word(cells)) for cells in columns)


def _longest_word(cells: tuple[str, ...]) -> int:
    return min(_WIDEST, max((len(word) for cell in cells for word in cell.split()), default=0))
