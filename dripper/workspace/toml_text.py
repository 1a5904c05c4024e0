"""How text is written into a TOML file: one spelling for whatever writes files for the user."""

from __future__ import annotations

import json


def toml_text(text: str) -> str:
    """Return `text` as a TOML basic string; its escapes are those of JSON, and DEL, which JSON leaves bare."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
