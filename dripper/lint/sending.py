"""A mailbox as the linter sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.lint.reading import Path, Reading
from dripper.problem import Passage

if TYPE_CHECKING:
    from dripper.workspace.model.settings import Mailbox
    from dripper.workspace.toml import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A mailbox of `dripper.toml`, and where its keys stand."""

    mailbox: Mailbox
    name: str
    document: Document

    def reading(self, key: str) -> Reading:
        """Return the text of a key of the mailbox."""
        path: Path = ("mailbox", self.name, key)
        text = self.document.data["mailbox"][self.name].get(key)
        if isinstance(text, str):
            return Reading(self.document.passage(path), path)
        return Reading(Passage("", lambda _start, _end: self.document.value_span(path)), path)
