"""The formats by their names; each is one module, imported when it is asked for."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dripper.lint.report.shown import Shown


class Format(StrEnum):
    """How the problems are printed."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    SARIF = "sarif"
    GITHUB = "github"

    @property
    def is_for_checkout(self) -> bool:
        """Whether its readers look for files below the root of the checkout."""
        return self in (Format.SARIF, Format.GITHUB)


def report(form: Format, found: Iterable[Shown], *, colour: bool = False, width: int | None = None) -> Iterator[str]:
    """Yield the lines of the report; `colour` and `width`, that of a terminal in cells, count for text alone."""
    match form:
        case Format.TEXT:
            from dripper.lint.report.text import text_report

            return text_report(found, colour=colour, width=width)
        case Format.JSON:
            from dripper.lint.report.json import json_report

            return json_report(found)
        case Format.JSONL:
            from dripper.lint.report.jsonl import jsonl_report

            return jsonl_report(found)
        case Format.SARIF:
            from dripper.lint.report.sarif import sarif_report

            return sarif_report(found)
        case Format.GITHUB:
            from dripper.lint.report.github import github_report

            return github_report(found)
