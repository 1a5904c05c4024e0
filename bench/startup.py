"""How long a command takes to start, as a multiple of `import click`; one line of JSON.

Rounds are interleaved, so that whatever else the machine does falls on all alike; the medians are compared.
"""

from __future__ import annotations

import compileall
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 15
DRAFT = "Your carts fill after nine in the evening; the reminder goes out at noon.\n"
# What each may cost at most, in times of `import click`.
BARS = {"help": 3.0, "lint_draft": 4.0, "lint_workspace": 10.0}


def seconds(arguments: list[str], folder: str) -> float:
    start = perf_counter()
    done = subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"{arguments} ended with {done.returncode}: {done.stderr.decode()[-300:]}")
    return perf_counter() - start


def main() -> None:
    # As an installed package is.
    compileall.compile_dir(ROOT / "dripper", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder, "draft.txt")
        draft.write_text(DRAFT, encoding="utf-8")
        cases = {
            "import_click": ["-c", "import click"],
            "help": ["-m", "dripper", "--help"],
            "lint_draft": ["-m", "dripper", "lint", str(draft)],
            "lint_workspace": ["-m", "dripper", "-C", str(ROOT), "lint"],
        }
        times: dict[str, list[float]] = {name: [] for name in cases}
        for arguments in cases.values():
            seconds(arguments, folder)
        for _ in range(ROUNDS):
            for name, arguments in cases.items():
                times[name].append(seconds(arguments, folder))
    medians = {name: median(values) for name, values in times.items()}
    ratios = {name: round(medians[name] / medians["import_click"], 2) for name in BARS}
    report = {
        "benchmark": "startup",
        "seconds": {name: round(value, 4) for name, value in medians.items()},
        "times_import_click": ratios,
        "bars": BARS,
        "ok": all(ratios[name] <= bar for name, bar in BARS.items()),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
