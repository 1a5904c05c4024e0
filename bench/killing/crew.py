"""Workers that are killed at random instants, and replaced."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Sequence
from pathlib import Path
from signal import SIGKILL, SIGTERM

from fakes.command import Ready

from killing.record import Kill, Record

# Between two kills, at most; a start takes about half of it.
PAUSE_S = 0.7
# So many kills wait until somebody sends, the others come whenever they come.
SENDING_SHARE = 0.8
# So many workers are started with a Python of their own, and load dripper; the others are forked with it loaded.
ANEW_SHARE = 1 / 6
# As long as a lease, and a little more: by then there is something to send again.
PATIENCE_S = 12
# For a worker to end in good order.
END_S = 600


class Crew:
    """The workers on one campaign: each a `dripper run` or a `dripper send`, by chance, in one of the places."""

    def __init__(self, root: Path, record: Record, chance: random.Random, places: Sequence[Ready]) -> None:
        self._root = root
        self._record = record
        self._chance = chance
        self._places = places
        (root / "said").touch()
        self.kills: list[Kill] = []

    def load(self) -> None:
        """Send a message from each place, so that from then on it has loaded what sending needs."""
        for one in self._places:
            self._start(one, "send", "--limit", "1")
        for one in self._places:
            one.wait(END_S)

    def fill_up(self) -> None:
        """Start a worker for each that was killed, or had nothing more to send."""
        for one in self._places:
            if one.wait() is not None:
                anew = self._chance.random() < ANEW_SHARE
                self._start(one, self._chance.choice(["run", "send"]), anew=anew)

    def _start(self, place: Ready, *words: str, anew: bool = False) -> None:
        said = self._root / "said"
        streams = [Path(os.devnull), said, said]
        place.start(words, cwd=self._root, environment=os.environ, streams=streams, anew=anew)

    def kill_one(self) -> None:
        """Let some time pass, and kill any of those alive, unless it has just ended by itself."""
        if self._chance.random() < SENDING_SHARE:
            self._wait_until_somebody_sends()
        time.sleep(self._chance.uniform(0, PAUSE_S))
        victim = self._chance.choice(self._places)
        if victim.wait() is None:
            at = time.monotonic()
            victim.signal(SIGKILL)
            if victim.wait(END_S) == -SIGKILL:
                self.kills.append(Kill(at, victim.pid))

    def _wait_until_somebody_sends(self) -> None:
        end = time.monotonic() + PATIENCE_S
        while not self._record.is_busy and time.monotonic() < end:
            self.fill_up()
            time.sleep(0.01)

    def stop(self) -> None:
        """End all in good order."""
        for one in self._places:
            one.signal(SIGTERM)
        for one in self._places:
            one.wait(END_S)
