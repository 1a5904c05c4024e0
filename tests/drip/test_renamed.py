"""A scheduled message under another id: it would go out a second time."""

from __future__ import annotations

import pytest

from dripper.drip.renamed import renamed_problems
from dripper.problem import Problem
from dripper.workspace.campaign import read_campaign
from dripper.workspace.toml import Document

HEAD = 'shifts = "s"\nevery = "1 week"\nstart = 2026-12-01\n'
CARTS = "Most of your carts are left after nine in the evening."
SIZES = "Shoes that come back are mostly too small, and one line on the size chart halves that."


def message(subject: str, text: str, more: str = "") -> str:
    return f'[[message]]\n{more}subject = "{subject}"\ntext = "{text}"\ngift = "g"\n'


def renamed(before: str, after: str) -> list[Problem]:
    old, new = (Document.parse("campaigns/c.toml", HEAD + text) for text in (before, after))
    assert isinstance(old, Document)
    assert isinstance(new, Document)
    scheduled, campaign = (read_campaign(one, default_id="c").value for one in (old, new))
    assert scheduled is not None
    assert campaign is not None
    return list(renamed_problems(new, campaign, scheduled))


def test_a_new_subject_changes_the_id_that_is_made_from_it() -> None:
    (problem,) = renamed(message("Carts", CARTS), message("Late carts", CARTS))

    assert (problem.code, problem.span.line, problem.span.column) == ("D507", 5, 11)
    assert 'scheduled as "carts"' in problem.message
    assert problem.cure == 'write id = "carts" into it'


def test_a_written_id_that_was_changed_is_pointed_at() -> None:
    before, after = (message("Carts", CARTS, f'id = "{name}"\n') for name in ("carts", "late-carts"))
    (problem,) = renamed(before, after)

    assert (problem.span.line, problem.cure) == (5, 'write id = "carts" again')


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(message("Carts", CARTS), id="nothing changed"),
        pytest.param(message("Carts", SIZES), id="another text under the old id is an edit"),
        pytest.param(message("Late carts", CARTS, 'id = "carts"\n'), id="the old id was kept"),
        pytest.param(message("Carts", CARTS) + message("Sizes", SIZES), id="one more message"),
        pytest.param(message("Sizes", SIZES), id="one taken out, another put in"),
        pytest.param(message("Late carts", CARTS) + message("Carts", CARTS), id="a copy beside the old one"),
    ],
)
def test_other_edits_are_no_problem(after: str) -> None:
    assert renamed(message("Carts", CARTS), after) == []


def test_a_message_that_was_split_is_told_once() -> None:
    after = message("Late carts", CARTS) + message("Later carts", CARTS)

    assert len(renamed(message("Carts", CARTS), after)) == 1
