import json
from pathlib import Path

import pytest
from fakes.command import dripper

NOW = "2026-11-23T08:00+01:00"
LATER = "2027-01-23T08:00+01:00"


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    started = dripper("--now", NOW, "init", "agency", "--timezone", "Europe/Berlin", cwd=tmp_path)
    assert started.returncode == 0, started.stderr
    return tmp_path / "agency"


def test_the_first_word_after_init_is_where_to_go_next(tmp_path: Path) -> None:
    started = dripper("init", "agency", cwd=tmp_path)
    assert "cd agency" in started.stderr
    assert started.stdout == ""


def test_a_new_workspace_lints_clean(agency: Path) -> None:
    linted = dripper("lint", cwd=agency)
    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_a_new_workspace_plans_every_message(agency: Path) -> None:
    planned = dripper("--now", NOW, "plan", "--json", cwd=agency)
    slots = json.loads(planned.stdout)["slots"]
    assert [slot["contact"] for slot in slots] == ["ana.weber@acme.example"] * 3


def test_a_new_workspace_rehearses_its_season_without_a_mail_server(agency: Path) -> None:
    assert dripper("--now", NOW, "schedule", "--yes", cwd=agency).returncode == 0
    ran = dripper("--now", NOW, "run", "--until", LATER, cwd=agency)
    assert ran.returncode == 0, ran.stderr

    ledger = json.loads(dripper("--now", LATER, "ledger", "--json", cwd=agency).stdout)
    (row,) = ledger["campaigns"]
    assert (row["planned"], row["sent"], row["unknown"]) == (3, 3, 0)


def test_a_second_account_with_its_campaign_joins_the_plan(agency: Path) -> None:
    assert dripper("new", "account", "globex", cwd=agency).returncode == 0
    account = agency / "campaigns" / "globex" / "account.toml"
    people = '\n[[contact]]\nname = "Kim Roe"\nemail = "kim@globex.example"\n'
    account.write_text(account.read_text(encoding="utf-8") + people, encoding="utf-8")
    assert dripper("new", "campaign", "globex/tips", "--no-input", cwd=agency).returncode == 0
    assert dripper("new", "negotiation", "globex/renewal", "--no-input", cwd=agency).returncode == 0

    linted = dripper("lint", cwd=agency)
    assert linted.returncode == 0, linted.stdout + linted.stderr
    planned = json.loads(dripper("plan", "globex/tips", "--json", cwd=agency).stdout)
    assert [slot["contact"] for slot in planned["slots"]] == ["kim@globex.example"]


def test_outside_a_workspace_new_says_how_to_start_one(tmp_path: Path) -> None:
    refused = dripper("new", "account", "acme", cwd=tmp_path)
    assert refused.returncode == 2
    assert "dripper init" in refused.stderr
