"""Run the command line as a user does: in a process of its own, without a terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory

from fakes.ready import Told

READY = Path(__file__).with_name("ready.py")
_PATIENCE_S = 120


def dripper(
    *arguments: str,
    cwd: Path,
    package: Path | None = None,
    typed: str = "",
    extra: Mapping[str, str] | None = None,
    anew: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Run `dripper ARGUMENTS` in `cwd`; `package` is another checkout to run.

    `typed` is what comes in on stdin, `extra` what the environment has besides. `anew` starts a Python for it, which
    puts its sets in another order; otherwise one that stands ready is forked.
    """
    environment = {**os.environ, **(extra or {})}
    if package is None and not anew:
        return _run(_ready(_read_at_start(environment)), arguments, cwd, environment, typed)
    if package is not None:
        environment["PYTHONPATH"] = os.pathsep.join([str(package), environment.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-m", "dripper", *arguments],
        cwd=cwd,
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        timeout=_PATIENCE_S,
    )


class Ready:
    """A Python that stands ready until this process ends, and with it the pipe to it; see `fakes/ready.py`.

    It runs one command at a time; none outlives it.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, READY],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            start_new_session=True,
        )
        # Of the command that was started last.
        self.pid = 0
        self._code: int | None = 0

    def start(
        self,
        arguments: Sequence[str],
        *,
        cwd: Path,
        environment: Mapping[str, str],
        streams: Sequence[Path],
        anew: bool = False,
    ) -> None:
        """Start a command once the one before has ended; `streams` exist, `anew` starts a Python for it."""
        told = Told(
            arguments=list(arguments),
            cwd=str(cwd),
            environment=dict(environment),
            streams=[str(path) for path in streams],
            anew=anew,
        )
        assert self._process.stdin is not None
        self._process.stdin.write(f"{json.dumps(told)}\n".encode())
        self._code = None
        self.pid = self._answer()

    def wait(self, seconds: float = 0) -> int | None:
        """Return the exit code of the command, negative for a signal, or `None` where it goes on for longer."""
        assert self._process.stdout is not None
        if self._code is None and select([self._process.stdout], [], [], seconds)[0]:
            self._code = self._answer()
        return self._code

    def signal(self, number: int) -> None:
        """Send the command a signal, unless it has ended."""
        if self.wait() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def close(self) -> None:
        """End this Python, and by SIGKILL the command that it runs."""
        with self._process:
            pass

    def _answer(self) -> int:
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())


def _read_at_start(environment: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """Return what Python reads as it starts, and never again."""
    return frozenset(
        (name, value) for name, value in environment.items() if name.startswith(("PYTHON", "LC_", "LANG", "COVERAGE"))
    )


@cache
def _ready(read_at_start: frozenset[tuple[str, str]]) -> Ready:
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TMPDIR")}
    return Ready(environment | dict(read_at_start))


def _run(
    ready: Ready, arguments: tuple[str, ...], cwd: Path, environment: Mapping[str, str], typed: str
) -> subprocess.CompletedProcess[str]:
    with TemporaryDirectory() as folder:
        streams = [Path(folder) / name for name in ("in", "out", "err")]
        for path, text in zip(streams, (typed, "", ""), strict=True):
            path.write_text(text)
        ready.start(arguments, cwd=cwd, environment=environment, streams=streams)
        code = ready.wait(_PATIENCE_S)
        if code is None:
            _ready.cache_clear()
            ready.close()
            raise subprocess.TimeoutExpired(list(arguments), _PATIENCE_S)
        return subprocess.CompletedProcess(arguments, code, *(path.read_text() for path in streams[1:]))
