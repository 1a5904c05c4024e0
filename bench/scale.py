"""How dripper bears a large list: import, schedule, the next due batch and sending, by size; one line of JSON.

    python bench/scale.py            1,000 and 100,000 people side by side
    python bench/scale.py --full     1,000,000 people beside 1,000
    python bench/scale.py --sizes 1000 20000
    python bench/scale.py --distinct  the text names each person's order, so that no two read the same

A campaign of one message that inserts first names goes to people of a CSV list. Each command runs as a process of its
own; its wall time, its processor time and the most memory it ever had are told, and the size of the files afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from dripper.outbox.store import waiting
from dripper.outbox.store.engine import Store

MORNING, SLOT = "2026-12-01T00:00:00+01:00", "2026-12-01T08:00:00+01:00"
SEED, TRIES, BATCH, SENT = 7, 20, 50, 25
# A season of more is looked at in parts.
MOST_PLANNED = 10_000
# Seconds for import and schedule, milliseconds for a batch, MB of memory while sending, and of the store before.
BARS = {"import_and_schedule_s": 180, "next_batch_ms": 20, "send_mb": 120, "store_mb": 400}
ZONES = ("Europe/Berlin", "Europe/London", "America/New_York", "Asia/Tokyo", "America/Los_Angeles", "Asia/Kolkata")
COUNTRIES = ("DE", "GB", "US", "JP", "US", "IN")
SETTINGS = """
[workspace]
name = "North"
timezone = "Europe/Berlin"
[mailbox.dana]
from = "Dana Ruiz <dana@north.example>"
signature = "Dana"
via = "drafts"
rehearsal = true
limits = { per_day = 0, per_hour = 0, per_domain_per_hour = 0, gap_s = 0, connections = 2 }
"""
CAMPAIGN = """
greeting = "Hi {{ contact.first_name }},"
shifts = "From media buyer to retail analyst"
every = "2 weeks"
start = 2026-12-01
at = "09:30"
contacts = "list.csv"

[[message]]
id = "carts"
subject = "Your carts after nine"
text = "{{ contact.first_name }}, most carts are left after nine; a reminder at eight finds their owners awake."
gift = "When to send the reminder"
"""


def write_export(path: Path, people: int) -> None:
    """Write what another program may export: in no order, with columns nobody needs."""
    chance = random.Random(SEED)
    first = [f"{a}{b}" for a in ("An", "Be", "Jo", "Mi", "Le", "Su", "Ka", "To") for b in _endings()]
    last = [f"{a}{b}{c}" for a in ("Web", "Mai", "Sch", "Ku") for b in ("er", "in", "ol", "am") for c in _endings()]
    with path.open("w", encoding="utf-8") as file:
        file.write("E-Mail,First name,Last name,Company,Role,Time zone,Country,Order\n")
        for number in chance.sample(range(people), people):
            zone = chance.randrange(len(ZONES))
            given, family = chance.choice(first), chance.choice(last)
            shop = number // 4
            email = f"{given.lower()}.{family.lower()}{number}@shop{shop}.example"
            row = (email, given, family, f"Shop {shop}", "Head of Shop", ZONES[zone], COUNTRIES[zone], f"A{number}")
            file.write(",".join(row) + "\n")


def _endings() -> list[str]:
    return [a + b for a in ("a", "e", "i", "o", "u") for b in ("", "l", "na", "ra", "sha", "t", "x")]


def command(folder: Path, *arguments: str, now: str = MORNING) -> dict[str, Any]:
    """Run a command; return its seconds (wall and processor) and the most memory it had."""
    start = perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "dripper", "-C", str(folder), "--now", now, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{arguments} ended with {process.returncode}: {said.decode()[-500:]}")
    return {"s": round(wall, 2), "cpu_s": round(used.ru_utime + used.ru_stime, 2), "mb": round(used.ru_maxrss / 1024)}


def batch_ms(folder: Path) -> float:
    """Return the median time in which a mailbox's next batch is found, of a store that all wait in."""
    store = Store.open("sqlite:///.dripper/rehearsal.db", root=folder)
    now = datetime.fromisoformat(SLOT).astimezone(UTC)
    times = []
    for _ in range(TRIES):
        with store.trial() as connection:
            start = perf_counter()
            found = waiting.due(connection, mailbox="dana", now=now, limit=BATCH)
            times.append((perf_counter() - start) * 1000)
        assert len(found) == BATCH
    store.close()
    return round(median(times), 2)


def measured(folder: Path, people: int, *, is_distinct: bool) -> dict[str, Any]:
    (folder / "campaigns").mkdir(parents=True)
    (folder / "dripper.toml").write_text(SETTINGS, encoding="utf-8")
    campaign = CAMPAIGN.replace("most carts", "as order {{ contact.order }}, most carts") if is_distinct else CAMPAIGN
    (folder / "campaigns/shops.toml").write_text(campaign, encoding="utf-8")
    write_export(folder / "export.csv", people)
    steps = {
        "import": command(folder, "import", "export.csv", "--to", "list"),
        "lint": command(folder, "lint"),
        "schedule": command(folder, "schedule", "--yes"),
        "schedule_again": command(folder, "schedule", "--yes"),
    }
    sizes = {"store_mb": megabytes(folder, "rehearsal.db*"), "list_mb": megabytes(folder, "lists/*.db")}
    found_ms = batch_ms(folder)
    if people <= MOST_PLANNED:
        steps["plan"] = command(folder, "plan")
    steps["send"] = command(folder, "send", "--limit", str(SENT), now=SLOT)
    return {"people": people, **steps, "next_batch_ms": found_ms, **sizes}


def megabytes(folder: Path, pattern: str) -> float:
    return round(sum(file.stat().st_size for file in (folder / ".dripper").glob(pattern)) / 1e6, 1)


def is_within_bars(row: dict[str, Any]) -> bool:
    """Whether a size keeps to the bars; those for time and room are for a million."""
    share = max(1.0, row["people"] / 1e6)
    found = {
        "import_and_schedule_s": (row["import"]["s"] + row["schedule"]["s"]) / share,
        "next_batch_ms": row["next_batch_ms"],
        "send_mb": row["send"]["mb"],
        "store_mb": row["store_mb"] / share,
    }
    return all(found[name] <= most for name, most in BARS.items())


def compared(small: dict[str, Any], large: dict[str, Any]) -> dict[str, float]:
    """Return what a person costs in the larger list, in times of one in the smaller, and memory in times of its."""
    people = large["people"] / small["people"]
    times = {f"{name}_cpu": large[name]["cpu_s"] / small[name]["cpu_s"] / people for name in ("import", "schedule")}
    memory = {f"{name}_mb": large[name]["mb"] / small[name]["mb"] for name in ("import", "lint", "schedule", "send")}
    return {name: round(value, 2) for name, value in {**times, **memory}.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="1,000,000 people")
    parser.add_argument("--distinct", action="store_true")
    parser.add_argument("--sizes", type=int, nargs="+")
    asked = parser.parse_args()
    sizes = asked.sizes or ([1_000, 1_000_000] if asked.full else [1_000, 100_000])
    rows = []
    for people in sizes:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(measured(Path(folder), people, is_distinct=asked.distinct))
    report = {
        "benchmark": "scale",
        "sizes": rows,
        "ratios": compared(rows[0], rows[-1]),
        "bars": BARS,
        "ok": all(map(is_within_bars, rows)),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
