"""`--open`, as a user has it who has no browser, and as one has it who has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.workspaces import small_workspace

NOW = ("--now", "2026-11-20T12:00:00+01:00")
COMMANDS = [("plan", "--open"), ("preview", "acme/insights", "--open"), ("prep", "acme", "--open")]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "pages").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "pages"))
    return small_workspace(tmp_path)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_without_a_browser_the_file_is_named(root: Path, command: tuple[str, ...]) -> None:
    done = dripper(*NOW, *command, cwd=root)
    assert (done.returncode, done.stdout) == (0, "")
    *_, where, cure = done.stderr.splitlines()
    named = re.fullmatch(r"It is in (.+)\.", where)
    assert named is not None
    assert Path(named[1]).read_text(encoding="utf-8").startswith("<!doctype html>")
    assert cure == "No browser could be opened here: open that file in one."


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_browser_gets_the_file_and_the_terminal_no_noise(
    root: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    program = root / "browser"
    program.write_text(f'#!/bin/sh\necho noise; echo noise >&2\necho "$1" > "{root}/opened"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(program))
    done = dripper(*NOW, *command, "-o", "page.html", cwd=root)
    assert (done.returncode, done.stdout) == (0, "")
    assert "noise" not in done.stderr
    assert done.stderr.endswith("It is in page.html.\n")
    assert (root / "opened").read_text(encoding="utf-8").strip() == (root / "page.html").resolve().as_uri()
