"""Where the pieces of a template stand in its source: Jinja2's own lexer yields every one of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from jinja2 import Environment, TemplateSyntaxError


class Kind(Enum):
    """What a piece of a template is."""

    LITERAL = auto()
    # {{ … }}
    EXPRESSION = auto()
    # {% … %}
    TAG = auto()


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a template; `source[start:end]`, brackets included."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chunks:
    """The pieces in their order, and the lexer's complaint about what comes after them."""

    pieces: tuple[Chunk, ...]
    error: TemplateSyntaxError | None = None


_KINDS = {"variable_begin": Kind.EXPRESSION, "block_begin": Kind.TAG, "comment_begin": Kind.TAG, "raw_begin": Kind.TAG}


def chunks_of(environment: Environment, source: str) -> Chunks:
    """Return the pieces of `source`, whose lines end in LF.

    The lexer drops only white space (where a tag says so with `-`), so each of its tokens is found by walking on.
    """
    pieces: list[Chunk] = []
    place = 0
    opened: tuple[Kind, int] | None = None
    error: TemplateSyntaxError | None = None
    try:
        for _, name, value in environment.lexer.tokeniter(source, None):
            while not source.startswith(value, place):
                place += 1
            start, place = place, place + len(value)
            if name == "data":
                pieces.append(Chunk(Kind.LITERAL, start, place))
            elif name in _KINDS:
                opened = _KINDS[name], start
            elif opened and name in ("variable_end", "block_end"):
                pieces.append(Chunk(*opened, start + len(value.rstrip())))
            if name.endswith("_end"):
                opened = None
    except TemplateSyntaxError as complaint:
        error = complaint
    if error or opened:
        kind, start = opened or (Kind.TAG, place)
        pieces.append(Chunk(kind, start, len(source)))
        if source.startswith("{#", start):
            error = error or TemplateSyntaxError("Missing end of comment tag", 1)
    return Chunks(tuple(pieces), error)
