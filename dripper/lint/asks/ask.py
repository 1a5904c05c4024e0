"""An ask: of which kind it is, and by which words it is made."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """The kinds of asks, each of which has a rule."""

    QUESTION = "question"
    REQUEST = "request"
    CALL = "call to action"
    INDIRECT = "indirect ask"
    INVITATION = "invitation"
    COMMERCIAL = "commercial ask"
    ADVICE = "advice"


class Ask(NamedTuple):
    """What is asked by the words `first` to `last` (inclusive) of a sentence."""

    kind: Kind
    first: int
    last: int
