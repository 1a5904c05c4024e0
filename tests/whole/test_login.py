"""`dripper login` as a person uses it: a real server behind TLS, a keyring in a file, and a terminal."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from fakes.command import dripper
from fakes.keyrings import environment
from fakes.protected import RIGHT, USER, protected_sink, protected_workspace
from fakes.smtp_server import HOST, Rude, Sink

from dripper.outbox.store import mailboxes
from dripper.outbox.store.engine import Store

URL = "sqlite:///.dripper/dripper.db"


class Desk:
    """A workspace, its server, and what a process on this machine has in its environment."""

    def __init__(self, root: Path, sink: Sink, authority: Path) -> None:
        self.root, self.sink = root, sink
        self.kept = root.parent / "kept.json"
        self.environment = {**environment(self.kept), "SSL_CERT_FILE": str(authority)}

    def login(self, typed: str = "", *more: str, **extra: str) -> CompletedProcess[str]:
        done = dripper("login", "dana", *more, cwd=self.root, typed=typed, extra={**self.environment, **extra})
        assert "Traceback" not in done.stderr
        return done

    def condition(self) -> mailboxes.Condition:
        store = Store.open(URL, root=self.root)
        with store.read() as connection:
            found = mailboxes.get(connection, "dana")
        store.close()
        return found

    def stop(self, reason: str) -> None:
        store = Store.open(URL, root=self.root)
        with store.write() as connection:
            mailboxes.stop(connection, "dana", reason=reason)
        store.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    root = tmp_path / "agency"
    root.mkdir()
    with protected_sink(tmp_path) as (sink, authority):
        yield Desk(protected_workspace(root, sink.port), sink, authority)


def everything_below(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_a_password_that_works_is_kept_in_the_keyring_and_nowhere_else(desk: Desk) -> None:
    done = desk.login(f"{RIGHT}\n", "--stdin")

    assert (done.returncode, done.stderr) == (0, "")
    assert f"{HOST} takes it. It is kept in the file keyring, under dripper, for {USER}." in done.stdout
    assert json.loads(desk.kept.read_text()) == {f"dripper {USER}": RIGHT}
    assert RIGHT not in done.stdout
    assert RIGHT.encode() not in everything_below(desk.root)
    assert not (desk.root / ".dripper").exists()
    assert desk.sink.taken == []


def test_a_wrong_password_is_told_in_the_servers_words_and_not_kept(desk: Desk) -> None:
    done = desk.login("wr0ng pass\n", "--stdin")

    assert done.returncode == 2
    assert "mailbox dana: the server refuses the log-in: 535 5.7.8" in done.stderr
    assert f"is {USER} the user" in done.stderr
    assert "wr0ng" not in done.stdout + done.stderr
    assert not desk.kept.exists()


def test_a_server_that_repeats_the_password_does_not_make_us_show_it(tmp_path: Path, desk: Desk) -> None:
    behaviour = {
        "EHLO": "250-rude.example\r\n250 AUTH PLAIN",
        "AUTH": "535 5.7.8 no: s3cret, AGRhbmFAbm9ydGguZXhhbXBsZQBzM2NyZXQ=, czNjcmV0",
    }
    with Rude(behaviour) as server:
        protected_workspace(desk.root, server.port)
        settings = desk.root / "dripper.toml"
        settings.write_text(settings.read_text().replace("user =", 'security = "none", user ='))
        done = desk.login("s3cret\n", "--stdin")

    assert done.returncode == 2
    assert "535 5.7.8 no: •••, •••, •••" in done.stderr


def test_a_certificate_that_nobody_vouches_for_gets_no_password(desk: Desk) -> None:
    done = desk.login(f"{RIGHT}\n", "--stdin", SSL_CERT_FILE="")

    assert done.returncode == 2
    assert "cannot be protected" in done.stderr
    assert "certificate" in done.stderr
    assert not desk.kept.exists()


@pytest.mark.parametrize(
    ("typed", "more", "said"),
    [
        pytest.param("", ["--stdin"], "no password was given", id="nothing came in"),
        pytest.param("x" * 5000, ["--stdin"], "too long for a password", id="a file was piped in"),
        pytest.param(RIGHT, [], "nobody is there to ask", id="no terminal"),
    ],
)
def test_without_a_password_nothing_is_tried(desk: Desk, typed: str, more: list[str], said: str) -> None:
    done = desk.login(typed, *more)

    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert desk.sink.connections == 0


@pytest.mark.parametrize(
    ("place", "said"),
    [
        pytest.param('{ env = "SMTP_WORD" }', "takes its password from the environment variable SMTP_WORD", id="env"),
        pytest.param('{ file = "pw.txt" }', "takes its password from the file pw.txt", id="file"),
        pytest.param('{ command = "cat pw.txt" }', "takes its password from a command", id="command"),
        pytest.param(None, "has no password in dripper.toml", id="none"),
    ],
)
def test_where_no_keyring_is_named_the_line_to_write_is(desk: Desk, place: str | None, said: str) -> None:
    protected_workspace(desk.root, desk.sink.port, password=place)
    done = desk.login(f"{RIGHT}\n", "--stdin")

    assert done.returncode == 2
    assert said in done.stderr
    assert f'line 9 of dripper.toml say: user = "{USER}", password = {{ keyring = "dripper" }}' in done.stderr
    assert desk.sink.connections == 0


@pytest.mark.parametrize(
    ("backend", "said"),
    [
        pytest.param("keyring.backends.fail.Keyring", "this machine has no keyring", id="a machine without one"),
        pytest.param("keyring.backends.null.Keyring", "this machine has no keyring", id="switched off"),
        pytest.param("no.such.Keyring", "the keyring cannot be used", id="a wrong name"),
    ],
)
def test_without_a_keyring_the_other_places_are_named_before_anything_is_asked(
    desk: Desk, backend: str, said: str
) -> None:
    done = desk.login(f"{RIGHT}\n", "--stdin", PYTHON_KEYRING_BACKEND=backend)

    assert done.returncode == 2
    assert said in done.stderr
    assert all(place in done.stderr for place in ("{ env = … }", "{ file = … }", "{ command = … }"))
    assert desk.sink.connections == 0


def test_a_keyring_that_keeps_nothing_is_found_out(desk: Desk) -> None:
    done = desk.login(f"{RIGHT}\n", "--stdin", PYTHON_KEYRING_BACKEND="fakes.keyrings.Forgetful")

    assert done.returncode == 2
    assert "the keyring did not keep it" in done.stderr


def test_a_mailbox_with_a_token_has_no_password_to_keep(desk: Desk) -> None:
    protected_workspace(desk.root, desk.sink.port, password=None)
    settings = desk.root / "dripper.toml"
    settings.write_text(settings.read_text().replace("user =", 'auth = "xoauth2", token = { env = "T" }, user ='))
    done = desk.login(f"{RIGHT}\n", "--stdin")

    assert done.returncode == 2
    assert "logs in with a token" in done.stderr


def test_an_unknown_mailbox_names_those_there_are(desk: Desk) -> None:
    done = dripper("login", "ben", cwd=desk.root)

    assert done.returncode == 2
    assert "no mailbox 'ben'" in done.stderr
    assert "there is dana" in done.stderr


@pytest.mark.parametrize(
    "reason", ["535 5.7.8 wrong", "530 log in first", "550 5.7.9 too weak", "the server offers no STARTTLS"]
)
def test_a_mailbox_that_was_stopped_for_its_log_in_is_used_again(desk: Desk, reason: str) -> None:
    desk.stop(reason)
    refused = desk.login("wrong\n", "--stdin")
    assert desk.condition().stopped

    done = desk.login(f"{RIGHT}\n", "--stdin")

    assert (refused.returncode, done.returncode) == (2, 0)
    assert "Mailbox dana is in use again." in done.stdout
    assert not desk.condition().stopped


def test_a_mailbox_that_was_stopped_for_its_sender_stays_so(desk: Desk) -> None:
    desk.stop("550 5.1.8 bad sender")
    done = desk.login(f"{RIGHT}\n", "--stdin")

    assert done.returncode == 0
    assert "still stopped, as the server said: 550 5.1.8 bad sender. `dripper resume dana`" in done.stdout
    assert desk.condition().stopped


def test_on_a_terminal_it_is_asked_for_and_not_shown(desk: Desk) -> None:
    ours, theirs = pty.openpty()
    claim = "import fcntl, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); from dripper.cli.group import run; "
    child = subprocess.Popen(
        [sys.executable, "-c", claim + "sys.exit(run(['login', 'dana']))"],
        cwd=desk.root,
        env={**os.environ, **desk.environment},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    while b"Password of" not in shown:
        shown += os.read(ours, 1024)
    os.write(ours, f"{RIGHT}\n".encode())
    try:
        while part := os.read(ours, 1024):
            shown += part
    except OSError:
        # Linux ends a terminal so once its other side is closed.
        pass
    os.close(ours)

    assert child.wait(timeout=30) == 0, shown
    assert f"Password of {USER} at {HOST}".encode() in shown
    assert b"takes it." in shown
    assert b"r1ght" not in shown
    assert json.loads(desk.kept.read_text()) == {f"dripper {USER}": RIGHT}


def test_what_was_kept_is_what_sending_logs_in_with(desk: Desk) -> None:
    settings = desk.root / "dripper.toml"
    settings.write_text(settings.read_text().replace('signature = "Dana"', "rehearsal = true"))
    assert desk.login(f"{RIGHT}\n", "--stdin").returncode == 0
    for at, command in (("2026-11-20T12:00+01:00", ["schedule", "--yes"]), ("2026-12-01T09:30+01:00", ["send"])):
        done = dripper("--now", at, *command, cwd=desk.root, extra=desk.environment)
        assert done.returncode == 0, done.stderr

    assert len(desk.sink.taken) == 2
