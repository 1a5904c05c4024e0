"""Exceptions that the writer makes on purpose: `dripper: allow too-long because the law's name is long`.

An exception is for named rules, stands where it applies, and says why. One without a reason, or without anything left
to allow, is itself a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dripper.lint.options import names
from dripper.lint.pattern import Pattern
from dripper.lint.reading import Reading
from dripper.lint.rule import Finding
from dripper.problem import Passage

if TYPE_CHECKING:
    from dripper.lint.rule import Rule
    from dripper.problem import Span

# What every exception begins with; where it is nowhere in a file, no comment needs to be looked at.
MARK = "dripper:"
_ALLOW = Pattern(r"\bdripper:\s*allow\b\s*(?P<rest>.*)", re.DOTALL)
_BECAUSE = Pattern(r"\bbecause\b(?P<reason>.*)", re.DOTALL)


@dataclass(slots=True, kw_only=True)
class Allow:
    """One exception: the rules that it names, and its reason (empty: none was given)."""

    words: tuple[str, ...]
    reason: str
    span: Span
    used: set[str] = field(default_factory=set)

    def covers(self, rule: Rule) -> bool:
        """Whether a finding of `rule` is allowed, and remember that it was."""
        for word in self.words:
            if names(word, rule):
                self.used.add(word)
                return True
        return False

    def unused(self, active: Iterable[Rule], known: Sequence[Rule]) -> list[str]:
        """Return the words that allowed nothing although their rules ran, and the words that name no rule."""
        running = list(active)
        return [
            word
            for word in self.words
            if word not in self.used
            and (any(names(word, rule) for rule in running) or not any(names(word, rule) for rule in known))
        ]


def finding_at(allow: Allow, message: str, cure: str) -> Finding:
    """Return a finding about the exception itself."""
    reading = Reading(Passage("", lambda _start, _end: allow.span))
    return Finding(reading=reading, start=0, end=0, message=message, cure=cure)


def read_allow(comment: str, span: Span) -> Allow | None:
    """Return the exception that a comment (`#` or `<!-- -->`) states; `None` where it states none."""
    match = _ALLOW.search(comment)
    if match is None:
        return None
    rest = match["rest"].removesuffix("-->")
    because = _BECAUSE.search(rest)
    words = rest[: because.start()] if because else rest
    return Allow(
        words=tuple(words.replace(",", " ").split()),
        reason=because["reason"].strip() if because else "",
        span=span,
    )
