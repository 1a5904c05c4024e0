"""`dripper lint` in a terminal: the report is as wide as the terminal is."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from dripper.lint.report.columns import cells, folded

DRAFT = (
    "Most of your carts 🛒 are left after nine in the evening, and 日本の店 that moved their reminder to 8 in the "
    "morning won back one in seven, as https://north.example/carts shows to whoever has the time to read all of it.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    return tmp_path


def in_terminal(folder: Path, *arguments: str, columns: int, stated: str = "") -> list[str]:
    """Return the lines that `dripper lint ARGUMENTS` shows in a terminal of so many columns."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    environment |= {"COLUMNS": stated} if stated else {}
    command = [sys.executable, "-m", "dripper", "lint", *arguments]
    with subprocess.Popen(command, cwd=folder, env=environment, stdin=follower, stdout=follower, stderr=follower):
        os.close(follower)
        shown = b""
        try:
            while piece := os.read(leader, 4096):
                shown += piece
        except OSError:
            # How a terminal ends on Linux.
            pass
        finally:
            os.close(leader)
    return shown.decode().splitlines()


@pytest.mark.parametrize("columns", [50, 80, 132])
def test_no_line_is_wider_than_the_terminal(folder: Path, columns: int) -> None:
    lines = in_terminal(folder, "draft.txt", columns=columns)

    assert columns * 3 // 4 < max(map(cells, lines)) <= columns
    assert any("^" * len("https://north.example/carts") in line for line in lines)


def test_what_the_user_says_goes_before_what_the_terminal_says(folder: Path) -> None:
    assert max(map(cells, in_terminal(folder, "draft.txt", columns=132, stated="60"))) <= 60


def test_a_terminal_that_knows_no_width_has_eighty_columns(folder: Path) -> None:
    assert 60 < max(map(cells, in_terminal(folder, "draft.txt", columns=0))) <= 80


def test_for_a_program_nothing_is_folded(folder: Path) -> None:
    command = [sys.executable, "-m", "dripper", "lint", "draft.txt"]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=60)
    lines = done.stdout.splitlines()

    assert {line[:4] for line in lines[:-1]} == {"draf", "  | ", "  = "}
    assert max(map(cells, lines)) <= 164


def test_what_is_to_be_copied_stays_on_its_line(tmp_path: Path) -> None:
    (tmp_path / "ask.txt").write_text("Could you call me on Tuesday?\n", encoding="utf-8")

    lines = in_terminal(tmp_path, "ask.txt", columns=80)

    assert lines[3:5] == [
        "  = turn it into a statement, or say why it asks:",
        "    <!-- dripper: allow D201 because … -->",
    ]


def test_what_is_too_long_for_a_line_is_folded_all_the_same() -> None:
    assert folded("say <!-- a b -->", 8, 8) == ["say <!--", "a b -->"]
    assert folded("run `a b` now", 8, 8) == ["run", "`a b`", "now"]
