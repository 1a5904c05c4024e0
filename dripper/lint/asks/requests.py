"""Words that make a request, or an indirect ask, wherever they stand in a sentence, unless it is somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.asks.lexicon import is_act, is_verb
from dripper.lint.asks.phrasebook import phrasebook
from dripper.lint.wordlists import table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SHORT_WORDS = 7
# Who or what stands before "please" where it is the verb.
_PLEASERS = frozenset({"to", "they", "you", "we", "can't", "never", "always", "who", "will", "would", "not", "may"})
# Before "can you" they make a clause of it that depends on another.
_NOT_INVERTED = frozenset(
    {"only", "nor", "so", "than", "neither", "as", "that", "what", "which", "who", "things", "all"}
)
_SAID_ONLY = frozenset({"say", "face", "suppose", "pretend", "assume", "hope"})


def request_in(words: Sequence[str]) -> tuple[int, int] | None:
    """Return the first and last (inclusive) of a sentence's words that make a request; `None` where it makes none."""
    return _first(words, "en/requests")


def indirect_in(words: Sequence[str]) -> tuple[int, int] | None:
    """Return the first and last (inclusive) of the words that ask indirectly; `None` where there are none."""
    return _first(words, "en/indirect")


def _first(words: Sequence[str], name: str) -> tuple[int, int] | None:
    for first, last, conditions in phrasebook(name).matches(words):
        if all(_CONDITIONS[condition](words, first, last) for condition in conditions):
            return first, last
    return None


def _before(words: Sequence[str], first: int) -> str:
    return words[first - 1] if first else ""


def _begins(words: Sequence[str], first: int, _last: int) -> bool:
    before = _before(words, first)
    return not before or not before[0].isalnum() or (first == 1 and before in table("en/openers"))


def _ends(words: Sequence[str], _first: int, last: int) -> bool:
    return last + 1 == len(words) or not any(word[0].isalnum() for word in words[last + 1 :])


def _is_free(words: Sequence[str], first: int, _last: int) -> bool:
    return _before(words, first) not in table("en/dependent")


def _is_own(words: Sequence[str], first: int, _last: int) -> bool:
    return _before(words, first) not in table("en/agents")


def _is_verb_next(words: Sequence[str], _first: int, last: int) -> bool:
    following = words[last + 1 : last + 3]
    if following and following[0].endswith("ly") and following[0] not in table("en/verbs"):
        following = following[1:]
    return bool(following) and is_act(following[0])


def _proposes(words: Sequence[str], first: int, last: int) -> bool:
    """Whether "let's" or "lets" proposes an act, and does not only suppose ("let's just say")."""
    following = next((word for word in words[last + 1 : last + 3] if word != "just"), "")
    return following not in _SAID_ONLY and (words[first] == "let's" or following == "not" or is_verb(following))


_CONDITIONS: dict[str, Callable[[Sequence[str], int, int], bool]] = {
    "begins": _begins,
    "ends": _ends,
    "free": _is_free,
    "own": _is_own,
    "verb": _is_verb_next,
    "inverted": lambda words, first, _last: _before(words, first) not in _NOT_INVERTED,
    "pleased": lambda words, first, last: (
        _before(words, first) not in _PLEASERS and words[last + 1 : last + 2] != ["to"]
    ),
    "short": lambda words, _first, _last: len(words) <= _SHORT_WORDS,
    "lets": _proposes,
}
