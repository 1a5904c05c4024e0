"""Metrics in a database: the user's own query, narrowed to the account that is asked for, so that it does the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.errors import SourceError
from dripper.workspace.metrics import columns_of
from dripper.workspace.parquet import WANTED
from dripper.workspace.queried import Queried

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import URL, CursorResult, Engine

    from dripper.problem import Span

_BATCH = 5_000
_FILE = "dripper.toml"


class Database:
    """A query to a database that SQLAlchemy knows; `password` is asked for when it is first needed."""

    def __init__(self, url: str, query: str, *, root: Path, span: Span, password: Callable[[], str] | None) -> None:
        self.name = "the query of [metrics]"
        self._url = url
        self._query = query.strip().rstrip(";")
        self._root = root
        # Where the query stands in `dripper.toml`.
        self._span = span
        self._password = password
        self._secret = ""

    def rows(self, account: str) -> Iterator[Queried]:
        """Yield the rows of one account, numbered as they come; raise `SourceError`."""
        from sqlalchemy import text
        from sqlalchemy.exc import SQLAlchemyError

        engine = self._engine()
        narrowed = text(f"SELECT * FROM ({self._query}) asked WHERE account = :account")  # noqa: S608 - the user's own
        try:
            with engine.connect() as connection:
                streamed = connection.execution_options(stream_results=True, max_row_buffer=_BATCH)
                yield from self._numbered(streamed.execute(narrowed, {"account": account}))
        except SQLAlchemyError as error:
            raise self._closed(error) from error
        finally:
            engine.dispose()

    def _numbered(self, answer: CursorResult[tuple[object, ...]]) -> Iterator[Queried]:
        names = list(answer.keys())
        places = columns_of(names)
        missing = [name for name in WANTED if name not in places]
        if missing:
            raise SourceError(
                f"{self.name} yields no {' and no '.join(missing)}; it yields {', '.join(names)}",
                cure=f"let it select {', '.join(WANTED)}",
            )
        columns = [places[name] for name in WANTED[1:]]
        for number, row in enumerate(answer, start=1):
            metric, on, value = (row[place] for place in columns)
            yield Queried(metric, on, value, _FILE, self._span, f"row {number:,} of the answer")

    def _engine(self) -> Engine:
        from sqlalchemy import create_engine
        from sqlalchemy.exc import ArgumentError, NoSuchModuleError
        from sqlalchemy.pool import NullPool

        try:
            return create_engine(self._address(), poolclass=NullPool)
        except NoSuchModuleError as error:
            raise SourceError(f"no driver is known for url in [metrics]: {error}", cure=_CURE) from error
        except ArgumentError as error:
            raise SourceError(f"url in [metrics] is no address of a database: {error}", cure=_CURE) from error
        except ModuleNotFoundError as error:
            raise SourceError(
                f"the driver of the database is not installed: {error.name}",
                cure=f"`python -m pip install {error.name}`, or name another driver in url",
            ) from error

    def _address(self) -> URL:
        from sqlalchemy import make_url

        url = make_url(self._url)
        if url.get_backend_name() == "sqlite" and url.database:
            if not (self._root / url.database).is_file():
                raise SourceError(f"there is no database {url.database}", cure="correct url in [metrics]")
            return url.set(database=str(self._root / url.database))
        if self._password is None:
            return url
        self._secret = self._password()
        return url.set(password=self._secret)

    def _closed(self, error: Exception) -> SourceError:
        """Return what went wrong in the database's own words, the first line of them, without the password."""
        first = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        shown = first.replace(self._secret, "•••") if self._secret else first
        return SourceError(f"the database of [metrics] cannot be read: {shown}", cure="correct url, password or query")


_CURE = 'write it as SQLAlchemy does, such as "postgresql+psycopg://dana@db.north.example/sales"'
