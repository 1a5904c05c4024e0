"""dripper: everything that is due of one campaign, claim to durable outcome; prints the seconds of the delivery.

    python bench/sending/ours.py prepare ROOT PORT COUNT CONNECTIONS STORE [plain]
    python bench/sending/ours.py send ROOT STORE [plain]

`prepare` writes the workspace and schedules it; `send` delivers and counts. STORE is empty for SQLite; `plain`: as if
uvloop was not installed.
"""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tests"))

from fakes.office import SLOT, Office, workspace

LIMITS = "per_day = 0, per_hour = 0, per_domain_per_hour = 0, gap_s = 0, connections = {}"


def prepare(root: Path, port: int, count: int, connections: int) -> None:
    Office(workspace(root, port, contacts=count, limits=LIMITS.format(connections))).schedule()


def send(root: Path) -> None:
    office = Office(root, now=SLOT.isoformat())
    wires = office.wiring.wires
    _ = office.wiring.workspace, office.wiring.store
    # As the command does.
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    start = time.perf_counter()
    summary = office.send(wires=wires, is_fast=True)
    print(time.perf_counter() - start, sum(summary.counts.values()), len(summary.counts))


def main() -> None:
    what, root, *rest = sys.argv[1:]
    if rest[-1] == "plain":
        rest.pop()
        sys.modules["uvloop"] = None  # type: ignore[assignment]
    Office.store_url = rest.pop() or None
    if what == "prepare":
        prepare(Path(root), *map(int, rest))
    else:
        send(Path(root))


if __name__ == "__main__":
    main()
