"""Reads one file of the user's as text, or says why it cannot be read; never a traceback, whatever lies there."""

from __future__ import annotations

import codecs
import os
from typing import TYPE_CHECKING

from dripper.problem import Problem, Span
from dripper.workspace.faults import Fault

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO, TextIO

# A campaign of a thousand messages has a tenth of this.
TEXT_LIMIT_BYTES = 1_000_000
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_START = Span(line=1, column=1, end_line=1, end_column=1)


def read_text(path: Path, *, name: str, limit: int | None = TEXT_LIMIT_BYTES) -> str | Problem:
    """Return the text of the file at `path`, UTF-8 with or without a byte order mark, line ends as they are.

    `name` is how the user calls the file; `limit` is in bytes, `None` for none.
    """
    try:
        with _opened(path) as file:
            content = file.read() if limit is None else file.read(limit + 1)
    except OSError as error:
        return _closed(name, error)
    if limit is not None and len(content) > limit:
        return too_large(name, limit)
    return decoded(content, name=name)


def files_below(folder: Path) -> list[Path]:
    """Return every file below `folder` in the order of names; links are followed, hidden names and loops are not.

    A folder that cannot be listed stands there with the account that it may hold: reading that tells what is wrong, and
    its people are not taken for gone.
    """
    found: list[Path] = []
    seen: set[tuple[int, int]] = set()

    def is_shut(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            found.append(type(folder)(error.filename, "account.toml"))

    for place, folders, files in os.walk(folder, onerror=is_shut, followlinks=True):
        status = os.stat(place)  # noqa: PTH116 - no Path is made for the thousands that are only walked through
        fresh = (status.st_dev, status.st_ino) not in seen
        seen.add((status.st_dev, status.st_ino))
        folders[:] = sorted(name for name in folders if fresh and name[0] != ".")
        # A folder with the name of a file is told about where it is read.
        names = [*files, *(name for name in folders if name.endswith(".toml"))]
        found += (type(folder)(place, name) for name in names if fresh and name[0] != ".")
    return sorted(found)


def decoded(content: bytes, *, name: str) -> str | Problem:
    """Return `content` as text, or the problem of its first byte that is no UTF-8."""
    if content.startswith(_UTF16):
        return unreadable(name, "the file is written in UTF-16", "save it as UTF-8")
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode(errors="replace")) + 1
        is_binary = b"\0" in content
        what = "binary data" if is_binary else f"the byte 0x{content[error.start]:02X}"
        return Fault.UNREADABLE_FILE.problem(
            file=name,
            span=Span(line=line, column=column, end_line=line, end_column=column + 1),
            message=f"the file is no UTF-8 text: {what} stands here",
            cure="name a text, or write one in its place" if is_binary else "save it as UTF-8",
        )


def unreadable(name: str, why: str, cure: str) -> Problem:
    """Return the problem that the file `name` as a whole cannot be used."""
    return Fault.UNREADABLE_FILE.problem(file=name, span=_START, message=why, cure=cure)


def too_large(name: str, limit: int) -> Problem:
    """Return the problem that the file `name` has more than `limit` bytes."""
    size = f"the file is larger than {limit // 1000:,} kB"
    return unreadable(name, size, "split it, or move what is no text of yours elsewhere")


def open_lines(path: Path, *, name: str) -> TextIO | Problem:
    """Return the open text file at `path`, to be read line by line; bytes that are no UTF-8 become lone surrogates."""
    try:
        with _opened(path) as file:
            if file.read(2) in _UTF16:
                return unreadable(name, "the file is written in UTF-16", "save it as UTF-8")
        return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")
    except OSError as error:
        return _closed(name, error)


def _opened(path: Path) -> BinaryIO:
    """Open a regular file; a pipe would be waited for, a device might never end."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError(None, "it is no regular file")
    return path.open("rb")


def _closed(name: str, error: OSError) -> Problem:
    if isinstance(error, IsADirectoryError):
        return unreadable(name, "this is a folder", "put a text file here, or give the folder another name")
    if isinstance(error, FileNotFoundError):
        return unreadable(name, "there is no such file", "write it, or mend the link that leads nowhere")
    if error.errno is None:
        return unreadable(name, f"the file cannot be read: {error.strerror}", "name a file, or put one there")
    reason = (error.strerror or str(error)).lower()
    return unreadable(name, f"the file cannot be read: {reason}", "let the user who runs dripper read it")
