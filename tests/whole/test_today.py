"""Bare `dripper`: today on one screen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.workspaces import small_workspace, write

EVE = "2026-11-30T12:00:00+01:00"
NOON = "2026-12-01T12:00:00+01:00"
NEXT_DAY = "2026-12-02T08:00:00+01:00"
NEGOTIATION = 'title = "Renewal"\non = 2026-12-20\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Write two contacts and a campaign of two messages; the mailbox writes files."""
    small_workspace(tmp_path)
    settings = (tmp_path / "dripper.toml").read_text(encoding="utf-8")
    lines = [line for line in settings.splitlines() if not line.startswith("smtp")]
    write(tmp_path, "dripper.toml", "\n".join([*lines, 'via = "drafts"', "rehearsal = true"]))
    return tmp_path


def screen(root: Path, now: str) -> str:
    done = dripper("--now", now, cwd=root)
    assert done.returncode == 0, done.stderr
    return done.stdout


def do(root: Path, now: str, *arguments: str) -> None:
    done = dripper("--now", now, *arguments, cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr


def test_outside_a_workspace_it_shows_the_way_in(tmp_path: Path) -> None:
    done = dripper(cwd=tmp_path)

    assert done.returncode == 0
    assert "Usage: dripper" in done.stdout
    assert "dripper demo" in done.stderr


def test_a_new_workspace_is_told_what_to_approve_and_writes_nothing(root: Path) -> None:
    assert "Not scheduled: acme/insights. `dripper schedule` approves them." in screen(root, EVE)
    assert not (root / ".dripper").exists()


def test_the_day_s_messages_stand_there_with_their_times(root: Path) -> None:
    do(root, EVE, "schedule", "--yes")

    shown = screen(root, "2026-12-01T07:00:00+01:00")
    assert "Today      2 to go" in shown
    assert "09:30  ana@acme.example" in shown


def test_what_went_out_counts_first_for_today_then_for_yesterday(root: Path) -> None:
    do(root, EVE, "schedule", "--yes")
    do(root, "2026-12-01T09:30:00+01:00", "run", "--until", NOON)

    assert "Today      2 sent so far, nothing more goes out" in screen(root, NOON)
    assert "Yesterday  2 sent" in screen(root, NEXT_DAY)


def test_a_reply_is_told(root: Path) -> None:
    do(root, EVE, "schedule", "--yes")
    do(root, NOON, "replied", "ana@acme.example", "Good to know")

    answer = "ana@acme.example answered: Good to know"
    assert [answer in part for part in screen(root, NEXT_DAY).partition("Today  ")] == [True, False, False]
    assert [answer in part for part in screen(root, NOON).partition("Today  ")] == [False, False, True]
    assert answer not in screen(root, "2026-12-01T11:59:00+01:00")


def test_a_pause_and_a_changed_file_are_told_with_their_commands(root: Path) -> None:
    do(root, EVE, "schedule", "--yes")
    do(root, EVE, "pause", "acme/insights")
    file = root / "campaigns/acme/insights.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("Most of", "Nearly all of"), encoding="utf-8")

    shown = screen(root, NOON)
    assert "Paused: campaign acme/insights." in shown
    assert "`dripper schedule acme/insights` approves it as it stands" in shown


def test_the_nearest_negotiation_stands_there_with_its_homework(root: Path) -> None:
    write(root, "campaigns/acme/renewal.negotiation.toml", NEGOTIATION)
    write(root, "campaigns/acme/past.negotiation.toml", 'title = "Old"\non = 2025-01-10\n')

    shown = screen(root, NOON)
    assert "Negotiation: Renewal (acme/renewal), in 19 days, 20 Dec 2026." in shown
    assert "Dana Ruiz, until 8 Dec 2026: We have no walk-away point." in shown
    assert "`dripper prep acme --check` lists the homework" in shown
    data = json.loads(dripper("--now", NOON, "--json", cwd=root).stdout)["negotiation"]
    assert (data["id"], data["ready"], data["blocks"]) == ("acme/renewal", False, len(data["homework"]))
    assert {"code", "reason", "owner", "due"} == data["homework"][0].keys()


def test_a_negotiation_whose_homework_is_done_says_so(root: Path) -> None:
    account = (root / "campaigns/acme/account.toml").read_text(encoding="utf-8")
    decider = account.replace('name = "Ana Weber"', 'name = "Ana Weber"\ndecides = true')
    reason = '[[fact]]\non = 2026-11-01\nkind = "market"\nfor = "us"\nwhat = "Freight rises"\n'
    worth = 'contract = { value = "100000 EUR" }\n'
    write(
        root,
        "campaigns/acme/account.toml",
        f'{worth}{decider}\n{reason}worth = "9000 EUR"\nsource = "Price list"\nsure = "confirmed"\n',
    )
    write(root, "campaigns/acme/renewal.negotiation.toml", f'{NEGOTIATION}our_walk_away = "90000 EUR"\n')

    assert "The homework is done: `dripper prep acme` makes the brief." in screen(root, NOON)


def test_who_got_twelve_and_never_answered_is_asked_about(root: Path) -> None:
    campaign = (root / "campaigns/acme/insights.toml").read_text(encoding="utf-8")
    head = campaign.partition("[[message]]")[0].replace('"2 weeks"', '"1 days"')
    words = ("bread", "rain", "shoes", "trains", "lamps", "chairs", "bikes", "books", "maps", "tea", "coats", "keys")
    messages = "".join(
        f'[[message]]\nid = "m{number}"\nsubject = "On {word}"\ntext = "Shops that sell {word} open late."\n'
        f'gift = "When to visit for {word}"\n'
        for number, word in enumerate(words)
    )
    write(root, "campaigns/acme/insights.toml", f"{head}{messages}")
    settings = (root / "dripper.toml").read_text(encoding="utf-8")
    write(root, "dripper.toml", f'{settings}\n[calendar]\ngap_days = 0\nholidays = false\n[lint]\nignore = ["D404"]\n')
    do(root, EVE, "schedule", "--yes")
    do(root, EVE, "run", "--until", "2026-12-31T18:00:00+01:00")
    do(root, "2026-12-31T18:00:00+01:00", "replied", "ben@acme.example")

    shown = screen(root, "2027-01-02T08:00:00+01:00")
    assert "ana@acme.example got 12 messages and never answered: tuned out? `dripper why ana@acme.example`" in shown
    assert "ben@acme.example got" not in shown


def test_metrics_out_of_reach_keep_neither_the_screen_nor_a_new_negotiation_back(root: Path) -> None:
    settings = (root / "dripper.toml").read_text(encoding="utf-8")
    query = 'query = "select account, metric, date, value from facts"'
    write(root, "dripper.toml", f'{settings}\n[metrics]\nurl = "sqlite:///nowhere/none.db"\n{query}\n')
    write(root, "campaigns/acme/renewal.negotiation.toml", NEGOTIATION)

    assert "Its homework is not known: " in screen(root, NOON)
    do(root, NOON, "new", "negotiation", "acme/more")
    assert (root / "campaigns/acme/more.negotiation.toml").exists()


def test_a_file_with_a_problem_is_told(root: Path) -> None:
    write(root, "campaigns/acme/broken.toml", "every = \n")

    assert "The files have 1 error: `dripper lint` shows where." in screen(root, NOON)


def test_as_json_it_is_data_and_belongs_before_no_command(root: Path) -> None:
    done = dripper("--now", NOON, "--json", cwd=root)
    refused = dripper("--json", "plan", cwd=root)

    assert json.loads(done.stdout)["unscheduled"] == ["acme/insights"]
    assert refused.returncode == 2
    assert "dripper plan --json" in refused.stderr


def test_today_and_status_show_what_the_plan_shows_and_name_the_zone(root: Path) -> None:
    campaign = (root / "campaigns/acme/insights.toml").read_text(encoding="utf-8")
    write(root, "campaigns/acme/zeal.toml", campaign.replace('every = "2 weeks"', 'every = "2 weeks"\npriority = 4'))
    do(root, EVE, "schedule", "--yes")

    shown = screen(root, "2026-12-01T11:00:00+01:00")
    status = dripper("--now", "2026-12-01T11:00:00+01:00", "status", cwd=root).stdout
    assert "Tuesday 1 December 2026, times in Europe/Berlin" in shown
    assert "Today      2 to go" in shown
    assert "11:00  ana@acme.example" in shown
    assert "Times are in Europe/Berlin." in status
    assert "acme/insights: next Tue 01 Dec 2026 11:00, ana@acme.example" in status
    assert "acme/zeal: next Tue 08 Dec 2026 09:30, ana@acme.example" in status
