"""A JSON document with one long list, written piece by piece, so that it is nowhere as a whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def long_json(head: Mapping[str, Any], name: str, items: Iterable[Any]) -> Iterator[str]:
    """Yield the text of `{**head, name: [*items]}`, as `json.dumps` writes it with an indent of 2; `head` not empty."""
    yield json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}") + f',\n  "{name}": ['
    before, end = "\n", "]\n}\n"
    for item in items:
        yield before + "    " + json.dumps(item, ensure_ascii=False, indent=2).replace("\n", "\n    ")
        before, end = ",\n", "\n  ]\n}\n"
    yield end
