import re
from dataclasses import replace
from io import BytesIO

import pytest
from fakes.accounts import TODAY, negotiation
from fakes.briefs import BRIEFS, brief, crowded
from pypdf import PdfReader

from dripper.pages.brief.content import brief_page
from dripper.pages.brief.origins import origins
from dripper.pages.layout import Items, Page, Text
from dripper.pages.markdown import markdown
from dripper.pages.pdf import pdf
from dripper.prep.brief import Brief
from dripper.prep.traced import traced
from dripper.workspace.packaged import sample_root

TEMPLATE = (sample_root() / "templates" / "brief.typ").read_text(encoding="utf-8")
READY = replace(brief(), negotiation=replace(negotiation(), file="renewal.negotiation.toml"))


def _lines(made: Brief) -> list[str]:
    """Return each line with its lead; the last has what the letters mean."""
    found: list[str] = []
    for block in origins(made):
        assert isinstance(block, Text | Items)
        items = block.items if isinstance(block, Items) else (block,)
        found += [f"{each.lead} {each.text} {each.after}" for each in items]
    return found


@pytest.mark.parametrize("made", BRIEFS.values(), ids=BRIEFS)
def test_every_number_stands_there_with_the_letter_of_its_formula(made: Brief) -> None:
    *lines, letters = _lines(made) or [""]

    for figure in traced(made):
        text = figure.text.rstrip(".").split(" is ")[-1]
        marks = {
            mark
            for line in lines
            for mark in re.findall(rf"{re.escape(text)} \((\w+)(?:; {re.escape(figure.test)})?\)", line)
        }
        assert any(f"({mark}) {figure.formula}" in letters for mark in marks), figure


def test_a_metric_a_claim_and_the_two_sides_have_a_line_each_below_their_file() -> None:
    lines = _lines(READY)

    assert [line.partition(":")[0] for line in lines] == [
        "metrics.csv",
        "Returns rate",
        "Orders",
        "account.toml",
        "“Group cost programme",
        "renewal.negotiation.toml",
        "Numbers of both sides",
        "The letters",
    ]
    assert lines[1].endswith("(24 values, 30 Nov 2024 to 31 Oct 2026)")
    assert lines[4].endswith("([[fact]]: Half-year report 2026, p. 12, 30 Sep 2026)")
    assert lines[6].endswith("(our_walk_away, our_target, our_opening, their_walk_away)")


def test_the_same_way_has_one_letter_and_names_rows_that_are_not_the_metric_s() -> None:
    letters = _lines(READY)[-1]

    assert "(a) as stated (account.toml) · (b) the newest value · " in letters
    assert "(the last 12 values of its rows; the worth in account.toml)" in letters
    assert len(set(re.findall(r"\(([a-z])\) ", letters))) == letters.count(" · ") + 1


def test_the_numbers_of_fifty_metrics_take_a_few_sheets() -> None:
    last = tuple(origins(crowded(50)))
    document = PdfReader(BytesIO(pdf(Page(title="T", subtitle="", blocks=last), template=TEMPLATE, on=TODAY)))

    assert len(document.pages) <= 6
    assert markdown(brief_page(crowded(50))).count("metrics.csv:") == 1


def test_nothing_known_has_no_such_part() -> None:
    assert _lines(BRIEFS["nothing"]) == []
