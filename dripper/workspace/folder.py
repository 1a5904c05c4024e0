"""The files of one workspace as they are to be read: from the disk, but for what an editor holds unsaved."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Mapping
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from dripper.workspace.disk import TEXT_LIMIT_BYTES, files_below, open_lines, read_text, too_large

if TYPE_CHECKING:
    from typing import TextIO

    from dripper.problem import Problem

T = TypeVar("T")


class Folder:
    """One workspace's folder; a name is relative to it, with slashes.

    `unsaved` are texts by name: each counts instead of the file of that name, also where there is none yet. What was
    made of a file is kept, so that a second reading with the next `unsaved` makes anew only what changed.
    """

    def __init__(self, root: Path, unsaved: Mapping[str, str] | None = None) -> None:
        self.root = root
        self.unsaved: Mapping[str, str] = unsaved or {}
        self._made: dict[Hashable, tuple[object, Any]] = {}

    def names_below(self, folder: str) -> list[str]:
        """Return every file below `folder` in the order of names, as `files_below` does."""
        there = (file.relative_to(self.root).as_posix() for file in files_below(self.root / folder))
        return _with(there, (name for name in self.unsaved if name.startswith(f"{folder}/")))

    def names_in(self, folder: str, ending: str) -> list[str]:
        """Return the files right in `folder` that end so, in the order of names."""
        there = (f"{folder}/{file.name}" for file in (self.root / folder).glob(f"*{ending}"))
        unsaved = (name for name in self.unsaved if name.rpartition("/")[0] == folder and name.endswith(ending))
        return _with(there, unsaved)

    def holds(self, name: str) -> bool:
        """Whether there is a file of that name."""
        return name in self.unsaved or (self.root / name).exists()

    def text(self, name: str, *, limit: int = TEXT_LIMIT_BYTES) -> str | Problem:
        """Return the text of a file, or the problem that it has none; `limit` is in bytes."""
        text = self.unsaved.get(name)
        if text is None:
            return read_text(self.root / name, name=name, limit=limit)
        return too_large(name, limit) if len(text) > limit or len(text.encode()) > limit else text

    def lines(self, name: str) -> TextIO | Problem:
        """Return the open file, to be read line by line."""
        text = self.unsaved.get(name)
        return open_lines(self.root / name, name=name) if text is None else StringIO(text, newline="")

    def made(self, name: str, what: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` makes of the file `name`; from memory, where `what` was made of it as it is now."""
        state = self.state(name)
        known = self._made.get((name, what))
        if known is None or known[0] != state:
            known = self._made[name, what] = (state, make())
        made: T = known[1]
        return made

    def size(self, name: str) -> int:
        """Return how many bytes a file has, 0 where there is none; about so many of an unsaved text."""
        if name in self.unsaved:
            return len(self.unsaved[name])
        try:
            return os.stat(self.root / name).st_size  # noqa: PTH116
        except OSError:
            return 0

    def state(self, name: str) -> object:
        """Return what differs when the file does."""
        if name in self.unsaved:
            return self.unsaved[name]
        try:
            status = os.stat(self.root / name)  # noqa: PTH116 - for every file at each reading
        except OSError as error:
            return error.errno
        return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _with(there: Any, unsaved: Any) -> list[str]:
    """Return the names of the disk, in their order, with the unsaved ones among them."""
    names = list(there)
    fresh = set(unsaved).difference(names)
    return [path.as_posix() for path in sorted(map(Path, {*names, *fresh}))] if fresh else names
