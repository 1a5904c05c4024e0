"""Whether a sentence asks the reader for something in words that do so wherever they stand ("could you", "please")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.wordlists import phrases, table

if TYPE_CHECKING:
    from collections.abc import Sequence

# Up to so many words may stand for a `*` of the table.
_GAP = 2
_INVERTED = frozenset({"can you", "could you", "will you", "would you", "can we", "could we", "can i", "could i"})
_WHO_PLEASES = frozenset({"to", "they", "you", "we", "can't", "never", "always", "who"})
_NOT_ASKED = frozenset({"only", "nor", "so", "than", "neither", "as"})


def request_in(words: Sequence[str]) -> tuple[int, int] | None:
    """Return the first and last (inclusive) of a sentence's words that make a request; `None` where it makes none."""
    known = phrases("en/requests")
    for index, word in enumerate(words):
        for phrase in known.get(word, ()):
            end = _end(words, index + 1, phrase[1:])
            if end is not None and not _is_something_else(words, index, phrase):
                return index, end - 1
    return None


def _end(words: Sequence[str], index: int, phrase: tuple[str, ...]) -> int | None:
    """Return the end of `phrase` where it stands at `index`."""
    if not phrase:
        return index
    if phrase[0] == "*":
        ends = (_end(words, index + skipped, phrase[1:]) for skipped in range(_GAP + 1))
        return next((end for end in ends if end is not None), None)
    if index >= len(words):
        return None
    fits = _is_verb(words[index]) if phrase[0] == "VERB" else words[index] == phrase[0]
    return _end(words, index + 1, phrase[1:]) if fits else None


def _is_verb(word: str) -> bool:
    if word in table("en/stative"):
        return False
    return any(word in table(name) for name in ("en/act-verbs", "en/act-nouns", "en/plain-verbs"))


def _is_something_else(words: Sequence[str], index: int, phrase: tuple[str, ...]) -> bool:
    """Whether the words before make it a wish, a report or a subordinate clause."""
    before = words[index - 1] if index else ""
    if phrase == ("please",):
        return before in _WHO_PLEASES
    return " ".join(phrase[:2]) in _INVERTED and before in _NOT_ASKED
