"""Tells when a file that lint reads was changed, by looking again and again.

Looking at a workspace's few hundred files takes a millisecond or two, works on every disk and over every network, and
needs no library; that a file is saved by putting another in its place, or that its folder goes and comes, makes no
difference.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from dripper.jobs.lint_draft import root_above
from dripper.workspace.disk import files_below

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SETTINGS = "dripper.toml"
_FOLDERS = ("campaigns", "templates")


class Watched:
    """The files that `paths` name, and those of the workspaces round them; without paths, of that round `directory`."""

    def __init__(self, paths: Sequence[str], directory: Path) -> None:
        self._places = [directory / path for path in paths] or [directory]
        self._named = bool(paths)
        self._seen = self._states()

    def changed(self) -> list[str]:
        """Return the names of the files that came, went or changed since this was last asked."""
        seen, self._seen = self._seen, self._states()
        return sorted(file for file in {*seen, *self._seen} if seen.get(file) != self._seen.get(file))

    def _states(self) -> dict[str, tuple[int, ...]]:
        """Return what differs where a file does, by the file's path."""
        states: dict[str, tuple[int, ...]] = {}
        for file in self._files():
            try:
                status = file.stat()
            except OSError:
                continue
            states[str(file)] = (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
        return states

    def _files(self) -> Iterator[Path]:
        for place in self._places:
            whole = Path(os.path.abspath(place))  # noqa: PTH100 - a link may be led elsewhere
            if self._named:
                yield from files_below(whole) if whole.is_dir() else (whole,)
            root = root_above(whole)
            if root is not None:
                yield root / _SETTINGS
                for folder in _FOLDERS:
                    yield from files_below(root / folder)
