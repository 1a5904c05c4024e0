"""A line at the foot of the terminal that says how far a worker is, and goes away for whatever else is printed."""

from __future__ import annotations

import sys
import time
from collections import Counter, deque
from contextlib import contextmanager, suppress
from shutil import get_terminal_size
from threading import Event, Lock, Thread
from typing import IO, TYPE_CHECKING

from dripper.errors import DripperError
from dripper.pages.progress import progress_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dripper.drip.delivery import State

_DRAW_EVERY_S = 0.5
# To count what is left, a database reads it all: for that it gets a small share of the time.
_ASK_EVERY_S = 5.0
_SHARE = 0.05
# Over which the speed is told.
_LATELY_S = 10.0


class Foot:
    """The line; `left` asks how many messages are left, `most` may still be delivered. Times are in seconds."""

    def __init__(self, stream: IO[str], left: Callable[[], int], *, most: int | None = None) -> None:
        self._stream = stream
        self._left = left
        self._most = most
        self._counts: Counter[State] = Counter()
        self._lately: deque[tuple[float, int]] = deque()
        self._known: int | None = None
        self._settled = 0
        self._ask_at = 0.0
        self._drawn = ""
        self._lock = Lock()

    def count(self, state: State) -> None:
        """Note that a delivery came into this state."""
        self._counts[state] += 1

    @contextmanager
    def away(self) -> Iterator[None]:
        """Take the line away while something else is printed."""
        with self._lock:
            line = self._drawn
            self._write("")
            yield
            self._write(line)

    def close(self) -> None:
        """Take it away for good."""
        with self._lock:
            self._write("")

    def draw(self, now_s: float) -> None:
        """Write the line as it is now, by a steady clock."""
        done = self._counts.total()
        self._ask(now_s, done)
        self._lately.append((now_s, done))
        while self._lately[0][0] < now_s - _LATELY_S:
            self._lately.popleft()
        since_s, before = self._lately[0]
        a_second = (done - before) / (now_s - since_s) if now_s > since_s else 0.0
        width = get_terminal_size().columns
        line = progress_line(self._counts, a_second=a_second, left=self._left_after(done), width=width)
        with self._lock:
            self._write(line)

    def _left_after(self, done: int) -> int | None:
        if self._known is None:
            return None
        left = max(0, self._known - (done - self._settled))
        return left if self._most is None else min(left, self._most - done)

    def _ask(self, now_s: float, done: int) -> None:
        if now_s < self._ask_at:
            return
        began = time.monotonic()
        with suppress(DripperError):
            self._known, self._settled = self._left(), done
        self._ask_at = now_s + max(_ASK_EVERY_S, (time.monotonic() - began) / _SHARE)

    def _write(self, line: str) -> None:
        """Put `line` where another may stand."""
        if line != self._drawn:
            rest = len(self._drawn) - len(line)
            self._stream.write("\r" + line + " " * rest + "\b" * rest)
            self._stream.flush()
            self._drawn = line


@contextmanager
def foot(left: Callable[[], int], *, most: int | None = None) -> Iterator[Foot | None]:
    """Keep the line at the foot of stderr up to date while the `with` block lasts; `None` where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    line, ended = Foot(sys.stderr, left, most=most), Event()

    def draw() -> None:
        while not ended.wait(_DRAW_EVERY_S):
            line.draw(time.monotonic())

    thread = Thread(target=draw, name="foot", daemon=True)
    thread.start()
    try:
        yield line
    finally:
        ended.set()
        thread.join()
        line.close()
