"""Opens the store and holds its transactions; every database failure becomes a `StoreError` with the next step.

SQLite runs with a write-ahead log, synchronous=FULL (a commit survives a power cut) and BEGIN IMMEDIATE, so that a
transaction that will write waits at its begin and never fails half-way for another's lock.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from dripper.errors import StoreError
from dripper.outbox.store.tables import SCHEMA, meta, metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

# How long a transaction waits for another process before it says so.
BUSY_S = 10.0


class Store:
    """The open database."""

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine = engine
        # As a user would name it.
        self.place = place

    @property
    def is_passing(self) -> bool:
        """Whether nothing of it is on the disk: there is no store yet, and this one is only read."""
        return not self._engine.url.database

    @classmethod
    def open(cls, url: str, *, root: Path, create: bool = True, busy_s: float = BUSY_S) -> Self:
        """Open the store that `url` names; a relative SQLite path starts at `root`.

        With `create=False` a store that is not there yet is read as an empty one, and nothing is written to the disk.
        Raises `StoreError`.
        """
        target = _sqlite_url(url, root)
        path = target.database or ""
        is_uri = "uri" in target.query
        if not is_uri and not create and not Path(path).exists():
            store = cls(_engine(sa.make_url("sqlite://"), busy_s), path)
        else:
            if not is_uri:
                _make_folder(Path(path))
            store = cls(_engine(target, busy_s), path)
        store.check_schema()
        return store

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Hold a transaction that writes, from its begin to its commit; anything raised inside rolls it back."""
        with (
            self._errors_as_store_errors(),
            self._engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def trial(self) -> Iterator[Connection]:
        """Hold a transaction that is rolled back at its end: to show what would come of it."""
        with (
            self._errors_as_store_errors(),
            self._engine.connect().execution_options(writes=True) as connection,
            connection.begin() as transaction,
        ):
            yield connection
            transaction.rollback()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Hold one consistent view."""
        with self._errors_as_store_errors(), self._engine.connect() as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def check_schema(self) -> None:
        """Create the tables where there are none; refuse those of another version with `StoreError`."""
        with self.read() as connection:
            known = sa.inspect(connection).has_table(meta.name)
        if not known:
            with self.write() as connection:
                metadata.create_all(connection)
                connection.execute(sa.insert(meta).prefix_with("OR IGNORE"), {"key": "schema", "value": str(SCHEMA)})
        with self.read() as connection:
            found = int(connection.execute(sa.select(meta.c.value).where(meta.c.key == "schema")).scalar_one())
        if found > SCHEMA:
            raise StoreError(
                f"{self.place} was written by a newer dripper (schema {found}, this one knows {SCHEMA})",
                cure="install the newer dripper: `python -m pip install --upgrade dripper`",
            )
        if found < SCHEMA:
            raise StoreError(
                f"{self.place} was written by an older dripper (schema {found}, this one needs {SCHEMA})",
                cure="go on with the dripper that wrote it, or move the file away and schedule with --restart",
            )

    @contextmanager
    def _errors_as_store_errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise _store_error(self.place, str(error.orig)) from error
        except SQLAlchemyError as error:
            raise StoreError(f"{self.place}: {error}", cure="`dripper store check` examines the file") from error


def _sqlite_url(url: str, root: Path) -> sa.URL:
    try:
        target = sa.make_url(url)
    except SQLAlchemyError as error:
        raise StoreError(f"[store] url '{url}' is no database URL", cure=_URL_CURE) from error
    if target.get_backend_name() != "sqlite" or not target.database:
        raise StoreError(f"[store] url '{url}' names no SQLite file", cure=_URL_CURE)
    if "uri" in target.query:
        return target
    return target.set(database=str(root / target.database))


_URL_CURE = 'write [store] url = "sqlite:///.dripper/dripper.db" in dripper.toml'


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the folder of the store, {path.parent}, cannot be made: {error.strerror}",
            cure="make the workspace writable, or name another place in [store] url",
        ) from error


def _engine(url: sa.URL, busy_s: float) -> Engine:
    options: dict[str, Any] = {"poolclass": StaticPool} if not url.database else {}
    engine = sa.create_engine(url, connect_args={"timeout": busy_s, "check_same_thread": False}, **options)

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # The driver must not begin transactions of its own; `begin` below does.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


# What the driver says -> what it means, and the next step.
_CAUSES: tuple[tuple[str, str, str], ...] = (
    (
        "locked",
        "is busy: another program has kept it locked",
        "stop the other `dripper` (or the program that has the file open) and try again; nothing was lost",
    ),
    (
        "readonly",
        "cannot be written to",
        "make the workspace's .dripper folder writable, or name another place in [store] url",
    ),
    ("full", "cannot grow: the disk is full", "free some space and run the same command again; nothing was lost"),
    ("unable to open", "cannot be opened", "make the workspace's .dripper folder writable, or correct [store] url"),
    ("not a database", "is no dripper store", "move the file away, or correct [store] url in dripper.toml"),
    ("malformed", "is damaged", "put back a copy of it; do not delete it, it is the only record of what was sent"),
    ("disk I/O", "cannot be written: the disk fails or is full", "free some space or check the disk, then run again"),
)


def _store_error(place: str, said: str) -> StoreError:
    for words, meaning, cure in _CAUSES:
        if words in said:
            return StoreError(f"the store {place} {meaning}", cure=cure)
    return StoreError(
        f"the store {place}: {said}", cure="run the same command again; if it stays, keep the file and ask"
    )
