"""What the server's log says: what was taken, which connections are open, and where each kill hit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import PIPE, Popen
from sys import executable

from fakes.firm import wait_for

SERVER = Path(__file__).with_name("server.py")
# How slow the server is at most at each step.
DELAY_S = 0.02


@dataclass(frozen=True, slots=True)
class Kill:
    """One process killed, at a monotonic time."""

    at: float
    pid: int


@dataclass(slots=True)
class Record:
    """The log as far as it was read; `read` goes on."""

    path: Path
    port: int
    taken: list[str] = field(default_factory=list)
    # The step that each open connection has reached.
    steps: dict[str, str] = field(default_factory=dict)
    # When each connection was cut, and at which step.
    cuts: list[tuple[float, str]] = field(default_factory=list)
    _offset: int = 0

    def read(self) -> None:
        """Read whole lines that are new."""
        with self.path.open() as log:
            log.seek(self._offset)
            lines, found, _ = log.read().rpartition("\n")
        self._offset += len(lines) + len(found)
        for line in lines.splitlines():
            at, number, step, *detail = line.split()
            if step == "TAKEN":
                self.taken += detail
            elif step == "CUT":
                self.cuts.append((float(at), self.steps.pop(number, "CONNECT")))
                self.steps[number] = "GONE"
            elif self.steps.get(number) != "GONE":
                self.steps[number] = "GONE" if step == "QUIT" else step

    @property
    def is_busy(self) -> bool:
        """Whether anybody is talking to the server."""
        self.read()
        return any(step != "GONE" for step in self.steps.values())

    def hits(self, kills: list[Kill]) -> list[list[str]]:
        """Return the steps at which each kill cut connections; what went before any kill belongs to none."""
        found: list[list[str]] = [[] for _ in kills]
        for at, step in self.cuts:
            before = sum(kill.at <= at for kill in kills)
            if before:
                found[before - 1].append(step)
        return found

    def steps_hit(self, kills: list[Kill]) -> Counter[str]:
        """Count the steps that were cut, and as `NONE` the kills that found no open connection."""
        counts: Counter[str] = Counter()
        for steps in self.hits(kills):
            counts.update(steps or ["NONE"])
        return counts


@contextmanager
def serving(folder: Path, seed: str) -> Iterator[Record]:
    """Run the server while the `with` block lasts, its log in `folder`."""
    port, log = folder / "port", folder / "server.log"
    words = [executable, str(SERVER), str(port), str(log), seed, str(DELAY_S)]
    with Popen(words, stdin=PIPE):
        wait_for(port.exists, 30)
        yield Record(log, int(port.read_text()))
