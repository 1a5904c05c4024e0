"""How long `dripper accounts --json` takes for 100 and for 1,000 accounts, in turns; one line of JSON.

    python bench/accounts.py
    python bench/accounts.py --sizes 100 5000

Each account is one that is kept well: contract, objectives, metrics with two years of values, people, facts, promises,
and evidence of both sides. Each run is a process of its own; its wall time, its processor time and its memory are told,
the median of the rounds, and beside them what one account costs in the larger workspace in times of the smaller one.
Start-up is in it, so that where it weighs most an account seems dearest.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from calendar import monthrange
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

NOW, SEED, ROUNDS = "2026-12-01T08:00:00+01:00", 7, 3
# The bar for the processor's time is for 1,000 accounts; an account costs no more where there are more of them.
BARS = {"cpu_s": 5.0, "per_account": 1.1}
SETTINGS = """[workspace]
name = "North"
timezone = "Europe/Berlin"
[mailbox.dana]
from = "Dana Ruiz <dana@north.example>"
via = "drafts"
"""
HEAD = """name = "Shop {number}"
bucket = "{bucket}"
timezone = "Europe/Berlin"
contract = {{ value = "{worth} EUR", per = "year", renews = 2027-{month:02}-01, since = 20{since}-01-01 }}
[lead]
area = "Returns"
milestones = [{{ what = "Size advisor live", by = 2027-03-31 }}]
[[objective]]
theirs = "Returns under 23%"
ours = "A two-year term"
aligned = "A parcel that stays pays twice"
metrics = ["returns"]
agreed_on = 2025-11-18
"""
METRIC = """[[metric]]
id = "{id}"
name = "Rate of {id}"
unit = "%"
better = "lower"
kind = "rate"
baseline = 31.2
goal = 23.0
by = 2027-06-30
worth = "26000 EUR"
agreed = true
"""
PERSON = """[[contact]]
name = "{name} {number}"
email = "{name}.{number}@shop.example"
role = "Head of {role}"
boss = "{boss}"
judged_on = ["margin"]
decides = {decides}
"""
EVIDENCE = """[[evidence]]
on = 202{year}-{month:02}-11
of = "{of}"
side = "{side}"
says = "{says}"
what = "Did something that spoke for it in the {month}th month"
"""
FACT = """[[fact]]
on = 2026-{month:02}-30
kind = "budget"
for = "them"
what = "A cost programme of five per cent"
source = "Half-year report 2026, p. {month}"
[[promise]]
what = "The report of month {month}"
due = 2026-{month:02}-05
kept_on = 2026-{month:02}-04
"""
TRAITS = ("importance", "loyalty", "favours", "commitment", "collaboration", "trust", "conflict")


def write_workspace(root: Path, accounts: int) -> None:
    """Write a workspace of so many accounts, of which no two say the same."""
    chance = random.Random(SEED)
    (root / "dripper.toml").write_text(SETTINGS, encoding="utf-8")
    for number in range(accounts):
        folder = root / "campaigns" / f"shop{number:05}"
        folder.mkdir(parents=True)
        (folder / "account.toml").write_text(account(number, chance), encoding="utf-8")
        (folder / "metrics.csv").write_text(values(chance), encoding="utf-8")


def account(number: int, chance: random.Random) -> str:
    bucket, often = chance.choice(["partner", "client"]), chance.choice([0.1, 0.5, 0.9])
    return "".join(
        [
            HEAD.format(
                number=number,
                bucket=bucket,
                worth=chance.randrange(9, 999) * 1000,
                month=chance.randrange(1, 13),
                since=chance.randrange(10, 27),
            ),
            *(METRIC.format(id=name) for name in ("returns", "repairs")),
            PERSON.format(name="ana", number=number, role="Shops", boss="The owners", decides="true"),
            PERSON.format(name="ben", number=number, role="Returns", boss=f"ana {number}", decides="false"),
            *(
                EVIDENCE.format(
                    year=chance.choice([5, 6]),
                    month=chance.randrange(1, 12),
                    of=chance.choice(TRAITS),
                    side=chance.choice(["us", "them"]),
                    says="partner" if chance.random() < often else "client",
                )
                for _ in range(8)
            ),
            *(FACT.format(month=month) for month in (6, 9)),
        ]
    )


def values(chance: random.Random) -> str:
    rows = ["metric,date,value"]
    for name in ("returns", "repairs"):
        for month in range(24):
            year, of_year = 2024 + (10 + month) // 12, (10 + month) % 12 + 1
            rows.append(f"{name},{year}-{of_year:02}-{monthrange(year, of_year)[1]},{chance.uniform(23, 32):.1f}")
    return "\n".join(rows) + "\n"


def run(root: Path, accounts: int) -> dict[str, float]:
    """Run the command once; return its seconds (wall and processor) and its memory."""
    start = perf_counter()
    command = [sys.executable, "-m", "dripper", "-C", str(root), "--now", NOW, "accounts", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    found = json.loads(said)["accounts"]
    assert process.returncode == 0
    assert len(found) == accounts
    assert {each["evidence"] for each in found} == {"partner", "client", None}
    return {"s": wall, "cpu_s": used.ru_utime + used.ru_stime, "mb": used.ru_maxrss / 1024}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs=2, default=[100, 1_000])
    small, large = parser.parse_args().sizes
    with tempfile.TemporaryDirectory() as folder:
        roots = {size: Path(folder, str(size)) for size in (small, large)}
        for size, root in roots.items():
            root.mkdir()
            write_workspace(root, size)
        runs: dict[int, list[dict[str, float]]] = {size: [] for size in roots}
        for _ in range(ROUNDS):
            for size, root in roots.items():
                runs[size].append(run(root, size))
    rows: list[dict[str, Any]] = [
        {"accounts": size, **{key: round(median(each[key] for each in of), 2) for key in of[0]}}
        for size, of in runs.items()
    ]
    per_account = round(rows[1]["cpu_s"] / large / (rows[0]["cpu_s"] / small), 2)
    is_fast = rows[1]["cpu_s"] <= BARS["cpu_s"] * large / 1_000
    report = {
        "benchmark": "accounts",
        "sizes": rows,
        "per_account": per_account,
        "bars": BARS,
        "ok": is_fast and per_account <= BARS["per_account"],
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
