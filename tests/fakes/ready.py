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
from typing import TypedDict


class Told(TypedDict):
    """A command as it comes in, one line of JSON each; the exit code goes back on a line."""

    arguments: list[str]
    cwd: str
    environment: dict[str, str]
    # Files that exist: what is on stdin, what goes to stdout, what goes to stderr.
    streams: list[str]


def main() -> None:
    """Run what comes in on stdin until it ends."""
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
        with os.fdopen(reader) as names:
            load(names.read().split())
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), file=answers, flush=True)


def become(told: Told, loaded: int) -> None:
    """Be the command, as if this process had been started for it; at its end, write what it loaded into `loaded`."""
    for number, (name, flags) in enumerate(zip(told["streams"], (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True)):
        os.dup2(os.open(name, flags), number)
    os.environ.clear()
    os.environ.update(told["environment"])
    time.tzset()
    os.chdir(told["cwd"])
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
