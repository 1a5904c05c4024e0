"""`dripper lint --watch` as a process of its own, with files that come, go, break, and are saved as editors save."""

from __future__ import annotations

import os
import pty
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest
from fakes.conversation import hear_ctrl_c
from fakes.workspaces import edit, small_workspace, write

END = "Watching; Ctrl-C ends it."
CAMPAIGN = "campaigns/acme/insights.toml"


class Watching:
    """The process, and what it says from one screen to the next."""

    def __init__(self, root: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dripper", "lint", "--watch", *arguments],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=hear_ctrl_c,  # noqa: PLW1509 - no test starts threads before it
        )
        self._lines: Queue[str] = Queue()
        self._reader = Thread(target=self._read)
        self._reader.start()

    def end(self) -> None:
        self.process.kill()
        self._reader.join()
        with self.process:
            pass

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))

    def screen(self) -> list[str]:
        """Wait for the next screen and return its lines."""
        lines: list[str] = []
        while END not in lines[-1:]:
            lines.append(self._lines.get(timeout=30))
        return lines[:-1]

    def is_still(self) -> bool:
        """Whether nothing more is said for a while."""
        try:
            self._lines.get(timeout=1.5)
        except Empty:
            return True
        return False


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_workspace(tmp_path)


@pytest.fixture
def watching(root: Path) -> Iterator[Watching]:
    watching = Watching(root)
    yield watching
    watching.end()


def test_a_change_brings_a_fresh_screen_and_none_brings_none(root: Path, watching: Watching) -> None:
    assert watching.screen() == ["No problems."]
    assert watching.is_still()
    edit(root, "Shoes that come back", "At acme.com shoes that come back")
    assert "D301 link" in watching.screen()[0]
    edit(root, "At acme.com shoes that come back", "Shoes that come back")
    assert watching.screen() == ["No problems."]


def test_a_file_that_is_replaced_by_another_is_seen(root: Path, watching: Watching) -> None:
    watching.screen()
    put_a_link(root)

    assert "D301 link" in watching.screen()[0]


def test_a_broken_file_and_a_lost_folder_are_told_and_watched_on(root: Path, watching: Watching) -> None:
    watching.screen()
    campaign = (root / CAMPAIGN).read_text(encoding="utf-8")
    write(root, CAMPAIGN, "[[message\n")
    assert "D501 syntax" in watching.screen()[0]
    shutil.rmtree(root / "campaigns")
    (root / "dripper.toml").rename(root / "aside")
    assert any("no dripper.toml" in line for line in watching.screen())
    (root / "aside").rename(root / "dripper.toml")
    assert watching.screen()
    write(root, CAMPAIGN, campaign.replace("Shoes that", "At acme.com shoes that"))
    assert "D301 link" in "\n".join(watching.screen())


def test_ctrl_c_ends_it_with_0_and_without_a_word(watching: Watching) -> None:
    watching.screen()
    watching.process.send_signal(signal.SIGINT)

    assert watching.process.wait(timeout=30) == 0
    assert watching.is_still()


def test_a_named_draft_is_watched_without_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text("Carts fill after nine.\n", encoding="utf-8")
    watching = Watching(tmp_path, "draft.txt")
    try:
        assert watching.screen() == ["No problems."]
        (tmp_path / "draft.txt").unlink()
        assert any("there is no file" in line for line in watching.screen())
        (tmp_path / "draft.txt").write_text("Carts #fill after nine.\n", encoding="utf-8")
        assert "D302 hashtag" in watching.screen()[0]
    finally:
        watching.end()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing.txt"], "there is no file"),
        (["--select", "lnk"], "did you mean link?"),
        (["--fix"], "--watch only shows"),
        (["--diff"], "--watch only shows"),
        (["--format", "sarif"], "not as sarif"),
        (["-"], "stdin comes only once"),
    ],
    ids=str,
)
def test_what_cannot_be_watched_ends_with_2_at_once(root: Path, arguments: list[str], said: str) -> None:
    command = [sys.executable, "-m", "dripper", "lint", "--watch", *arguments]
    done = subprocess.run(command, cwd=root, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)

    assert (done.returncode, said in done.stderr) == (2, True)


def test_in_a_terminal_each_change_gets_a_fresh_screen(root: Path) -> None:
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "dripper", "lint", "--watch"]
    with subprocess.Popen(
        command,
        cwd=root,
        stdin=follower,
        stdout=follower,
        stderr=follower,
        preexec_fn=hear_ctrl_c,  # noqa: PLW1509 - no test starts threads before it
    ) as process:
        os.close(follower)
        try:
            first = until_end(leader)
            put_a_link(root)
            second = until_end(leader)
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=30) == 0
        finally:
            process.kill()
            os.close(leader)

    assert first.startswith("\x1b[2J\x1b[1;1H")
    assert "No problems." in first
    assert second.lstrip("\r\n").startswith("\x1b[2J\x1b[1;1H")
    assert "D301" in second


def put_a_link(root: Path) -> None:
    """Replace the campaign by one with a link, at one blow."""
    text = (root / CAMPAIGN).read_text(encoding="utf-8")
    assert "Shoes that" in text
    (root / "fresh").write_text(text.replace("Shoes that", "At acme.com shoes that"), encoding="utf-8")
    (root / "fresh").replace(root / CAMPAIGN)


def until_end(terminal: int) -> str:
    """Return what the terminal shows until the next screen is whole."""
    shown = b""
    while END.encode() not in shown:
        shown += os.read(terminal, 4096)
    return shown.decode()
