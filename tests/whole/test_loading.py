"""A workspace full of faults, driven through the command line: everything is told, nothing falls, nothing leaks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.office import workspace
from fakes.smtp_server import Sink
from fakes.workspaces import CAMPAIGN as SEASON
from fakes.workspaces import write

SETTINGS = """
[workspace]
name = "North"
timezone = "Europe/Berlni"
[mailbox.dana]
from = "Dana <dana@north.example>"
smtp = { host = "smtp.north.example", security = "none", user = "d", password = "hunter2" }
"""
CAMPAIGN = """
start = "2026-12-01"
[[message]]
subject = "Your carts after 9 pm"
text = "Shops that moved the reminder to 8 am won back one in seven."
gift = "When to send"
evry = "2 weeks"
every = "2 weeks"
"""


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    folder = tmp_path / "campaigns" / "acme"
    folder.mkdir(parents=True)
    (tmp_path / "dripper.toml").write_text(SETTINGS)
    (folder / "account.toml").write_bytes(b'name = "Caf\xe9"')
    (folder / "insights.toml").write_text(CAMPAIGN)
    (folder / "metrics.csv").write_text("metric;date;value\nr;2026-01-01;1.234,56\n")
    (folder / "folder.toml").mkdir()
    (folder / "large.toml").write_bytes(b"#" * 5_000_000)
    (folder / "gone.toml").symlink_to("nowhere")
    (folder / "utf16.toml").write_text("a = 1", encoding="utf-16")
    (folder / "deep.toml").write_text("a = " + "[" * 100_000)
    (folder / "empty.toml").touch()
    return tmp_path


def test_every_fault_of_every_file_is_told_at_its_place(broken: Path) -> None:
    ran = dripper("lint", "--format", "json", cwd=broken)

    assert ran.returncode == 1, ran.stderr
    problems = json.loads(ran.stdout)["problems"]
    places = {(problem["file"].rpartition("/")[2], problem["line"], problem["code"]) for problem in problems}
    assert places >= {
        ("dripper.toml", 4, "D513"),
        ("dripper.toml", 7, "D509"),
        ("dripper.toml", 7, "D513"),
        ("account.toml", 1, "D512"),
        ("insights.toml", 2, "D503"),
        ("insights.toml", 7, "D502"),
        ("insights.toml", 8, "D502"),
        ("metrics.csv", 2, "D515"),
        ("folder.toml", 1, "D512"),
        ("large.toml", 1, "D512"),
        ("gone.toml", 1, "D512"),
        ("utf16.toml", 1, "D512"),
        ("deep.toml", 1, "D501"),
        ("empty.toml", 1, "D514"),
    }


@pytest.mark.parametrize(
    "arguments", [["lint"], ["lint", "--format", "json"], ["plan"], ["prep", "acme"], ["schedule"]]
)
def test_no_command_falls_or_prints_the_secret(broken: Path, arguments: list[str]) -> None:
    ran = dripper(*arguments, cwd=broken)

    assert ran.returncode in (1, 2)
    assert "Traceback" not in ran.stderr
    assert "hunter2" not in ran.stdout + ran.stderr


def test_a_key_that_landed_in_the_wrong_table_is_told_where_it_belongs(broken: Path) -> None:
    ran = dripper("lint", cwd=broken)

    assert '"every" belongs above line 3' in ran.stdout + ran.stderr


BEFORE = ("--now", "2026-11-20T12:00:00+01:00")
SLOT = ("--now", "2026-12-01T09:30:00+01:00")
GLOBEX = 'name = "Globex"\n[[contact]]\nname = "Gil Ross"\nemail = "gil@globex.example"\n'
LIST = "email,name,account\nlea@list.example,Lea Lind,Globex\nmax@list.example,Max Muster,\n"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as server:
        yield server


def scheduled(root: Path, sink: Sink, who: str) -> Path:
    """A campaign that was scheduled for people of two files."""
    workspace(root, sink.port, contacts=["ana@acme.example"])
    write(root, "campaigns/globex/account.toml", GLOBEX)
    write(root, "campaigns/list.csv", LIST)
    (root / "campaigns/acme/insights.toml").unlink()
    write(root, "campaigns/trends.toml", f"{who}\n{SEASON}")
    done = dripper(*BEFORE, "schedule", "--yes", cwd=root)
    assert done.returncode == 0, done.stderr
    return root


ACCOUNTS, LISTED = 'accounts = ["acme", "globex"]', 'contacts = "list.csv"'
FAULTS = [
    pytest.param(ACCOUNTS, "campaigns/globex/account.toml", 'name = "Globex', id="account that is no TOML"),
    pytest.param(ACCOUNTS, "campaigns/globex/account.toml", "colour = 5\n" + GLOBEX, id="account with an unknown key"),
    pytest.param(LISTED, "campaigns/globex/account.toml", "colour = 5\n" + GLOBEX, id="account of somebody listed"),
    pytest.param(LISTED, "campaigns/globex/account.toml", 'name = "Globex', id="account that a list may mean"),
    pytest.param(LISTED, "campaigns/list.csv", LIST.replace("lea@", "lea"), id="list with a bad row"),
    pytest.param(LISTED, "campaigns/list.csv", LIST.replace("email", "colour"), id="list without addresses"),
]


@pytest.mark.parametrize(("who", "file", "text"), FAULTS)
def test_people_of_a_file_with_an_error_are_not_taken_for_removed(
    tmp_path: Path, sink: Sink, who: str, file: str, text: str
) -> None:
    root = scheduled(tmp_path, sink, who)
    before = dripper(*BEFORE, "ledger", "--json", cwd=root).stdout
    write(root, file, text)

    refused = dripper(*BEFORE, "schedule", "--yes", "trends", cwd=root)

    assert refused.returncode == 1
    assert file in refused.stderr
    assert dripper(*BEFORE, "ledger", "--json", cwd=root).stdout == before


@pytest.mark.parametrize(("who", "file", "text"), [*FAULTS[:5]])
def test_people_of_a_file_with_an_error_wait_while_the_others_get_theirs(
    tmp_path: Path, sink: Sink, who: str, file: str, text: str
) -> None:
    root = scheduled(tmp_path, sink, who)
    sound = (root / file).read_text()
    write(root, file, text)

    sent = dripper(*SLOT, "send", cwd=root)
    taken = [each.recipient for each in sink.taken]
    write(root, file, sound)
    dripper("--now", "2026-12-01T11:00:00+01:00", "send", cwd=root)

    assert sent.returncode == 0, sent.stderr
    assert taken == ["max@list.example" if who == LISTED else "ana@acme.example"]
    assert len(sink.taken) == 2


def test_an_account_with_an_error_stops_no_campaign_that_does_not_write_to_it(tmp_path: Path, sink: Sink) -> None:
    root = scheduled(tmp_path, sink, 'accounts = ["acme"]')
    write(root, "campaigns/globex/account.toml", 'name = "Globex')
    write(root, "campaigns/trends.toml", f'priority = 7\naccounts = ["acme"]\n{SEASON}')

    done = dripper(*BEFORE, "schedule", "--yes", "trends", cwd=root)

    assert done.returncode == 0, done.stderr


def test_a_negotiation_with_an_error_stops_the_campaign_that_counts_back_from_it(tmp_path: Path, sink: Sink) -> None:
    root = scheduled(tmp_path, sink, 'accounts = ["acme"]')
    write(root, "campaigns/acme/renewal.negotiation.toml", 'title = "Renewal"\non = "2027-02-10"\n')
    write(root, "campaigns/acme/push.toml", SEASON.replace("start = 2026-12-01", 'before = "renewal"'))

    refused = dripper(*BEFORE, "schedule", "--yes", "acme/push", cwd=root)
    other = dripper(*BEFORE, "schedule", "--yes", "trends", cwd=root)

    assert (refused.returncode, other.returncode) == (1, 0)
    assert "campaigns/acme/renewal.negotiation.toml:2:6 D503" in refused.stderr
