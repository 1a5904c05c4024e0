"""Whether a question is answered by the writer himself, in the sentence behind it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dripper.lint.asks.finite import has_finite
from dripper.lint.asks.lexicon import at_hand
from dripper.lint.wordlists import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.lint.sentence import Sentence

# An answer that has no verb is no longer.
_FRAGMENT_WORDS = 10


def is_answered(question: Sequence[str], behind: Sentence) -> bool:
    """Whether `behind`, right behind the words of a `question` about facts, is its answer."""
    if not behind.said or behind.said[-1] == "?" or not _is_plain(behind.said):
        return False
    first = question[0]
    if first in table("en/auxiliaries") and _repeats(behind.said, first):
        return True
    if first in table("en/recalling"):
        return True
    if first in table("en/question-words"):
        return not _asks_an_act(question) and _is_fragment(behind)
    return first in table("en/fact-auxiliaries") and _is_general(question)


def _repeats(words: Sequence[str], verb: str) -> bool:
    """Whether the answer has the question's own verb: "does it? It does"."""
    return words[0] in table("en/subject-pronouns") and words[1:2] == [verb]


def _is_plain(words: Sequence[str]) -> bool:
    """Whether it only tells: nobody in it wants something, or turns to somebody."""
    return table("en/talking").isdisjoint(words)


def _asks_an_act(question: Sequence[str]) -> bool:
    """Whether it is about what the reader will do: "when can you send it"."""
    return not table("en/modals").isdisjoint(question[:4]) or not table("en/talking").isdisjoint(question)


def _is_fragment(sentence: Sentence) -> bool:
    words = sentence.said
    if len(words) > _FRAGMENT_WORDS or not table("en/subjects-only").isdisjoint(words):
        return False
    return not has_finite(sentence, 1, with_doubtful=True)


def _is_general(question: Sequence[str]) -> bool:
    """Whether it is about nobody and nothing that is known to both."""
    return _known().isdisjoint(question[1:])


@cache
def _known() -> frozenset[str]:
    return table("en/asked") | ((table("en/grounds") | at_hand()) - table("en/indefinite"))
