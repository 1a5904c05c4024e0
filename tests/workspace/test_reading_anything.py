"""Whatever stands for whatever key: the reader tells it within the file, with a cure, and never falls."""

from __future__ import annotations

from typing import Any, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.problem import Lines
from dripper.workspace.account import read_account
from dripper.workspace.campaign import read_campaign
from dripper.workspace.model.account import Account
from dripper.workspace.model.campaign import Campaign
from dripper.workspace.model.negotiation import Negotiation
from dripper.workspace.model.settings import Settings
from dripper.workspace.negotiation import read_negotiation
from dripper.workspace.reading import Read, read
from dripper.workspace.settings import CHECKS as SETTINGS_CHECKS
from dripper.workspace.shape import example_of, is_table, keys_of
from dripper.workspace.toml import Document

WRONG = st.sampled_from(
    ["1", "-7", "1.5", "nan", "1e999", "true", '""', '"x"', '"a\\nb\\u0000"', "[]", "[1]", "{}", "{ a = 1 }", "[[[]]]"]
) | st.sampled_from(
    ["2026-01-01", "0001-01-01", "09:30:00", "2026-01-01T00:00:00Z", '"2026-01-01"', '"' + "é" * 300 + '"']
)


def values(kind: Any) -> st.SearchStrategy[str]:
    """A right or a wrong value for a key of `kind`, written as TOML."""
    right = st.just(example_of(kind))
    if is_table(kind):
        right = tables(kind)
    elif get_origin(kind) is tuple:
        right = st.lists(values(get_args(kind)[0]), max_size=2).map(lambda items: f"[{', '.join(items)}]")
    elif get_origin(kind) is dict:
        right = st.lists(values(get_args(kind)[1]), max_size=2).map(
            lambda items: "{ " + ", ".join(f"k{index} = {item}" for index, item in enumerate(items)) + " }"
        )
    return st.one_of(right, right, right, WRONG)


def tables(kind: Any) -> st.SearchStrategy[str]:
    return lines(kind).map(lambda written: "{ " + ", ".join(written) + " }")


def lines(kind: Any) -> st.SearchStrategy[list[str]]:
    known = {key: values(inner).map(f"{key} = {{}}".format) for key, inner in keys_of(kind).items()}
    extra = {"colour": WRONG.map("colour = {}".format), '"<file>"': st.just('"<file>" = 1')}
    return st.lists(st.sampled_from(sorted({**known, **extra})), unique=True, max_size=6).flatmap(
        lambda keys: st.tuples(*({**known, **extra}[key] for key in keys)).map(list)
    )


def read_settings_file(document: Document, *, default_id: str) -> Read[Settings]:
    return read(document, Settings, SETTINGS_CHECKS)


@pytest.mark.parametrize(
    ("kind", "reader"),
    [
        pytest.param(Settings, read_settings_file, id="settings"),
        pytest.param(Account, read_account, id="account"),
        pytest.param(Campaign, read_campaign, id="campaign"),
        pytest.param(Negotiation, read_negotiation, id="negotiation"),
    ],
)
@given(data=st.data())
def test_any_value_for_any_key_is_read_or_told_within_the_file(kind: Any, reader: Any, data: st.DataObject) -> None:
    text = "\n".join(data.draw(lines(kind)))
    document = Document.parse("file.toml", text)
    assert isinstance(document, Document)

    found = reader(document, default_id="x/y")

    assert found.value is not None or found.problems
    last = Lines(text).position(len(text))
    for problem in found.problems:
        span = problem.span
        assert (1, 1) <= (span.line, span.column) <= (span.end_line, span.end_column) <= last
        assert problem.message
        assert problem.cure


def test_each_control_character_of_a_text_is_told() -> None:
    document = Document.parse("file.toml", 'name = "a\\u0001b\\u0002"')
    assert isinstance(document, Document)

    problems = read_account(document, default_id="x").problems

    assert [(problem.code, problem.span.column) for problem in problems] == [("D603", 10), ("D603", 17)]
