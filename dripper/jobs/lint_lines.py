"""Lints a file or a stream of which each line is a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.jobs.lint_draft import draft_rules
from dripper.lint.draft import read_line
from dripper.lint.report.shown import Shown
from dripper.lint.runner import lint_draft
from dripper.problem import Problem
from dripper.workspace.disk import TEXT_LIMIT_BYTES, decoded, open_lines, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from dripper.lint.options import Options


def lint_file_lines(place: Path, name: str, options: Options) -> Iterator[Shown]:
    """Yield the problems of the file at `place`, which the user calls `name`."""
    lines = open_lines(place, name=name)
    if isinstance(lines, Problem):
        yield Shown(lines)
        return
    with lines:
        yield from _lines(lines, name, options)


def lint_stream_lines(stream: BinaryIO, name: str, options: Options) -> Iterator[Shown]:
    """Yield the problems of what comes in by `stream`, line after line as it comes."""
    from io import TextIOWrapper

    yield from _lines(TextIOWrapper(stream, "utf-8-sig", "surrogateescape", newline=""), name, options)


def lint_text_lines(text: str, name: str, options: Options) -> Iterator[Shown]:
    """Yield the problems of a text that may hold lone surrogates for bytes that are no UTF-8."""
    from io import StringIO

    yield from _lines(StringIO(text, newline=""), name, options)


def _lines(lines: Iterable[str], name: str, options: Options) -> Iterator[Shown]:
    active = draft_rules(options)
    for number, ended in enumerate(lines, start=1):
        line = ended.rstrip("\r\n")
        if not line or line.isspace():
            continue
        if len(line) > TEXT_LIMIT_BYTES:
            yield Shown(_too_long(number, name))
            continue
        if not line.isascii() and (problem := _undecodable(line, number, name)):
            yield Shown(problem)
            continue
        for problem in lint_draft(read_line(line, number), name, options, active):
            yield Shown(problem, line)


def _too_long(number: int, name: str) -> Problem:
    problem = unreadable(name, f"the line is longer than {TEXT_LIMIT_BYTES // 1000:,} kB", "write one message a line")
    return problem._replace(span=problem.span._replace(line=number, end_line=number))


def _undecodable(line: str, number: int, name: str) -> Problem | None:
    """Return the problem of a line with bytes that are no UTF-8, which came as lone surrogates."""
    problem = decoded(line.encode("utf-8", "surrogateescape"), name=name)
    if isinstance(problem, str):
        return None
    return problem._replace(span=problem.span._replace(line=number, end_line=number))
