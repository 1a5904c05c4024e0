"""What a report is made of: a problem, and the line of the file that it begins on."""

from __future__ import annotations

from dataclasses import dataclass

from dripper.problem import Problem


@dataclass(frozen=True, slots=True)
class Shown:
    """A problem and its line; the line is empty where it is not known."""

    problem: Problem
    line: str = ""
