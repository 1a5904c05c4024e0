"""Puts the safe fixes into the files: in memory until nothing is left to fix, then each file at once."""

from __future__ import annotations

import codecs
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dripper.errors import FileError, UsageError
from dripper.jobs.lint import lint
from dripper.jobs.lint_draft import STDIN
from dripper.jobs.writing import replace_file
from dripper.lint.fix import fixed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dripper.jobs.lint import Request
    from dripper.lint.fix import Edit, Keeps
    from dripper.lint.report.shown import Shown

# A fix may make room for another; what goes on longer than this goes round in a circle.
_MOST_PASSES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedFile:
    """A file's content before and after; `name` is as its problems carry it."""

    name: str
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """What was fixed, how many fixes that took, and the problems that are left."""

    files: tuple[FixedFile, ...]
    count: int
    left: tuple[Shown, ...]


def fix(request: Request, directory: Path) -> Fixed:
    """Return what the files would be with every safe fix; nothing is written. Raises what `lint` raises."""
    if STDIN in request.paths and len(request.paths) > 1:
        raise UsageError("stdin is fixed alone", cure="name either files or -")
    files = _Files(directory)
    request = replace(request, unsaved=files.unsaved if STDIN not in request.paths else files.with_stdin())
    count = 0
    for _ in range(_MOST_PASSES):
        found = tuple(lint(request, directory))
        done = sum(files.fix(name, group) for name, group in _by_file(found))
        if not done:
            return Fixed(files=tuple(files.changed()), count=count, left=found)
        count += done
    return Fixed(files=tuple(files.changed()), count=count, left=tuple(lint(request, directory)))


def write(changed: Sequence[FixedFile], directory: Path) -> None:
    """Write the files; raise `FileError` where one cannot be written, or was changed since it was read."""
    for file in changed:
        place = directory / file.name
        if _content(place) != file.before:
            raise FileError(file.name, f"{file.name} was changed while it was being fixed", cure="run it again")
        replace_file(place, file.after, name=file.name)


class _Files:
    """The contents of the files that have fixes: `unsaved` are their texts as they are now."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._before: dict[str, bytes] = {}
        self.unsaved: dict[str, str] = {}

    def with_stdin(self) -> dict[str, str]:
        """Read all of stdin, which comes only once, and return the texts."""
        self._before[STDIN] = sys.stdin.buffer.read()
        self.unsaved[STDIN] = _text(self._before[STDIN])
        return self.unsaved

    def fix(self, name: str, found: Sequence[Shown]) -> int:
        """Put the fixes that were found into the text of a file, and return how many."""
        if name not in self._before:
            self._before[name] = _content(self._directory / name)
        text = self.unsaved.get(name, _text(self._before[name]))
        text, count = fixed(text, found, _keeper(name))
        if count:
            self.unsaved[name] = text
        return count

    def changed(self) -> Iterator[FixedFile]:
        """Yield each file that is not as it was, and stdin in any case."""
        for name, text in self.unsaved.items():
            before = self._before[name]
            mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
            after = mark + text.encode("utf-8", "surrogateescape")
            if after != before or name == STDIN:
                yield FixedFile(name=name, before=before, after=after)


def _by_file(found: Sequence[Shown]) -> Iterator[tuple[str, list[Shown]]]:
    groups: dict[str, list[Shown]] = defaultdict(list)
    for each in found:
        if each.problem.replacement is not None:
            groups[each.problem.file].append(each)
    yield from groups.items()


def _keeper(name: str) -> Keeps:
    if not name.endswith(".toml"):
        return _any
    from dripper.lint.fix_toml import keeps_toml

    return keeps_toml


def _any(_text: str, _edits: Sequence[Edit]) -> bool:
    return True


def _content(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except OSError:
        return b""


def _text(content: bytes) -> str:
    return content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
