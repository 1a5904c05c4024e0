"""What a cell of a metrics file says: a number, or a mistake whose cure can be told."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from math import isfinite

from dripper.workspace.model.values import Number
from dripper.workspace.rows import shown

_LONGEST_NAME = 120
# Wide enough for all digits that a value may have.
_EXACT = Context(prec=60)


class CellError(ValueError):
    """A cell that is no value; `cure` says what to write."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.cure = cure


def check_name(cell: str, what: str) -> None:
    """Raise `CellError` where a cell names nothing that could be shown."""
    if not cell:
        raise CellError(f"the {what} is missing", "write its id")
    if not cell.isprintable() or len(cell) > _LONGEST_NAME:
        is_text = all(not 0xD800 <= ord(character) <= 0xDFFF for character in cell)
        cure = f"write its id, at most {_LONGEST_NAME} plain letters" if is_text else "save the file as UTF-8"
        raise CellError(f'"{shown(cell)}" is no {what}', cure)


def number_of(cell: str) -> Decimal:
    """Return the finite number that a cell names, else raise `CellError` with the number that was probably meant."""
    if re.fullmatch(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,4})?", cell, re.ASCII):
        try:
            return Decimal(Number.parse(_rounded(Decimal(cell))))
        except (ValueError, ArithmeticError) as error:
            raise CellError(f'"{shown(cell)}" is no value: {error}', "write plain digits, such as 21.5") from None
    if not cell:
        raise CellError("the value is missing", "write a number, or delete the row")
    plain = _plain(cell)
    cure = f"write {plain}" if plain else "write plain digits with a point, such as 1234.56, or delete the row"
    raise CellError(f'"{shown(cell)}" is no number', cure)


def _rounded(value: Decimal) -> Decimal:
    """Return `value` with no more decimals than are kept, where seven digits are left: programs write all they have."""
    decimals = Number.most_decimals
    is_long = int(value.as_tuple().exponent) < -decimals
    if not is_long or (value and not 6 - decimals <= value.adjusted() < decimals):
        return value
    return value.quantize(Decimal(1).scaleb(-decimals), context=_EXACT)


def any_number_of(value: object) -> Decimal:
    """Return the finite number that such a value is, else raise `CellError`."""
    if isinstance(value, float | Decimal):
        if not isfinite(value):
            raise CellError(f'"{value}" is no number', "leave the row out, or write what was measured")
        return number_of(repr(value) if isinstance(value, float) else str(value))
    if isinstance(value, bool):
        raise CellError(f'"{value}" is no number', "write 1 or 0")
    return number_of(str(value).strip() if value is not None else "")


def _plain(cell: str) -> str:
    """Return the number that a spreadsheet's spelling means; empty where it may mean two (1,234) or none."""
    bare = re.sub(r"[\s%€$£'’]", "", cell)
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})", bare, re.ASCII):
        return ""
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", bare, re.ASCII):
        return bare.replace(",", "")
    if re.fullmatch(r"[+-]?(\d{1,3}(\.\d{3})+|\d+),\d+", bare, re.ASCII):
        return bare.replace(".", "").replace(",", ".")
    return bare if re.fullmatch(r"[+-]?\d+(\.\d+)?", bare, re.ASCII) else ""
