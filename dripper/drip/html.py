"""The parts of a message as HTML: escaped, so that a value never becomes markup, in paragraphs and lines."""

from __future__ import annotations

import re
from html import escape

_BETWEEN = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def paragraphs(text: str) -> str:
    """Return a plain text as HTML: a `<p>` for each paragraph, a `<br>` for each line break within one."""
    found = (part.strip("\n") for part in _BETWEEN.split(text))
    return "\n".join(f"<p>{_lines(part)}</p>" for part in found if part.strip())


def _lines(text: str) -> str:
    return escape(text, quote=True).replace("\n", "<br>\n")
