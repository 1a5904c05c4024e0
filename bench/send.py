"""How fast dripper sends, beside other senders on the same sink; one line of JSON with the ratios.

    python bench/send.py [--messages 8000] [--rounds 3] [--postfix DIR] [--nodemailer DIR] [--mailmerge PROGRAM]

End to end: claim, opt-outs and caps, render, compose, SMTP, a durable intent and outcome, on SQLite (synchronous=FULL)
and on PostgreSQL (fsync on). The others only send: aiosmtplib and nodemailer over as many pooled connections, Postfix's
`smtp-source -d`, and, as whole processes, the mailmerge program. Sink and sender have a core each (PostgreSQL and
nodemailer use both). Each round runs all of them once; ratios are taken within a round, and medians over the rounds.

Postfix is where `dpkg -x` put it (default: it is fetched by apt-get into a temporary folder); `--nodemailer` names a
folder in which `npm install nodemailer` ran. What is not there is left out and said.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from fakes import postgres
from sending import sample

HERE = Path(__file__).resolve().parent
CONNECTIONS = 20
SINK_CORE, SENDER_CORE = "0", "1"
WHOLE = 2000
# dripper to each other sender: the least ratio on the plain loop of asyncio, and with the extra `fast` (uvloop).
BARS = {"aiosmtplib": (0.9, 1.3), "nodemailer": (1.4, 2.0), "smtp_source": (0.1, 0.15), "mailmerge": (2.5, 2.5)}
# A store worth its name survives a power cut.
postgres.SETTINGS |= {
    "fsync": "on",
    "full_page_writes": "on",
    "shared_buffers": "128MB",
    "max_wal_size": "1GB",
    "autovacuum": "on",
}
# The command, as if uvloop was not installed.
COMMAND = "import sys; {} is None and sys.modules.update(uvloop=None); from dripper.cli import main; main()"

Run = Callable[[], float]


def pinned(core: str, *words: str) -> list[str]:
    return ["taskset", "-c", core, *words]


def output_of(words: list[str], given: bytes = b"", env: dict[str, str] | None = None) -> str:
    done = subprocess.run(words, input=given, stdout=subprocess.PIPE, check=True, env=env)
    return done.stdout.decode()


class Bench:
    """The sink and what every sender needs."""

    def __init__(self, asked: argparse.Namespace, scratch: Path, port: int) -> None:
        self.asked = asked
        self.scratch = scratch
        self.port = port
        self._count = 0

    def _fresh(self) -> Path:
        self._count += 1
        folder = self.scratch / str(self._count)
        folder.mkdir()
        return folder

    def python(self, program: str, *words: object, plain: bool = True) -> list[str]:
        """Run one of our programs and return the words that it prints."""
        settings = {**os.environ, "PYTHONPATH": str(HERE.parent)}
        command = [sys.executable, str(HERE / "sending" / program), *map(str, words), *(["plain"] if plain else [])]
        return output_of(pinned(SENDER_CORE, *command), sample.content(), settings).split()

    def ours(self, *, plain: bool, server: postgres.Postgres | None = None) -> float:
        """Return how many messages a second dripper delivers."""
        root = self._fresh()
        if server is None:
            return self._deliver(root, "", plain=plain)
        with server.database() as url:
            return self._deliver(root, url, plain=plain)

    def _deliver(self, root: Path, store: str, *, plain: bool) -> float:
        count = self.asked.messages
        self.python("ours.py", "prepare", root, self.port, count, CONNECTIONS, store)
        seconds, sent, states = self.python("ours.py", "send", root, store, plain=plain)
        assert (int(sent), int(states)) == (count, 1), f"{sent} of {count} were sent"
        return count / float(seconds)

    def bare(self) -> float:
        """Return the same of bare aiosmtplib."""
        count = self.asked.messages
        return count / float(self.python("bare.py", self.port, count, CONNECTIONS)[0])

    def nodemailer(self) -> float:
        """Return the same of nodemailer's pool."""
        count = self.asked.messages
        settings = {**os.environ, "NODE_PATH": str(Path(self.asked.nodemailer) / "node_modules")}
        words = ["node", str(HERE / "sending/pooled.js"), str(self.port), str(count), str(CONNECTIONS)]
        return count / float(output_of(words, sample.content(), settings))

    def smtp_source(self, postfix: Path) -> float:
        """Return the same of Postfix's client in C."""
        count = self.asked.messages * 5
        start = time.perf_counter()
        words = [str(postfix / "usr/sbin/smtp-source"), "-d", "-s", str(CONNECTIONS), "-m", str(count)]
        output_of(pinned(SENDER_CORE, *words, "-l", "600", f"127.0.0.1:{self.port}"), env=library(postfix))
        return count / (time.perf_counter() - start)

    def mailmerge(self) -> float:
        """Return the same of the mailmerge program, its start included."""
        root = self._fresh()
        sample.write_mailmerge(root, self.port, WHOLE)
        words = [self.asked.mailmerge, "--no-dry-run", "--no-limit"]
        return self._whole(root, words)

    def whole(self, *, plain: bool = True) -> float:
        """Let the command itself deliver, as a user calls it."""
        root = self._fresh()
        self.python("ours.py", "prepare", root, self.port, WHOLE, CONNECTIONS, "")
        return self._whole(
            root, [sys.executable, "-c", COMMAND.format("None" if plain else "False"), "--now", sample.SLOT, "send"]
        )

    def _whole(self, root: Path, words: list[str]) -> float:
        settings = {**os.environ, "PYTHONPATH": str(HERE.parent)}
        start = time.perf_counter()
        subprocess.run(
            pinned(SENDER_CORE, *words), cwd=root, check=True, env=settings, stdout=subprocess.DEVNULL, stderr=2
        )
        return WHOLE / (time.perf_counter() - start)


