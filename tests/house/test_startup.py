import subprocess
import sys
from pathlib import Path

import pytest

# Prints what a command has imported that is neither of the standard library nor our own.
PROBE = """
import sys
from dripper.cli.group import run
code = run(sys.argv[1:])
ours = {"dripper", "coverage"}
files = {name.partition(".")[0]: getattr(module, "__file__", None) or "" for name, module in sys.modules.items()}
names = sorted(name for name, file in files.items() if "site-packages" in file and name not in ours)
print("IMPORTED", code, *(name for name in names if not name.startswith("_")))
"""
DRAFT = "Your carts fill after nine in the evening; the reminder goes out at noon.\n"


def imported(folder: Path, *arguments: str) -> set[str]:
    probe = [sys.executable, "-c", PROBE, *arguments]
    done = subprocess.run(probe, cwd=folder, capture_output=True, text=True, check=True)
    code, *names = done.stdout.rpartition("IMPORTED ")[2].split()
    assert code == "0", done.stdout + done.stderr
    return set(names)


def test_help_imports_nothing_but_click(tmp_path: Path) -> None:
    assert imported(tmp_path, "--help") == {"click"}


def test_a_clean_draft_is_linted_with_little(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    assert imported(tmp_path, "lint", "draft.txt") <= {"click", "regex", "tomli"}


def test_a_clean_draft_is_linted_without_the_rules_that_need_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    probe = "import sys; from dripper.cli.group import run; run(sys.argv[1:]); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", probe, "lint", "draft.txt"], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert not {"dripper.lint.ruleset", "dripper.workspace.model.settings"} & {*done.stdout.split()}


@pytest.mark.parametrize("module", ["sqlalchemy", "aiosmtplib", "aiosmtpd", "tree_sitter", "holidays", "duckdb"])
def test_a_clean_workspace_is_linted_without(module: str) -> None:
    root = Path(__file__).resolve().parent.parent.parent
    assert module not in imported(root, "lint")
