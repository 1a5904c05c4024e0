"""A desk with one open text, for what needs no process: the text says with `|` (or `¦`) where the cursor is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from fakes.workspaces import small_workspace
from lsprotocol.types import TextDocumentItem

from dripper.lsp.buffers import Buffer, Buffers
from dripper.lsp.desk import Desk

INSIGHTS = "campaigns/acme/insights.toml"


class Open(NamedTuple):
    desk: Desk
    buffer: Buffer
    offset: int


OpenAt = Callable[..., Open]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_workspace(tmp_path.resolve())


@pytest.fixture
def open_at(root: Path) -> OpenAt:
    """Open `text` as the file `name` of a small workspace, beside the unsaved texts of `others`."""

    def opened(text: str, name: str = INSIGHTS, **others: str) -> Open:
        mark = "¦" if "¦" in text else "|"
        offset = text.find(mark)
        buffers = Buffers()
        for place, content in {**others, name: text.replace(mark, "", 1)}.items():
            uri = (root / place).as_uri()
            buffers.open(TextDocumentItem(uri=uri, language_id="toml", version=1, text=content))
        desk = Desk()
        desk.turn_to(buffers.now)
        return Open(desk, buffers.now[(root / name).as_uri()], max(0, offset))

    return opened
