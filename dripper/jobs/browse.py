"""Opens a page in the user's browser, and keeps what the browser says to itself off the terminal."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# In a process of its own, because browsers and what starts them write to the streams they are born with.
_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"
# A browser that has not given up by then is open, and some stay in front until they are closed.
_PATIENCE_S = 10


def browse(path: Path, *, environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Open the file at `path`; `False` where there is no browser with a window, or it refused."""
    has_window = platform in ("darwin", "win32") or any(map(environment.get, ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")))
    if not has_window:
        # Only text browsers are left, which would take the terminal.
        return False
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and code; the path is an argument, not a command
            [sys.executable, "-c", _OPEN, path.resolve().as_uri()],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE_S,
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode == 0
