"""The day behind a source: there once, whether or not somebody wrote it into the source."""

from datetime import date

import pytest

from dripper.prep.dated import dated

ON = date(2026, 10, 4)


@pytest.mark.parametrize(
    "source",
    [
        "Judith Aumann, call of 4 October 2026",
        "metrics.csv, orders, 24 values to 4 Oct 2026",
        "Letter of 04 oct. 2026, p. 2",
        "4th of October 2026: minutes",
        "Minutes (October 4, 2026)",
        "minutes-of 2026-10-04.pdf",
        "Mail vom 04.10.2026",
        "Call\nof 4  October 2026.",
    ],
)
def test_a_day_that_the_source_says_already_is_left_out(source: str) -> None:
    assert dated(source, ON) == source


@pytest.mark.parametrize(
    "source",
    [
        "",
        "Price list 2027, October 2026",
        "Call of 14 October 2026",
        "Call of 4 October 2025",
        "Call of 4 November 2026",
        "Items 1-4 October 2026",
        "Build 2026-10-041",
        "4 Octopuses 2026",
    ],
)
def test_any_other_source_gets_its_day(source: str) -> None:
    assert dated(source, ON) == f"{source}, 4 Oct 2026"
    assert dated(source, ON, after="; ") == f"{source}; 4 Oct 2026"


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_known_by_its_name_and_by_three_letters(month: int) -> None:
    on = date(2026, month, 9)
    for form in ("%d %B %Y", "%B %d, %Y", "%d %b %Y"):
        assert dated(on.strftime(form), on) == on.strftime(form)
