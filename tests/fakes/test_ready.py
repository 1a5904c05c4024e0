"""What a Python that stands ready runs can be killed, whichever way it was started, and outlives nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from signal import SIGKILL

import pytest

from fakes.command import Ready
from fakes.firm import wait_for

ways = pytest.mark.parametrize("anew", [False, True], ids=["forked", "anew"])
TESTS = Path(__file__).parent.parent
ASKER = """
import os, sys, time
from pathlib import Path
from fakes.command import Ready
ready = Ready(os.environ)
streams = [Path(name) for name in sys.argv[1:4]]
ready.start(["lint", "-"], cwd=Path.cwd(), environment=os.environ, streams=streams, anew=sys.argv[4] == "True")
print(ready.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def streams(tmp_path: Path) -> Iterator[list[Path]]:
    """Lend a stdin on which nothing comes, and files for the rest."""
    found = [tmp_path / name for name in ("in", "out", "err")]
    os.mkfifo(found[0])
    for path in found[1:]:
        path.touch()
    held = os.open(found[0], os.O_RDWR)
    yield found
    os.close(held)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@ways
def test_one_is_killed_and_the_next_runs(tmp_path: Path, streams: list[Path], *, anew: bool) -> None:
    with closing(Ready(os.environ)) as ready:
        ready.start(["lint", "-"], cwd=tmp_path, environment=os.environ, streams=streams, anew=anew)
        killed = ready.pid
        assert ready.wait(0.3) is None
        ready.signal(SIGKILL)
        assert ready.wait(30) == -SIGKILL
        assert not is_alive(killed)

        ready.start(["--version"], cwd=tmp_path, environment=os.environ, streams=streams, anew=anew)
        assert ready.pid not in (killed, os.getpid())
        assert ready.wait(30) == 0
    assert streams[1].read_text().startswith("dripper")


@ways
def test_it_takes_along_what_it_runs(tmp_path: Path, streams: list[Path], *, anew: bool) -> None:
    ready = Ready(os.environ)
    ready.start(["lint", "-"], cwd=tmp_path, environment=os.environ, streams=streams, anew=anew)
    assert is_alive(ready.pid)
    ready.close()

    assert not is_alive(ready.pid)


@ways
def test_nothing_outlives_the_process_that_asked_for_it(tmp_path: Path, streams: list[Path], *, anew: bool) -> None:
    path = os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")])
    words = [sys.executable, "-c", ASKER, *map(str, streams), str(anew)]
    with subprocess.Popen(words, cwd=tmp_path, env={**os.environ, "PYTHONPATH": path}, stdout=subprocess.PIPE) as asker:
        assert asker.stdout is not None
        pid = int(asker.stdout.readline())
        assert is_alive(pid)
        asker.kill()

    wait_for(lambda: not is_alive(pid), 30)
