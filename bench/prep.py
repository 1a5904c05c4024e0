"""How long a brief takes from a cold start: 50 metrics with ten years of months each, as HTML and as PDF.

One JSON line: for each format the median of the wall time and of the time that the CPU worked, beside what a bare
`import click` takes in the same rounds, and whether both hold their bounds (1 s for HTML, 1.5 s for the PDF, of the
CPU's time on a machine with nothing else to do). Python code is compiled in a round before, as pip does it when it
installs, whatever the machine says of compiled files.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from math import sin
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

METRICS, YEARS, RUNS = 50, 10, 5
BOUNDS_S = {"html": 1.0, "pdf": 1.5}
SETTINGS = """\
[workspace]
name = "Bench"
timezone = "Europe/Berlin"
country = "DE"
[mailbox.mira]
from = "Mira <mira@bench.example>"
smtp = { host = "smtp.bench.example", user = "mira", password = { env = "PASSWORD" } }
"""


def main() -> int:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        workspace(root)
        found = rounds(root)
    holds = all(found[kind]["cpu_s"] <= bound for kind, bound in BOUNDS_S.items())
    print(json.dumps({"bench": "prep", "metrics": METRICS, "values": METRICS * YEARS * 12, **found, "holds": holds}))
    return 0 if holds else 1


def workspace(root: Path) -> None:
    """Write an account with noise, slopes, steps and seasons in its metrics, and a negotiation."""
    account = root / "campaigns" / "acme"
    account.mkdir(parents=True)
    (root / "dripper.toml").write_text(SETTINGS, encoding="utf-8")
    tables = "".join(
        f'[[metric]]\nid = "m{n}"\nname = "Metric {n}"\nbaseline = 100\ngoal = 150\nby = 2027-06-30\nagreed = true\n'
        for n in range(METRICS)
    )
    (account / "account.toml").write_text(f'name = "Acme"\n{tables}', encoding="utf-8")
    talk = 'title = "Renewal"\non = 2027-02-10\nour_walk_away = "10 EUR"\n'
    (account / "renewal.negotiation.toml").write_text(talk, encoding="utf-8")
    rows = [
        f"m{n},{2016 + month // 12}-{month % 12 + 1:02}-28,{value(n, month):.2f}"
        for n in range(METRICS)
        for month in range(YEARS * 12)
    ]
    (account / "metrics.csv").write_text("metric,date,value\n" + "\n".join(rows) + "\n", encoding="utf-8")


def value(metric: int, month: int) -> float:
    noise = 3 * sin(17.0 * metric + 91.7 * month * month)
    slope, step = 0.1 * (metric % 5) * month, 20.0 * (metric % 3) * (month > 60)
    return 100 + noise + slope + step + (8 * sin(month * 0.5236) if metric % 4 == 0 else 0)


def timed(root: Path, arguments: list[str]) -> tuple[float, float]:
    """Return wall time and CPU time of one cold run."""
    compiled = {"PYTHONPYCACHEPREFIX": str(root / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
    before, start = os.times(), perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=root, check=True, capture_output=True, env=os.environ | compiled)
    wall, after = perf_counter() - start, os.times()
    return wall, after.children_user + after.children_system - before.children_user - before.children_system


def rounds(root: Path) -> dict[str, dict[str, float]]:
    """Return the medians of rounds in which every case runs once."""
    prep = ["-m", "dripper", "--now", "2026-01-05T09:00:00+01:00", "prep", "acme", "-o"]
    cases = {**{kind: [*prep, f"brief.{kind}"] for kind in BOUNDS_S}, "import_click": ["-c", "import click"]}
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in cases}
    for number in range(RUNS + 1):
        for name, arguments in cases.items():
            taken = timed(root, arguments)
            if number:
                times[name].append(taken)
    return {
        name: dict(zip(("wall_s", "cpu_s"), (round(median(part), 3) for part in zip(*runs, strict=True)), strict=True))
        for name, runs in times.items()
    }


if __name__ == "__main__":
    sys.exit(main())
