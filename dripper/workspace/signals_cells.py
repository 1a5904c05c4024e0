"""What the cells of a mention say, or the mistake in one of them with its cure."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from dripper.workspace.cells import CellError
from dripper.workspace.dates import date_of
from dripper.workspace.model.account import Category, Side, Sure
from dripper.workspace.model.signal import Signal
from dripper.workspace.model.values import Money
from dripper.workspace.rows import shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

E = TypeVar("E", bound=StrEnum)

_MOST_CHARS = 2000
# What no line of a file or a terminal can hold, lone surrogates (bytes that were no UTF-8) among them.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*")
_GROUPED = re.compile(r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+|\d+")
_SHORT = re.compile(r"(\d+(?:[.,]\d+)?) ?([kKmM])")
_MOST_REACH = 10_000_000_000


class Cells:
    """The cells of one mention by column; `column` is the one that was read last."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells
        self.column = ""

    def __call__(self, name: str) -> str:
        """Return a cell on one line, empty where there is none; raise `CellError` where it cannot be printed."""
        self.column = name
        text = self._cells.get(name, "")
        if _UNPRINTABLE.search(text):
            raise CellError("a character that cannot be printed stands here", "delete it, or save the file as UTF-8")
        return " ".join(text.split())


def signal_of(cell: Cells) -> Signal:
    """Return the mention that the cells make, else raise `CellError` about the column that was read last."""
    on, author, text = _date(cell("date")), _said(cell("author"), "author"), _said(cell("text"), "text")
    reach, url, account = _reach(cell("reach")), cell("url"), cell("account")
    names = tuple(filter(None, map(str.strip, re.split(r"[;,|]", cell("names")))))
    kind, for_ = _word(Category, cell("kind")), _word(Side, cell("for"))
    if (kind is None) != (for_ is None):
        raise CellError("an angle needs both kind and for", 'write kind, such as "market", and for, "us" or "them"')
    sure = _word(Sure, cell("sure")) or Sure.HEARSAY
    if sure is Sure.CONFIRMED:
        raise CellError("a mention confirms nothing", "write likely, or make a [[fact]] of what confirms it")
    return Signal(
        on=on,
        author=author,
        text=text,
        reach=reach,
        url=url,
        account=account,
        names=names,
        kind=kind,
        for_=for_,
        sure=sure,
        worth=_worth(cell("worth")),
    )


def _date(cell: str) -> date:
    instant = _INSTANT.fullmatch(cell)
    return date_of(instant[1] if instant else cell)


def _said(cell: str, what: str) -> str:
    if not cell:
        raise CellError(f"the {what} is missing", f"write the {what}, or delete the row")
    return cell if len(cell) <= _MOST_CHARS else cell[: _MOST_CHARS - 1] + "…"


def _reach(cell: str) -> int | None:
    """Return a number as people and platforms write it: 48200, 48,200, 48.2k, 1.2M; nothing where it is empty."""
    if not cell:
        return None
    short = _SHORT.fullmatch(cell)
    if short:
        value = round(float(short[1].replace(",", ".")) * {"k": 1000, "m": 1_000_000}[short[2].lower()])
    elif _GROUPED.fullmatch(cell) and cell.isprintable() and len(cell) < 20:
        value = int(re.sub(r"\D", "", cell))
    else:
        raise CellError(f'"{shown(cell)}" is no number of people', "write it as 48200 or 48.2k, or leave it empty")
    if value > _MOST_REACH:
        raise CellError(f'"{shown(cell)}" is more people than there are', "write how many the author reaches")
    return value


def _word(kind: type[E], cell: str) -> E | None:
    if not cell:
        return None
    try:
        return kind(cell.casefold())
    except ValueError:
        words = ", ".join(kind)
        raise CellError(f'"{shown(cell)}" is none of the words that stand here', f"write one of: {words}") from None


def _worth(cell: str) -> Money | None:
    try:
        return Money.parse(cell) if cell else None
    except ValueError as error:
        raise CellError(str(error), 'write it as "38400 EUR"') from None
