"""Every page for people fits into the width that the terminal, or `COLUMNS`, says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.workspaces import sample_workspace

NOW = ("--now", "2026-12-01T09:00:00+01:00")
PAGES = {
    "today": [],
    "signals": ["signals"],
    "signals of one": ["signals", "brook"],
    "status": ["status"],
    "ledger": ["ledger"],
    "why": ["why", "emre.sahin@brookbirch.example"],
    "accounts": ["accounts"],
    "plan": ["plan"],
    "metrics": ["metrics"],
    "packages": ["packages", "brook/renewal"],
    "review": ["review", "--no-input"],
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = sample_workspace(tmp_path_factory.mktemp("sample"))
    assert dripper(*NOW, "schedule", "--yes", cwd=root).returncode == 0
    return root


@pytest.mark.parametrize("arguments", PAGES.values(), ids=PAGES)
def test_a_page_and_what_is_said_below_it_fit_into_sixty_columns(root: Path, arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dripper", *NOW, *arguments],
        cwd=root,
        env={**os.environ, "COLUMNS": "60"},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert [line for line in (done.stdout + done.stderr).splitlines() if len(line) > 60] == []


def test_a_ledger_that_is_too_wide_for_a_table_loses_no_count(root: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}

    def shown(**added: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-m", "dripper", *NOW, "ledger"],
            cwd=root,
            env=environment | added,
            capture_output=True,
            text=True,
            timeout=60,
        )
        return done.stdout.replace(",", "").replace(":", "").split()

    wide, narrow = shown(), shown(COLUMNS="60")
    header, row = wide[: wide.index("brook/sizing")], wide[wide.index("brook/sizing") + 1 :]
    assert narrow[0] == "brook/sizing"
    assert {name: narrow[narrow.index(name) - 1] for name in header[1:]} == dict(zip(header[1:], row, strict=False))
