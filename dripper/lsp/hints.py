"""The length of each text behind it, while it is being written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol.types import InlayHint

from dripper.lsp.counts import counts_of

if TYPE_CHECKING:
    from lsprotocol.types import Range

    from dripper.lsp.buffers import Buffer
    from dripper.lsp.desk import Desk


def hints(desk: Desk, buffer: Buffer, where: Range) -> list[InlayHint]:
    """Return a hint such as `107/140` at the end of each text that ends within `where`."""
    sheet = buffer.sheet
    first, last = sheet.offset(where.start), sheet.offset(where.end)
    return [
        InlayHint(
            position=sheet.position(count.end),
            label=str(count),
            padding_left=True,
            tooltip=f"characters for {count.whom}, who gets the longest" if count.whom else "characters",
        )
        for count in counts_of(desk, buffer)
        if first <= count.end <= last
    ]
