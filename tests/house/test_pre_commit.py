"""The hook that pre-commit offers: whose files it takes, and that what it runs is a command that takes them."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import click
import pytest

from dripper.cli.group import dripper

ROOT = Path(__file__).resolve().parent.parent.parent
HOOK = dict(
    line.removeprefix("- ").strip().split(": ", 1)
    for line in (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8").splitlines()
)
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "is_taken"),
    [
        ("campaigns/acme/insights.toml", True),
        ("agency/campaigns/acme/account.toml", True),
        ("campaigns/acme/metrics.csv", True),
        ("templates/plain.txt.j2", True),
        ("dripper.toml", True),
        ("agency/drafts/note.md", True),
        ("drafts/out.eml", True),
        ("README.md", False),
        ("pyproject.toml", False),
        ("src/campaigns.toml", False),
        ("campaigns/acme/notes.txt", False),
        ("mydrafts/note.txt", False),
    ],
)
def test_it_takes_the_files_of_a_workspace_and_its_drafts(name: str, is_taken: bool) -> None:
    assert bool(re.search(HOOK["files"], name)) is is_taken


def test_it_runs_the_linter_on_them(tmp_path: Path) -> None:
    program, command, *more = shlex.split(HOOK["entry"])
    listed = subprocess.run(["git", "ls-files", "campaigns", "dripper.toml"], cwd=ROOT, capture_output=True, text=True)
    names = [name for name in listed.stdout.splitlines() if re.search(HOOK["files"], name)]

    assert (program, HOOK["language"]) == ("dripper", "python")
    assert command in dripper.list_commands(click.Context(dripper))
    assert len(names) > 5
    assert dripper.main([command, *more, *(str(ROOT / name) for name in names)], standalone_mode=False) == 0


def test_a_file_that_is_named_is_linted_whether_git_ignores_it_or_not(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / ".gitignore").write_text("drafts/\n", encoding="utf-8")
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "note.txt").write_text("Could you call me?\n", encoding="utf-8")

    for named in ("drafts/note.txt", "drafts", "."):
        assert dripper.main(["-C", str(tmp_path), "lint", named], standalone_mode=False) == 1


def test_the_readme_names_it() -> None:
    assert f"- id: {HOOK['id']}" in README
