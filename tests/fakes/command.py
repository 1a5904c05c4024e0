"""Run the command line as a user does: in a process of its own, without a terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory

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
        return _ready(_read_at_start(environment)).run(arguments, cwd, environment, typed)
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


def _read_at_start(environment: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """Return what Python reads as it starts, and never again."""
    return frozenset(
        (name, value) for name, value in environment.items() if name.startswith(("PYTHON", "LC_", "LANG", "COVERAGE"))
    )


@cache
def _ready(read_at_start: frozenset[tuple[str, str]]) -> _Ready:
    return _Ready(dict(read_at_start))


class _Ready:
    """A Python that stands ready until this process ends, and with it the pipe to it; see `fakes/ready.py`."""

    def __init__(self, read_at_start: dict[str, str]) -> None:
        environment = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TMPDIR")}
        self._process = subprocess.Popen(
            [sys.executable, READY],
            env=environment | read_at_start,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(
        self, arguments: tuple[str, ...], cwd: Path, environment: dict[str, str], typed: str
    ) -> subprocess.CompletedProcess[str]:
        with TemporaryDirectory() as folder:
            streams = [Path(folder) / name for name in ("in", "out", "err")]
            for path, text in zip(streams, (typed, "", ""), strict=True):
                path.write_text(text)
            told = {"arguments": arguments, "cwd": cwd, "environment": environment, "streams": streams}
            code = self._ask(json.dumps(told, default=str))
            return subprocess.CompletedProcess(arguments, code, *(path.read_text() for path in streams[1:]))

    def _ask(self, request: str) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{request}\n")
        self._process.stdin.flush()
        if not select([self._process.stdout], [], [], _PATIENCE_S)[0]:
            os.killpg(self._process.pid, 9)
            _ready.cache_clear()
            raise subprocess.TimeoutExpired(request, _PATIENCE_S)
        return int(self._process.stdout.readline())