def library(postfix: Path) -> dict[str, str]:
    return {**os.environ, "LD_LIBRARY_PATH": str(postfix / "usr/lib/postfix")}


def unpacked_postfix(folder: Path) -> Path | None:
    """Fetch Postfix without installing it; `None` where that cannot be done."""
    try:
        subprocess.run(["apt-get", "download", "postfix"], cwd=folder, check=True, capture_output=True)
        (package,) = folder.glob("postfix*.deb")
        subprocess.run(["dpkg", "-x", package.name, "."], cwd=folder, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError, ValueError):
        return None
    return folder


@contextmanager
def sink(postfix: Path | None) -> Iterator[int]:
    """Run a server that takes everything: Postfix's, or without it one of our own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    if postfix is not None:
        words = [str(postfix / "usr/sbin/smtp-sink"), "-u", "nobody", f"127.0.0.1:{port}", "1024"]
        server = subprocess.Popen(pinned(SINK_CORE, *words), env=library(postfix))
    else:
        server = subprocess.Popen(pinned(SINK_CORE, sys.executable, str(HERE / "sending/sink.py"), str(port)))
    for _ in range(100):
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    try:
        yield port
    finally:
        server.terminate()
        server.wait()


def rows_of(bench: Bench, postfix: Path | None, server: postgres.Postgres) -> tuple[dict[str, Run], list[str]]:
    """Return what is run in each round, by name, and what is not there."""
    rows: dict[str, Run] = {
        "sqlite": partial(bench.ours, plain=True),
        "postgresql": partial(bench.ours, plain=True, server=server),
        "whole": bench.whole,
        "aiosmtplib": bench.bare,
    }
    has_fast = find_spec("uvloop") is not None
    if has_fast:
        rows["sqlite_fast"] = partial(bench.ours, plain=False)
        rows["postgresql_fast"] = partial(bench.ours, plain=False, server=server)
        rows["whole_fast"] = partial(bench.whole, plain=False)
    has_node = bool(shutil.which("node") and bench.asked.nodemailer)
    if has_node:
        rows["nodemailer"] = bench.nodemailer
    if bench.asked.mailmerge:
        rows["mailmerge"] = bench.mailmerge
    if postfix is not None:
        rows["smtp_source"] = partial(bench.smtp_source, postfix)
    missing = {"uvloop": has_fast, "nodemailer": has_node, "mailmerge": bench.asked.mailmerge, "postfix": postfix}
    return rows, [name for name, there in missing.items() if not there]


def ratios_of(rates: list[dict[str, float]]) -> dict[str, dict[str, float]]:
    """Return for each way of dripper the median of its ratio to each other sender."""
    found: dict[str, dict[str, float]] = {}
    for ours in (name for name in rates[0] if name not in BARS):
        others = ["mailmerge"] if ours.startswith("whole") else [name for name in BARS if name != "mailmerge"]
        found[ours] = {
            other: round(median(rate[ours] / rate[other] for rate in rates), 3) for other in others if other in rates[0]
        }
    return found


def is_enough(ratios: dict[str, dict[str, float]]) -> bool:
    return all(
        ratio >= BARS[other][ours.endswith("fast")] for ours, found in ratios.items() for other, ratio in found.items()
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=8000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--postfix", type=Path)
    parser.add_argument("--nodemailer", default="")
    parser.add_argument("--mailmerge", default=shutil.which("mailmerge"))
    parser.add_argument("--only", nargs="*", default=[])
    asked = parser.parse_args()
    server = postgres.Postgres.start()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        (scratch / "postfix").mkdir()
        postfix = asked.postfix or unpacked_postfix(scratch / "postfix")
        with sink(postfix) as port:
            rows, missing = rows_of(Bench(asked, scratch, port), postfix, server)
            rows = {name: run for name, run in rows.items() if not asked.only or name in asked.only}
            rates = []
            for _ in range(asked.rounds):
                rates.append({name: run() for name, run in rows.items()})
                print({name: round(rate) for name, rate in rates[-1].items()}, file=sys.stderr, flush=True)
    server.stop()
    ratios = ratios_of(rates)
    report = {
        "benchmark": "send",
        "messages": asked.messages,
        "rounds": asked.rounds,
        "connections": CONNECTIONS,
        "messages_per_s": {name: round(median(rate[name] for rate in rates)) for name in rows},
        "ratios": ratios,
        "missing": missing,
        "ok": is_enough(ratios),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
