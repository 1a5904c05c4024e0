"""`suppressed.txt`: the hashes of those never to write to again, one a line, in the workspace, fit for git."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dripper.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NAME = "suppressed.txt"
_HEAD = "# Never written to again: SHA-256 of each address in lower case. Keep this file in git.\n"


def read_hashes(root: Path) -> frozenset[str]:
    """Return the hashes in the workspace at `root`; what is no hash is a comment."""
    try:
        lines = (root / NAME).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return frozenset()
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(
            f"{NAME} cannot be read: {error}",
            cure="mend the file: without it, people who opted out would be written to",
        ) from error
    return frozenset(line.strip().lower() for line in lines if re.fullmatch(r"[0-9a-fA-F]{64}", line.strip()))


def append_hashes(root: Path, hashes: Iterable[str]) -> int:
    """Add what is not there yet, one a line; return how many. Raises `StoreError` where the file cannot be written."""
    known = read_hashes(root)
    new = [one for one in dict.fromkeys(hashes) if one not in known]
    path = root / NAME
    try:
        begun = path.exists() and path.stat().st_size > 0
        ended = not begun or path.read_bytes().endswith(b"\n")
        if new:
            with path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(("" if begun else _HEAD) + ("" if ended else "\n") + "".join(f"{one}\n" for one in new))
    except OSError as error:
        raise StoreError(f"{NAME} cannot be written: {error.strerror}", cure="make the workspace writable") from error
    return len(new)
