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
#for (drawing, width) in json(bytes(sys.inputs.drawings)) {
  page(width: width * 1mm, height: auto, margin: 0pt, {
    image(bytes(drawing.replace("system-ui, sans-serif", "Libertinus Serif")), format: "svg", width: 100%)
  })
}
"""
# A drawing's own units on a sheet of A4.
_MM = 0.26
_WIDTH = re.compile(r'viewBox="0 0 (\d+) ')


def pictures(drawings: Sequence[str]) -> list[bytes]:
    """Return each SVG as a PNG; `ImportError` without typst."""
    import typst

    if not drawings:
        return []
    inputs = {"drawings": json.dumps([(each, _width_mm(each)) for each in drawings])}
    compiler = typst.Compiler(_TEMPLATE, ignore_system_fonts=not any(map(_FOREIGN.search, drawings)), sys_inputs=inputs)
    drawn, _ = compiler.compile_with_warnings(format="png", ppi=_PPI)
    return drawn if isinstance(drawn, list) else [drawn] if drawn else []


def _width_mm(drawing: str) -> float:
    found = _WIDTH.search(drawing)
    assert found is not None, "every drawing of ours says its size"
    return _MM * int(found[1])
