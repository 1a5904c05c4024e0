"""What the shells of a workspace put round every text, so that a mail that was made with them is read without it."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from dripper.workspace.disk import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_SETTINGS = "dripper.toml"
_PARTS = ("signature", "footer")
# What a shell says of the mailbox.
_CLOSING = re.compile(r"\{\{-?\s*(signature|footer)\s*-?\}\}")


def frame_of(root: Path | None) -> frozenset[str]:
    """Return the lines that are alike in all mails of the workspace at `root`; none where there is no workspace.

    A file that cannot be read says nothing here: the workspace's own lint tells of it.
    """
    if root is None:
        return frozenset()
    lines: set[str] = set()
    shells = [*_shells(root)]
    for mailbox in _mailboxes(root):
        texts = [*mailbox.values(), *(_closed(shell, mailbox) for shell in shells)]
        lines.update(line.strip() for text in texts for line in text.split("\n"))
    return frozenset(line for line in lines if line and "{" not in line and "}" not in line)


def _closed(shell: str, mailbox: Mapping[str, str]) -> str:
    return _CLOSING.sub(lambda part: mailbox[part[1]], shell)


def _mailboxes(root: Path) -> Iterator[Mapping[str, str]]:
    """Yield what each mailbox closes its mails with, by the names that a shell knows it by."""
    text = read_text(root / _SETTINGS, name=_SETTINGS)
    try:
        found = tomllib.loads(text).get("mailbox") if isinstance(text, str) else None
    except tomllib.TOMLDecodeError:
        return
    for mailbox in found.values() if isinstance(found, dict) else ():
        if isinstance(mailbox, dict):
            stated = {name: mailbox.get(name) for name in _PARTS}
            yield {name: value if isinstance(value, str) else "" for name, value in stated.items()}


def _shells(root: Path) -> Iterator[str]:
    for file in sorted((root / "templates").glob("*.txt.j2")):
        text = read_text(file, name=file.name)
        if isinstance(text, str):
            yield text
