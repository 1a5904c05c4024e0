"""`dripper reconcile` as a user runs it: a sender is killed after the dot, and a person finds out what became of it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fakes.command import dripper
from fakes.office import SLOT, Later, Office, workspace
from fakes.smtp_server import DROP, Rude

BEFORE = "2026-11-20T12:00:00+01:00"
AT = ("--now", SLOT.isoformat())
PEOPLE = ["ana@acme.example", "ben@acme.example"]
LIMITS = "per_day = 0, per_hour = 0, per_domain_per_hour = 0, gap_s = 0, connections = 1"


def prepared(root: Path, server: Rude) -> Path:
    workspace(root, server.port, contacts=PEOPLE, limits=LIMITS)
    Office(root, now=BEFORE).schedule()
    return root


@contextmanager
def killed_after_the_dot(root: Path) -> Iterator[Rude]:
    """Kill a sender while the server takes the first message; an hour later, another worker sends the rest."""
    reached = threading.Event()

    def watch(phase: str, _recipient: str) -> None:
        if phase == "DOT" and not reached.is_set():
            reached.set()
            time.sleep(0.3)

    with Rude(watch=watch) as server:
        prepared(root, server)
        process = subprocess.Popen([sys.executable, "-m", "dripper", *AT, "send"], cwd=root, stdout=subprocess.DEVNULL)
        assert reached.wait(20)
        process.kill()
        process.wait()
        Office(root, now=SLOT.isoformat(), real_clock=Later()).send()
        yield server


@pytest.fixture
def in_doubt(tmp_path: Path) -> Iterator[tuple[Path, Rude]]:
    """Return a workspace in which two messages were handed over, and no answer came."""
    with Rude({"DOT": [DROP, DROP, "250 taken"]}) as server:
        prepared(tmp_path, server)
        Office(tmp_path, now=SLOT.isoformat()).send()
        yield tmp_path, server


def evidence(root: Path, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(dripper(*AT, "reconcile", *words, "--json", cwd=root).stdout)
    return found


def counts(root: Path) -> dict[str, int]:
    (row,) = json.loads(dripper(*AT, "ledger", "--json", cwd=root).stdout)["campaigns"]
    found = {name: count for name, count in row.items() if name not in ("campaign", "planned") and count}
    assert sum(found.values()) == row["planned"]
    return found


def test_what_was_under_way_in_a_kill_is_shown_sent_again_and_adds_up(tmp_path: Path) -> None:
    with killed_after_the_dot(tmp_path) as server:
        shown = evidence(tmp_path)["unknown"]
        doubtful = {each["message_id"] for each in shown}
        taken = Counter(one.message_id for one in server.taken)
        # One connection: at most two, and the one that the server was just taking is among them.
        assert 1 <= len(shown) <= 2
        assert all(each["phase"] is None and each["subject"].startswith("Carts after nine") for each in shown)
        assert counts(tmp_path)["unknown"] == len(shown)

        again = dripper(*AT, "reconcile", "--resend", "--all", cwd=tmp_path)
        assert (again.returncode, again.stderr) == (0, "")
        assert "goes out again under the same Message-ID" in again.stdout
        dripper(*AT, "send", cwd=tmp_path)

    after = Counter(one.message_id for one in server.taken)
    assert {key: after[key] - taken[key] for key in after} == dict.fromkeys(after, 0) | dict.fromkeys(doubtful, 1)
    assert counts(tmp_path) == {"sent": 2, "due": 2}
    assert dripper(*AT, "reconcile", cwd=tmp_path).stdout == "Nothing is in doubt.\n"


def test_status_why_doctor_and_today_name_it(in_doubt: tuple[Path, Rude]) -> None:
    root, _ = in_doubt
    for words in (("status",), ("why", "ana@acme.example"), ("doctor",), ()):
        assert "`dripper reconcile" in dripper(*AT, *words, cwd=root).stdout


def test_without_a_terminal_it_shows_the_evidence_and_how_to_settle(in_doubt: tuple[Path, Rude]) -> None:
    root, _ = in_doubt
    done = dripper(*AT, "reconcile", cwd=root)

    assert done.returncode == 1
    assert done.stdout.startswith("2 are in doubt. Times are in Europe/Berlin.\n")
    for words in ("Ana Weber <ana@acme.example>", "acme/insights carts", "Carts after nine, Ana", "01 Dec 2026 09:30"):
        assert words in done.stdout
    assert "final dot" in done.stdout
    assert "dripper reconcile --sent NAME" in done.stderr


@pytest.mark.parametrize("columns", [60, 100])
def test_it_fits_the_terminal(in_doubt: tuple[Path, Rude], columns: int) -> None:
    root, _ = in_doubt
    done = dripper(*AT, "reconcile", cwd=root, extra={"COLUMNS": str(columns)})
    lines = [line for line in done.stdout.splitlines() if "@north.example>" not in line]

    assert max(map(len, lines)) <= columns


def test_one_by_name_is_settled_and_the_other_stays(in_doubt: tuple[Path, Rude]) -> None:
    root, server = in_doubt
    done = dripper(*AT, "reconcile", "--sent", "Ana Weber", cwd=root)
    left = evidence(root)

    assert (done.returncode, done.stdout) == (0, "ana@acme.example  acme/insights carts: settled as sent\n")
    assert [each["contact"] for each in left["unknown"]] == ["ben@acme.example"]
    assert counts(root) == {"sent": 1, "unknown": 1, "due": 2}
    assert server.taken == []


def test_the_json_has_the_documented_shape(in_doubt: tuple[Path, Rude]) -> None:
    root, _ = in_doubt
    before = evidence(root)
    after = evidence(root, "--resend", "--all")

    assert set(before) == set(after) == {"version", "unknown", "settled"}
    assert set(before["unknown"][0]) == {
        *("campaign", "message", "contact", "message_id", "mailbox", "subject", "attempt", "intent_at", "ended_at"),
        *("phase", "ending", "words", "since", "worker_at_work"),
    }
    assert (before["settled"], after["unknown"]) == ([], [])
    assert [each["outcome"] for each in after["settled"]] == ["due", "due"]
    assert {each["message_id"] for each in after["settled"]} == {each["message_id"] for each in before["unknown"]}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--sent",), "say --all"),
        (("--resend", "--all", "Ana Weber"), "say --all"),
        (("--all",), "--all goes with"),
        (("--sent", "--resend", "--all"), "cannot both hold"),
        (("--sent", "Nobody"), "there is no campaign"),
    ],
)
def test_what_cannot_be_done_ends_with_2(in_doubt: tuple[Path, Rude], words: tuple[str, ...], said: str) -> None:
    root, _ = in_doubt
    done = dripper(*AT, "reconcile", *words, cwd=root)

    assert done.returncode == 2
    assert said in done.stderr
    assert counts(root) == {"unknown": 2, "due": 2}


def at_a_terminal(root: Path, typed: str) -> tuple[int, str]:
    """Run `dripper reconcile` with `typed` at the keyboard; return its exit code and its stdout."""
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "dripper", *AT, "reconcile"]
    process = subprocess.Popen(words, cwd=root, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    os.write(ours, typed.encode())
    out, _ = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    return process.returncode, out


def test_at_a_terminal_it_asks_one_by_one(in_doubt: tuple[Path, Rude]) -> None:
    root, server = in_doubt
    code, out = at_a_terminal(root, "perhaps\nyes\nn\n")
    dripper(*AT, "send", cwd=root)

    assert code == 0
    assert "ana@acme.example  acme/insights carts: settled as sent" in out
    assert "ben@acme.example  acme/insights carts: goes out again" in out
    assert [taken.recipient for taken in server.taken] == ["ben@acme.example"]
    assert counts(root) == {"sent": 2, "due": 2}


def test_what_is_left_for_later_stays_in_doubt(in_doubt: tuple[Path, Rude]) -> None:
    root, _ = in_doubt
    code, _ = at_a_terminal(root, "\nlater\n")

    assert code == 1
    assert counts(root) == {"unknown": 2, "due": 2}


def test_ctrl_c_keeps_what_was_answered_before(in_doubt: tuple[Path, Rude]) -> None:
    root, _ = in_doubt
    code, _ = at_a_terminal(root, "yes\n\x04")

    assert code == 2
    assert counts(root) == {"sent": 1, "unknown": 1, "due": 2}
