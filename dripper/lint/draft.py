"""A plain draft: the whole text is one message; a first line `Subject: …` is its subject; comments are not sent.

A comment is an HTML comment, `<!-- … -->`; that is where a draft says `dripper: allow …`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dripper.lint.allow import Allow, read_allow
from dripper.lint.reading import Reading
from dripper.lint.source import Source
from dripper.problem import Lines, Passage, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_SUBJECT = re.compile(r"\A\s*subject:[^\S\r\n]*([^\r\n]*)(?:\r\n?|\n|\Z)", re.IGNORECASE)
_COMMENT_START, _COMMENT_END = "<!--", "-->"


class Draft(NamedTuple):
    """A draft's subject, where it has one, its text without comments, and the exceptions that its comments state."""

    subject: Reading | None
    text: Reading
    allows: tuple[Allow, ...] = ()
    # What is written, where that may be fixed.
    source: Source | None = None
    # How an exception is stated in it.
    remark: str = "<!-- dripper: allow {code} because … -->"


def read_draft(content: str, *, headed: bool = True) -> Draft:
    """Return the draft that a file's whole `content` is; `headed` says whether its first line may be the subject."""
    lines = Lines(content)
    subject = _SUBJECT.match(content) if headed else None
    start = subject.end() if subject else 0
    comments = _comments(content, start)
    return Draft(
        subject=Reading(_cut(content, lines, [subject.span(1)])) if subject else None,
        text=Reading(_cut(content, lines, _between(content, start, comments))),
        allows=_allows(content, lines, comments),
        source=Source(content),
    )


def read_line(content: str, number: int) -> Draft:
    """Return the draft that line `number` of a file is, of which `content` is the text without its line end."""
    if _COMMENT_START in content:
        whole = read_draft(content, headed=False)
        text = Passage(whole.text.text, lambda start, end: _on_line(whole.text.passage.locate(start, end), number))
        allows = tuple(replace(allow, span=_on_line(allow.span, number)) for allow in whole.allows)
        return Draft(subject=None, text=Reading(text), allows=allows, source=Source(content, number))

    def locate(start: int, end: int) -> Span:
        shift = len(content) - len(content.lstrip()) + 1
        return Span(line=number, column=start + shift, end_line=number, end_column=end + shift)

    return Draft(subject=None, text=Reading(Passage(content.strip(), locate)), source=Source(content, number))


def _on_line(span: Span, number: int) -> Span:
    return Span(line=number, column=span.column, end_line=number, end_column=span.end_column)


def _comments(content: str, start: int) -> list[tuple[int, int]]:
    """Return where each closed comment stands; a search from left to right, so that no text makes it slow."""
    found: list[tuple[int, int]] = []
    while (opened := content.find(_COMMENT_START, start)) >= 0:
        closed = content.find(_COMMENT_END, opened + len(_COMMENT_START))
        if closed < 0:
            break
        start = closed + len(_COMMENT_END)
        found.append((opened, start))
    return found


def _allows(content: str, lines: Lines, comments: Sequence[tuple[int, int]]) -> tuple[Allow, ...]:
    read = (read_allow(content[start:end], lines.span(start, end)) for start, end in comments)
    return tuple(allow for allow in read if allow)


def _between(content: str, start: int, comments: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return what `comments` leave of `content[start:]`, without space at either end."""
    edges = [start, *(edge for comment in comments for edge in comment), len(content)]
    kept = [(first, last) for first, last in zip(edges[::2], edges[1::2], strict=True) if content[first:last].strip()]
    if kept:
        first, last = kept[0], kept[-1]
        text = content[first[0] : first[1]]
        kept[0] = (first[1] - len(text.lstrip()), first[1])
        text = content[last[0] : last[1]]
        kept[-1] = (kept[-1][0], last[0] + len(text.rstrip()))
    return kept


def _cut(content: str, lines: Lines, pieces: Sequence[tuple[int, int]]) -> Passage:
    """Return the `pieces` of `content` as one passage."""

    def offset(place: int, *, end: bool) -> int:
        for first, last in pieces:
            if place < last - first or (end and place == last - first):
                return first + place
            place -= last - first
        return pieces[-1][1] if pieces else 0

    def locate(start: int, end: int) -> Span:
        begin = offset(start, end=False)
        return lines.span(begin, max(begin, offset(end, end=True)))

    return Passage("".join(content[first:last] for first, last in pieces), locate)
