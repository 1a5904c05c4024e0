"""A command that is forked is a process as one that Python was started for."""

from __future__ import annotations

import os
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from fakes.command import dripper
from fakes.workspaces import small_workspace

NOW = ("--now", "2026-11-20T12:00:00+01:00")
CASES = [
    pytest.param(("--version",), "", {}, id="fine"),
    pytest.param((*NOW, "plan"), "", {"COLUMNS": "60"}, id="with an environment"),
    pytest.param((*NOW, "schedule"), "", {}, id="nobody to ask"),
    pytest.param(("lint", "--lines", "-"), "Could you call me?\nCaf\u00e9s open at nine.\n", {}, id="with problems"),
    pytest.param(("lint", "nowhere"), "", {}, id="with an error"),
    pytest.param(("--now", "noon", "plan"), "", {"TZ": "Asia/Tokyo"}, id="wrong words"),
]


def told(done: CompletedProcess[str]) -> tuple[int, str, str]:
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(("arguments", "typed", "extra"), CASES)
def test_it_says_the_same_as_one_of_its_own(
    tmp_path: Path, arguments: tuple[str, ...], typed: str, extra: dict[str, str]
) -> None:
    root = small_workspace(tmp_path)
    forked, again, started = (
        dripper(*arguments, cwd=root, typed=typed, extra=extra, anew=anew) for anew in (False, False, True)
    )

    assert told(forked) == told(again) == told(started)
    assert told(started)[1:] != ("", "")


def test_nothing_of_one_is_left_for_the_next_nor_for_the_test(tmp_path: Path) -> None:
    root = small_workspace(tmp_path)
    before = dripper(*NOW, "plan", cwd=root), Path.cwd(), dict(os.environ)
    narrow = dripper(*NOW, "plan", cwd=root, extra={"COLUMNS": "40", "TZ": "Asia/Tokyo"})
    elsewhere = dripper("plan", cwd=tmp_path.parent)

    assert (narrow.returncode, elsewhere.returncode) == (0, 2)
    assert told(dripper(*NOW, "plan", cwd=root)) == told(before[0])
    assert (Path.cwd(), dict(os.environ)) == before[1:]
