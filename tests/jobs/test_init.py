from datetime import date
from pathlib import Path

import pytest

from dripper.errors import UsageError
from dripper.jobs.init import init, next_tuesday
from dripper.workspace.files import load

TODAY = date(2026, 11, 23)


def start(folder: Path, name: str = "North", timezone: str = "Europe/Berlin") -> list[str]:
    """Start a workspace and return the names of the files that were written."""
    started = init(folder, name=name, timezone=timezone, today=TODAY)
    return [file.path.relative_to(folder).as_posix() for file in started if file.written]


def test_the_files_load_without_a_problem(tmp_path: Path) -> None:
    start(tmp_path)

    loaded = load(tmp_path)
    assert loaded.problems == ()
    assert loaded.workspace is not None
    assert [recipient.email for recipient in loaded.workspace.recipients["acme/insights"]] == ["ana.weber@acme.example"]
    assert len(loaded.workspace.campaigns["acme/insights"].messages) == 3


def test_a_new_workspace_can_only_rehearse(tmp_path: Path) -> None:
    start(tmp_path)

    workspace = load(tmp_path).workspace
    assert workspace is not None
    assert [mailbox.rehearsal for mailbox in workspace.settings.mailboxes.values()] == [True]


def test_no_file_that_exists_is_changed(tmp_path: Path) -> None:
    assert ".gitignore" in start(tmp_path)
    (tmp_path / "dripper.toml").write_text("mine", encoding="utf-8")
    (tmp_path / ".gitignore").unlink()

    assert start(tmp_path) == [".gitignore"]
    assert (tmp_path / "dripper.toml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ['Ruiz & "Sons"', "back\\slash", "$name", "Zoë’s", "{{ x }}"])
def test_any_name_stands_in_the_file_as_it_was_given(tmp_path: Path, name: str) -> None:
    start(tmp_path, name=name)

    workspace = load(tmp_path).workspace
    assert workspace is not None
    assert workspace.settings.workspace.name == name


def test_an_unknown_zone_is_refused_before_a_file_is_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Europe/Berlin"):
        start(tmp_path, timezone="Europe/Berln")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "agency").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="is a file"):
        start(tmp_path / "agency")


@pytest.mark.parametrize(
    ("today", "tuesday"),
    [("2026-11-23", "2026-11-24"), ("2026-11-24", "2026-12-01"), ("2026-11-25", "2026-12-01")],
    ids=["monday", "tuesday", "wednesday"],
)
def test_the_first_campaign_starts_on_the_tuesday_after_today(today: str, tuesday: str) -> None:
    assert next_tuesday(date.fromisoformat(today)) == date.fromisoformat(tuesday)
