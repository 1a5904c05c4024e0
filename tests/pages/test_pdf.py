"""The PDF as a reader and a screen reader get it."""

from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO

import pytest
from fakes.accounts import account
from fakes.briefs import BRIEFS, NASTY, brief, charts, crowded, full_of, without_charts
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pypdf import PdfReader

from dripper.errors import UsageError
from dripper.pages.brief.content import brief_page
from dripper.pages.layout import Block, Page, Section, Table, Text, plain
from dripper.pages.markdown import markdown
from dripper.pages.pdf import pdf
from dripper.prep.brief import Brief
from dripper.workspace.packaged import sample_root

TEMPLATE = (sample_root() / "templates" / "brief.typ").read_text(encoding="utf-8")
ON = date(2026, 11, 23)
every_brief = pytest.mark.parametrize("brief", BRIEFS.values(), ids=BRIEFS)


def _read(page: Page) -> PdfReader:
    return PdfReader(BytesIO(pdf(page, template=TEMPLATE, on=ON)))


def _letters(text: str) -> str:
    """Return what is left when lines, bullets and spaces are laid out in another way."""
    return "".join(text.split()).replace("•", "").replace("–", "")


def _sheets(page: Page) -> list[str]:
    """Return the letters of each sheet, without its footer and without the header of a table that goes on there."""
    read = _read(page)
    headers = [_letters("".join(table.header)) for table in _tables(page.blocks)]
    return [
        _sheet(_letters(sheet.extract_text()), _letters(f"{plain(page.title)} {number} of {len(read.pages)}"), headers)
        for number, sheet in enumerate(read.pages, 1)
    ]


def _sheet(text: str, footer: str, headers: list[str]) -> str:
    assert text.endswith(footer)
    again = next(filter(text.startswith, headers), "")
    return text.removesuffix(footer).removeprefix(again)


def _tables(blocks: Iterable[Block]) -> Iterator[Table]:
    for block in blocks:
        match block:
            case Table():
                yield block
            case Section():
                yield from _tables(block.blocks)
            case _:
                pass


def _rendered(page: Page) -> str:
    """Return the letters that the page has as Markdown."""
    tokens = MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(markdown(page))
    inner = [child.content for token in tokens for child in token.children or []]
    return _letters("".join(inner))


@every_brief
def test_it_has_the_same_words_as_markdown(brief: Brief) -> None:
    page = without_charts(brief_page(brief))

    assert "".join(_sheets(page)) == _rendered(page)


@every_brief
def test_page_one_ends_on_page_one(brief: Brief) -> None:
    page = without_charts(brief_page(brief))
    one, two, *_ = _sheets(page)

    assert two.startswith("Appendix")
    assert _rendered(page).startswith(f"{one}Appendix")


def _ends_on_one(page: Page) -> bool:
    """Whether all that precedes the appendix, and nothing else, stands on the first sheet; charts count, too."""
    bare = _sheets(without_charts(page))
    return _sheets(page)[1].startswith("Appendix") and _rendered(without_charts(page)).startswith(f"{bare[0]}Appendix")


@pytest.mark.no_cover
def test_page_one_of_the_longest_brief_ends_on_page_one() -> None:
    assert _ends_on_one(brief_page(crowded()))


@example(text="\u00a0")
@given(text=st.text(st.characters(codec="latin-1", categories=("L", "N", "P", "Zs")), min_size=1, max_size=700))
@settings(max_examples=15, deadline=None)
def test_page_one_ends_on_page_one_whatever_the_files_say(text: str) -> None:
    assert _ends_on_one(brief_page(full_of(text)))


@every_brief
def test_the_same_page_is_the_same_bytes(brief: Brief) -> None:
    page = brief_page(brief)

    assert pdf(page, template=TEMPLATE, on=ON) == pdf(page, template=TEMPLATE, on=ON)


def test_it_is_tagged_titled_and_dated_and_every_chart_has_its_words() -> None:
    page = brief_page(BRIEFS["ready"])
    read = _read(page)

    assert read.metadata is not None
    assert (read.metadata.title, read.metadata.creation_date_raw) == (page.title, "D:20261123000000Z")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in read.trailer["/Root"]["/Metadata"].get_data()
    assert read.trailer["/Root"]["/Lang"] == "en"
    alts = [chart.alt for chart in charts(page.blocks)]
    assert len(alts) > len(BRIEFS["ready"].front)
    assert [str(each) for each in _alts(read.trailer["/Root"]["/StructTreeRoot"])] == alts


def _alts(node: object) -> list[object]:
    """Return the alternative texts of a tree of tags, in its order."""
    found = getattr(node, "get_object", lambda: node)()
    if isinstance(found, list):
        return [alt for kid in found for alt in _alts(kid)]
    if not isinstance(found, dict):
        return []
    return ([found["/Alt"]] if "/Alt" in found else []) + _alts(found.get("/K"))


def test_every_font_is_in_it() -> None:
    fonts = [
        font["/DescendantFonts"][0]["/FontDescriptor"]
        for sheet in _read(brief_page(BRIEFS["ready"])).pages
        for font in sheet["/Resources"]["/Font"].values()
    ]

    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(font) for font in fonts)


def test_what_was_pasted_is_no_code() -> None:
    sheets = _sheets(without_charts(brief_page(BRIEFS["nasty"])))

    assert _letters(NASTY) in sheets[0]


def test_a_letter_that_no_font_has_is_told_with_a_cure() -> None:
    with pytest.raises(UsageError, match="no font of this machine has the letter") as caught:
        _read(brief_page(brief(account(name="\U000e1000"))))
    assert "--format html" in caught.value.cure


def test_a_template_of_ones_own_that_is_wrong_is_told() -> None:
    with pytest.raises(UsageError, match="the template of the PDF is wrong: unknown variable: nothing") as caught:
        pdf(Page(title="T", subtitle="", blocks=()), template="#nothing", on=ON)
    assert "templates/brief.typ" in caught.value.cure


def test_control_characters_are_left_out() -> None:
    page = without_charts(brief_page(full_of("a\x07b\x1bc")))

    assert "abc" in _sheets(page)[0]


def test_a_page_without_an_appendix_goes_over_as_many_sheets_as_it_needs() -> None:
    lines = tuple(Text(text=f"Line {number}.") for number in range(200))

    assert len(_sheets(Page(title="T", subtitle="", blocks=(Section(title="S", blocks=lines),)))) > 2
