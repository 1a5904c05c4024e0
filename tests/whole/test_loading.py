"""A workspace full of faults, driven through the command line: everything is told, nothing falls, nothing leaks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes.command import dripper

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
