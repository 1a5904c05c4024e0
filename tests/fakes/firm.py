"""A workspace in which everything is due, and the workers on it: processes of their own, on the real clock."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dripper.outbox.store import hands, workers
from dripper.outbox.store.attempts import of_delivery
from fakes.office import Office, workspace
from fakes.smtp_server import Rude
from fakes.workspaces import CAMPAIGN, edit

# The shortest that dripper.toml may say.
LEASE_S = 10
LIMITS = "per_day = 0, per_hour = {per_hour}, per_domain_per_hour = 0, gap_s = 0, connections = {connections}"
EXTRA = """
holidays = false
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
[store]
url = "{url}"
lease_s = {lease_s}
"""


def noon_zone(now: datetime) -> str:
    """Return a zone where it is past noon, so that no test meets the end of a day."""
    ahead = 12 - now.hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


class Firm:
    """A workspace in which everything is due since an hour, on the real clock, and the workers on it."""

    def __init__(self, root: Path, port: int, *, contacts: int, per_hour: int = 0, connections: int = 1) -> None:
        now = datetime.now(UTC)
        campaign = CAMPAIGN.replace("2026-12-01", f"{now:%Y-%m-%d}").replace('"09:30"', '"11:00"')
        extra = EXTRA.format(url=Office.store_url, lease_s=LEASE_S)
        limits = LIMITS.format(per_hour=per_hour, connections=connections)
        workspace(root, port, contacts=contacts, campaign=campaign, limits=limits, extra=extra, rehearsal=False)
        edit(root, "Europe/Berlin", noon_zone(now), "dripper.toml")
        self.office = Office(root, now=(now - timedelta(hours=3)).isoformat())
        self.office.schedule()
        self.contacts = contacts
        self._processes: list[subprocess.Popen[str]] = []
        self.said = ""

    def start(self, count: int, *words: str) -> list[subprocess.Popen[str]]:
        """Start workers and return once all are at work."""
        command = [sys.executable, "-m", "dripper", *(words or ("run",))]
        root = self.office.wiring.root
        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
        started = [subprocess.Popen(command, cwd=root, text=True, **streams) for _ in range(count)]
        self._processes += started
        wait_for(lambda: len(self.at_work()) >= count, 60)
        return started

    def stop(self) -> list[int]:
        """End all in good order; return their exit codes."""
        for process in self._processes:
            process.terminate()
        self.said = "".join(process.communicate(timeout=60)[1] for process in self._processes)
        return [process.returncode for process in self._processes]

    def at_work(self) -> tuple[str, ...]:
        with self.office.wiring.store.read() as connection:
            return workers.at_work(connection, now=datetime.now(UTC))

    def in_hand(self) -> int:
        with self.office.wiring.store.read() as connection:
            return len(hands.everywhere(connection))

    def is_settled(self) -> bool:
        """Whether everybody's first message was sent, or is in doubt."""
        states = [row.state.value for row in self.office.rows() if row.message == "carts"]
        return len(states) == self.contacts and set(states) <= {"sent", "unknown"}

    def shares(self) -> Counter[str]:
        """Return how many messages each worker tried."""
        with self.office.wiring.store.read() as connection:
            tried = [row for row in self.office.rows() if of_delivery(connection, row)]
        return Counter(str(row.worker) for row in tried)

    def check(self, server: Rude, *, most_in_doubt: int = 0) -> None:
        """Compare the ledger with what the server took: nothing twice, nothing lost, little in doubt."""
        taken = Counter(one.message_id for one in server.taken)
        assert max(taken.values()) == 1, "sent twice"
        states = {row.message_id: row.state.value for row in self.office.rows() if row.message == "carts"}
        assert len(states) == self.contacts
        assert set(states.values()) <= {"sent", "unknown"}, "lost"
        assert {key for key, state in states.items() if state == "sent"} <= set(taken) <= set(states)
        assert sum(state == "unknown" for state in states.values()) <= most_in_doubt


def wait_for(condition: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


@contextmanager
def gate() -> Iterator[tuple[threading.Event, list[float], Callable[[str, str], None]]]:
    """Lend an event that lets messages begin, the times at which they began, and the watcher that does both."""
    opened, begun = threading.Event(), list[float]()

    def watch(phase: str, _recipient: str) -> None:
        if phase == "MAIL":
            opened.wait(90)
            begun.append(time.monotonic())

    yield opened, begun, watch
    opened.set()
