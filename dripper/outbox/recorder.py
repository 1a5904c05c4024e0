"""Group commit: what concurrent connections have to write down shares transactions, so one fsync serves them all.

While one transaction is being committed in its thread, the next requests gather; they go into the next one. The order
of requests is kept, and each caller goes on only when its own part is on the disk. A transaction may be run again (see
`Store.share`, and where a request fails), so a request changes nothing but the database.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from dripper.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from dripper.outbox.store.engine import Store

Result = TypeVar("Result")


class Recorder:
    """Runs functions of a connection in shared transactions, one transaction at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="recorder")
        self._waiting: list[tuple[Callable[[Connection], Any], asyncio.Future[Any]]] = []
        self._committing: asyncio.Task[None] | None = None

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work` in a transaction and return its result once that is committed.

        Raises `StoreError` where it could not be committed, and what `work` itself raised, of which then nothing is
        kept.
        """
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, done))
        if self._committing is None:
            self._committing = asyncio.create_task(self._commit_all())
        return await done

    async def alone(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work` in a transaction that no other worker's runs beside: it concerns more than one delivery."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._commit_alone, work)

    async def look(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work`, which only reads, in one consistent view."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._look, work)

    def close(self) -> None:
        """Wait for the last transaction."""
        self._thread.shutdown(wait=True)

    async def _commit_all(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            group, self._waiting = self._waiting, []
            commit = loop.run_in_executor(self._thread, self._commit, [work for work, _ in group])
            await asyncio.wait({commit})
            error = commit.exception()
            results: list[Any] = commit.result() if error is None else [error] * len(group)
            for (_, done), result in zip(group, results, strict=True):
                if done.cancelled():
                    continue
                if isinstance(result, BaseException):
                    done.set_exception(result)
                else:
                    done.set_result(result)
        self._committing = None

    def _commit(self, group: list[Callable[[Connection], Any]]) -> list[Any]:
        try:
            return self._store.share(partial(_all_together, group))
        except StoreError:
            raise
        except Exception:  # noqa: BLE001 - nothing of it was kept, and the second time it is told to its own caller
            return self._store.share(partial(_each_for_itself, group))

    def _commit_alone(self, work: Callable[[Connection], Result]) -> Result:
        with self._store.write(is_patient=True) as connection:
            return work(connection)

    def _look(self, work: Callable[[Connection], Result]) -> Result:
        with self._store.read() as connection:
            return work(connection)


def _all_together(group: list[Callable[[Connection], Any]], connection: Connection) -> list[Any]:
    return [work(connection) for work in group]


def _each_for_itself(group: list[Callable[[Connection], Any]], connection: Connection) -> list[Any]:
    """Run every part in a savepoint: what one runs into must not undo the others."""
    results: list[Any] = []
    for work in group:
        part = connection.begin_nested()
        try:
            results.append(work(connection))
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001 - the one place: round one delivery, handed to its own caller
            part.rollback()
            results.append(error)
        else:
            part.commit()
    return results
