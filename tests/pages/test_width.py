from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.lint.report.columns import cells
from dripper.pages.width import fitted


def test_a_line_goes_on_below_a_little_further_in() -> None:
    assert fitted("Held: 3; look at them and settle each.\nNext.", 20) == (
        "Held: 3; look at\n  them and settle\n  each.\nNext."
    )


def test_a_line_goes_on_below_its_second_column() -> None:
    assert fitted("Today    three messages go out", 27) == "Today    three messages go\n         out"


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ("Paused since then: `dripper resume --all` goes on.", "`dripper resume --all`"),
        ("The contract renews on 1 Apr 2027, or ends.", "1 Apr 2027"),
        ("  https://forum.example/returns/and/a/path", "https://forum.example/returns/and/a/path"),
    ],
    ids=["command", "date", "address"],
)
def test_what_is_copied_stays_in_one_piece(line: str, whole: str) -> None:
    assert any(whole in each for each in fitted(line, 27).split("\n"))


@given(st.text(alphabet="ab é日`.\n12 ", max_size=200), st.integers(20, 80))
def test_nothing_is_lost_and_what_fits_stays_as_it_is(text: str, width: int) -> None:
    found = fitted(text, width)

    assert found.split() == text.split()
    if all(cells(line) <= width for line in text.split("\n")):
        assert found == text
    if "`" not in text and all(cells(word) <= width // 2 for word in text.split()):
        assert all(cells(line.rstrip()) <= width for line in found.split("\n"))
