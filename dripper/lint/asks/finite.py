"""Whether a clause has a verb with a subject: then what looks like an imperative is that subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.asks.heads import CLAUSE_WORDS
from dripper.lint.asks.lexicon import is_verb
from dripper.lint.wordlists import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.lint.sentence import Sentence

_SUBJECTS = frozenset({"i", "you", "we", "they", "he", "she", "it"})
# What follows a verb in "-ed" and not an adjective: "shipped yesterday".
_BEHIND_PAST = frozenset(
    {"yesterday", "last", "again", "late", "early", "after", "before", "when", "because", "while", "just", "twice"}
    | {"two", "three", "four", "five", "six", "ten", "half"}
)
# They stand for a thing: "review attached before noon".
_THINGS = frozenset({"attached", "enclosed", "needed", "required"})
_BEFORE_TIMES = frozenset({"after", "before", "until"})
# Hardly ever the plural of a noun, though a preposition follows: "the plan year ends in May".
_TOLD = frozenset({"ends", "works", "runs", "costs", "picks", "needs", "hits"})
_QUANTITIES = frozenset({"half", "a", "one", "two", "three"})


def has_finite(sentence: Sentence, start: int, *, with_doubtful: bool = False, with_past: bool = True) -> bool:
    """Whether a verb that has a subject stands in the clause from `start` on.

    `with_past` says that words in "-ed" are asked for as well. `with_doubtful` says that "speaks", which may be a noun
    as well, and "look" behind a noun are taken for one, and that a clause within ("shelves that …") does not end this.
    """
    finite, clause_starts = table("en/finite"), table("en/clause-starts")
    words = sentence.said
    for index in range(start, min(start + CLAUSE_WORDS, len(words))):
        word = words[index]
        if (word in clause_starts or word in _SUBJECTS) and not (with_doubtful and word in table("en/relatives")):
            if _goes_on(sentence, index):
                continue
            return False
        if word in finite or (with_past and is_past(words, index)) or (with_doubtful and _is_doubtful(words, index)):
            return True
    return False


def is_told(sentence: Sentence, start: int) -> bool:
    """Whether any word from `start` on may be a verb that has the words before for its subject: "types matter"."""
    words, clause_starts = sentence.said, table("en/clause-starts")
    for index in range(start, min(start + CLAUSE_WORDS, len(words))):
        word, before = words[index], words[index - 1]
        if word in clause_starts:
            return False
        if has_finite(sentence, index, with_doubtful=True):
            return True
        is_noun = before in table("en/objects") or before in table("en/prepositions") or not before[0].isalnum()
        if not is_noun and (is_verb(word) or word in table("en/plural-verbs")):
            return True
    return False


def _goes_on(sentence: Sentence, index: int) -> bool:
    """Whether what may begin another clause does not: the dots of "7 p.m." and of an address, "after 7"."""
    words = sentence.said
    if words[index] == ".":
        return len(words[index - 1]) == 1 or sentence.is_glued(index)
    return words[index] in _BEFORE_TIMES and index + 1 < len(words) and words[index + 1][0].isdigit()


def is_past(words: Sequence[str], index: int) -> bool:
    """Whether a word in "-ed" is a verb, not an adjective of what follows: "denied by the bank"."""
    word = words[index]
    if not word.endswith("ed") or len(word) <= 4 or "-" in word:
        return False
    if word in _THINGS and index + 1 < len(words) and words[index + 1][0].isalnum():
        return False
    return _may_follow_a_verb(words, index + 1)


def _is_doubtful(words: Sequence[str], index: int) -> bool:
    before = words[index - 1]
    if words[index] in table("en/verbs"):
        is_free = before not in table("en/objects") and before not in table("en/prepositions")
        return is_free and before[0].isalnum() and before not in table("en/agents")
    return _is_third(words, index)


def _is_third(words: Sequence[str], index: int) -> bool:
    """Whether a word in "-s" is a verb that has the word before for its subject, not a noun: "speaks for itself"."""
    word, before = words[index], words[index - 1]
    if not word.endswith("s") or not before.isalnum() or before in table("en/objects"):
        return False
    if before == "and" or before in table("en/prepositions") or index + 1 == len(words):
        return False
    is_verb_only = word[:-1] in table("en/verbs") or word[:-2] in table("en/verbs")
    if words[index + 1] == "about" and index + 2 < len(words):
        return words[index + 2] in _QUANTITIES or words[index + 2][0].isdigit()
    if words[index + 1] in table("en/prepositions"):
        return is_verb_only or (word in _TOLD and not before.endswith("s"))
    return (is_verb_only or is_verb(word[:-1])) and words[index + 1][0].isalnum()


def _may_follow_a_verb(words: Sequence[str], index: int) -> bool:
    if index == len(words) or not words[index][0].isalnum():
        return True
    following = words[index]
    if following in table("en/prepositions") or following in table("en/objects"):
        return True
    return following in _BEHIND_PAST or following.endswith("ly") or following[0].isdigit()
