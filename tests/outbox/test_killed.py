"""A sender is killed with SIGKILL at every phase and at any instant: nothing twice, nothing lost, little in doubt."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from fakes.office import MORNING, SLOT, Later, Office, workspace
from fakes.smtp_server import PHASES, Rude

pytestmark = pytest.mark.usefixtures("store_url")
CONNECTIONS = 2
CONTACTS = 6
LIMITS = f"per_day = 0, per_hour = 0, per_domain_per_hour = 0, gap_s = 0, connections = {CONNECTIONS}"


def command(*words: str) -> list[str]:
    """Return the command line of a rehearsal on the store of this test."""
    on = f"parts.REHEARSAL_STORE = {Office.store_url!r}; " if Office.store_url else ""
    code = f"from dripper.wiring import parts; {on}from dripper.cli import main; main()"
    return [sys.executable, "-c", code, "--now", SLOT.isoformat(), *words]


def sender(root: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command("send"), cwd=root, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def prepared(root: Path, port: int) -> Path:
    workspace(root, port, contacts=CONTACTS, limits=LIMITS)
    Office(root, now=MORNING).schedule()
    return root


def check_after(root: Path, server: Rude, *, kills: int) -> int:
    """Let the leases lapse, send the rest, compare the server's log with the ledger; return how many are in doubt."""
    office = Office(root, now=SLOT.isoformat(), real_clock=Later())
    office.send()
    states = {row.message_id: row.state for row in office.rows() if row.message == "carts"}
    taken = Counter(one.message_id for one in server.taken)
    assert max(taken.values()) == 1, "sent twice"
    assert len(states) == CONTACTS
    assert set(states.values()) <= {"sent", "unknown"}, "lost"
    assert {key for key, state in states.items() if state == "sent"} <= set(taken), "called sent and never arrived"
    assert set(taken) <= set(states)
    counts = office.counts()
    doubtful = counts.get("unknown", 0)
    assert doubtful <= 2 * CONNECTIONS * kills
    assert counts["sent"] + doubtful == CONTACTS
    return doubtful


@pytest.mark.parametrize(
    ("store_url", "which", "phase"),
    [
        (engine, which, phase)
        for engine, which, phases in (
            ("sqlite", 1, (*PHASES, "RSET", "QUIT")),
            ("sqlite", 3, (*PHASES, "RSET", "QUIT")),
            ("postgresql", 3, ("MAIL", "BODY", "DOT")),
        )
        for phase in phases
    ],
    indirect=["store_url"],
)
def test_killed_in_a_phase(tmp_path: Path, phase: str, which: int) -> None:
    reached = threading.Event()
    seen = 0

    def watch(at: str, _recipient: str) -> None:
        nonlocal seen
        seen += at == phase
        if at == phase and seen == min(which, CONNECTIONS if at in ("CONNECT", "EHLO", "QUIT") else which):
            reached.set()
            time.sleep(0.3)

    with Rude(watch=watch) as server:
        process = sender(prepared(tmp_path, server.port))
        assert reached.wait(20)
        process.kill()
        process.wait()
        doubtful = check_after(tmp_path, server, kills=1)

    # Where a message was under way, it must have come into doubt, else this test would prove nothing.
    assert doubtful >= (phase in ("MAIL", "RCPT", "DATA", "BODY", "DOT"))


@pytest.mark.parametrize(
    ("store_url", "seed"),
    [*(("sqlite", seed) for seed in range(12)), *(("postgresql", seed) for seed in range(12, 14))],
    indirect=["store_url"],
)
def test_killed_again_and_again_at_any_instant(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    kills = 0
    with Rude(delay_s=0.01) as server:
        prepared(tmp_path, server.port)
        for _ in range(3):
            process = sender(tmp_path)
            try:
                process.wait(0.25 + chance.random() * 0.8)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                kills += 1
        check_after(tmp_path, server, kills=kills)


def test_two_workers_at_once_share_the_work_and_send_nothing_twice(tmp_path: Path) -> None:
    with Rude(delay_s=0.01) as server:
        prepared(tmp_path, server.port)
        processes = [sender(tmp_path) for _ in range(2)]
        assert [process.wait(60) for process in processes] == [0, 0]

    assert len({one.message_id for one in server.taken}) == len(server.taken) == CONTACTS


def test_stopped_in_good_order_it_finishes_what_is_open_and_leaves_nothing_claimed(tmp_path: Path) -> None:
    reached = threading.Event()
    with Rude(watch=lambda phase, _: reached.set() if phase == "DATA" else None, delay_s=0.05) as server:
        prepared(tmp_path, server.port)
        words = command("send", "--json")
        process = subprocess.Popen(words, cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        assert reached.wait(20)
        process.terminate()
        out, _ = process.communicate(timeout=20)

    summary = json.loads(out.splitlines()[-1])["summary"]
    assert summary["stopped"]
    assert summary["sent"] == len(server.taken) < CONTACTS
    office = Office(tmp_path, now=SLOT.isoformat())
    assert {row.state.value for row in office.rows()} <= {"sent", "due"}
