"""A page as DOCX, to be edited: real headings, lists and tables; charts are pictures with their words as alt text."""

from __future__ import annotations

from io import BytesIO
from itertools import chain
from math import ceil
from typing import TYPE_CHECKING, assert_never

from dripper.errors import UsageError
from dripper.pages.layout import Block, Chart, Columns, Items, Page, Section, Table, Text, plain, widths
from dripper.pages.sheet import density

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from docx.document import Document
    from docx.table import _Cell as Cell
    from docx.text.paragraph import Paragraph

_DEEPEST = 4
_BULLETS = ("List Bullet", "List Bullet 2", "List Bullet 3")


def docx(page: Page, *, on: date) -> bytes:
    """Return the document, made on the day `on`: the same page gives the same bytes.

    Raise `UsageError` without python-docx or typst, which draws the pictures.
    """
    try:
        import docx as library

        from dripper.pages.pictures import pictures

        charts = tuple(_charts(page.blocks))
        drawn = pictures([chart.svg for chart in charts])
    except ImportError as error:
        cure = "`python -m pip install 'dripper[docx]'`, or write it with --format html"
        raise UsageError("a DOCX needs python-docx and typst, which are not installed", cure=cure) from error
    from dripper.pages.docx_style import dressed, same_bytes

    document = library.Document()
    dressed(document, title=plain(page.title), on=on, scale=density(page))
    _Writer(document, dict(zip((chart.svg for chart in charts), drawn, strict=True))).page(page)
    file = BytesIO()
    document.save(file)
    return same_bytes(file.getvalue())


def _charts(blocks: Iterable[Block]) -> Iterator[Chart]:
    for block in blocks:
        match block:
            case Chart():
                yield block
            case Section():
                yield from _charts(block.blocks)
            case Columns():
                yield from _charts(block.sections)
            case _:
                pass


class _Writer:
    """Writes blocks into a document, or into a cell of one; `drawn` has the picture of each drawing."""

    def __init__(self, document: Document, drawn: dict[str, bytes]) -> None:
        self._document = document
        self._drawn = drawn

    def page(self, page: Page) -> None:
        self._document.add_paragraph(plain(page.title), "Title")
        self._document.add_paragraph(plain(page.subtitle), "Subtitle")
        self._blocks(page.blocks, self._document, 1)

    def _blocks(self, blocks: Iterable[Block], into: Document | Cell, level: int, width: float = 1.0) -> None:
        for block in blocks:
            self._block(block, into, level, width)

    def _block(self, block: Block, into: Document | Cell, level: int, width: float) -> None:
        match block:
            case Text():
                style = {"quote": "Quote", "small": "Small"}.get(block.weight, "Normal")
                _fill(into.add_paragraph(style=style), block)
            case Items():
                _items(block.items, into, 0)
            case Table():
                self._table(block, into)
            case Chart():
                self._picture(block, into.add_paragraph(style="Picture"), width)
            case Section():
                self._section(block, into, level, width)
            case Columns():
                self._columns(block, into, level)
            case _:
                assert_never(block)

    def _section(self, section: Section, into: Document | Cell, level: int, width: float) -> None:
        verdict = "Verdict" if section.good else "Verdict bad"
        style = verdict if section.kind == "verdict" else f"Heading {min(level, _DEEPEST)}"
        heading = into.add_paragraph(plain(section.title), style)
        heading.paragraph_format.page_break_before = section.kind == "sheet" or None
        self._blocks(section.blocks, into, level + 1, width)

    def _columns(self, columns: Columns, into: Document | Cell, level: int) -> None:
        """Write columns of charts side by side, others below each other, where they are easier to edit."""
        if not any(_charts(columns.sections)):
            self._blocks(columns.sections, into, level)
            return
        from dripper.pages.docx_style import side_by_side

        grid = into.add_table(ceil(len(columns.sections) / columns.across), columns.across)
        side_by_side(grid)
        # The last row may have cells to spare.
        for cell, section in zip(chain.from_iterable(row.cells for row in grid.rows), columns.sections, strict=False):
            self._section(section, cell, level + 1, 1 / columns.across)
            # A cell begins with an empty paragraph.
            first = cell.paragraphs[0]._p  # noqa: SLF001 - the library has no way to take a paragraph out
            first.getparent().remove(first)

    def _table(self, table: Table, into: Document | Cell) -> None:
        from dripper.pages.docx_style import table_of

        rows = [[plain(cell) for cell in row] for row in table.rows]
        made = table_of([plain(cell) for cell in table.header], rows, widths(table))
        place = into.add_table(0, len(table.header))._tbl  # noqa: SLF001 - a place for the table that is ready
        place.getparent().replace(place, made)

    def _picture(self, chart: Chart, paragraph: Paragraph, width: float) -> None:
        from dripper.pages.docx_style import TEXT_WIDTH, described

        share = 0.75 if chart.is_wide else 0.95 * width
        drawing = paragraph.add_run().add_picture(BytesIO(self._drawn[chart.svg]), width=int(TEXT_WIDTH * share))
        described(drawing, plain(chart.alt))


def _items(items: Iterable[Text], into: Document | Cell, depth: int) -> None:
    for item in items:
        _fill(into.add_paragraph(style=_BULLETS[min(depth, len(_BULLETS) - 1)]), item)
        _items(item.below, into, depth + 1)


def _fill(paragraph: Paragraph, block: Text) -> None:
    parts = ((plain(block.lead), "Strong"), (plain(block.text), None), (plain(block.after), "Quiet"))
    for number, (text, style) in enumerate(part for part in parts if part[0]):
        paragraph.add_run(f" {text}" if number else text, style)
