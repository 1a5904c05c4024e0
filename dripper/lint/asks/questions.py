"""Questions to the reader: what ends in a question mark, and what is turned round like a question without one."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from dripper.lint.asks.answers import is_answered
from dripper.lint.asks.heads import BREAKS
from dripper.lint.asks.lexicon import at_hand, is_verb, phrase_at
from dripper.lint.wordlists import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.lint.sentence import Sentence

_FRAGMENT_WORDS = 3
# No sentence that is turned round has fewer words.
_TURNED_WORDS = 3
# A called name or a greeting before a question has fewer words, and ends at one of these marks.
_OPENING_WORDS = 4
_EDGES = BREAKS | {","}
_ASIDE_WORDS = 4
# In talk, who asks about "the rally" asks with fewer words.
_LONG_WORDS = 9


def is_question(sentence: Sentence, behind: Sentence | None) -> bool:
    """Whether `sentence` asks the reader; the one `behind` it may be the writer's own answer."""
    if not _has_mark(sentence):
        return _is_turned(sentence)
    words = [word for word in sentence.said if word[0].isalnum()]
    if not words or (_is_stock(words) and not (words[0] in table("en/wondering") and _turns_to_reader(words))):
        return False
    if behind and is_answered(words, behind):
        return False
    if behind and words[0] in table("en/question-words") and behind.said[0] in table("en/self-answers"):
        return False
    if words[0] in table("en/eager") or not table("en/asked").isdisjoint(words):
        return True
    if (sentence.is_headline and _is_titled(sentence)) or _is_speculation(words):
        return False
    return not (behind and (_answers(behind, words) or _is_heading(words, behind)))


def _turns_to_reader(words: Sequence[str]) -> bool:
    return not table("en/readers").isdisjoint(words)


def _is_titled(sentence: Sentence) -> bool:
    """Whether words have capitals that no name has, as in a title."""
    return any(
        sentence.is_capital(index)
        and (word in table("en/no-verbs") or word in table("en/verbs") or word.endswith("ly"))
        for index, word in enumerate(sentence.said)
        if index and word[0].isalpha()
    )


def _is_stock(words: Sequence[str]) -> bool:
    return phrase_at((*words, "$"), 0, "en/rhetorical") > 0


def _has_mark(sentence: Sentence) -> bool:
    """Whether the sentence ends with a question mark that does not stand within quotes only."""
    words = sentence.said
    if "?" not in words:
        return False
    mark = len(words) - 1 - words[::-1].index("?")
    return not any(word[0].isalnum() for word in words[mark + 1 :])


def _is_turned(sentence: Sentence) -> bool:
    """Whether the verb stands before its subject where the sentence begins: "are we still on for Thursday"."""
    words = sentence.said
    if (words[0] not in _first_words() and _EDGES.isdisjoint(words[:_OPENING_WORDS])) or _turning().isdisjoint(words):
        return False
    start = _start(words)
    rest = words[start:]
    if not rest or rest[0] not in _turning() or len(rest) - (not rest[-1][0].isalnum()) < _TURNED_WORDS:
        return False
    if "," in rest[2:] or words[-1] in ("!", ":"):
        return False
    if words[-1] == "." and "i" in rest[1:3]:
        return False
    auxiliaries = table("en/auxiliaries")
    asked = table("en/asked-persons") if words[-1] == "." else table("en/turned-subjects")
    if rest[0] in auxiliaries:
        is_name = words[-1] != "." and _is_called(sentence, start + 1)
        is_asked = is_name or (rest[1] in asked and rest[:2] != ["shall", "you"])
        return is_asked or (rest[1][0].isdigit() and "you" in rest)
    if rest[0] in table("en/question-contractions"):
        return auxiliaries.isdisjoint(rest)
    if rest[0] in table("en/question-determiners"):
        return any(
            word in auxiliaries and (after == "your" or after in table("en/asked-persons"))
            for word, after in pairwise(rest[:6])
        ) or rest[1] in table("en/doing")
    if rest[0] == "who" and rest[2].endswith("ing") and words[-1] != ".":
        return rest[1] in auxiliaries
    return rest[1] in table("en/doing") or (rest[1] in auxiliaries and rest[2] in asked)


def _is_called(sentence: Sentence, index: int) -> bool:
    """Whether somebody's name may stand there: no shouted word, and no verb that is forbidden ("Don't Miss")."""
    word = sentence.written[index]
    return word[0].isupper() and not (len(word) > 1 and word.isupper()) and not is_verb(word.lower())


@cache
def _turning() -> frozenset[str]:
    return table("en/auxiliaries") | table("en/question-contractions") | table("en/question-words")


@cache
def _first_words() -> frozenset[str]:
    """Return what a sentence that is turned round begins with, where no mark stands near its beginning."""
    return _turning() | table("en/openers") | {"@"}


def _start(words: Sequence[str]) -> int:
    """Return where the sentence begins behind a called name, a greeting or a bullet."""
    start, opening = 0, words[:_OPENING_WORDS]
    if opening[0] == "@":
        return min(2, len(words) - 1)
    if not _EDGES.isdisjoint(opening):
        start = max(index for index, word in enumerate(opening) if word in _EDGES) + 1
    openers = table("en/openers")
    while start < len(words) - 1 and words[start] in openers:
        start += 1
    return start


def _is_speculation(words: Sequence[str]) -> bool:
    """Whether it is the question of a headline: about the course of things, with nothing that is at hand."""
    if words[0] not in table("en/speculating"):
        return False
    if words[0] in table("en/foretelling") and any(word[0].isdigit() for word in words):
        return False
    is_talk = words[0] in table("en/plain-questions") and (
        len(words) < _LONG_WORDS or words[0] in table("en/question-words")
    )
    grounds = table("en/grounds") if is_talk else _sure_grounds()
    return len(words) > _ASIDE_WORDS and grounds.isdisjoint(words) and at_hand().isdisjoint(words)


@cache
def _sure_grounds() -> frozenset[str]:
    return table("en/grounds") - {"the"}


def _is_heading(question: Sequence[str], behind: Sentence) -> bool:
    """Whether it is the first half of a headline: "too big to sell? A bank looks for a buyer"."""
    if len(behind.said) <= _ASIDE_WORDS or not behind.said[-1][0].isalnum():
        return False
    if question[0] in table("en/auxiliaries") or question[0] in table("en/eager") or question[0].endswith("ing"):
        return False
    return at_hand().isdisjoint(question)


def _answers(sentence: Sentence, question: Sequence[str]) -> bool:
    """Whether `sentence`, which follows, is the writer's own answer."""
    first = next((word for word in sentence.said if word[0].isalnum()), "")
    return question[0] in table("en/asking") or len(question) <= _FRAGMENT_WORDS or first in table("en/answering")
