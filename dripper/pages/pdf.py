"""A page as PDF: A4, tagged for screen readers (PDF/UA-1), its fonts in it; typst sets it, from data and a template."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, assert_never

from dripper.errors import UsageError
from dripper.pages.layout import SHORT, Block, Chart, Columns, Items, Page, Section, Table, Text, plain, widths
from dripper.pages.sheet import front_of

if TYPE_CHECKING:
    from datetime import date

    from typst import TypstError

# What typst says of a letter that no font has.
_NO_GLYPH = "could not be displayed"


def pdf(page: Page, *, template: str, on: date) -> bytes:
    """Return the document, made on the day `on`: the same page gives the same bytes.

    It is set in the fonts that typst brings; only where those lack a letter, the machine's are used as well. What
    precedes the first section of the kind "sheet" is page one, set as large as it fits on one page. Raise `UsageError`
    without typst, where no font has a letter, and where the `template` (typst code) is wrong.
    """
    try:
        import typst
    except ImportError as error:
        cure = "`python -m pip install 'dripper[pdf]'`, or write it with --format html and print that"
        raise UsageError("a PDF needs typst, which is not installed", cure=cure) from error
    made = datetime.combine(on, time(), UTC)
    inputs = {"page": json.dumps(page_data(page), ensure_ascii=False)}
    for alone in (True, False):
        compiler = typst.Compiler(template.encode(), ignore_system_fonts=alone, sys_inputs=inputs)
        try:
            found, _ = compiler.compile_with_warnings(format="pdf", pdf_standards="ua-1", timestamp=made)
        except typst.TypstError as error:
            if not alone or _NO_GLYPH not in error.message:
                raise _refused(error) from error
        else:
            assert isinstance(found, bytes), "one document, asked for without a file to write"
            return found
    raise AssertionError("the second try returns or raises")


def _refused(error: TypstError) -> UsageError:
    if _NO_GLYPH in error.message:
        text = error.message.rpartition("the text ")[2].partition(" could")[0].strip("`")
        return UsageError(
            f"no font of this machine has the letter {text}, which a PDF must carry",
            cure="install a font that has it (Noto has nearly all), or write it with --format html",
        )
    return UsageError(f"the template of the PDF is wrong: {error.message}", cure="mend or remove templates/brief.typ")


def page_data(page: Page) -> dict[str, Any]:
    """Return the page as the template reads it; `front` goes on page one where there is a `rest`."""
    front = front_of(page)
    return {
        "title": plain(page.title),
        "subtitle": plain(page.subtitle),
        "short": SHORT,
        "front": [_data(block) for block in front],
        "rest": [_data(block) for block in page.blocks[len(front) :]],
    }


def _data(block: Block) -> dict[str, Any]:
    match block:
        case Text():
            return {"kind": "text", "weight": block.weight, **_text(block)}
        case Items():
            return {"kind": "items", "items": [_text(item) for item in block.items]}
        case Table():
            rows = [[plain(cell) for cell in row] for row in block.rows]
            header = [plain(cell) for cell in block.header]
            return {"kind": "table", "header": header, "rows": rows, "widths": widths(block)}
        case Chart():
            return {"kind": "chart", "svg": block.svg, "alt": plain(block.alt), "wide": block.is_wide}
        case Section():
            return {"kind": "section", "look": block.kind, "good": block.good, **_section(block)}
        case Columns():
            return {"kind": "columns", "across": block.across, "sections": [_section(each) for each in block.sections]}
        case _:
            assert_never(block)


def _section(section: Section) -> dict[str, Any]:
    return {"title": plain(section.title), "blocks": [_data(block) for block in section.blocks]}


def _text(block: Text) -> dict[str, Any]:
    below = [_text(item) for item in block.below]
    return {"lead": plain(block.lead), "text": plain(block.text), "after": plain(block.after), "below": below}
