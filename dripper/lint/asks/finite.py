"""Whether a clause has a verb with a subject: then what looks like an imperative is that subject."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dripper.lint.asks.heads import CLAUSE_WORDS
from dripper.lint.asks.lexicon import is_verb
from dripper.lint.wordlists import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.lint.sentence import Sentence


def has_finite(sentence: Sentence, start: int, *, with_doubtful: bool = False, with_past: bool = True) -> bool:
    """Whether a verb that has a subject stands in the clause from `start` on.

    `with_past` says that words in "-ed" are asked for as well. `with_doubtful` says that "speaks", which may be a noun
    as well, and "look" behind a noun are taken for one, and that a clause within ("shelves that …") does not end this.
    """
    finite, clause_starts, relatives = table("en/finite"), _clause_starts(), table("en/relatives")
    words = sentence.said
    for index in range(start, min(start + CLAUSE_WORDS, len(words))):
        word = words[index]
        if word in clause_starts and not (with_doubtful and word in relatives):
            if _goes_on(sentence, index):
                continue
            return False
        if word in finite and not _is_month(sentence, index):
            return True
        if (with_past and is_past(words, index)) or (with_doubtful and _is_doubtful(words, index)):
            return True
    return False


def _is_month(sentence: Sentence, index: int) -> bool:
    return sentence.said[index] in table("en/month-too") and sentence.is_capital(index)


@cache
def _clause_starts() -> frozenset[str]:
    return table("en/clause-starts") | table("en/subject-pronouns")


def is_told(sentence: Sentence, start: int) -> bool:
    """Whether any word from `start` on may be a verb that has the words before for its subject: "types matter"."""
    words = sentence.said
    for index in range(start, min(start + CLAUSE_WORDS, len(words))):
        if words[index] in _clause_starts():
            break
        if _is_free(words[index - 1]) and (is_verb(words[index]) or words[index] in table("en/plural-verbs")):
            return True
    return has_finite(sentence, start, with_doubtful=True)


def _is_free(before: str) -> bool:
    """Whether a verb may stand behind the word: it is no article, no preposition and no mark."""
    return before not in table("en/objects") and before not in table("en/prepositions") and before[0].isalnum()


def _goes_on(sentence: Sentence, index: int) -> bool:
    """Whether what may begin another clause does not: the dots of "7 p.m." and of an address, "after 7"."""
    words = sentence.said
    if words[index] == ".":
        return len(words[index - 1]) == 1 or sentence.is_glued(index)
    return words[index] in table("en/before-times") and index + 1 < len(words) and words[index + 1][0].isdigit()


def is_past(words: Sequence[str], index: int) -> bool:
    """Whether a word in "-ed" is a verb, not an adjective of what follows: "denied by the bank"."""
    word = words[index]
    if not word.endswith("ed") or len(word) <= 4 or "-" in word:
        return False
    if word in table("en/past-things") and index + 1 < len(words) and words[index + 1][0].isalnum():
        return False
    return _may_follow_a_verb(words, index + 1)


def _is_doubtful(words: Sequence[str], index: int) -> bool:
    before = words[index - 1]
    if words[index] in table("en/verbs"):
        return _is_free(before) and before not in table("en/agents")
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
        return words[index + 2] in table("en/quantities") or words[index + 2][0].isdigit()
    if words[index + 1] in table("en/prepositions"):
        return is_verb_only or (word in table("en/told") and not before.endswith("s"))
    return (is_verb_only or is_verb(word[:-1])) and words[index + 1][0].isalnum()


def _may_follow_a_verb(words: Sequence[str], index: int) -> bool:
    if index == len(words) or not words[index][0].isalnum():
        return True
    following = words[index]
    if following in table("en/prepositions") or following in table("en/objects"):
        return True
    return following in table("en/behind-past") or following.endswith("ly") or following[0].isdigit()
