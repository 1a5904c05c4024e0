"""`dripper send`, `run` and what stops them, as a user runs them, against a real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fakes.command import dripper
from fakes.office import workspace
from fakes.smtp_server import Rude, Sink

BEFORE = ("--now", "2026-11-20T12:00:00+01:00")
SLOT = ("--now", "2026-12-01T09:30:00+01:00")
PEOPLE = ["ana@acme.example", "ben@acme.example"]


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as server:
        yield server


@pytest.fixture
def root(tmp_path: Path, sink: Sink) -> Path:
    workspace(tmp_path, sink.port, contacts=PEOPLE)
    assert dripper(*BEFORE, "schedule", "--yes", cwd=tmp_path).returncode == 0
    return tmp_path


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_send_delivers_what_is_due_and_ends(root: Path, sink: Sink) -> None:
    done = dripper(*SLOT, "send", cwd=root)
    again = dripper(*SLOT, "send", cwd=root)

    assert (done.returncode, done.stderr) == (0, "")
    assert "2 sent." in done.stdout
    assert "Next: Tue 15 Dec 2026 09:30." in done.stdout
    assert again.returncode == 0
    assert again.stdout.startswith("Nothing was due.")
    assert sorted(taken.recipient for taken in sink.taken) == PEOPLE


def test_the_json_has_the_documented_shape(root: Path, sink: Sink) -> None:
    *rows, last = objects(dripper(*SLOT, "send", "--json", cwd=root).stdout)

    assert [set(row) for row in rows] == [
        {"campaign", "message", "contact", "message_id", "outcome", "code", "reply", "at"}
    ] * 2
    assert {row["message_id"] for row in rows} == {taken.message_id for taken in sink.taken}
    assert {(row["campaign"], row["message"], row["outcome"], row["code"]) for row in rows} == {
        ("acme/insights", "carts", "sent", 250)
    }
    assert set(last) == {"summary"}
    assert last["summary"]["version"] == 1
    assert last["summary"]["sent"] == 2


def test_the_json_of_a_dry_run_ends_with_its_counts(root: Path) -> None:
    *rows, last = objects(dripper(*SLOT, "send", "--dry-run", "--limit", "1", "--json", cwd=root).stdout)

    assert [row["outcome"] for row in rows] == ["due"]
    assert last["summary"] == {
        "version": 1,
        "would_leave": 1,
        "due": 1,
        "in_hand": 0,
        "unusable": {},
        "resting": {},
    }


def test_a_dry_run_sends_nothing_and_changes_nothing(root: Path, sink: Sink) -> None:
    done = dripper(*SLOT, "send", "--dry-run", cwd=root)

    assert "2 would leave now. Nothing was sent." in done.stdout
    assert not sink.taken
    assert "2 sent." in dripper(*SLOT, "send", cwd=root).stdout


def test_a_limit_takes_no_more_than_was_said(root: Path, sink: Sink) -> None:
    assert "1 sent." in dripper(*SLOT, "send", "--limit", "1", cwd=root).stdout
    assert len(sink.taken) == 1


def test_run_goes_through_the_whole_season_in_a_rehearsal(root: Path, sink: Sink) -> None:
    *rows, _ = objects(dripper(*BEFORE, "run", "--until", "2026-12-31", "--json", cwd=root).stdout)

    assert [row["at"] for row in rows] == ["2026-12-01T08:30:00+00:00"] * 2 + ["2026-12-15T08:30:00+00:00"] * 2
    assert len(sink.taken) == 4


def test_a_rehearsal_does_not_send_through_a_real_mailbox(tmp_path: Path, sink: Sink) -> None:
    root = workspace(tmp_path, sink.port, contacts=PEOPLE, rehearsal=False)
    dripper(*BEFORE, "schedule", "--yes", cwd=root)
    tried = dripper(*SLOT, "send", "--dry-run", cwd=root)
    refused = dripper(*SLOT, "send", cwd=root)

    for done in (tried, refused):
        assert done.returncode == 1
        assert "2 are due, but mailbox dana cannot be used:" in done.stdout
        assert "rehearsal = true" in done.stdout
        assert "Nothing was due" not in done.stdout
    assert not sink.taken


@pytest.mark.parametrize(
    ("behaviour", "code", "said"),
    [
        ({"RCPT": "450 4.2.0 greylisted"}, 0, "2 deferred."),
        ({"DOT": "drop the connection"}, 0, "never sent again by themselves"),
        ({"RCPT": "550 5.7.1 blocked"}, 0, "held"),
        ({"MAIL": "530 5.7.0 log in first"}, 1, "cannot be used: 530 5.7.0 log in first"),
    ],
    ids=["deferred", "unknown", "held", "the mailbox is at fault"],
)
def test_the_exit_code_is_1_only_when_a_mailbox_cannot_be_used(
    tmp_path: Path, behaviour: dict[str, str], code: int, said: str
) -> None:
    with Rude(behaviour) as server:
        workspace(tmp_path, server.port, contacts=PEOPLE)
        dripper(*BEFORE, "schedule", "--yes", cwd=tmp_path)
        done = dripper(*SLOT, "send", cwd=tmp_path)

    assert done.returncode == code
    assert said in done.stdout


def test_pause_all_and_resume(root: Path, sink: Sink) -> None:
    assert "resume --all" in dripper(*SLOT, "pause", "--all", cwd=root).stdout
    assert dripper(*SLOT, "send", cwd=root).returncode == 0
    assert not sink.taken
    assert "Paused: all." in dripper(*SLOT, "status", cwd=root).stdout
    dripper(*SLOT, "resume", "--all", cwd=root)
    dripper(*SLOT, "send", cwd=root)
    assert len(sink.taken) == 2


def test_a_reply_by_name_stops_one_person_and_why_tells_it(root: Path, sink: Sink) -> None:
    dripper(*SLOT, "send", cwd=root)
    said = dripper(*SLOT, "replied", "Ana Weber", "Nice one", cwd=root)
    dripper(*SLOT, "run", "--until", "2027-01-31", cwd=root)
    why = dripper(*SLOT, "why", "ana@acme.example", cwd=root).stdout

    assert "acme/insights stops for ana@acme.example" in said.stdout
    assert [taken.recipient for taken in sink.taken].count("ana@acme.example") == 1
    assert [taken.recipient for taken in sink.taken].count("ben@acme.example") == 2
    assert "Nice one" in why
    assert "nothing further (replied)" in why


def test_in_a_rehearsal_suppress_changes_no_file(root: Path, sink: Sink) -> None:
    done = dripper(*SLOT, "suppress", "Ana@Acme.example", cwd=root)
    dripper(*SLOT, "send", cwd=root)

    assert "1 campaign stopped" in done.stdout
    assert not (root / "suppressed.txt").exists()
    assert [taken.recipient for taken in sink.taken] == ["ben@acme.example"]


def test_suppressing_for_real_writes_the_hash_and_no_address(root: Path) -> None:
    assert dripper("suppress", "eva@elsewhere.example", cwd=root).returncode == 0
    text = (root / "suppressed.txt").read_text()
    assert "eva" not in text
    assert len(text.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("pause",), "say --all"),
        (("pause", "acme/insight"), "did you mean"),
        (("why", "Nobody"), "there is no contact"),
        (("suppress", "nobody"), "is no e-mail address"),
        (("run", "--until", "tomorrow"), "is no time"),
        (("send", "--limit", "0"), "--limit"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_a_cure(root: Path, arguments: tuple[str, ...], said: str) -> None:
    done = dripper(*SLOT, *arguments, cwd=root)

    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_store_that_cannot_be_made_is_told_with_a_cure(tmp_path: Path, sink: Sink) -> None:
    workspace(tmp_path, sink.port, contacts=PEOPLE)
    (tmp_path / ".dripper").write_text("")
    done = dripper(*BEFORE, "schedule", "--yes", cwd=tmp_path)

    assert done.returncode == 2
    assert "writable" in done.stderr
    assert "Traceback" not in done.stderr
