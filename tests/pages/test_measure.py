import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from fakes.briefs import crowded, full_of
from pypdf import PdfReader

from dripper.pages.brief.content import brief_page
from dripper.pages.html import html
from dripper.pages.layout import Chart, Columns, Items, Section, Table, Text
from dripper.pages.measure import height, lines
from dripper.pages.sheet import density
from dripper.prep.brief import Brief

WORDS = "Wider words than usual make more lines than anybody would think who counts. " * 9
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("one two", 1),
        # Five words take 9.8 of 10 widths.
        ("one two " * 10, 4),
        # A word that is longer than the line goes on on the next.
        ("x" * 100, 6),
        ("漢" * 100, 10),
        ("i" * 100, 4),
    ],
    ids=["nothing", "short", "many words", "a long word", "ideographs", "narrow letters"],
)
def test_a_text_stands_on_as_many_lines_as_its_letters_need(text: str, count: int) -> None:
    assert lines(text, 100, 10) == count


def test_what_stands_side_by_side_is_as_high_as_the_highest() -> None:
    short, long = (Section(title="T", blocks=(Text(text=text),)) for text in ("word", "word " * 90))

    assert height([Columns(sections=(short, long))], 500) == height([Columns(sections=(long, long))], 500)
    four = Columns(sections=(long, short, short, short), across=2)
    assert height([four], 500) > height([Columns(sections=(long, short))], 500)


def test_what_is_narrower_is_higher_but_a_chart_is_lower() -> None:
    text = Text(text="word " * 90)
    for block in (text, Items(items=(text,)), Table(header=("A", "B"), rows=((text.text, "b"),))):
        assert height([block], 200) > 1.5 * height([block], 400)
    drawn = Chart(svg='<svg viewBox="0 0 200 100"></svg>', alt="")
    assert height([drawn], 200) - height([drawn], 100) == 50


def test_more_words_are_set_smaller() -> None:
    sizes = [density(brief_page(full_of(WORDS[:count]))) for count in (20, 60, 120, 200)]

    assert sizes[0] == 1
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] > 0.7


LONG = {
    "a few words too many": full_of(WORDS[:90]),
    "long texts": full_of(WORDS),
    "capitals": full_of("MMMM WWWW MWMWM " * 20),
    "the longest": crowded(4),
}


@pytest.mark.skipif(BROWSER is None, reason="no browser that prints is installed")
@pytest.mark.parametrize("brief", LONG.values(), ids=LONG)
def test_page_one_ends_on_page_one_in_a_browser(brief: Brief, tmp_path: Path) -> None:
    assert BROWSER is not None
    (tmp_path / "brief.html").write_text(html(brief_page(brief)), encoding="utf-8")
    quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-pdf-header-footer")
    own = (f"--user-data-dir={tmp_path / 'browser'}", f"--print-to-pdf={tmp_path / 'brief.pdf'}")
    subprocess.run([BROWSER, *quiet, *own, (tmp_path / "brief.html").as_uri()], check=True, capture_output=True)

    one, two, *_ = PdfReader(BytesIO((tmp_path / "brief.pdf").read_bytes())).pages
    assert re.match(r"\s*Appendix", two.extract_text())
    assert "Appendix" not in one.extract_text().splitlines()
