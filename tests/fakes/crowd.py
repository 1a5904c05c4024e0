"""Many workers on one store whose hours pass in seconds, so that limits of an hour and a day are real ones.

Each worker is a process of its own, and all read one fast clock; leases and time-outs run on the real one.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from dripper.outbox.store import attempts
from fakes.bounds import DAY, Bounds, Seen
from fakes.fast_clock import FastClock
from fakes.firm import wait_for
from fakes.office import Office
from fakes.smtp_server import HOST, Rude
from fakes.workspaces import write

WORKER = Path(__file__).with_name("crowd_worker.py")
SLOT = datetime.fromisoformat("2026-12-01T00:05:00+00:00")
DOMAINS = 4
# The longest from a claim to its try on a busy machine, on the real clock.
_CLAIM_S = 5
_SETTINGS = """
[workspace]
name = "North"
timezone = "UTC"
[calendar]
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
hours = "00:00-23:59"
holidays = false
gap_days = 0
account_per_day = 0
[store]
lease_s = {lease_s}
"""
_MAILBOX = """
[mailbox.{name}]
from = "{name}@north.example"
rehearsal = true
smtp = {{ host = "{host}", port = {port}, security = "none" }}
limits = {{ {limits}, connections = 1 }}
"""
_CAMPAIGN = """
mailbox = "{name}"
shifts = "From buyer to analyst"
every = "1 day"
on = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
start = 2026-12-01
at = "00:05"
contacts = "{name}.csv"
[[message]]
id = "carts"
subject = "Carts after nine"
text = "{{{{ contact.first_name }}}}, most carts are left after nine; a reminder at eight finds their owners awake."
gift = "When to send the reminder"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A mailbox with its limits, and to how many people its campaign writes."""

    name: str
    people: int
    limits: Bounds


class Crowd:
    """The workspace, the mail server and the workers; use it as a context."""

    def __init__(self, root: Path, posts: Sequence[Post], *, factor: float, lease_s: int = 60) -> None:
        self._root = root
        self.posts = posts
        self._factor = factor
        self._lease_s = lease_s
        self._processes: list[subprocess.Popen[bytes]] = []
        # When the server took a message, and whose.
        self.taken: list[tuple[float, str]] = []
        self._server = Rude(watch=self._watch)

    def __enter__(self) -> Self:
        """Write the workspace, schedule it and let the clock begin."""
        self._server.__enter__()
        self._write()
        self._office = Office(self._root, now=(SLOT - DAY).isoformat())
        self._office.schedule()
        self.clock = FastClock(SLOT, zero_s=time.monotonic(), factor=self._factor)
        return self

    def __exit__(self, *problem: object) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.wait(60)
        self._server.__exit__(*problem)

    @property
    def people(self) -> int:
        return sum(post.people for post in self.posts)

    def start(self, count: int) -> list[subprocess.Popen[bytes]]:
        """Start workers."""
        told = {"url": Office.store_url, "zero_s": self.clock.zero_s, "start": (SLOT).isoformat()}
        words = [sys.executable, str(WORKER), str(self._root), json.dumps(told | {"factor": self._factor})]
        with (self._root / "said").open("ab") as said:
            started = [
                subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=said, stderr=said) for _ in range(count)
            ]
        self._processes += started
        return started

    def wait(self, count: int, *, seconds: float) -> None:
        """Wait until the server has taken so many."""
        wait_for(lambda: len(self.taken) >= count, seconds)

    def settle(self, *, seconds: float) -> None:
        """Wait until everything was sent or is in doubt; to ask that often, most must have been."""
        self.wait(int(self.people * 0.98), seconds=seconds)
        wait_for(lambda: set(self.states()) <= {"sent", "unknown"}, seconds)

    def states(self) -> Counter[str]:
        """Return how many messages are in which state; `due` for those that nobody has touched yet."""
        states = Counter(row.state.value for post in self.posts for row in self._office.rows(post.name))
        return states + Counter(due=self.people - states.total())

    def shares(self) -> Counter[str]:
        """Return how many messages each worker was the last to try."""
        return Counter(str(row.worker) for post in self.posts for row in self._office.rows(post.name))

    def accounts(self) -> dict[str, int]:
        """Return what must be 0: what was taken twice, what is nowhere, what was taken and is not recorded."""
        rows = [row for post in self.posts for row in self._office.rows(post.name)]
        sent = {row.contact for row in rows if row.state.value == "sent"}
        unknown = {row.contact for row in rows if row.state.value == "unknown"}
        taken = Counter(contact for _, contact in self.taken)
        return {
            "duplicates": taken.total() - len(taken),
            "lost": self.people - len(sent & taken.keys()) - len(unknown),
            "strangers": len(taken.keys() - sent - unknown),
        }

    def seen(self) -> dict[str, Seen]:
        """Return what each mailbox kept to."""
        taken, claim, transit = self._accepted(), timedelta(seconds=_CLAIM_S * self._factor), self.transit()
        with self._office.wiring.store.read() as connection:
            return {
                post.name: Seen.of(
                    post.limits,
                    attempts.times(connection, mailbox=post.name, since=SLOT - DAY),
                    taken[post.name],
                    claim=claim,
                    transit=transit,
                )
                for post in self.posts
            }

    def _accepted(self) -> dict[str, list[tuple[datetime, str]]]:
        """Return when the server took the messages of each mailbox, and of which domain."""
        found: dict[str, list[tuple[datetime, str]]] = {post.name: [] for post in self.posts}
        for at, contact in self.taken:
            name, _, domain = contact.partition("@")
            found[name.rpartition(".")[0]].append((self.clock.shown_at(at), domain))
        return found

    def transit(self) -> timedelta:
        """Return the longest time between the beginning of a try, by the store, and its end, by the server."""
        began = {row.contact: row.first_attempt_at for post in self.posts for row in self._office.rows(post.name)}
        return max(self.clock.shown_at(at) - began[contact] for at, contact in self.taken)

    def _write(self) -> None:
        posts = "".join(self._mailbox(post) for post in self.posts)
        write(self._root, "dripper.toml", _SETTINGS.format(lease_s=self._lease_s) + posts)
        for post in self.posts:
            write(self._root, f"campaigns/{post.name}.toml", _CAMPAIGN.format(name=post.name))
            rows = (f"{post.name}.{number}@{number % DOMAINS}.example,Ana\n" for number in range(post.people))
            write(self._root, f"campaigns/{post.name}.csv", "email,first_name\n" + "".join(rows))

    def _mailbox(self, post: Post) -> str:
        limits = ", ".join(f"{name} = {value}" for name, value in asdict(post.limits).items())
        return _MAILBOX.format(name=post.name, host=HOST, port=self._server.port, limits=limits)

    def _watch(self, phase: str, recipient: str) -> None:
        if phase == "DOT":
            self.taken.append((time.monotonic(), recipient))
