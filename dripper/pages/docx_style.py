"""How a DOCX looks: A4, its styles, its tables, its footer; and that the same document is the same bytes."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt, RGBColor

from dripper.pages.layout import SHORT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from docx.document import Document
    from docx.oxml.table import CT_Tbl
    from docx.shape import InlineShape
    from docx.styles.style import ParagraphStyle
    from docx.table import Table as Grid
    from docx.text.paragraph import Paragraph

# On every machine that writes; where it is not, others have its measures.
_FONT = "Arial"
_MARGIN = Mm(17)
TEXT_WIDTH = Mm(210) - 2 * _MARGIN
_INK, _QUIET, _ACCENT = RGBColor(0x16, 0x20, 0x2B), RGBColor(0x4D, 0x58, 0x63), RGBColor(0x1B, 0x4F, 0x8A)
_WARN = RGBColor(0xA8, 0x44, 0x0A)
# Style, size in points, bold, colour, space before and after in points.
_PARAGRAPHS = (
    ("Normal", 9, False, _INK, 1, 3),
    ("Title", 18, True, _INK, 0, 0),
    ("Subtitle", 9, False, _QUIET, 0, 4),
    ("Heading 1", 12, True, _ACCENT, 8, 2),
    ("Heading 2", 11, True, _ACCENT, 7, 2),
    ("Heading 3", 10, True, _ACCENT, 5, 2),
    ("Heading 4", 9, True, _INK, 4, 2),
    ("Quote", 9, False, _INK, 2, 3),
    ("List Bullet", 9, False, _INK, 0, 2),
    ("List Bullet 2", 9, False, _INK, 0, 2),
    ("List Bullet 3", 9, False, _INK, 0, 2),
    ("Verdict", 16, True, _INK, 6, 3),
    ("Verdict bad", 16, True, _WARN, 6, 3),
    ("Small", 8, False, _QUIET, 0, 2),
    ("Cell", 8, False, _INK, 1, 1),
    ("Picture", 9, False, _INK, 4, 0),
    ("Footer", 8, False, _QUIET, 0, 0),
)


def dressed(document: Document, *, title: str, on: date, scale: float) -> None:
    """Give an empty document its paper, its styles, `scale` times their size, its footer and its properties."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin, section.bottom_margin, section.footer_distance = Mm(13), Mm(15), Mm(8)
    for style in _PARAGRAPHS:
        _paragraph_style(document, scale, *style)
    quiet = document.styles.add_style("Quiet", WD_STYLE_TYPE.CHARACTER)
    quiet.font.size, quiet.font.color.rgb = Pt(scale * 8), _QUIET
    for name, size, colour in (("Verdict", 48, _ACCENT), ("Verdict bad", 48, _WARN), ("Quote", 18, _ACCENT)):
        _bordered(document.styles[name], f'w:left w:val="single" w:sz="{size}" w:space="6" w:color="{colour}"')
    _footer(section.footer.paragraphs[0], title)
    made = datetime.combine(on, time())
    facts = document.core_properties
    facts.title, facts.author, facts.comments = title, "dripper", ""
    facts.created = facts.modified = made


def _paragraph_style(
    document: Document, scale: float, name: str, size: float, bold: bool, colour: RGBColor, before: float, after: float
) -> None:
    styles = document.styles
    style: ParagraphStyle = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.name, style.font.size, style.font.bold, style.font.italic = _FONT, Pt(scale * size), bold, False
    style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # The library's template would otherwise win: its theme over the font's name, its tabs and wide letters over ours.
    for place in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{place}"), None)
    for old in style.element.xpath("w:rPr/w:spacing | w:pPr/w:tabs"):
        old.getparent().remove(old)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.0
    if name == "Title":
        _bordered(style, "")
    if name == "Picture":
        style.paragraph_format.keep_with_next = True


def _bordered(style: object, border: str) -> None:
    """Replace the border of a paragraph style, or take it away."""
    properties = style.element.get_or_add_pPr()  # type: ignore[attr-defined]
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    if border:
        properties.insert_element_before(
            parse_xml(f"<w:pBdr {nsdecls('w')}><{border}/></w:pBdr>"),
            *("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl"),
        )


def _footer(paragraph: Paragraph, title: str) -> None:
    paragraph.add_run(f"{title}\t")
    for code in ("PAGE", "NUMPAGES"):
        paragraph.add_run(" of " if code == "NUMPAGES" else "")
        field = f'<w:fldSimple {nsdecls("w")} w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        paragraph._p.append(parse_xml(field))  # noqa: SLF001 - the library has no fields
    paragraph.paragraph_format.tab_stops.add_tab_stop(Emu(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)


def table_of(header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> CT_Tbl:
    """Return a table with lines below its rows, whose header is repeated on each page and whose rows stay whole.

    A column of short cells gets what it needs, the others share the rest. The library takes a second for a few hundred
    rows, so it is written out here (ECMA-376, 17.4).
    """
    shares = [Emu(width).twips for width in _shared(widths)]
    line = 'w:val="single" w:sz="4" w:space="0" w:color="C9D0D6"'
    columns = "".join(f'<w:gridCol w:w="{share}"/>' for share in shares)
    body = "".join(_row(cells, shares) for cells in rows)
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(shares)}" w:type="dxa"/><w:tblBorders><w:bottom {line}/>'
        f'<w:insideH {line}/></w:tblBorders><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{_row(header, shares, is_header=True)}{body}</w:tbl>"
    )


def _row(cells: Sequence[str], shares: Sequence[int], *, is_header: bool = False) -> str:
    look = f'<w:rPr><w:b/><w:color w:val="{_QUIET}"/></w:rPr>' if is_header else ""
    written = (
        f'<w:tc><w:tcPr><w:tcW w:w="{share}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr>'
        f'<w:r>{look}<w:t xml:space="preserve">{escape(cell)}</w:t></w:r></w:p></w:tc>'
        for cell, share in zip(cells, shares, strict=True)
    )
    header = "<w:tblHeader/>" if is_header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(written)}</w:tr>"


def _shared(widths: Sequence[int]) -> list[int]:
    needed = [Mm(6 + 1.6 * width) if width <= SHORT else 0 for width in widths]
    wide = sum(width for width in widths if width > SHORT)
    rest = TEXT_WIDTH - sum(needed)
    return [need or rest * width // wide for need, width in zip(needed, widths, strict=True)]


def side_by_side(grid: Grid) -> None:
    """Make a table a frame whose columns have one width."""
    grid.autofit = False
    for column in grid.columns:
        column.width = Emu(TEXT_WIDTH // len(grid.columns))
        for cell in column.cells:
            cell.width = column.width


def described(drawing: InlineShape, text: str) -> None:
    """Give a picture its words."""
    drawing._inline.docPr.set("descr", text)  # noqa: SLF001 - the library has no alt text


def same_bytes(document: bytes) -> bytes:
    """Return the archive with the date that archives begin with on each part, instead of the minute it was made."""
    file = BytesIO()
    with ZipFile(BytesIO(document)) as made, ZipFile(file, "w", ZIP_DEFLATED) as same:
        for name in made.namelist():
            same.writestr(ZipInfo(name), made.read(name), ZIP_DEFLATED)
    return file.getvalue()
