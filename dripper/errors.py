"""The exceptions of dripper: something cannot go on, with the facts as attributes and the cure in the text.

Wrong user files are no exceptions but problems (`dripper.problem`), collected and shown together.

    DripperError
    ├── NoWorkspaceError      no dripper.toml from here upward
    ├── UsageError            the command's words do not fit the workspace
    ├── ProblemsError         the files have problems, so the work was refused
    ├── StoreError            the database cannot be used
    ├── MailboxError          a mailbox cannot be used
    ├── SecretError           a password or a key cannot be had
    ├── SourceError           the metrics' files or database cannot be read
    └── FileError             a file or a folder cannot be written or read
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.problem import Problem


class DripperError(Exception):
    """The work cannot go on; `str()` is one line for the user, `cure` the next step (it may be empty)."""

    def __init__(self, message: str, *, cure: str = "") -> None:
        super().__init__(message)
        self.cure = cure


class NoWorkspaceError(DripperError):
    """No `dripper.toml` in `start` nor in any folder above it."""

    def __init__(self, start: str) -> None:
        super().__init__(
            f"no dripper.toml in {start} or above it",
            cure="start a workspace with `dripper init`, or name one with `dripper -C DIR`",
        )
        self.start = start


class UsageError(DripperError):
    """What was asked for does not exist or does not fit."""


class ProblemsError(DripperError):
    """The files have problems at or above the severity that stops the work."""

    def __init__(self, message: str, problems: Sequence[Problem], *, cure: str = "") -> None:
        super().__init__(message, cure=cure)
        self.problems = tuple(problems)


class StoreError(DripperError):
    """The database cannot be opened, read or written."""


class MailboxError(DripperError):
    """A mailbox cannot be used: no connection, wrong password, no secret."""

    def __init__(self, mailbox: str, message: str, *, cure: str = "") -> None:
        super().__init__(f"mailbox {mailbox}: {message}", cure=cure)
        self.mailbox = mailbox


class SecretError(DripperError):
    """A password or a key cannot be had from where the settings say it is."""


class SourceError(DripperError):
    """The Parquet files or the database that `[metrics]` names cannot be read; the message holds no secret."""


class FileError(DripperError):
    """A file or a folder cannot be written or read; `path` is empty where it is the output itself."""

    def __init__(self, path: str, message: str, *, cure: str = "") -> None:
        super().__init__(message, cure=cure)
        self.path = path
