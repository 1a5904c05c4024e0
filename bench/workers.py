"""Several workers on one PostgreSQL, some of them killed: nothing twice, nothing lost; one line of JSON.

    python bench/workers.py [--workers 4] [--messages 600] [--kills 4]

Workers are `dripper run` processes on the real clock, the mail server is a small one in this process; so the rate says
how the store keeps up, not how fast dripper sends.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from fakes.firm import Firm, wait_for
from fakes.office import Office
from fakes.postgres import Postgres
from fakes.smtp_server import Rude

CONNECTIONS = 2
SEED = 7


def work(firm: Firm, server: Rude, *, workers: int, kills: int) -> float:
    """Let the workers do everything, killing one after an equal share each; return the seconds it took."""
    chance = random.Random(SEED)
    alive = firm.start(workers)
    start = time.perf_counter()
    for number in range(1, kills + 1):
        share = firm.contacts * number // (kills + 1)
        wait_for(lambda share=share: len(server.taken) >= share, 600)
        victim = alive.pop(chance.randrange(len(alive)))
        victim.kill()
        victim.wait()
        alive += firm.start(1)
    wait_for(firm.is_settled, 600)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("workers", 4), ("messages", 600), ("kills", 4)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    postgres = Postgres.start()
    with tempfile.TemporaryDirectory() as folder, postgres.store() as Office.store_url, Rude() as server:
        firm = Firm(Path(folder), server.port, contacts=asked.messages, connections=CONNECTIONS)
        seconds = work(firm, server, workers=asked.workers, kills=asked.kills)
        firm.stop()
        states = Counter(row.state.value for row in firm.office.rows() if row.message == "carts")
        copies = Counter(one.message_id for one in server.taken)
        Office.close_all()
    postgres.stop()
    twice = sum(count - 1 for count in copies.values())
    in_doubt = states["unknown"]
    report = {
        "benchmark": "workers",
        **vars(asked),
        "seconds": round(seconds, 1),
        "messages_per_s": round(len(server.taken) / seconds),
        "duplicates": twice,
        "lost": asked.messages - states["sent"] - in_doubt,
        "in_doubt": in_doubt,
        "ok": not twice and states["sent"] + in_doubt == asked.messages and in_doubt <= 2 * CONNECTIONS * asked.kills,
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
