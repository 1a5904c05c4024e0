"""Run the command line as a user does: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def dripper(*arguments: str, cwd: Path, package: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run `dripper ARGUMENTS` in `cwd`, without a terminal and without input; `package` is another checkout to run."""
    environment = dict(os.environ)
    if package is not None:
        environment["PYTHONPATH"] = os.pathsep.join([str(package), environment.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-m", "dripper", *arguments],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
