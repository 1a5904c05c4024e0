"""Opens the store and holds its transactions; every database failure becomes a `StoreError` with the next step.

What differs between the engines stands in `sqlite` and `postgresql`.
"""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from dripper.errors import StoreError
from dripper.outbox.store import layout, sqlite
from dripper.outbox.store.failure import ConflictError, LostError
from dripper.outbox.store.url import masked, place_of, url_of, with_password

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import sqlalchemy as sa
    from sqlalchemy import Connection, Engine

Result = TypeVar("Result")
log = logging.getLogger(__name__)

# How long a transaction waits for another process before it says so.
BUSY_S = 10.0
# How long a worker waits for a server that has gone, and how often it asks.
PATIENCE_S = 600.0
_ASK_EVERY_S = 0.5
# For so long a connection that is not used is trusted to be open still.
_TRUSTED_S = 5.0
# So often work is done again that others got in the way of.
_MOST_CONFLICTS = 20


class Store:
    """The open database."""

    def __init__(self, engine: Engine, place: str, *, is_passing: bool = False) -> None:
        self._engine = engine
        # As a user would name it, and as one would write it down, without its password.
        self.place = place
        self.url = place
        # Whether nothing of it is kept: there is no store yet, and this one is only read.
        self.is_passing = is_passing
        self.patience_s = PATIENCE_S
        # For the next shared transaction, and when it was last used.
        self._spare: list[tuple[Connection, float]] = []

    @classmethod
    def open(
        cls,
        url: str,
        *,
        root: Path,
        create: bool = True,
        busy_s: float = BUSY_S,
        as_it_is: bool = False,
        password: Callable[[str], str] | None = None,
    ) -> Self:
        """Open the store that `url` names; a relative SQLite path starts at `root`.

        With `create=False` a store that is not there yet is read as an empty one, and nothing is written. `as_it_is`:
        also one of another version, or that was copied elsewhere. `password` returns that of a user of a server, where
        `url` has none. Raises `StoreError`.
        """
        target = url_of(url, root)
        store = cls._of(target, create=create, busy_s=busy_s, password=password)
        store.url = masked(url)
        try:
            if not create and not store.is_passing and not store.has_tables():
                store.close()
                store = cls._passing(target)
            if not store.has_tables():
                with store.write() as connection:
                    layout.make(connection)
            if not as_it_is:
                with store.read() as connection:
                    layout.check(connection, store.place)
        except StoreError:
            store.close()
            raise
        return store

    @classmethod
    def _of(cls, target: sa.URL, *, create: bool, busy_s: float, password: Callable[[str], str] | None) -> Self:
        place = place_of(target)
        if target.get_backend_name() == "postgresql":
            from dripper.outbox.store import postgresql

            return cls(postgresql.engine_of(with_password(target, password), place), place)
        if "uri" not in target.query:
            path = Path(target.database or "")
            if not create and not path.exists():
                return cls._passing(target)
            sqlite.make_folder(path)
        return cls(sqlite.engine_of(target, busy_s), place)

    @classmethod
    def _passing(cls, target: sa.URL) -> Self:
        return cls(sqlite.engine_of(sqlite.NOWHERE, BUSY_S), place_of(target), is_passing=True)

    def has_tables(self) -> bool:
        """Whether somebody has made the tables."""
        with self.read() as connection:
            return layout.is_made(connection)

    @contextmanager
    def write(self, *, is_patient: bool = False) -> Iterator[Connection]:
        """Hold a transaction that writes, alone, from its begin to its commit; what is raised inside rolls it back.

        One that is patient waits for the others as long as a worker does.
        """
        with (
            self._errors_as_store_errors(),
            self._engine.connect().execution_options(is_patient=is_patient) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def trial(self) -> Iterator[Connection]:
        """Hold a transaction that is rolled back at its end: to show what would come of it."""
        with (
            self._errors_as_store_errors(),
            self._engine.connect() as connection,
            connection.begin() as transaction,
        ):
            yield connection
            transaction.rollback()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Hold one consistent view."""
        options: dict[str, Any] = {"reads": True}
        if self._is_server:
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with (
            self._errors_as_store_errors(),
            self._engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield connection

    def share(self, work: Callable[[Connection], Result]) -> Result:
        """Run a worker's `work` in a transaction, beside those of other workers where the engine allows it.

        It is run again where another transaction got in its way, and where the server went away before it was
        committed, as soon as the server is back. So all that it changes must be in the database.
        """
        conflicts = 0
        while True:
            try:
                return self._share_once(work)
            except ConflictError:
                conflicts += 1
                if conflicts > _MOST_CONFLICTS:
                    raise
            except LostError as error:
                self._wait_for_server(error)

    def _share_once(self, work: Callable[[Connection], Result]) -> Result:
        transaction, is_done = None, False
        try:
            with self._errors_as_store_errors(), self._shared() as connection, connection.begin():
                transaction = connection.info.get("transaction")
                result = work(connection)
                is_done = True
        except LostError as error:
            if is_done and transaction is not None and self._was_committed(transaction, error):
                return result
            raise
        return result

    @contextmanager
    def _shared(self) -> Iterator[Connection]:
        """Lend a connection that stays open for the next time; to ask each time whether it is costs a round trip."""
        connection, used_at = self._spare.pop() if self._spare else (None, 0.0)
        if connection is not None and time.monotonic() - used_at > _TRUSTED_S:
            connection.close()
            connection = None
        if connection is None:
            connection = self._engine.connect().execution_options(together=True)
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        self._spare.append((connection, time.monotonic()))

    def _was_committed(self, transaction: int, error: LostError) -> bool:
        """Ask what became of a transaction whose commit was not answered."""
        from dripper.outbox.store.postgresql import was_committed

        while True:
            self._wait_for_server(error)
            with self.read() as connection:
                found = was_committed(connection, transaction)
            if found is not None:
                return found

    def _wait_for_server(self, error: LostError) -> None:
        """Return once the server answers; raise `error` where it does not in time."""
        log.warning("%s; it is tried again for %d minutes", error, self.patience_s // 60)
        end = time.monotonic() + self.patience_s
        while time.monotonic() < end:
            time.sleep(_ASK_EVERY_S)
            try:
                with self.read():
                    log.warning("the store %s is there again", self.place)
                    return
            except LostError:
                continue
        raise error

    def close(self) -> None:
        """Close every connection."""
        while self._spare:
            self._spare.pop()[0].close()
        self._engine.dispose()

    @property
    def _is_server(self) -> bool:
        """Whether the database is a program of its own, perhaps on another machine."""
        return self._engine.dialect.name == "postgresql"

    @contextmanager
    def _errors_as_store_errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise self._error_of(error) from error
        except SQLAlchemyError as error:
            raise StoreError(f"{self.place}: {error}", cure="`dripper store check` examines it") from error

    def _error_of(self, error: DBAPIError) -> StoreError:
        if self._is_server:
            from dripper.outbox.store.postgresql import error_of

            return error_of(self.place, error)
        return sqlite.error_of(self.place, error)
