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
    from dripper.lint.reading import Path
    from dripper.lint.rule import Rule
    from dripper.problem import Span
    from dripper.workspace.toml import Document

# What every exception begins with; where it is nowhere in a file, no comment needs to be looked at.
MARK = "dripper:"
_ALLOW = Pattern(r"\bdripper:\s*allow\b\s*(?P<rest>.*)", re.DOTALL)
_OPENINGS = ("", "#", "<!--")
_CLOSING = "-->"
_BECAUSE = Pattern(r"\bbecause\b(?P<reason>.*)", re.DOTALL)


@dataclass(slots=True, kw_only=True)
class Allow:
    """One exception: the rules that it names, and its reason (empty: none was given)."""

    words: tuple[str, ...]
    reason: str
    # The comment that states it, and where that stands.
    comment: str
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

    def without(self, word: str) -> str:
        """Return the comment without `word`; nothing where it says nothing else."""
        match = _ALLOW.search(self.comment)
        assert match is not None
        left = [each for each in self.words if each != word]
        if left:
            because = _BECAUSE.search(self.comment, match.start("rest"))
            tail = f" {self.comment[because.start() :]}" if because else _end_of(self.comment)
            return f"{self.comment[: match.start('rest')]}{', '.join(left)}{tail}"
        before = self.comment[: match.start()].rstrip()
        return "" if before in _OPENINGS else before + _end_of(self.comment)


def _end_of(comment: str) -> str:
    return f" {_CLOSING}" if comment.endswith(_CLOSING) else ""


def finding_at(allow: Allow, message: str, cure: str, replacement: str | None = None) -> Finding:
    """Return a finding about the exception itself; `replacement` may stand there instead of its comment."""
    reading = Reading(Passage(allow.comment, lambda _start, _end: allow.span))
    return Finding(reading=reading, start=0, end=len(reading.text), message=message, cure=cure, replacement=replacement)


def read_allow(comment: str, span: Span) -> Allow | None:
    """Return the exception that a comment (`#` or `<!-- -->`) states; `None` where it states none."""
    match = _ALLOW.search(comment)
    if match is None:
        return None
    rest = match["rest"].removesuffix(_CLOSING)
    because = _BECAUSE.search(rest)
    words = rest[: because.start()] if because else rest
    return Allow(
        words=tuple(words.replace(",", " ").split()),
        reason=because["reason"].strip() if because else "",
        comment=comment,
        span=span,
    )


def allows_of(document: Document) -> list[Allow]:
    """Return the exceptions that the comments of a file state."""
    if MARK not in document.text:
        return []
    stated = (read_allow(comment.text, comment.span) for comment in document.comments)
    return [allow for allow in stated if allow is not None]


def lines_for(document: Document, path: Path) -> range:
    """Return the lines where an exception for what stands at `path` may be: from the line above to its last."""
    first, last = document.key_span(path).line, document.value_span(path).end_line
    return range(first - 1, max(first, last) + 1)
