"""How long one account's reading takes out of ten million rows in Parquet, and how much memory; one line of JSON.

The rows are of 2,000 accounts with five metrics of 1,000 days each, in no order of accounts, so that every row group
has to be looked at. The command is measured as a user starts it, over a tenth of the rows and over all: memory must not
grow with what is not asked for.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import duckdb

ROWS = 10_000_000
ACCOUNTS = 2_000
# What one reading may take, and by how much memory may be larger than over a tenth of the rows.
BARS = {"seconds": 3.0, "memory_ratio": 1.5}
ROUNDS = 3
SETTINGS = """
[workspace]
name = "Bench"
timezone = "Europe/Berlin"
[mailbox.bench]
from = "bench@fieldnote.example"
via = "drafts"
[metrics]
source = "data/*.parquet"
"""
QUERY = f"""
COPY (
    SELECT 'client-' || (i % {ACCOUNTS}) AS account, 'metric_' || ((i // {ACCOUNTS}) % 5) AS metric,
        DATE '2024-01-01' + CAST(i // {5 * ACCOUNTS} AS INTEGER) AS date,
        round(100 + 10 * sin(i * 0.37) + i % 7, 3) AS value
    FROM range(ROWS) t(i)
) TO 'FILE' (FORMAT parquet)
"""


def workspace(folder: Path, rows: int) -> Path:
    (folder / "data").mkdir(parents=True)
    (folder / "campaigns").mkdir()
    (folder / "dripper.toml").write_text(SETTINGS, encoding="utf-8")
    with duckdb.connect() as connection:
        file = folder / "data" / "all.parquet"
        connection.execute(QUERY.replace("ROWS", str(rows)).replace("FILE", str(file)))
    return folder


# Prints the peak of the command's own memory, in MB.
PROBE = """
import resource, sys
from dripper.cli.group import run
code = run(sys.argv[1:])
print("PEAK", code, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)
"""


def reading(folder: Path) -> tuple[float, float, int]:
    """Return the wall time and the processor's time of one reading in seconds, and its peak of memory in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = perf_counter()
    command = [sys.executable, "-c", PROBE, "-C", str(folder), "metrics", "client-77", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    wall = perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    code, peak = done.stderr.rpartition("PEAK ")[2].split()
    found = [metric["n"] for metric in json.loads(done.stdout)["metrics"]]
    if code != "0" or not found or set(found) != {found[0]}:
        sys.exit(f"the reading ended with {code}: {done.stderr[-300:]}")
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, processor, int(peak)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        small, large = workspace(Path(folder, "small"), ROWS // 10), workspace(Path(folder, "large"), ROWS)
        reading(large)
        runs = {"small": [], "large": []}
        for _ in range(ROUNDS):
            runs["small"].append(reading(small))
            runs["large"].append(reading(large))
    wall, processor, peak = (min(values) for values in zip(*runs["large"], strict=True))
    ratio = peak / min(peak for _, _, peak in runs["small"])
    report = {
        "benchmark": "metrics",
        "rows": ROWS,
        "accounts": ACCOUNTS,
        "seconds": round(wall, 2),
        "processor_seconds": round(processor, 2),
        "peak_mb": peak,
        "memory_ratio": round(ratio, 2),
        "bars": BARS,
        "ok": wall <= BARS["seconds"] and ratio <= BARS["memory_ratio"],
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
