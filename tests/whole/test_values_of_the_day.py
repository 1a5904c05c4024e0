"""No text tells a value of a metric that is dated after the day of the command, whatever the command is."""

from __future__ import annotations

import json
from email import message_from_bytes
from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.workspaces import edit, small_workspace, write

ROWS = "metric,date,value\nreturns,2026-10-31,24.0\nreturns,2026-11-30,24.4\n"
# Berlin is an hour ahead of UTC: both are an hour and less from its midnight.
LAST_OF_24_0, FIRST_OF_24_4 = "2026-11-29T22:59:59+00:00", "2026-11-29T23:00:00+00:00"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = small_workspace(tmp_path)
    edit(
        root,
        'smtp = { host = "127.0.0.1", port = 25, security = "none" }',
        'via = "drafts"\nrehearsal = true',
        "dripper.toml",
    )
    write(root, "campaigns/acme/metrics.csv", ROWS)
    edit(root, 'subject = "Carts after nine, {{ contact.first_name }}"', 'subject = "Now {{ metrics.returns }}%"')
    return root


def subject_of(document: str, of: str) -> str:
    rows = json.loads(document)[of]
    return str(next(row["subject"] for row in rows if row["message"] == "carts"))


@pytest.mark.parametrize(
    ("now", "told"),
    [
        pytest.param(LAST_OF_24_0, "Now 24.0%", id="before midnight of the workspace"),
        pytest.param(FIRST_OF_24_4, "Now 24.4%", id="from midnight on"),
        pytest.param("2026-11-29", "Now 24.0%", id="without an offset"),
        pytest.param("2026-11-30", "Now 24.4%", id="the date of the value"),
    ],
)
def test_the_preview_tells_the_value_of_the_day_although_it_goes_out_later(now: str, told: str, root: Path) -> None:
    done = dripper("--now", now, "preview", "acme/insights", "--json", cwd=root)
    assert done.returncode == 0, done.stderr
    assert subject_of(done.stdout, "messages") == told


@pytest.mark.parametrize(("sent_from", "told"), [("2026-11-20", "Now 24.0%"), ("2026-12-01", "Now 24.4%")])
def test_what_is_sent_tells_the_value_of_the_day_on_which_sending_began(sent_from: str, told: str, root: Path) -> None:
    assert dripper("--now", "2026-11-20", "schedule", "--yes", cwd=root).returncode == 0
    done = dripper("--now", sent_from, "run", "--until", "2026-12-02", cwd=root)
    assert done.returncode == 0, done.stderr
    drafts = [message_from_bytes(file.read_bytes()) for file in (root / "drafts").glob("*.eml")]
    assert [draft["Subject"] for draft in drafts] == [told, told]


def test_a_metric_that_has_later_values_only_is_missing_for_lint_and_for_a_schedule(root: Path) -> None:
    before, after = ("--now", "2026-10-30"), ("--now", "2026-10-31")
    assert dripper(*after, "lint", cwd=root).returncode == 0
    refused = dripper(*before, "lint", cwd=root)
    assert (refused.returncode, "there is no metrics.returns" in refused.stdout) == (1, True)
    assert dripper(*before, "schedule", "--yes", cwd=root).returncode == 1
    assert dripper(*after, "schedule", "--yes", cwd=root).returncode == 0


def test_a_condition_on_a_later_value_does_not_hold_yet(root: Path) -> None:
    edit(root, 'id = "sizes"', 'id = "sizes"\nwhen = "{{ metrics.returns > 24.2 }}"')

    def planned(now: str) -> set[str]:
        return {row["message"] for row in json.loads(dripper("--now", now, "plan", "--json", cwd=root).stdout)["slots"]}

    assert planned("2026-11-29") == {"carts"}
    assert planned("2026-11-30") == {"carts", "sizes"}
