"""`dripper ideas` as a user runs it: its output goes straight into a campaign."""

import json
from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.workspaces import sample_workspace

NOW = ("--now", "2026-12-01T09:00:00+01:00")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return sample_workspace(tmp_path)


def test_the_output_put_behind_a_campaign_passes_lint_and_is_not_offered_again(root: Path) -> None:
    campaign = root / "campaigns/brook/sizing.toml"
    done = dripper(*NOW, "ideas", "brook", cwd=root)
    assert done.returncode == 0
    assert "dripper ideas brook >> campaigns/brook/sizing.toml" in done.stderr
    assert "Hours to the first answer: only what both sides agreed on is told" in done.stderr

    campaign.write_text(campaign.read_text(encoding="utf-8") + done.stdout, encoding="utf-8")
    linted = dripper("lint", "campaigns/brook/sizing.toml", "--fail-on", "advice", cwd=root)
    again = dripper(*NOW, "ideas", "brook", cwd=root)
    assert (linted.returncode, linted.stdout) == (0, "No problems.\n"), linted.stdout
    assert done.stdout.count("[[message]]") >= 4
    assert again.stdout == ""
    assert again.stderr.count("a campaign has it") == done.stdout.count("[[message]]")


def test_as_json_each_draft_names_what_it_rests_on(root: Path) -> None:
    done = dripper(*NOW, "ideas", "brook", "--json", cwd=root)

    data = json.loads(done.stdout)
    assert (data["version"], data["account"]) == (1, "brook")
    assert {"step", "market"} <= {idea["kind"] for idea in data["ideas"]}
    assert all(idea["source"] and len(idea["text"]) <= 140 for idea in data["ideas"])
    assert {"what": "Hours to the first answer", "why": data["passed_over"][0]["why"]} in data["passed_over"]


def test_where_nothing_was_agreed_nothing_is_told(root: Path) -> None:
    done = dripper(*NOW, "ideas", "lumen", cwd=root)

    assert (done.returncode, done.stdout) == (0, "")
    assert "Nothing to tell lumen" in done.stderr


def test_an_unknown_account_names_the_nearest(root: Path) -> None:
    done = dripper("ideas", "brok", cwd=root)

    assert (done.returncode, done.stdout) == (2, "")
    assert "did you mean 'brook'?" in done.stderr


def test_a_record_that_cannot_be_read_does_not_keep_the_ideas_back(root: Path) -> None:
    (root / ".dripper").mkdir()
    (root / ".dripper/rehearsal.db").write_text("no database", encoding="utf-8")

    done = dripper(*NOW, "ideas", "brook", cwd=root)
    assert (done.returncode, done.stdout.count("[[message]]")) == (0, 4)
    assert done.stderr.count("What was delivered before is not looked at") == 1
