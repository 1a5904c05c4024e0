"""What the system says where a file or a folder cannot be used becomes one line for the user, with a cure."""

from __future__ import annotations

import errno
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dripper.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CURES = {
    **dict.fromkeys(_FULL, "make room there, then run it again: what was being written is cut short"),
    errno.EROFS: "run it where files may be written",
    errno.EACCES: "let the user who runs dripper use it, or name another place",
    errno.EPERM: "let the user who runs dripper use it, or name another place",
    errno.EISDIR: "name a file, this is a folder",
    errno.ENOTDIR: "name a place in a folder: a part of this one is a file",
}


@contextmanager
def writing(path: Path, *, cure: str) -> Iterator[None]:
    """Raise `FileError` where `path`, or what is written below it, cannot be written; `cure` names another place."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            cure = _CURES[error.errno]
        elif error.errno in (errno.EEXIST, errno.ENOTDIR):
            cure = f"a file stands where a folder must be; {cure}"
        raise FileError(str(path), f"cannot write {path}: {_reason(error)}", cure=cure) from error


def file_error(error: OSError) -> FileError | None:
    """Return what to tell of an error that nobody expected; `None` where it names no file and no full disk."""
    cure = _CURES.get(error.errno or 0, "look at what stands there, or name another place")
    if error.filename is not None:
        verb = "write" if error.errno in (*_FULL, errno.EROFS) else "use"
        return FileError(str(error.filename), f"cannot {verb} {error.filename}: {_reason(error)}", cure=cure)
    if error.errno in _FULL:
        return FileError("", f"cannot write: {_reason(error)}", cure=cure)
    return None


def _reason(error: OSError) -> str:
    return error.strerror or str(error)


def replace_file(path: Path, content: bytes, *, name: str) -> None:
    """Put `content` where the file at `path` is, at once and with its rights; a link goes on leading to it.

    Whoever reads meanwhile reads the old content or the new one. Raise `FileError`, with the file called `name`.
    """
    import os
    from stat import S_IMODE
    from tempfile import NamedTemporaryFile

    target = path.resolve()
    with writing(Path(name), cure="let the user who runs dripper write it"):
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        status = target.stat()
        with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            fresh = Path(file.name)
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                with suppress(PermissionError):
                    os.chown(fresh, status.st_uid, status.st_gid)
                fresh.chmod(S_IMODE(status.st_mode))
                fresh.replace(target)
            except BaseException:
                fresh.unlink(missing_ok=True)
                raise
