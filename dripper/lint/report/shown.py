"""What a report is made of: a problem, and the line of the file that it begins on."""

from __future__ import annotations

from dataclasses import dataclass

from dripper.problem import Problem


@dataclass(frozen=True, slots=True)
class Shown:
    """A problem and its line; the line is empty where it is not known."""

    problem: Problem
    line: str = ""


def lines_of(text: str) -> list[str]:
    """Return the lines of `text`, counted as spans count them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def line_at(lines: list[str], problem: Problem) -> str:
    """Return the line where `problem` begins; empty where there is none."""
    return lines[problem.span.line - 1] if problem.span.line <= len(lines) else ""
