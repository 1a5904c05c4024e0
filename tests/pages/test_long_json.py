from __future__ import annotations

from typing import Any

import pytest

from dripper.cli.app import as_text
from dripper.pages.long_json import long_json


@pytest.mark.parametrize(
    "items",
    [
        pytest.param([], id="nothing"),
        pytest.param([{"a": 1}], id="one"),
        pytest.param([{"a": 'é "\n', "b": None}, {"c": [1, {"d": []}]}, 5, "x"], id="all kinds"),
    ],
)
def test_it_is_what_the_whole_would_be(items: list[Any]) -> None:
    head = {"version": 1, "campaign": "acme/insights"}

    assert "".join(long_json(head, "messages", iter(items))) == as_text(head | {"messages": items})
