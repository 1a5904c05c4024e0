"""Runs several pieces of work at once, and waits for all of them only so long."""

from __future__ import annotations

from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Result = TypeVar("Result")


class _Work(Thread, Generic[Result]):
    """One piece in a thread that does not keep the process from ending."""

    def __init__(self, make: Callable[[], Iterable[Result]]) -> None:
        super().__init__(daemon=True)
        self._make = make
        self.results: list[Result] = []
        self.fault: Exception | None = None

    def run(self) -> None:
        try:
            for result in self._make():
                self.results.append(result)
        except Exception as error:  # noqa: BLE001 - raised again in the thread that waits
            self.fault = error


def in_time(
    works: Sequence[tuple[str, Callable[[], Iterable[Result]]]], *, limit_s: float, late: Callable[[str], Result]
) -> tuple[Result, ...]:
    """Return what the works yield within `limit_s` from now, in their order; `late` says that one did not end."""
    threads = [(name, _Work(make)) for name, make in works]
    for _, thread in threads:
        thread.start()
    ends_at = monotonic() + limit_s
    found: list[Result] = []
    for name, thread in threads:
        thread.join(max(0.0, ends_at - monotonic()))
        is_late = thread.is_alive()
        found += list(thread.results)
        if thread.fault is not None:
            raise thread.fault
        if is_late:
            found.append(late(name))
    return tuple(found)
