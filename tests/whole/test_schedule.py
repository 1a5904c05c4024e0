"""`dripper schedule` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.workspaces import edit, small_workspace, write

NOW = ("--now", "2026-11-20T12:00:00+01:00")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_workspace(tmp_path)


def ledger(root: Path) -> list[dict[str, object]]:
    found = json.loads(dripper(*NOW, "ledger", "--json", cwd=root).stdout)
    assert found["version"] == 1
    campaigns: list[dict[str, object]] = found["campaigns"]
    return campaigns


def test_it_shows_the_plan_freezes_it_and_says_what_comes_next(root: Path) -> None:
    done = dripper(*NOW, "schedule", "--yes", cwd=root)

    assert done.returncode == 0
    assert done.stdout == (
        "Next: Tue 1 Dec 09:30, Ana. Nothing leaves until `dripper run` runs or `dripper autostart` is set.\n"
    )
    assert "Carts after nine, Ana" in done.stderr
    assert "begins for 2 contacts" in done.stderr
    assert ledger(root) == [
        {
            "campaign": "acme/insights",
            "planned": 4,
            "sent": 0,
            "due": 4,
            "deferred": 0,
            "held": 0,
            "skipped": 0,
            "cancelled": 0,
            "failed": 0,
            "unknown": 0,
        }
    ]


def test_without_a_terminal_and_without_yes_nothing_is_scheduled(root: Path) -> None:
    done = dripper(*NOW, "schedule", cwd=root)

    assert done.returncode == 2
    assert "--yes" in done.stderr
    assert ledger(root) == []


def test_a_second_time_nothing_changes_and_nothing_is_asked(root: Path) -> None:
    dripper(*NOW, "schedule", "--yes", cwd=root)
    done = dripper(*NOW, "schedule", cwd=root)

    assert done.returncode == 0
    assert "nothing changes" in done.stderr


def test_a_campaign_with_an_error_is_refused_with_the_place_and_the_cure(root: Path) -> None:
    edit(root, "Shoes that come back", "Visit https://shop.example")
    done = dripper(*NOW, "schedule", "--yes", cwd=root)

    assert done.returncode == 1
    assert "campaigns/acme/insights.toml:" in done.stderr
    assert "nothing was scheduled" in done.stderr
    assert ledger(root) == []


def test_an_error_in_one_campaign_does_not_stop_another_that_is_named(root: Path) -> None:
    write(
        root, "campaigns/other/account.toml", 'name = "Other"\n[[contact]]\nname = "Eva"\nemail = "eva@other.example"\n'
    )
    write(root, "campaigns/other/broken.toml", "[[message\n")

    assert dripper(*NOW, "schedule", "--yes", cwd=root).returncode == 1
    assert dripper(*NOW, "schedule", "acme/insights", "--yes", cwd=root).returncode == 0
    refused = dripper(*NOW, "schedule", "other/broken", "--yes", cwd=root)
    assert refused.returncode == 1
    assert "campaigns/other/broken.toml" in refused.stderr


def test_an_unknown_campaign_is_told_the_nearest(root: Path) -> None:
    done = dripper(*NOW, "schedule", "acme/insight", cwd=root)

    assert done.returncode == 2
    assert "did you mean 'acme/insights'?" in done.stderr


def test_a_fresh_clone_does_not_begin_again_by_itself(root: Path) -> None:
    late = ("--now", "2027-01-20T12:00:00+01:00")
    refused = dripper(*late, "schedule", "--yes", cwd=root)

    assert refused.returncode == 2
    assert "--restart" in refused.stderr
    assert dripper(*late, "schedule", "--yes", "--restart", cwd=root).returncode == 0


def test_status_tells_that_the_file_is_not_what_goes_out(root: Path) -> None:
    dripper(*NOW, "schedule", "--yes", cwd=root)
    edit(root, "Shoes that come back", "Boots that come back")
    done = dripper(*NOW, "status", cwd=root)

    assert done.returncode == 0
    assert "the file was changed since" in done.stdout
    assert "next Tue 01 Dec 2026 09:30, ana@acme.example" in done.stdout
