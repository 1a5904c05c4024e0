"""Findings become problems: weighed, allowed or not, each reported once although many contacts get the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dripper.lint.rules.d801_allow_without_reason import RULE as WITHOUT_REASON
from dripper.lint.rules.d802_unused_allow import RULE as UNUSED
from dripper.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dripper.lint.allow import Allow
    from dripper.lint.options import Options
    from dripper.lint.reading import Path
    from dripper.lint.rule import Finding, Rule
    from dripper.lint.source import Source
    from dripper.problem import Span


class Found(NamedTuple):
    """A finding with its rule, and with whom it concerns."""

    rule: Rule
    finding: Finding
    message_id: str | None
    contact: str | None


class Collector:
    """The findings of one file: one a rule and place, and of those with a weight the heaviest a message."""

    def __init__(self, file: str, options: Options, source: Source | None = None) -> None:
        """Collect for `file`; `source` is its text where that may be fixed."""
        self._file = file
        self._options = options
        self._source = source
        self._placed: dict[tuple[str, Span], Found] = {}
        self._heaviest: dict[tuple[str, str | None], Found] = {}

    def add(self, rule: Rule, finding: Finding, *, message_id: str | None = None, contact: str | None = None) -> None:
        """Keep `finding`, unless the same place is known for it, or a heavier one of its message."""
        found = Found(rule, finding, message_id, contact)
        if finding.weight is None:
            self._placed.setdefault((rule.code, _span(finding)), found)
            return
        known = self._heaviest.get((rule.code, message_id))
        if known is None or (known.finding.weight or 0) < finding.weight:
            self._heaviest[rule.code, message_id] = found

    def problems(
        self, allows: Sequence[Allow], active: Sequence[Rule], lines_of: Callable[[Path], range]
    ) -> Iterator[Problem]:
        """Yield a problem for each finding that is not allowed, and for each exception that is not as it should be.

        `lines_of` says on which lines an exception for what stands at a path may be written.
        """
        placed = [(span, found) for (_, span), found in self._placed.items()]
        placed += [(_span(found.finding), found) for found in self._heaviest.values()]
        for span, found in placed:
            if not (allows and _is_allowed(found, allows, lines_of(found.finding.reading.path))):
                yield self._problem(found.rule, found.finding, span, found.message_id, found.contact)
        if allows:
            yield from self._of_allows(allows, active)

    def _of_allows(self, allows: Sequence[Allow], active: Sequence[Rule]) -> Iterator[Problem]:
        from dripper.lint.rules import d801_allow_without_reason, d802_unused_allow
        from dripper.lint.rules.d404_repeat import RULE as REPEAT
        from dripper.lint.ruleset import RULES

        # Whether a text repeats what was delivered is asked only with --history and at `dripper schedule`, so that an
        # exception for it is never known to be unused.
        for allow in allows:
            if WITHOUT_REASON in active:
                for finding in d801_allow_without_reason.findings(allow):
                    yield self._problem(WITHOUT_REASON, finding, allow.span)
            if UNUSED in active:
                unused = allow.unused([rule for rule in active if rule is not REPEAT], RULES)
                for finding in d802_unused_allow.findings(allow, unused, RULES):
                    yield self._problem(UNUSED, finding, allow.span)

    def _problem(
        self, rule: Rule, finding: Finding, span: Span, message_id: str | None = None, contact: str | None = None
    ) -> Problem:
        return Problem(
            file=self._file,
            span=span,
            code=rule.code,
            name=rule.name,
            severity=self._options.severity_of(rule),
            message=finding.message,
            cure=finding.cure,
            message_id=message_id,
            contact=contact,
            replacement=None if finding.replacement is None else self._replacement(finding, span),
        )

    def _replacement(self, finding: Finding, span: Span) -> str | None:
        """Return what may stand at `span`, where the words that the rule read are what is written there."""
        if self._source is None or not self._source.says(finding, span):
            return None
        return finding.replacement


def _is_allowed(found: Found, allows: Sequence[Allow], lines: range) -> bool:
    # Each is asked, so that each knows that it was of use.
    covering = [allow for allow in allows if allow.span.line in lines and allow.covers(found.rule)]
    return bool(covering)


def _span(finding: Finding) -> Span:
    return finding.reading.passage.locate(finding.start, finding.end)
