"""How fast the linter is beside write-good and proselint, and what memory 100,000 messages need; one line of JSON.

The others are installed into `.bench/` on the first run: proselint into a virtual environment, write-good with npm
where Node is there (without it that comparison is left out, and said so). All read the same 1,000 short messages, in
turns, each in a process of its own; the medians are compared. Cold is the whole command on one draft.
"""

from __future__ import annotations

import compileall
import csv
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

BENCH = Path(__file__).resolve().parent
TOOLS = BENCH.parent / ".bench"
PROSELINT, WRITE_GOOD = "0.16.0", "1.0.8"
MESSAGES, MANY = 1_000, 100_000
# As texts come; the other sets of `bench/asks` hold nothing but asks, or what was chosen to look like them.
SETS = ("mail", "plain", "posts", "news", "headlines")
# Ours reads them ten times in a round, which takes about as long as the others' one.
ROUNDS = 7
# At least so many times the other's rate; cold, at most so many times its seconds; of many lines, of the memory of few.
BARS = {"write_good_rate": 2.0, "proselint_rate": 20.0, "proselint_cold": 1.0, "memory": 1.1}

OURS = """
import sys, time
from dripper.lint.draft import read_line
from dripper.lint.options import Options
from dripper.lint.ruleset import RULES
from dripper.lint.runner import lint_draft
from dripper.jobs.lint_draft import draft_rules
texts = open(sys.argv[1], encoding="utf-8").read().splitlines()
options = Options()
active = draft_rules(options)
def work():
    return [lint_draft(read_line(text, number), "-", options, active) for number, text in enumerate(texts, 1)]
work()
start = time.perf_counter()
for _ in range(10):
    work()
print(10 * len(texts) / (time.perf_counter() - start))
"""
WATCH = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
if done.returncode not in (0, 1):
    sys.exit(f"{sys.argv[1]} ended with {done.returncode}")
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""
THEIRS_IN_PYTHON = """
import sys, time
from proselint.checks import __register__
from proselint.registry import CheckRegistry
from proselint.tools import LintFile
CheckRegistry().register_many(__register__)
texts = open(sys.argv[1], encoding="utf-8").read().splitlines()
def work():
    return [LintFile("-", text).lint() for text in texts]
start = time.perf_counter()
work()
print(len(texts) / (time.perf_counter() - start))
"""
THEIRS_IN_NODE = """
const writeGood = require("write-good");
const texts = require("fs").readFileSync(process.argv[1], "utf8").trimEnd().split("\\n");
const work = () => texts.map((text) => writeGood(text));
work();
const start = process.hrtime.bigint();
work();
console.log(texts.length / (Number(process.hrtime.bigint() - start) / 1e9));
"""


def messages() -> list[str]:
    """Return short messages of two sentences each, no two alike, from the sentences of this project."""
    sentences = []
    for name in SETS:
        with (BENCH / "asks" / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
            sentences += [row["text"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    count = len(sentences)
    pairs = (f"{sentences[at % count]} {sentences[(at * 7 + 3 + at // count) % count]}" for at in range(MESSAGES * 3))
    return list(dict.fromkeys(pair for pair in pairs if len(pair) <= 180))[:MESSAGES]


def run(command: Sequence[str], *, folder: Path | None = None) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    if done.returncode:
        sys.exit(f"{command[0]} ended with {done.returncode}: {done.stderr[-300:]}")
    return done.stdout


def proselint_home() -> Path:
    home = TOOLS / f"proselint-{PROSELINT}"
    if not (home / "bin" / "proselint").exists():
        run([sys.executable, "-m", "venv", str(home)])
        run([str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", f"proselint=={PROSELINT}"])
    return home / "bin"


def write_good_home() -> Path | None:
    home = TOOLS / f"write-good-{WRITE_GOOD}"
    if shutil.which("node") is None or shutil.which("npm") is None:
        return None
    if not (home / "node_modules" / "write-good").exists():
        home.mkdir(parents=True, exist_ok=True)
        run(["npm", "install", "--silent", "--no-audit", "--prefix", str(home), f"write-good@{WRITE_GOOD}"])
    return home


def seconds(command: Sequence[str]) -> float:
    start = perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{command[0]} ended with {done.returncode}: {done.stderr.decode()[-300:]}")
    return perf_counter() - start


def megabytes(command: Sequence[str]) -> float:
    """Return the most memory that `command` had, as a small process sees it that starts it: it begins as a copy."""
    return float(run([sys.executable, "-c", WATCH, *command]))


def main() -> None:
    # As an installed package is.
    compileall.compile_dir(BENCH.parent / "dripper", quiet=1)
    texts = messages()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file, many, draft = folder / "messages.txt", folder / "many.txt", folder / "draft.txt"
        file.write_text("\n".join(texts) + "\n", encoding="utf-8")
        many.write_text(("\n".join(texts) + "\n") * (MANY // len(texts)), encoding="utf-8")
        draft.write_text(texts[0] + "\n", encoding="utf-8")
        rates, cold = measure(file, draft)
        lint = [sys.executable, "-m", "dripper", "lint", "--lines", "--format", "json"]
        memory = {"messages_1000": megabytes([*lint, str(file)]), "messages_100000": megabytes([*lint, str(many)])}
    print(json.dumps(report(rates, cold, memory)))


def measure(file: Path, draft: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Return the messages a second of each linter, and the seconds of each from the cold."""
    bin_, node = proselint_home(), write_good_home()
    warm = {
        "dripper": [sys.executable, "-c", OURS, str(file)],
        "proselint": [str(bin_ / "python"), "-c", THEIRS_IN_PYTHON, str(file)],
    }
    if node is not None:
        warm["write_good"] = ["node", "-e", THEIRS_IN_NODE, str(file)]
    cold = {
        "dripper": [sys.executable, "-m", "dripper", "lint", str(draft)],
        "proselint": [str(bin_ / "python"), "-m", "proselint", "check", str(draft)],
    }
    rates: dict[str, list[float]] = {name: [] for name in warm}
    times: dict[str, list[float]] = {name: [] for name in cold}
    for command in cold.values():
        seconds(command)
    for _ in range(ROUNDS):
        for name, command in warm.items():
            rates[name].append(float(run(command, folder=node)))
        for name, command in cold.items():
            times[name].append(seconds(command))
    return (
        {name: median(values) for name, values in rates.items()},
        {name: median(values) for name, values in times.items()},
    )


def report(rates: dict[str, float], cold: dict[str, float], memory: dict[str, float]) -> dict[str, object]:
    ratios = {
        "proselint_rate": rates["dripper"] / rates["proselint"],
        "proselint_cold": cold["dripper"] / cold["proselint"],
        "memory": memory["messages_100000"] / memory["messages_1000"],
    }
    if "write_good" in rates:
        ratios["write_good_rate"] = rates["dripper"] / rates["write_good"]
    return {
        "benchmark": "lint",
        "messages_per_s": {name: round(rate) for name, rate in rates.items()},
        "cold_s": {name: round(value, 3) for name, value in cold.items()},
        "peak_mb": {name: round(value, 1) for name, value in memory.items()},
        "ratios": {name: round(value, 2) for name, value in ratios.items()},
        "bars": BARS,
        "left_out": [] if "write_good" in rates else ["write_good: there is no Node here"],
        "ok": all(reaches(name, value) for name, value in ratios.items()),
    }


def reaches(name: str, value: float) -> bool:
    return value >= BARS[name] if name.endswith("_rate") else value <= BARS[name]


if __name__ == "__main__":
    main()
