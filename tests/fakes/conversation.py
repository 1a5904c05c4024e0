"""Run the command line in a real terminal and answer its questions as a person does: by typing."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

CTRL_C, CTRL_D = "\x03", "\x04"
# A loaded machine is slow, but an answer that never comes is a fault.
_PATIENCE_S = 60
# Python's input() loses a Ctrl-C that comes after its last look for signals and before it waits for a line: it goes on
# waiting. A person who sees nothing happen presses it again.
_AGAIN_S = 10


def converse(*arguments: str, cwd: Path, typed: Sequence[str], columns: int = 100) -> tuple[int, str]:
    """Type each of `typed` at the next prompt, ending it with Enter unless it is a key; return exit code and screen.

    A prompt is what the program shows last before it waits for a line.
    """
    return converse_with([sys.executable, "-m", "dripper", *arguments], cwd=cwd, typed=typed, columns=columns)


def converse_with(
    command: Sequence[str], *, cwd: Path, typed: Sequence[str], columns: int = 100, again_s: float = _AGAIN_S
) -> tuple[int, str]:
    """Do the same with any program; press Ctrl-C again where for `again_s` seconds nothing came of it."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    # Only a terminal that controls the process turns a typed Ctrl-C into its signal.
    with subprocess.Popen(
        command,
        cwd=cwd,
        env=environment,
        start_new_session=True,
        preexec_fn=_take_control,  # noqa: PLW1509 - no test starts threads before it
        stdin=follower,
        stdout=follower,
        stderr=follower,
    ) as process:
        os.close(follower)
        try:
            screen = _talk(leader, list(typed), again_s)
            return process.wait(timeout=_PATIENCE_S), screen.replace("\r\n", "\n")
        finally:
            os.close(leader)
            process.kill()


def _take_control() -> None:
    hear_ctrl_c()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def hear_ctrl_c() -> None:
    """Let a process hear Ctrl-C: what a shell starts in the background is deaf to it, and so is all that starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _talk(leader: int, typed: list[str], again_s: float) -> str:
    screen, seen, key, end = "", 0, "", time.monotonic() + _PATIENCE_S
    last = time.monotonic()
    while time.monotonic() < end:
        ready, _, _ = select.select([leader], [], [], 0.2)
        if ready:
            last = time.monotonic()
            try:
                piece = os.read(leader, 4096)
            except OSError:
                # How a terminal ends on Linux.
                return screen
            if not piece:
                return screen
            screen += piece.decode("utf-8", "replace")
        elif typed and _waits(screen[seen:]):
            seen = len(screen)
            key = typed.pop(0)
            os.write(leader, (key if key in (CTRL_C, CTRL_D) else f"{key}\n").encode())
        elif key == CTRL_C and time.monotonic() - last > again_s:
            os.write(leader, key.encode())
    raise AssertionError(f"it waited for an answer that was not expected:\n{screen}")


def _waits(fresh: str) -> bool:
    """Whether what was shown since the last answer ends in an open line."""
    return bool(fresh) and not fresh.endswith("\n")
