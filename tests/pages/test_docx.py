"""The DOCX as a word processor and its user get it."""

from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.table import Table as Grid
from fakes.briefs import BRIEFS, NASTY, full_of, without_charts
from markdown_it import MarkdownIt

from dripper.pages.brief.content import brief_page
from dripper.pages.docx import docx
from dripper.pages.layout import Chart, Columns, Page, Section
from dripper.pages.markdown import markdown
from dripper.prep.brief import Brief

ON = date(2026, 11, 23)
every_brief = pytest.mark.parametrize("brief", BRIEFS.values(), ids=BRIEFS)


def _words(page: Page) -> list[str]:
    """Return the words in the order of the document's body."""
    body = Document(BytesIO(docx(page, on=ON))).element.body
    return [word for paragraph in body.iter(qn("w:p")) for word in _text(paragraph).split()]


def _text(paragraph: object) -> str:
    return "".join(run.text or "" for run in paragraph.iter(qn("w:t")))  # type: ignore[attr-defined]


def _rendered(page: Page) -> list[str]:
    """Return the words that the page has as Markdown."""
    tokens = MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(markdown(page))
    inner = ["".join(child.content for child in token.children or []) for token in tokens if token.children]
    return " ".join(inner).split()


@every_brief
def test_it_has_the_same_words_as_markdown(brief: Brief) -> None:
    page = without_charts(brief_page(brief))

    assert _words(page) == _rendered(page)


@every_brief
def test_the_same_page_is_the_same_bytes(brief: Brief) -> None:
    page = brief_page(brief)

    assert docx(page, on=ON) == docx(page, on=ON)


def test_headings_lists_and_tables_are_real_ones() -> None:
    document = Document(BytesIO(docx(brief_page(BRIEFS["ready"]), on=ON)))

    styles = {paragraph.style.name: paragraph.text for paragraph in reversed(document.paragraphs)}
    assert styles["Title"] == "Acme Retail: 2027 renewal"
    assert styles["Verdict"] == "Ready"
    assert styles["Heading 1"] == "Numbers"
    assert {"Heading 2", "List Bullet", "List Bullet 2", "Quote"} <= set(styles)
    scorecard = next(table for table in document.tables if table.cell(0, 0).text == "Metric")
    assert [cell.text for cell in scorecard.rows[1].cells][:3] == ["Returns rate (agreed)", "31.2%", "24.0%"]
    assert _repeats_its_header(scorecard)


def _repeats_its_header(table: Grid) -> bool:
    return bool(table.rows[0]._tr.xpath("w:trPr/w:tblHeader"))


def test_the_appendix_begins_on_a_new_sheet() -> None:
    document = Document(BytesIO(docx(brief_page(BRIEFS["ready"]), on=ON)))

    (appendix,) = [paragraph for paragraph in document.paragraphs if paragraph.paragraph_format.page_break_before]
    assert appendix.text == "Appendix"


def test_every_chart_is_a_picture_with_its_words() -> None:
    brief = BRIEFS["ready"]
    document = Document(BytesIO(docx(brief_page(brief), on=ON)))

    described = [each.get("descr") for each in document.element.body.iter(qn("wp:docPr"))]
    assert [text.split(",")[0] for text in described[: len(brief.front)]] == [
        f"Chart of {reading.metric.title}" for reading in brief.front
    ]
    images = [part for part in document.part.package.iter_parts() if part.content_type == "image/png"]
    assert images
    assert all(part.blob.startswith(b"\x89PNG") for part in images)


def test_columns_go_on_in_a_second_row() -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    sections = (Section(title=f"M{n}", blocks=(Chart(svg=drawing, alt=f"Drawing {n}"),)) for n in range(4))
    page = Page(title="T", subtitle="S", blocks=(Columns(sections=tuple(sections), across=3),))

    assert _words(page) == ["T", "S", "M0", "M1", "M2", "M3"]


def test_it_is_titled_and_dated_and_on_a4() -> None:
    document = Document(BytesIO(docx(brief_page(BRIEFS["ready"]), on=ON)))

    facts = document.core_properties
    assert (facts.title, facts.author) == ("Acme Retail: 2027 renewal", "dripper")
    assert facts.created is not None
    assert facts.created.replace(tzinfo=None) == datetime(2026, 11, 23)
    section = document.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_what_was_pasted_is_no_markup() -> None:
    page = without_charts(brief_page(BRIEFS["nasty"]))

    assert " ".join(NASTY.split()) in " ".join(_words(page))


def test_control_characters_are_left_out() -> None:
    assert "abc" in _words(without_charts(brief_page(full_of("a\x07b\x1bc"))))


def test_every_part_of_the_archive_is_whole_xml() -> None:
    from xml.etree import ElementTree as ET

    with ZipFile(BytesIO(docx(brief_page(BRIEFS["nasty"]), on=ON))) as archive:
        parts = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        assert archive.testzip() is None
        for name in parts:
            ET.fromstring(archive.read(name))
