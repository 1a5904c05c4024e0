"""The phrases that the rules for messages know, of all tables in one pass of a sentence."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dripper.lint.phrasebook import phrasebook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dripper.lint.phrasebook import Match, Phrasebook

REQUESTS, INDIRECT = "en/requests", "en/indirect"
WORDY, STATUS, EMPTY_OPENERS = "en/wordy", "en/status", "en/empty-openers"
HYPE, SELF_PRAISE, SHARED_WE = "en/hype", "en/self-praise", "en/shared-we"
_TABLES = (REQUESTS, INDIRECT, WORDY, STATUS, EMPTY_OPENERS, HYPE, SELF_PRAISE, SHARED_WE)
_NONE: Mapping[str, Sequence[Match]] = {}


def phrases_of(words: Sequence[str]) -> Mapping[str, Sequence[Match]]:
    """Return by their tables the entries that stand in a sentence's `words`, in the order of `Phrasebook.matches`."""
    matches = _book().matches(words)
    if not matches:
        return _NONE
    found: dict[str, list[Match]] = {}
    for match in matches:
        found.setdefault(match.table, []).append(match)
    return found


@cache
def _book() -> Phrasebook:
    return phrasebook(*_TABLES)
