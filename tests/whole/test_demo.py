import re
import shutil
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path
from time import monotonic

import pytest
from fakes.command import dripper

ROOT = Path(__file__).resolve().parent.parent.parent


def mails(folder: Path) -> list[Message]:
    return [message_from_bytes(file.read_bytes(), policy=default) for file in sorted((folder / "mail").glob("*.eml"))]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, float]:
    """Run the demo once: its folder, what it said, how long it took."""
    folder = tmp_path_factory.mktemp("demo")
    start = monotonic()
    done = dripper("demo", "out", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "out", done.stdout, monotonic() - start


def test_it_takes_less_than_a_quarter_of_a_minute(demo: tuple[Path, str, float]) -> None:
    assert demo[2] < 15


def test_the_bad_draft_is_refused_with_place_and_cure(demo: tuple[Path, str, float]) -> None:
    assert re.search(r"draft\.txt:1:30 D201 .*\n.*\n.*\n +=", demo[1])


def test_every_message_goes_to_one_person_once(demo: tuple[Path, str, float]) -> None:
    received = [(mail["To"], mail["Subject"]) for mail in mails(demo[0])]
    assert len(received) > 20
    assert len(received) == len(set(received))


def test_the_one_who_answered_gets_no_more_of_that_campaign(demo: tuple[Path, str, float]) -> None:
    answered = re.search(r"5\. (\S+@\S+) answers", demo[1])
    assert answered is not None
    subjects = [mail["Subject"] for mail in mails(demo[0]) if answered[1] in mail["To"]]
    others = [mail["Subject"] for mail in mails(demo[0]) if answered[1] not in mail["To"]]
    assert "The jacket that stays" in subjects
    assert "Mondays in the returns hall" not in subjects
    assert "Mondays in the returns hall" in others


def test_the_brief_is_a_page_of_its_own(demo: tuple[Path, str, float]) -> None:
    brief = (demo[0] / "brief.html").read_text(encoding="utf-8")
    assert "Brook &amp; Birch" in brief
    assert not re.search(r'(?:src|href)="https?:', brief)


def test_it_says_where_everything_lies(demo: tuple[Path, str, float]) -> None:
    assert f"Everything lies in {demo[0]}" in demo[1]


def test_a_changed_text_of_the_workspace_is_the_text_that_is_delivered(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    for folder in ("dripper", "campaigns", "templates"):
        shutil.copytree(ROOT / folder, checkout / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "dripper.toml", checkout)
    campaign = checkout / "campaigns" / "brook" / "sizing.toml"
    text = campaign.read_text(encoding="utf-8")
    campaign.write_text(text.replace("registered on a Monday", "registered on a Sunday"), encoding="utf-8")

    done = dripper("demo", str(tmp_path / "out"), cwd=tmp_path, package=checkout)

    assert done.returncode == 0, done.stdout + done.stderr
    bodies = [mail.get_content() for mail in mails(tmp_path / "out")]  # type: ignore[attr-defined]
    assert any("registered on a Sunday" in body for body in bodies)
    assert not any("registered on a Monday" in body for body in bodies)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    refused = dripper("demo", ".", cwd=tmp_path)
    assert refused.returncode == 2
    assert "is not empty" in refused.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["notes.txt"]
