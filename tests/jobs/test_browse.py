"""Opening a page: in the browser that the user names, without a word on the terminal."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dripper.jobs.browse import browse

PAGE = "a page.html"


def browser(folder: Path, ends_with: int = 0) -> dict[str, str]:
    """Return an environment whose browser talks, keeps the address it was given, and ends as told."""
    program = folder / "browser"
    script = f'#!/bin/sh\necho noise; echo noise >&2\necho "$1" > "{folder}/opened"\nexit {ends_with}\n'
    program.write_text(script, encoding="utf-8")
    program.chmod(0o755)
    return {"BROWSER": str(program), "PATH": os.fspath(folder)}


def test_it_opens_the_file_and_keeps_the_noise_away(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    environment = browser(tmp_path) | {"PATH": os.defpath}
    assert browse(tmp_path / PAGE, environment=environment)
    assert (tmp_path / "opened").read_text(encoding="utf-8").strip() == (tmp_path / PAGE).resolve().as_uri()
    assert capfd.readouterr() == ("", "")


def test_a_browser_that_refuses_is_no_browser(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert not browse(tmp_path / PAGE, environment=browser(tmp_path, ends_with=3), platform="linux")
    assert capfd.readouterr() == ("", "")


def test_without_a_display_nothing_is_started(tmp_path: Path) -> None:
    environment = {name: value for name, value in browser(tmp_path).items() if name != "BROWSER"}
    assert not browse(tmp_path / PAGE, environment=environment, platform="linux")
    assert not (tmp_path / "opened").exists()
