"""What was delivered is asked by `dripper lint --history` and by `dripper schedule`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.workspaces import CAMPAIGN, edit, small_workspace, write

BEFORE, DAY = ("--now", "2026-11-20T12:00:00+01:00"), ("--now", "2026-12-01T10:00:00+01:00")
SAID = "Most of your carts are left after nine in the evening; a reminder at eight finds their owners still awake."
AGAIN = "A reminder at eight finds the owners of your carts still awake: most are left after nine in the evening."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Write a workspace that has sent its first message to two contacts, and has said it in no file since."""
    small_workspace(tmp_path)
    edit(tmp_path, 'smtp = { host = "127.0.0.1", port = 25, security = "none" }', 'via = "drafts"', "dripper.toml")
    edit(tmp_path, 'via = "drafts"', 'via = "drafts"\nrehearsal = true', "dripper.toml")
    assert dripper(*BEFORE, "schedule", "--yes", cwd=tmp_path).returncode == 0
    sent = dripper(*DAY, "send", "--json", cwd=tmp_path)
    assert [json.loads(line).get("outcome") for line in sent.stdout.splitlines()][:1] == ["sent"], sent.stderr
    edit(tmp_path, SAID, "Nobody reads the third line of a note, so the second one has to do it all.")
    head = CAMPAIGN.partition("[[message]]")[0].replace("2026-12-01", "2027-03-02")
    message = f'[[message]]\nsubject = "Awake"\ntext = "{AGAIN}"\ngift = "When to send it"\n'
    write(tmp_path, "campaigns/acme/later.toml", head + message)
    return tmp_path


def test_lint_asks_the_history_only_where_it_is_told_to(root: Path) -> None:
    without = dripper(*DAY, "lint", "--select", "repeat", cwd=root)
    with_it = dripper(*DAY, "lint", "--select", "repeat", "--history", "acme/later", cwd=root)

    assert without.stdout == "No problems.\n"
    assert with_it.stdout.splitlines()[0] == (
        "campaigns/acme/later.toml:10:9 D404 repeat (warning) "
        'nearly the same as "carts" in campaign acme/insights, which Ana Weber and 1 more got on 1 Dec 2026'
    )
    assert with_it.returncode == 0


def test_schedule_tells_a_repeat_before_it_asks(root: Path) -> None:
    done = dripper(*DAY, "schedule", "acme/later", "--yes", cwd=root)

    assert done.returncode == 0
    assert 'D404 nearly the same as "carts" in campaign acme/insights, which Ana Weber and 1 more got' in done.stderr


def test_a_history_that_is_not_there_yet_is_an_empty_one(tmp_path: Path) -> None:
    root = small_workspace(tmp_path)

    assert dripper("lint", "--history", "--select", "repeat", cwd=root).stdout == "No problems.\n"
    assert not (root / ".dripper").exists()


def test_lines_have_no_readers_and_so_no_history(tmp_path: Path) -> None:
    write(tmp_path, "notes.txt", "A note.\n")

    done = dripper("lint", "--history", "--lines", "notes.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "--history is for campaigns" in done.stderr
