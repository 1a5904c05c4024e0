"""`dripper store …` as a person uses it, from an old file to another database."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from fakes.workspaces import edit, small_workspace

from dripper.cli.group import run
from dripper.outbox.store.tables import SCHEMA

OLD = Path(__file__).parent.parent / "outbox/store-1.sql"
URL = "sqlite:///.dripper/dripper.db"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a workspace with the records of an older dripper."""
    small_workspace(tmp_path)
    (tmp_path / ".dripper").mkdir()
    with closing(sqlite3.connect(tmp_path / ".dripper/dripper.db")) as connection:
        connection.executescript(OLD.read_text())
    return tmp_path


def test_from_an_old_file_to_another_database(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def dripper(*words: str) -> tuple[int, str]:
        code = run(["-C", str(root), *words])
        told = capsys.readouterr()
        return code, told.out + told.err

    code, told = dripper("status")
    assert (code, "`dripper store upgrade`" in told) == (2, True)
    code, told = dripper("store", "check")
    assert (code, "older dripper" in told) == (2, True)
    code, told = dripper("store", "upgrade")
    assert (code, f"from schema 1 to {SCHEMA}" in told) == (0, True)
    code, told = dripper("store", "upgrade")
    assert (code, "is up to date" in told) == (0, True)
    code, told = dripper("store", "check")
    assert (code, "deliveries 5" in told, "Nobody is at work" in told) == (0, True, True)

    code, told = dripper("store", "copy", "--to", "sqlite:///new.db")
    assert (code, 'url = "sqlite:///new.db"' in told) == (0, True)
    code, told = dripper("status")
    assert (code, "was copied to sqlite:///new.db" in told) == (2, True)
    edit(root, "[mailbox.dana]", '[store]\nurl = "sqlite:///new.db"\n[mailbox.dana]', "dripper.toml")
    code, told = dripper("ledger")
    assert (code, "acme/insights" in told) == (0, True)
    edit(root, 'url = "sqlite:///new.db"', f'url = "{URL}"', "dripper.toml")
    code, told = dripper("store", "reopen")
    assert (code, "counts again, not sqlite:///new.db" in told) == (0, True)
    assert dripper("status")[0] == 0


def test_a_target_without_its_password_in_the_words(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(root), "store", "copy", "--to", "postgresql://dana:geheim@127.0.0.1:1/db"]) == 2
    told = capsys.readouterr()

    assert "cannot be reached" in told.err
    assert "geheim" not in told.out + told.err
