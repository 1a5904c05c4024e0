"""Whether a sentence asks the reader for something in words that do so wherever they stand ("could you", "please")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.wordlists import phrases, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.lint.reading import Sentence
    from dripper.text.words import Token

# Up to so many words may stand for a `*` of the table.
_GAP = 2
_INVERTED = frozenset({"can you", "could you", "will you", "would you", "can we", "could we", "can i", "could i"})
_NOT_ASKED = frozenset({"only", "nor", "so", "than", "neither", "as"})


def request_in(sentence: Sentence) -> tuple[int, int] | None:
    """Return the first and last token (inclusive) of the first request in `sentence`; `None` where there is none."""
    tokens = sentence.tokens
    known = phrases("en/requests")
    for index, token in enumerate(tokens):
        for phrase in known.get(token.word, ()):
            end = _end(tokens, index + 1, phrase[1:])
            if end is not None and not _is_something_else(tokens, index, phrase):
                return index, end - 1
    return None


def _end(tokens: Sequence[Token], index: int, phrase: tuple[str, ...]) -> int | None:
    """Return the end of `phrase` where it stands at `index`."""
    if not phrase:
        return index
    if phrase[0] == "*":
        ends = (_end(tokens, index + skipped, phrase[1:]) for skipped in range(_GAP + 1))
        return next((end for end in ends if end is not None), None)
    if index >= len(tokens):
        return None
    word = tokens[index].word
    fits = _is_verb(word) if phrase[0] == "VERB" else word == phrase[0]
    return _end(tokens, index + 1, phrase[1:]) if fits else None


def _is_verb(word: str) -> bool:
    if word in table("en/stative"):
        return False
    return any(word in table(name) for name in ("en/act-verbs", "en/act-nouns", "en/plain-verbs"))


def _is_something_else(tokens: Sequence[Token], index: int, phrase: tuple[str, ...]) -> bool:
    """Whether the words before make it a wish, a report or a subordinate clause."""
    before = tokens[index - 1].word if index else ""
    if phrase == ("please",):
        return before in ("to", "they", "you", "we", "can't", "never", "always", "who")
    return " ".join(phrase[:2]) in _INVERTED and before in _NOT_ASKED
