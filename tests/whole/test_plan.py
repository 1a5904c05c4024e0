"""`dripper plan` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.workspaces import edit, small_workspace, write

SETTINGS = "dripper.toml"
NOW = ("--now", "2026-11-20T12:00:00+01:00")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_workspace(tmp_path)


def test_it_shows_the_season_and_writes_nothing(root: Path) -> None:
    before = sorted(root.rglob("*"))
    done = dripper(*NOW, "plan", cwd=root)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Tue 1 Dec 2026\n"
        "  acme/insights: every 2 weeks on Tuesday at 09:30\n"
        "    09:30  08:30 UTC  Ana Weber  Carts after nine, Ana  new\n"
        "    09:30  08:30 UTC  Ben Maier  Carts after nine, Ben  new\n"
        "\n"
        "Tue 15 Dec 2026\n"
        "  acme/insights: every 2 weeks on Tuesday at 09:30\n"
        "    09:30  08:30 UTC  Ana Weber  Sizes                  new\n"
        "    09:30  08:30 UTC  Ben Maier  Sizes                  new\n"
        "\n"
        "4 messages to 2 contacts, Tue 1 Dec 2026 to Tue 15 Dec 2026: 4 new.\n"
    )
    assert sorted(root.rglob("*")) == before


def test_the_json_is_in_order_of_utc_and_the_same_each_time(root: Path) -> None:
    first, second = (dripper(*NOW, "plan", "--json", cwd=root, anew=anew).stdout for anew in (True, False))
    slots = json.loads(first)["slots"]
    assert first == second
    assert [slot["utc"] for slot in slots] == sorted(slot["utc"] for slot in slots)
    assert {tuple(slot) for slot in slots} == {
        ("campaign", "message", "contact", "account", "local", "utc", "zone", "reason", "state", "change")
    }


def test_a_broken_file_is_told_and_the_others_are_planned(root: Path) -> None:
    (root / "campaigns" / "acme" / "broken.toml").write_text('every = "2 moons"\n', encoding="utf-8")
    done = dripper(*NOW, "plan", "acme/insights", cwd=root)
    assert done.returncode == 1
    assert "Carts after nine, Ana" in done.stdout
    assert "campaigns/acme/broken.toml:1:9 D513" in done.stderr


def test_an_unknown_campaign_ends_with_2_and_the_nearest_name(root: Path) -> None:
    done = dripper(*NOW, "plan", "acme/insigts", cwd=root)
    assert (done.returncode, done.stdout) == (2, "")
    assert "did you mean 'acme/insights'?" in done.stderr


def test_a_region_that_is_unknown_in_the_home_country_is_told_with_its_cure(root: Path) -> None:
    edit(
        root,
        'email = "ana@acme.example"',
        'email = "ana@acme.example"\nregion = "Bavaria"',
        "campaigns/acme/account.toml",
    )
    planned, linted = (dripper(*NOW, command, cwd=root) for command in ("plan", "lint"))
    assert (planned.returncode, linted.returncode) == (1, 1)
    for said in (planned.stderr, linted.stdout):
        assert "campaigns/acme/account.toml:" in said
        assert "the holidays of DE-Bavaria are not known" in said
        assert "the regions of DE are BB, BE, BW, BY" in said


def test_a_list_s_region_that_is_unknown_in_the_home_country_holds_back_nobody_else(root: Path) -> None:
    people = "email,name,region\nana@acme.example,Ana Weber,Bavaria\nben@acme.example,Ben Maier,BY\n"
    write(root, "campaigns/acme/list.csv", people)
    edit(root, 'every = "2 weeks"', 'every = "2 weeks"\ncontacts = "list.csv"')
    done = dripper(*NOW, "plan", cwd=root)
    assert done.returncode == 1
    assert "the holidays of DE-Bavaria are not known" in done.stderr
    assert "the regions of DE are BB, BE, BW, BY" in done.stderr
    assert "Ben Maier" in done.stdout
    assert "Ana Weber" not in done.stdout


def test_errors_that_keep_it_from_being_scheduled_are_told(root: Path) -> None:
    edit(root, "as two shops found out", "shall we talk about it?")
    done = dripper(*NOW, "plan", cwd=root)
    refused = dripper(*NOW, "schedule", "--yes", cwd=root)
    assert (done.returncode, refused.returncode) == (1, 1)
    assert "`dripper schedule` will refuse this until" in done.stderr
    assert "`dripper lint` shows them" in done.stderr


def test_a_past_start_is_told_with_its_cure(root: Path) -> None:
    done = dripper("--now", "2026-12-03T12:00:00+01:00", "plan", cwd=root)
    assert done.returncode == 1
    assert "acme/insights was to begin on Tue 1 Dec 2026" in done.stderr
    assert "`dripper schedule acme/insights --restart`" in done.stderr


def test_what_is_still_to_come_in_a_thread_answers_what_was_sent(root: Path) -> None:
    edit(
        root,
        'smtp = { host = "127.0.0.1", port = 25, security = "none" }',
        'via = "drafts"\nrehearsal = true',
        SETTINGS,
    )
    edit(root, 'every = "2 weeks"', 'every = "2 weeks"\nthread = true')
    assert dripper(*NOW, "schedule", "--yes", cwd=root).returncode == 0
    done = dripper(*NOW, "run", "--until", "2026-12-02T12:00:00+01:00", cwd=root)
    assert "2 sent" in done.stdout
    edit(root, "Carts after nine", "Carts after ten")
    later = ("--now", "2026-12-02T12:00:00+01:00")
    assert "Re: Carts after nine, Ana" in dripper(*later, "plan", cwd=root).stdout
    shown = dripper(*later, "preview", "acme/insights", "--contact", "ana@acme.example", cwd=root).stdout
    assert "│ Re: Carts after nine, Ana" in shown


def test_a_rehearsal_that_goes_back_is_told_how_to_begin_anew(root: Path) -> None:
    server = 'smtp = { host = "127.0.0.1", port = 25, security = "none" }'
    edit(root, server, 'via = "drafts"\nrehearsal = true', SETTINGS)
    first = dripper(*NOW, "schedule", "--yes", cwd=root)
    dripper(*NOW, "run", "--until", "2027-02-01T12:00:00+01:00", cwd=root)
    for command in (["plan"], ["status"], ["send"], ["preview", "acme/insights"], []):
        told = dripper(*NOW, *command, cwd=root).stderr
        assert "their records reach to 15 Dec 2026 09:30" in told, command
        assert "delete .dripper/rehearsal.db to rehearse from the beginning" in told
    assert "rehearse from the beginning" not in first.stderr
    (root / ".dripper/rehearsal.db").unlink()
    again = dripper(*NOW, "plan", cwd=root)
    assert (again.returncode, again.stderr) == (0, "")
    assert "4 new." in again.stdout


def test_the_calendar_file_is_the_same_each_time_and_holds_every_slot(root: Path) -> None:
    done = dripper(*NOW, "plan", "--ics", "season.ics", cwd=root)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("It is in season.ics: 4 messages to 2 contacts")
    again = dripper(*NOW, "plan", "--ics", "-", cwd=root, anew=True)
    data = (root / "season.ics").read_bytes()
    assert again.stdout.encode() == data.replace(b"\r\n", b"\n")
    assert data.count(b"BEGIN:VEVENT\r\n") == 4
    assert b"SUMMARY:acme/insights: Carts after nine\\, Ana -> Ana Weber\r\n" in data


def test_a_calendar_file_that_cannot_be_written_is_told(root: Path) -> None:
    done = dripper(*NOW, "plan", "--ics", "nowhere/season.ics", cwd=root)
    assert done.returncode == 2
    assert "cannot write nowhere/season.ics" in done.stderr
    both = dripper(*NOW, "plan", "--json", "--ics", "-", cwd=root)
    assert (both.returncode, both.stdout) == (2, "")


def test_the_page_is_written_where_it_is_asked_for(root: Path) -> None:
    done = dripper(*NOW, "plan", "-o", "season.html", cwd=root)
    assert (done.returncode, done.stdout) == (0, "")
    page = (root / "season.html").read_text(encoding="utf-8")
    assert "4 messages to 2 contacts, Tue 1 Dec 2026 to Tue 15 Dec 2026: 4 new." in page
    assert page.count("<title>") == 5, "the page's own and one for each message"
    assert dripper(*NOW, "plan", "-o", "-", cwd=root).stdout == page
    assert dripper(*NOW, "plan", "-o", "season.html", "--json", cwd=root).returncode == 2
