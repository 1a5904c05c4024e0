"""A message has one length: in its campaign, and in the mail that is made of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes.workspaces import edit, small_workspace, write

from dripper.cli.group import run
from dripper.jobs.lint import Request, lint
from dripper.jobs.mail_frame import frame_of

OWN_SHELL = (
    "Notes from North\n\n{{ greeting }}\n\n{{ text }}\n\nYours, {{ signature }}\nNorth, Mill Road\n{{ footer }}\n"
)
SIGNATURE = 'signature = "Dana"'
SETTINGS = {
    "as it comes": (SIGNATURE, SIGNATURE),
    "a footer": (SIGNATURE, SIGNATURE + '\nfooter = "North GmbH, 1 Mill Road. Answer stop."'),
    "a signature of two lines": (SIGNATURE, 'signature = "The people\\nof North."\nfooter = "1 Mill Road"'),
    "no signature": (SIGNATURE, ""),
}
LENGTHS = pytest.mark.parametrize(("chars", "found"), [(140, []), (141, ["141 characters, 1 over 140"])])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_workspace(tmp_path / "agency")


def told(root: Path, path: str) -> list[str]:
    """Return what is told of the length, without the name of whom it is for, which only a campaign knows."""
    found = (shown.problem for shown in lint(Request(paths=(path,), select=("D101",)), root))
    return [problem.message.replace(" for Ana Weber", "") for problem in found if problem.code == "D101"]


def mail_of(root: Path, folder: Path) -> str:
    run(["-C", str(root), "preview", "acme/insights", "--contact", "ana@acme.example", "--eml", str(folder)])
    return str(next(folder.glob("*sizes*.eml")))


def text_of(chars: int, filler: str) -> str:
    start = "Shoes that come back are mostly too small."
    words = f" {filler}" * 200
    return (
        start
        + words[: chars - len(start) - 1].rstrip()
        + "." * (chars - len(start) - len(words[: chars - len(start) - 1].rstrip()))
    )


@LENGTHS
@pytest.mark.parametrize("filler", ["so", "für", "日本"], ids=["ASCII", "quoted-printable", "base64"])
@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("shell", ["", OWN_SHELL], ids=["packaged", "own"])
def test_a_message_has_one_length(
    root: Path, shell: str, settings: tuple[str, str], filler: str, chars: int, found: list[str]
) -> None:
    edit(root, *settings, name="dripper.toml")
    if shell:
        write(root, "templates/plain.txt.j2", shell)
    old = "Shoes that come back are mostly too small; one line on the size chart halves that, as two shops found out."
    edit(root, old, text_of(chars, filler))

    assert told(root, "acme/insights") == found
    assert told(root, mail_of(root, root / "mails")) == found


@LENGTHS
def test_a_mail_has_that_length_outside_of_its_workspace_too(
    root: Path, tmp_path: Path, chars: int, found: list[str]
) -> None:
    edit(root, SIGNATURE, SIGNATURE + '\nfooter = "North GmbH, 1 Mill Road. Answer stop."', name="dripper.toml")
    old = "Shoes that come back are mostly too small; one line on the size chart halves that, as two shops found out."
    edit(root, old, text_of(chars, "so"))

    assert told(root, mail_of(root, tmp_path / "mails")) == found


@pytest.mark.parametrize("settings", ["", "[mailbox", "mailbox = 1", "[mailbox]\na = 1", "[mailbox.a]\nsignature = 1"])
def test_settings_that_cannot_be_used_say_nothing_of_the_frame(tmp_path: Path, settings: str) -> None:
    write(tmp_path, "dripper.toml", settings)

    assert frame_of(tmp_path) == frame_of(None) == frozenset()
