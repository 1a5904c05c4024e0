"""The types of columns: what differs between SQLite and PostgreSQL, and nothing else does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, DateTime, Integer, Text, TypeDecorator
from sqlalchemy.types import UserDefinedType

if TYPE_CHECKING:
    from sqlalchemy import Dialect
    from sqlalchemy.types import TypeEngine

_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class _Microseconds(UserDefinedType[int]):
    """Time in SQLite: microseconds since 1970, a quarter of what the date costs as text, in every index again."""

    cache_ok = True

    def get_col_spec(self, **_options: object) -> str:
        """Return the column's type; by it a number stays a number."""
        return "DATETIME"


class Instant(TypeDecorator[datetime]):
    """The one type of time: aware, in UTC, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type as `dialect` knows it."""
        return _Microseconds() if dialect.name == "sqlite" else DateTime(timezone=True)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | int | None:
        """Return `value` in UTC; a time without a zone is a fault of the program."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value}")
        return (value - _BEGIN) // _MICROSECOND if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: datetime | int | None, dialect: Dialect) -> datetime | None:
        """Return what was stored, aware."""
        if value is None:
            return None
        return value.astimezone(UTC) if isinstance(value, datetime) else _BEGIN + value * _MICROSECOND


class Words(TypeDecorator[str]):
    """The one type of text: in the order of its code points, whatever language the database was set up for.

    What no database can keep (NUL, half a character, as a broken server may send it) is kept as a question mark.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """Return the type as `dialect` knows it."""
        return Text(collation="C") if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return plain text; of a closed word its value."""
        if value is None:
            return None
        plain = str(value)
        if not plain.isascii():
            plain = plain.encode("utf-8", "replace").decode()
        return plain.replace("\0", "?") if "\0" in plain else plain


# SQLite numbers rows only in a column of this very type.
Number = BigInteger().with_variant(Integer, "sqlite")
