"""Workers that are killed at random instants, and replaced."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from subprocess import DEVNULL, Popen

from killing.record import Kill, Record

# Between two kills, at most; a start takes most of the first second.
PAUSE_S = 1.6
# So many kills wait until somebody sends, the others come whenever they come.
SENDING_SHARE = 0.8
# As long as a lease, and a little more: by then there is something to send again.
PATIENCE_S = 12


class Crew:
    """The workers on one campaign: each a `dripper run` or a `dripper send`, by chance."""

    def __init__(self, root: Path, record: Record, chance: random.Random, size: int) -> None:
        self._root = root
        self._record = record
        self._chance = chance
        self._size = size
        self._alive: list[Popen[bytes]] = []
        self.kills: list[Kill] = []

    def fill_up(self) -> None:
        """Start a worker for each that was killed, or had nothing more to send."""
        self._alive = [one for one in self._alive if one.poll() is None]
        while len(self._alive) < self._size:
            words = [sys.executable, "-m", "dripper", self._chance.choice(["run", "send"])]
            with (self._root / "said").open("ab") as said:
                self._alive.append(Popen(words, cwd=self._root, stdin=DEVNULL, stdout=said, stderr=said))

    def kill_one(self) -> None:
        """Let some time pass, and kill any of those alive, unless it has just ended by itself."""
        if self._chance.random() < SENDING_SHARE:
            self._wait_until_somebody_sends()
        time.sleep(self._chance.uniform(0, PAUSE_S))
        victim = self._chance.choice(self._alive)
        if victim.poll() is None:
            at = time.monotonic()
            victim.kill()
            victim.wait()
            self.kills.append(Kill(at, victim.pid))

    def _wait_until_somebody_sends(self) -> None:
        end = time.monotonic() + PATIENCE_S
        while not self._record.is_busy and time.monotonic() < end:
            self.fill_up()
            time.sleep(0.01)

    def stop(self) -> None:
        """End all in good order."""
        for one in self._alive:
            one.terminate()
        for one in self._alive:
            one.wait(600)
