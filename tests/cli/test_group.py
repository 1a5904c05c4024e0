import re
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
