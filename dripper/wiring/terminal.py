"""What the user's terminal can show."""

from __future__ import annotations

import os
import re
from typing import IO


def wants_colour(stream: IO[str]) -> bool:
    """Whether `stream` gets colours: a terminal that shows them, unless the user says otherwise.

    https://no-color.org says no whatever else is set, https://force-color.org yes where there is no terminal (as in
    most CI), and `CLICOLOR` (https://bixense.com/clicolors) either of them.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name) not in (None, "", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb" and os.environ.get("CLICOLOR") != "0"


def width_of(stream: IO[str]) -> int | None:
    """Return how many columns a line on `stream` may take; `None` where it is no terminal and nobody says.

    `COLUMNS` goes before all, as for every program (POSIX, Base Definitions 8.3).
    """
    columns = os.environ.get("COLUMNS", "")
    if re.fullmatch(r"[1-9]\d{0,3}", columns, re.ASCII):
        return int(columns)
    try:
        return os.get_terminal_size(stream.fileno()).columns or None
    except (OSError, ValueError, AttributeError):
        return None
