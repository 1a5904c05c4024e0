"""What is written of a page, in the format that was asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dripper.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from dripper.pages.layout import Page

# The formats of a page, and the endings of files that ask for one.
PAGE_KINDS = ("md", "html", "pdf", "docx")
_ENDINGS = {**{f".{kind}": kind for kind in (*PAGE_KINDS, "json")}, ".htm": "html", ".txt": "md"}
_TEMPLATE = "brief.typ"


def kind_of(name: str) -> str:
    """Return the format that a file's name asks for; `UsageError` where it asks for none."""
    suffix = Path(name).suffix.lower()
    if suffix not in _ENDINGS:
        raise UsageError(
            f"the name {name} does not say how it is to be written",
            cure="end it in .html, .pdf, .docx, .md or .json, or name a --format",
        )
    return _ENDINGS[suffix]


def page_bytes(page: Page, kind: str, *, on: date, root: Path) -> bytes:
    """Return a page as the content of a file; `kind` is one of `PAGE_KINDS`, `on` the day it is made.

    The workspace at `root` may have a template of its own for the PDF. Raise `UsageError` where a package is missing.
    """
    match kind:
        case "pdf":
            from dripper.pages.pdf import pdf

            return pdf(page, template=_template(root), on=on)
        case "docx":
            from dripper.pages.docx import docx

            return docx(page, on=on)
        case "html":
            from dripper.pages.html import html

            return html(page).encode()
        case _:
            from dripper.pages.markdown import markdown

            return markdown(page).encode()


def _template(root: Path) -> str:
    from dripper.workspace.packaged import sample_root

    own = root / "templates" / _TEMPLATE
    file = own if own.is_file() else sample_root() / "templates" / _TEMPLATE
    return file.read_text(encoding="utf-8", errors="replace")
