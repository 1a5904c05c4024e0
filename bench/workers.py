"""Many workers share one PostgreSQL, and some are killed: nothing twice, nothing lost, no limit passed; prints JSON.

    python bench/workers.py            4 workers, 2,000 messages, 2 kills
    python bench/workers.py --full     16 workers, 50,000 messages, 4 kills
    python bench/workers.py [--workers 4] [--messages 2000] [--kills 2] [--factor 1200]

Mailboxes with different limits write to so many people that each limit holds them back for more than a day. All
processes read one clock, which is `factor` times as fast as the real one, so that this day passes in minutes. The times
at which messages were tried (by the store) and taken (by the mail server's own log) are then compared with the limits,
over every window. A message takes some time from its try to the server; a window at the server is shorter by the
longest of these. A gap lies between claims, and may be shorter by that and by five seconds of the real clock. `ok`:
nothing was taken twice, lost, or taken without a record; at most two messages for each connection of a killed worker
are in doubt; no limit was ever passed, and each was reached.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from fakes.bounds import Bounds, Seen
from fakes.crowd import DOMAINS, Crowd, Post
from fakes.office import Office
from fakes.postgres import Postgres

SMALL = {"workers": 4, "messages": 2_000, "kills": 2, "factor": 1_200}
FULL = {"workers": 16, "messages": 50_000, "kills": 4, "factor": 240}
SEED = 7
# A limit of an hour holds a mailbox back for so long.
HOURS = 28
GAPS, GAP_S = 30, 3_000
PATIENCE_S = 3_600
LONGEST_S = 1_800


def posts(messages: int) -> list[Post]:
    """Return two mailboxes for each limit, and two with several."""
    share = {"day": 0.16, "domain": 0.12, "several": 0.06}
    people = {name: round(messages * part) for name, part in share.items()} | {"gap": GAPS}
    people["hour"] = messages // 2 - sum(people.values())
    limits = {
        "hour": Bounds(per_hour=people["hour"] // HOURS),
        "day": Bounds(per_day=people["day"] // 2),
        "domain": Bounds(per_domain_per_hour=people["domain"] // HOURS // DOMAINS),
        "several": Bounds(
            per_hour=people["several"] // 12,
            per_day=people["several"] * 2 // 3,
            per_domain_per_hour=people["several"] // 12 // DOMAINS,
        ),
        "gap": Bounds(gap_s=GAP_S),
    }
    return [Post(name=f"{name}{pair}", people=people[name], limits=limits[name]) for pair in "12" for name in limits]


def work(crowd: Crowd, *, workers: int, kills: int) -> float:
    """Let the workers do everything, killing one after an equal share each; return the seconds it took."""
    chance = random.Random(SEED)
    start = time.perf_counter()
    alive = crowd.start(workers)
    for number in range(1, kills + 1):
        crowd.wait(crowd.people * number // (kills + 1), seconds=PATIENCE_S)
        victim = alive.pop(chance.randrange(len(alive)))
        victim.kill()
        victim.wait()
        alive += crowd.start(1)
        print(f"{len(crowd.taken):,} of {crowd.people:,} taken, {number} killed", file=sys.stderr)
    crowd.settle(seconds=PATIENCE_S)
    return time.perf_counter() - start


def told(post: Post, seen: Seen) -> dict[str, Any]:
    """Return the limits of a mailbox and what was seen of them."""
    return {
        "mailbox": post.name,
        "messages": post.people,
        "limits": {name: most for name, most in asdict(post.limits).items() if most},
        "tried": asdict(seen.tried),
        "taken": asdict(seen.taken),
        "is_exceeded": seen.is_exceeded,
        "is_used_up": seen.is_used_up,
    }


def report(crowd: Crowd, asked: dict[str, int], seconds: float) -> dict[str, Any]:
    """Return the counts and whether all is well."""
    states = crowd.states()
    counts = crowd.accounts()
    seen = crowd.seen()
    limits = [told(post, seen[post.name]) for post in crowd.posts]
    longest_s = crowd.transit().total_seconds()
    most_in_doubt = 2 * len(crowd.posts) * asked["kills"]
    # With a longer one, the hours of the server's log would prove little.
    is_kept = not any(each["is_exceeded"] for each in limits) and longest_s < LONGEST_S
    is_held = all(each["is_used_up"] for each in limits if len(each["limits"]) == 1)
    return {
        "benchmark": "workers",
        **asked,
        "seconds": round(seconds),
        "hours_on_the_fast_clock": round(seconds * asked["factor"] / 3600, 1),
        "at_work": len(crowd.shares()),
        **counts,
        "in_doubt": states["unknown"],
        "longest_from_try_to_server_s": round(longest_s / asked["factor"], 3),
        "limits_exceeded": sum(each["is_exceeded"] for each in limits),
        "mailboxes": limits,
        "ok": not any(counts.values()) and states["unknown"] <= most_in_doubt and is_kept and is_held,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true")
    for name in SMALL:
        parser.add_argument(f"--{name}", type=int)
    words = vars(parser.parse_args())
    usual = FULL if words.pop("full") else SMALL
    asked = {name: usual[name] if value is None else value for name, value in words.items()}
    # So that the processes are ended with this one.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    postgres = Postgres.start()
    try:
        with tempfile.TemporaryDirectory() as folder, postgres.store() as Office.store_url:
            with Crowd(Path(folder), posts(asked["messages"]), factor=asked["factor"], lease_s=20) as crowd:
                seconds = work(crowd, workers=asked["workers"], kills=asked["kills"])
                found = report(crowd, asked, seconds)
            Office.close_all()
    finally:
        postgres.stop()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
