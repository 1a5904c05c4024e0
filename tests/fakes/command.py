"""Run the command line as a user does: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


def dripper(
    *arguments: str,
    cwd: Path,
    package: Path | None = None,
    typed: str = "",
    extra: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run `dripper ARGUMENTS` in `cwd`, without a terminal; `package` is another checkout to run.

    `typed` is what comes in on stdin, `extra` what the environment has besides.
    """
    environment = {**os.environ, **(extra or {})}
    if package is not None:
        environment["PYTHONPATH"] = os.pathsep.join([str(package), environment.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-m", "dripper", *arguments],
        cwd=cwd,
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
    )
