"""Good notes, one a line, as somebody might send them: what is about length, asks or noise finds nothing in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dripper.lint.draft import read_line
from dripper.lint.options import Options
from dripper.lint.ruleset import RULES
from dripper.lint.runner import lint_draft
from dripper.lint.sieve import Sieve

NOTES = (Path(__file__).parent / "good-notes.txt").read_text(encoding="utf-8").splitlines()
FAMILIES = ("D1", "D2", "D3")
SIEVE = Sieve(rule for rule in RULES if rule.drafts and rule.code.startswith(FAMILIES))


@pytest.mark.parametrize("note", NOTES)
def test_nothing_is_found_in_a_good_note(note: str) -> None:
    assert lint_draft(read_line(note, 1), "-", Options(), SIEVE) == []
