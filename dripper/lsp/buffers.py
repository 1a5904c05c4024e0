"""The texts that are open in the editor, as they stand there at this moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from lsprotocol.types import PositionEncodingKind
from pygls.uris import to_fs_path

from dripper.lsp.positions import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lsprotocol.types import TextDocumentContentChangeEvent, TextDocumentItem

_UNSAVED = "untitled:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Buffer:
    """One open text."""

    uri: str
    # Where its file lies or would lie; None for one that has no name yet.
    place: Path | None
    language: str
    version: int
    sheet: Sheet


# What is open, by URI; another one after each change, so that whoever works with one works with one moment.
Open = Mapping[str, Buffer]


class Buffers:
    """Keeps the open texts as the client tells of them."""

    def __init__(self) -> None:
        self.encoding: str = PositionEncodingKind.Utf16
        self.now: Open = MappingProxyType({})

    def open(self, item: TextDocumentItem) -> None:
        """Take in a text, where it is a file or becomes one."""
        path = to_fs_path(item.uri) if item.uri.startswith("file:") else None
        if path is None and not item.uri.startswith(_UNSAVED):
            return
        self._put(
            Buffer(
                uri=item.uri,
                place=Path(path).absolute() if path else None,
                language=str(item.language_id),
                version=item.version,
                sheet=Sheet(item.text, self.encoding),
            )
        )

    def change(self, uri: str, version: int, changes: Iterable[TextDocumentContentChangeEvent]) -> None:
        """Take in changes, each of which counts on the text that the one before left."""
        buffer = self.now.get(uri)
        if buffer is None:
            return
        sheet = buffer.sheet
        for change in changes:
            sheet = sheet.changed(change.text, getattr(change, "range", None))
        self._put(replace(buffer, version=version, sheet=sheet))

    def close(self, uri: str) -> None:
        """Forget a text; the file on the disk counts again."""
        self.now = MappingProxyType({key: buffer for key, buffer in self.now.items() if key != uri})

    def disturb(self) -> None:
        """Make whoever asks next look at the disk again."""
        self.now = MappingProxyType(dict(self.now))

    def _put(self, buffer: Buffer) -> None:
        self.now = MappingProxyType({**self.now, buffer.uri: buffer})
