"""What a page is made of, whatever its format: sections of texts, lists, tables and charts.

One part says what is on a page, the writers (`markdown`, `html`) only how it looks: so every format has the same words.
"""

from __future__ import annotations

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
