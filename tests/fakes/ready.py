"""A Python with dripper loaded, which becomes one command after the other, each a process of its own.

To start Python and to load what a command needs takes longer than most commands do; here it is done once. Each command
is a fork: folder, environment, streams, signals and end are its own. What one loads besides, the next finds loaded.
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import sys
import time
from importlib import import_module
from select import select
from signal import SIGKILL
from typing import TypedDict


class Told(TypedDict):
    """A command as it comes in, one line of JSON each; its process id goes back on a line, at its end its exit code."""

    arguments: list[str]
    cwd: str
    environment: dict[str, str]
    # Files that exist: what is on stdin, what stdout and what stderr is appended to.
    streams: list[str]
    # Whether a Python is started for it.
    anew: bool


def main() -> None:
    """Run what comes in on stdin until it ends, and with it what is still running."""
    requests, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    # What `python FILE` puts there; `python -m` puts its folder there instead.
    del sys.path[0]
    for request in requests:
        reader, writer = os.pipe()
        gc.freeze()
        if not (child := os.fork()):
            requests.close()
            answers.close()
            os.close(reader)
            become(json.loads(request), writer)
            return
        os.close(writer)
        print(child, file=answers, flush=True)
        # Nothing is asked for while a command runs: what there is to read then is the end.
        if is_over := requests.fileno() in select([requests.fileno(), reader], [], [])[0]:
            os.kill(child, SIGKILL)
        with os.fdopen(reader) as names:
            loaded = names.read().split()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if is_over:
            return
        # One that was killed may have been cut short in a name.
        if code >= 0:
            load(loaded)
        print(code, file=answers, flush=True)


def become(told: Told, loaded: int) -> None:
    """Be the command, as if this process had been started for it; at its end, write what it loaded into `loaded`."""
    flags = (os.O_RDONLY, os.O_WRONLY | os.O_APPEND, os.O_WRONLY | os.O_APPEND)
    for number, (name, flag) in enumerate(zip(told["streams"], flags, strict=True)):
        os.dup2(os.open(name, flag), number)
    os.environ.clear()
    os.environ.update(told["environment"])
    os.chdir(told["cwd"])
    if told["anew"]:
        # Its end is seen by the end of this.
        os.set_inheritable(loaded, True)
        os.execv(sys.executable, [sys.executable, "-m", "dripper", *told["arguments"]])
    time.tzset()
    sys.path.insert(0, told["cwd"])
    sys.argv = ["dripper", *told["arguments"]]
    before = set(sys.modules)
    try:
        runpy.run_module("dripper", run_name="__main__", alter_sys=True)
    finally:
        with os.fdopen(loaded, "w") as names:
            names.write("\n".join(name for name in sys.modules.keys() - before if name.startswith("dripper.")))


def load(names: list[str]) -> None:
    """Load modules of dripper, and with each what it rests on, for the commands that come after."""
    for name in sorted(names):
        import_module(name)


if __name__ == "__main__":
    main()
