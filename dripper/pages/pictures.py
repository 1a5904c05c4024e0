"""Drawings as PNG, for a format that cannot carry SVG; typst draws them, in a font that it brings."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Twice what a usual screen shows, and enough for a printer.
_PPI = 240
# Letters that typst's own fonts lack; the machine's fonts are read only for those.
_FOREIGN = re.compile("[\u0590-\u1dff\u2e80-\ufaff\U00010000-\U0010ffff]")
_TEMPLATE = b"""\
#set page(width: 60mm, height: auto, margin: 0pt)
#for (index, drawing) in json(bytes(sys.inputs.drawings)).enumerate() {
  if index > 0 { pagebreak() }
  image(bytes(drawing.replace("system-ui, sans-serif", "Libertinus Serif")), format: "svg", width: 100%)
}
"""


def pictures(drawings: Sequence[str]) -> list[bytes]:
    """Return each SVG as a PNG; `ImportError` without typst."""
    import typst

    if not drawings:
        return []
    inputs = {"drawings": json.dumps(list(drawings))}
    compiler = typst.Compiler(_TEMPLATE, ignore_system_fonts=not any(map(_FOREIGN.search, drawings)), sys_inputs=inputs)
    drawn, _ = compiler.compile_with_warnings(format="png", ppi=_PPI)
    return drawn if isinstance(drawn, list) else [drawn] if drawn else []
