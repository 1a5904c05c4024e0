"""What a cell of a metrics file says: a number, or a mistake whose cure can be told."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from enum import Enum
from math import isfinite

from dripper.workspace.model.values import Number
from dripper.workspace.rows import shown

_LONGEST_NAME = 120
# Programs write all the digits of a binary fraction, of which fifteen decimals say all that was measured.
_MOST_DECIMALS = 15
# Wide enough for all digits that a value may have.
_EXACT = Context(prec=60)


class CellError(ValueError):
    """A cell that is no value; `cure` says what to write."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.cure = cure


class _Measured(Number):
    """A value of a series, with as many decimals as can have been measured."""

    most_decimals = _MOST_DECIMALS


class Spelling(Enum):
    """A way to write a cell that is not read here, though a program may have saved a whole column in it."""

    COMMA = "values are written with a decimal comma"
    MARK = "values are written with marks for thousands"
    # 1,234 alone may be a thousand and more, or one and less than a quarter.
    EITHER = "values have a comma that may mark decimals or thousands"
    SIGN = "values are written with a sign beside their digits"
    NO_DAY = "dates name no day"
    SERIAL = "dates are the numbers that spreadsheets count days by"
    TWO_WAYS = "dates may be read in two ways"


class SpellingError(CellError):
    """A cell that says something, in a spelling that is not read."""

    def __init__(self, cell: str, message: str, cure: str, spelling: Spelling) -> None:
        super().__init__(message, cure)
        self.cell = cell
        self.spelling = spelling


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
    if _PLAIN.fullmatch(cell):
        try:
            return Decimal(_Measured.parse(_rounded(Decimal(cell))))
        except (ValueError, ArithmeticError) as error:
            raise CellError(f'"{shown(cell)}" is no value: {error}', "write plain digits, such as 21.5") from None
    if not cell:
        raise CellError("the value is missing", "write a number, or delete the row")
    message = f'"{shown(cell)}" is no number'
    bare = re.sub(r"[\s%€$£'’]", "", cell)
    spelling, plain = _meant(bare)
    if spelling is None:
        raise CellError(message, _CURE)
    raise SpellingError(cell, message, f"write {plain}" if plain else _CURE, spelling)


_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,4})?", re.ASCII)
_CURE = "write plain digits with a point, such as 1234.56, or delete the row"


def _rounded(value: Decimal) -> Decimal:
    """Return `value` with no more decimals than are kept, where seven digits are left: programs write all they have."""
    is_long = int(value.as_tuple().exponent) < -_MOST_DECIMALS
    if not is_long or (value and not 6 - _MOST_DECIMALS <= value.adjusted() < _MOST_DECIMALS):
        return value
    return value.quantize(Decimal(1).scaleb(-_MOST_DECIMALS), context=_EXACT)


def any_number_of(value: object) -> Decimal:
    """Return the finite number that such a value is, else raise `CellError`."""
    if isinstance(value, float | Decimal):
        if not isfinite(value):
            raise CellError(f'"{value}" is no number', "leave the row out, or write what was measured")
        return number_of(repr(value) if isinstance(value, float) else str(value))
    if isinstance(value, bool):
        raise CellError(f'"{value}" is no number', "write 1 or 0")
    return number_of(str(value).strip() if value is not None else "")


def _meant(bare: str) -> tuple[Spelling | None, str]:
    """Return how a spreadsheet's number without its signs is spelled, and as plain digits where it means one only."""
    if re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", bare, re.ASCII):
        return Spelling.EITHER, ""
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3}){2,}(\.\d+)?|[+-]?\d{1,3},\d{3}\.\d+", bare, re.ASCII):
        return Spelling.MARK, bare.replace(",", "")
    if re.fullmatch(r"[+-]?(\d{1,3}(\.\d{3})+|\d+),\d+", bare, re.ASCII):
        return Spelling.COMMA, bare.replace(".", "").replace(",", ".")
    if re.fullmatch(r"[+-]?\d{1,3}(\.\d{3}){2,}", bare, re.ASCII):
        return Spelling.COMMA, bare.replace(".", "")
    return (Spelling.SIGN, bare) if re.fullmatch(r"[+-]?\d+(\.\d+)?", bare, re.ASCII) else (None, "")
