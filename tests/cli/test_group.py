import errno
import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from dripper.cli.group import SECTIONS, dripper, run
from dripper.errors import DripperError

COMMANDS = dripper.list_commands(click.Context(dripper))


def test_help_shows_the_sections_in_their_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0

    shown = capsys.readouterr().out
    places = [shown.index(f"{section[0]}:") for section in SECTIONS]
    assert places == sorted(places)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_that_begins_as_the_list_does(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    assert "Usage: dripper" in capsys.readouterr().out


def test_an_unknown_command_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lnt"]) == 2
    assert "did you mean 'lint'?" in capsys.readouterr().err


def test_outside_a_workspace_the_way_in_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(tmp_path), "plan"]) == 2
    said = capsys.readouterr().err
    assert "no dripper.toml" in said
    assert "dripper init" in said


def test_every_error_of_the_tree_is_one_the_command_line_shows() -> None:
    errors = import_module("dripper.errors")
    classes = [value for value in vars(errors).values() if isinstance(value, type)]

    assert classes
    assert all(issubclass(value, DripperError) for value in classes)


def test_a_fault_of_dripper_itself_is_told_in_two_lines_and_kept_in_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    class Broken(dict[str, click.Command]):
        def get(self, *_: object) -> click.Command:
            raise ZeroDivisionError("by hand")

    group = click.Group("dripper", commands=Broken(plan=click.Command("plan")))
    assert run(["plan"], group) == 2

    said = capsys.readouterr().err.splitlines()
    kept = re.search(r"stands in (\S+);", said[1])
    assert len(said) == 2
    assert "ZeroDivisionError: by hand" in said[0]
    assert kept is not None
    assert "Traceback" in Path(kept[1]).read_text(encoding="utf-8")
    Path(kept[1]).unlink()


def failing(error: Exception) -> click.Group:
    """A group whose command `plan` ends with `error`."""

    def fail() -> None:
        raise error

    return click.Group("dripper", commands={"plan": click.Command("plan", callback=fail)})


TOLD = {
    "a closed file": (PermissionError(errno.EACCES, "Permission denied", "a.toml"), "cannot use a.toml: Permission"),
    "a read-only disk": (OSError(errno.EROFS, "Read-only file system", "x"), "cannot write x: Read-only file system"),
    "a full disk": (OSError(errno.ENOSPC, "No space left on device"), "cannot write: No space left on device"),
    "no folder": (NotADirectoryError(errno.ENOTDIR, "Not a directory", "a/b"), "cannot use a/b: Not a directory"),
}


@pytest.mark.parametrize(("error", "said"), TOLD.values(), ids=TOLD)
def test_what_the_system_refuses_is_told_with_a_cure(
    error: OSError, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan"], failing(error)) == 2

    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith(f"dripper: {said}")
    assert len(lines) == 2


def test_an_error_of_the_system_without_a_file_is_a_fault_of_dripper(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan"], failing(OSError(errno.EBADF, "Bad file descriptor"))) == 2

    said = capsys.readouterr().err
    assert "a fault of dripper itself" in said
    Path(said.partition("stands in ")[2].partition(";")[0]).unlink()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_an_output_that_is_full_is_told_and_ends_with_2(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "dripper", "rule"], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True
        )

    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == "dripper: cannot write: No space left on device"
    assert "Exception ignored" not in done.stderr


BELOW_A_FILE = {
    "init": ("init", "file/ws"),
    "demo": ("demo", "file/demo"),
    "preview": ("-C", "ws", "preview", "acme/insights", "--eml", "../file/eml"),
    "prep": ("-C", "ws", "prep", "acme", "-o", "../file/brief.md"),
}


@pytest.mark.parametrize("command", BELOW_A_FILE.values(), ids=BELOW_A_FILE)
def test_a_place_that_cannot_be_written_is_named(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("")
    assert run(["init", "ws"]) == 0
    capsys.readouterr()

    assert run(list(command)) == 2
    told, cure = capsys.readouterr().err.splitlines()
    assert told.startswith("dripper: cannot write ")
    assert told.endswith(": Not a directory")
    assert "a file stands where a folder must be" in cure


def test_the_rules_as_json_carry_a_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "--json"]) == 0
    every = json.loads(capsys.readouterr().out)
    assert run(["rule", "D101", "--json"]) == 0
    one = json.loads(capsys.readouterr().out)

    assert every["version"] == one["version"] == 1
    assert {**every["rules"][0], "version": 1} == one


@pytest.mark.parametrize("word", ["D2", "d2"])
def test_the_beginning_of_a_code_lists_its_rules(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", word]) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert run(["rule", word, "--json"]) == 0
    every = json.loads(capsys.readouterr().out)

    assert listed == [rule["code"] for rule in every["rules"]]
    assert listed[0] == "D201"
    assert all(code.startswith("D2") for code in listed)


def test_a_beginning_that_no_code_has_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "D9"]) == 2
    said = capsys.readouterr().err
    assert ("there is no rule D9" in said, "D509" in said) == (True, False)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_help_shows_a_mark_of_its_own_layout(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    shown = capsys.readouterr().out

    assert "\\b" not in shown
    assert "\b" not in shown
