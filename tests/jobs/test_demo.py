from pathlib import Path

import pytest

from dripper.errors import ProblemsError, UsageError
from dripper.jobs.demo import copy_sample, first_morning, rehearse_only
from dripper.workspace.files import load
from dripper.workspace.model.settings import Security, Via
from dripper.workspace.model.workspace import Workspace

HEAD = '[workspace]\nname = "North"\ntimezone = "Europe/Berlin"\n\n'
FROM = 'from = "Dana <dana@north.example>"\n'


def rehearsing(folder: Path, mailboxes: str) -> Workspace:
    (folder / "dripper.toml").write_text(HEAD + mailboxes, encoding="utf-8")
    rehearse_only(folder, host="127.0.0.1", port=2525)
    loaded = load(folder)
    assert loaded.workspace is not None, loaded.problems
    return loaded.workspace


@pytest.mark.parametrize(
    "rest",
    [
        'smtp = { host = "smtp.north.example" }  # ours\n',
        'smtp = { host = "smtp.north.example" }\nrehearsal = false\n',
        'rehearsal = true\nsmtp = { host = "a.example", user = "u", password = { env = "P" } }\n',
        'via = "drafts"\n',
    ],
    ids=["plain", "not-rehearsing", "rehearsing", "drafts"],
)
def test_every_mailbox_ends_at_the_local_server(tmp_path: Path, rest: str) -> None:
    workspace = rehearsing(tmp_path, f"[mailbox.a]\n{FROM}{rest}\n[mailbox.b]\n{FROM}{rest}")

    for mailbox in workspace.settings.mailboxes.values():
        assert mailbox.smtp is not None
        assert (mailbox.smtp.host, mailbox.smtp.port, mailbox.smtp.security) == ("127.0.0.1", 2525, Security.NONE)
        assert (mailbox.smtp.user, mailbox.via, mailbox.rehearsal) == (None, Via.SMTP, True)


def test_settings_that_are_no_toml_are_shown_as_the_problem_they_are(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as refused:
        rehearsing(tmp_path, "[mailbox\n")
    assert refused.value.problems[0].code == "D501"


def test_the_copy_is_the_sample_without_the_files_to_start_from(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "new")
    assert load(root).problems == ()
    assert not (root / "templates" / "start").exists()


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    with pytest.raises(UsageError, match="is not empty"):
        copy_sample(tmp_path)


def test_the_demo_begins_on_the_day_the_first_campaign_does(tmp_path: Path) -> None:
    workspace = load(copy_sample(tmp_path / "new")).workspace
    assert workspace is not None
    assert first_morning(workspace).isoformat() == "2026-12-01T08:00:00+01:00"
