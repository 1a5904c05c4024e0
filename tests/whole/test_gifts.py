"""The brief tells what the drip gave, beside the angle that it prepared; its numbers are the ledger's."""

import json
from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.workspaces import edit, sample_workspace

BEFORE = "2026-11-23T08:00:00+01:00"
LATER = "2026-12-10T08:00:00+01:00"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Copy the sample; its mailbox writes files and may rehearse."""
    settings = (sample_workspace(tmp_path) / "dripper.toml").read_text(encoding="utf-8")
    lines = [line for line in settings.splitlines() if not line.startswith("smtp")]
    at = lines.index("[mailbox.mira]") + 1
    text = "\n".join([*lines[:at], 'via = "drafts"', "rehearsal = true", *lines[at:]])
    (tmp_path / "dripper.toml").write_text(text, encoding="utf-8")
    return tmp_path


def do(root: Path, now: str, *arguments: str) -> str:
    done = dripper("--now", now, *arguments, cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def deliver(root: Path) -> None:
    do(root, BEFORE, "schedule", "--yes")
    do(root, BEFORE, "run", "--until", "2026-12-09T18:00:00+01:00")
    do(root, "2026-12-09T18:00:00+01:00", "replied", "emre.sahin@brookbirch.example", "Good point about the photos")


def test_the_numbers_are_the_ledger_s_and_the_answer_stands_there(root: Path) -> None:
    deliver(root)

    gifts = json.loads(do(root, LATER, "prep", "brook", "--json"))["gifts"]
    ledger = {line["campaign"]: line for line in json.loads(do(root, LATER, "ledger", "--json"))["campaigns"]}
    sizing = [each for each in gifts["messages"] if each["campaign"] == "brook/sizing"]
    assert sum(each["sent"] for each in sizing) == ledger["brook/sizing"]["sent"] > 0
    assert gifts["sent"] == sum(each["sent"] for each in gifts["messages"])
    assert all(each["prepares"] == "performance" for each in sizing)
    answers = [answer["words"] for each in gifts["messages"] for answer in each["answers"]]
    assert answers == ["Good point about the photos"]


def test_the_angle_names_the_gifts_that_prepared_it(root: Path) -> None:
    deliver(root)
    page = do(root, LATER, "prep", "brook")

    angles = page.partition("### Our angles")[2].partition("\n### ")[0]
    assert "**Prepared by:** 3 messages since 1 Dec 2026: “The jacket that stays”." in angles
    assert "### Gifts given" in page
    edit(root, 'prepares = "performance"', 'prepares = "market"', "campaigns/brook/sizing.toml")
    moved = do(root, LATER, "prep", "brook").partition("### Our angles")[2].partition("\n### ")[0]
    assert moved.index("Prepared by") > moved.index("Carriers raise")


def test_no_record_is_said_and_no_store_leaves_the_part_out(root: Path) -> None:
    before = do(root, LATER, "prep", "brook")
    assert "Nothing is recorded yet: no campaign was scheduled from this workspace." in before

    deliver(root)
    page = do(root, LATER, "prep", "brook", "--no-store")
    assert "Gifts given" not in page
    assert "Prepared by" not in page
    assert json.loads(do(root, LATER, "prep", "brook", "--no-store", "--json"))["gifts"] is None


def test_a_rehearsal_earlier_than_the_record_lists_nothing_later(root: Path) -> None:
    deliver(root)

    gifts = json.loads(do(root, BEFORE, "prep", "brook", "--json"))["gifts"]
    assert (gifts["sent"], gifts["messages"]) == (0, [])
    assert "Nothing was given to them so far." in do(root, BEFORE, "prep", "brook")


def test_what_is_shared_tells_nothing_of_it(root: Path) -> None:
    deliver(root)
    shared = do(root, LATER, "prep", "brook", "--share")

    assert "jacket that stays" not in shared
    assert "photos" not in shared
