"""Rules that settings name: in `[lint]` of the workspace and in `lint = { … }` of a campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.options import unknown_rule
from dripper.lint.ruleset import RULES
from dripper.problem import Problem, Severity
from dripper.workspace.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dripper.lint.reading import Path
    from dripper.workspace.model.workspace import Workspace
    from dripper.workspace.toml import Document

_SETTINGS = "dripper.toml"


def settings_problems(workspace: Workspace, documents: Mapping[str, Document]) -> list[Problem]:
    """Return a problem for each rule that is named and does not exist, and each severity that is none."""
    lint = workspace.settings.lint
    named: list[tuple[str, Path, str]] = [
        *((_SETTINGS, ("lint", "select", index), word) for index, word in enumerate(lint.select)),
        *((_SETTINGS, ("lint", "ignore", index), word) for index, word in enumerate(lint.ignore)),
        *((_SETTINGS, ("lint", "severity", word), word) for word in lint.severity),
    ]
    for campaign in workspace.campaigns.values():
        named += ((campaign.file, ("lint", "ignore", index), word) for index, word in enumerate(campaign.lint.ignore))
    return [*_unknown_rules(named, documents), *_unknown_severities(lint.severity, documents[_SETTINGS])]


def _unknown_rules(named: list[tuple[str, Path, str]], documents: Mapping[str, Document]) -> Iterator[Problem]:
    for file, path, word in named:
        cure = unknown_rule(word, RULES)
        document = documents[file]
        if cure and not document.stands_in(path):
            span = document.key_span(path) if path[-1] == word else document.value_span(path)
            yield Fault.UNKNOWN_REFERENCE.problem(file=file, span=span, message=f'there is no rule "{word}"', cure=cure)


def _unknown_severities(severity: Mapping[str, str], document: Document) -> Iterator[Problem]:
    for rule, word in severity.items():
        path: Path = ("lint", "severity", rule)
        if word not in set(Severity) and not document.stands_in(path):
            cure = "write error, warning or advice"
            yield document.problem(Fault.WRONG_VALUE, path, f'"{word}" is no severity', cure)
