"""Senders are killed at random instants, again and again: nothing twice, nothing lost, little in doubt; prints JSON.

    python bench/kills.py [--kills 60] [--minutes 600] [--seed 7] [--engines sqlite postgresql] [--workers 1 4]

The kills are shared out evenly over each engine with each number of workers, which take turns; `--kills 1000` is the
whole proof. After so many minutes no other campaign is begun, and what was done until then is told.

Each worker is a `dripper run` or a `dripper send`, a process of its own on the real clock; it gets SIGKILL at any
instant from its start on, and another one takes its place until everything is sent or in doubt. One in six is started
as a user would start it; the others are forked from a Python that has dripper loaded. The mail server is a process
too, slow enough that kills meet every step of SMTP. At the end its log is compared with the store and with `dripper
ledger`. `hit` counts the steps at which open connections were cut, `NONE` the kills that met no connection. `ok`:
nothing was taken twice, all that counts as sent was taken, everything is sent or in doubt, at most two messages per
connection are in doubt by each kill and none by anything else, and the ledger says the same. Where something is
wrong, the workspace and the log are kept, and their folder is named.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from fakes.command import Ready
from fakes.firm import Firm
from fakes.office import Office
from fakes.postgres import Postgres
from killing.crew import Crew
from killing.record import Record, serving
from killing.verdict import CONNECTIONS, FAULTS, compare

SQLITE = "sqlite:///.dripper/dripper.db"
KILLS_PER_CAMPAIGN = 60
# What a kill keeps in dead hands until the lease ends, how many such hands there are at once, and what each worker
# sends between two kills.
HELD_PER_KILL, DEAD_AT_ONCE, SENT_PER_KILL = 45, 18, 8
# A machine that is busy with other things is slow; after so long without any message, nothing more will come.
STUCK_AFTER_S = 300


def campaign(root: Path, url: str, seed: str, *, places: Sequence[Ready], kills: int) -> Counter[str]:
    """Send one campaign under `kills` kills at most; return its counts, those of the steps hit as `hit …`."""
    Office.store_url = url
    with serving(root, seed) as record:
        contacts = kills * SENT_PER_KILL * len(places) + min(kills, DEAD_AT_ONCE) * HELD_PER_KILL
        firm = Firm(root, record.port, contacts=contacts, connections=CONNECTIONS)
        crew = Crew(root, record, random.Random(seed), places)
        try:
            crew.load()
            work(firm, crew, record, kills)
        finally:
            crew.stop()
        record.read()
        return Counter(campaigns=1, kills=len(crew.kills), **compare(firm, record, crew.kills))


def work(firm: Firm, crew: Crew, record: Record, kills: int) -> None:
    """Let the crew be killed, then go on until everything is settled, or nothing more happens."""
    while len(crew.kills) < kills and not firm.is_settled():
        crew.fill_up()
        crew.kill_one()
    taken, end = 0, time.monotonic() + STUCK_AFTER_S
    while not firm.is_settled() and time.monotonic() < end:
        crew.fill_up()
        time.sleep(0.3)
        record.read()
        if len(record.taken) > taken:
            taken, end = len(record.taken), time.monotonic() + STUCK_AFTER_S


class Proof:
    """Campaign after campaign on one engine with one number of workers."""

    def __init__(self, store: Store, places: Sequence[Ready], *, kills: int, seed: int) -> None:
        self._store = store
        self._places = places
        self._kills = kills
        self._seed = f"{seed} {store.engine} {len(places)}"
        self._counts: Counter[str] = Counter()

    @property
    def kills(self) -> int:
        """How many there were."""
        return self._counts["kills"]

    @property
    def is_done(self) -> bool:
        """Whether there were as many as there should be."""
        return self.kills >= self._kills

    def go_on(self) -> None:
        """Send one more campaign."""
        most = min(KILLS_PER_CAMPAIGN, self._kills - self.kills)
        with kept_if_wrong() as (folder, wrong), self._store.lent() as url:
            one = campaign(folder, url, f"{self._seed} {self._counts['campaigns']}", places=self._places, kills=most)
            wrong += [fault for fault in FAULTS if one[fault]]
            Office.close_all()
        self._counts.update(one)
        print(json.dumps(self.report()), file=sys.stderr)

    def report(self) -> dict[str, Any]:
        """Return the counts."""
        counts = sorted(self._counts.items())
        hit = {step.removeprefix("hit "): count for step, count in counts if step.startswith("hit ")}
        plain = {key: count for key, count in counts if not key.startswith("hit ")}
        faults = {fault: self._counts[fault] for fault in FAULTS}
        told = {"engine": self._store.engine, "workers": len(self._places), **plain, **faults, "hit": hit}
        return told | {"ok": not any(faults.values())}


@contextmanager
def kept_if_wrong() -> Iterator[tuple[Path, list[str]]]:
    """Lend a folder, which stays where anything is put into the list beside it, or the `with` block fails."""
    folder, wrong = Path(tempfile.mkdtemp(prefix="dripper-kills-")), ["not ended"]
    try:
        yield folder, wrong
        wrong.remove("not ended")
    finally:
        if wrong:
            print(f"{', '.join(wrong)}: see {folder}", file=sys.stderr)
        else:
            shutil.rmtree(folder)


class Store:
    """Where the campaigns of one engine are written down, one after the other."""

    def __init__(self, engine: str) -> None:
        self.engine = engine
        self._postgres = Postgres.start() if engine == "postgresql" else None

    def lent(self) -> AbstractContextManager[str]:
        """Lend the URL of an empty store."""
        return self._postgres.store() if self._postgres else nullcontext(SQLITE)

    def close(self) -> None:
        """End the server."""
        if self._postgres:
            self._postgres.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--minutes", type=float, default=600)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--engines", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--workers", nargs="+", type=int, default=[1, 4])
    asked = parser.parse_args()
    # So that the processes are ended with this one.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    share = -(-asked.kills // (len(asked.engines) * len(asked.workers)))
    start = time.monotonic()
    with ExitStack() as opened:
        stores = [opened.enter_context(closing(Store(engine))) for engine in asked.engines]
        places = [opened.enter_context(closing(Ready(os.environ))) for _ in range(max(asked.workers))]
        proofs = [
            Proof(store, places[:size], kills=share, seed=asked.seed) for store in stores for size in asked.workers
        ]
        prove(proofs, end=start + 60 * asked.minutes)
    settings = [proof.report() for proof in proofs]
    report = {
        "benchmark": "kills",
        "kills": sum(proof.kills for proof in proofs),
        "seed": asked.seed,
        "seconds": round(time.monotonic() - start),
        "settings": settings,
        "ok": all(each["ok"] for each in settings),
    }
    print(json.dumps(report))


def prove(proofs: Sequence[Proof], *, end: float) -> None:
    """Let all take turns until they are done, or it is `end`, a monotonic time."""
    while not all(proof.is_done for proof in proofs):
        for proof in proofs:
            if time.monotonic() >= end:
                return
            if not proof.is_done:
                proof.go_on()


if __name__ == "__main__":
    main()
