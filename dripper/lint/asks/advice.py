"""Which imperatives give advice that holds for anybody, and which want something of this reader.

"Measure twice, cut once" names nothing that is at hand: no person, no date, no document, nothing of an office.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from dripper.lint.asks.heads import CLAUSE_WORDS
from dripper.lint.asks.lexicon import at_hand, phrase_at
from dripper.lint.wordlists import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.lint.sentence import Sentence


# A shorter word may come again in any sentence.
_SHORT_CHARS = 2


def is_advice(sentence: Sentence, verb: int) -> bool:
    """Whether the imperative with its verb at `verb` is general advice."""
    words = sentence.said
    if phrase_at(words, verb, "en/calls"):
        return False
    if _is_counsel(sentence, verb):
        return True
    if words[verb] not in table("en/everyday"):
        return words[verb + 1 : verb + 2] == ["not"]
    near = words[max(0, verb - CLAUSE_WORDS) : verb + CLAUSE_WORDS]
    if any(word in at_hand() or word[0].isdigit() for word in near) or _names(sentence, verb):
        return False
    if words[verb + 1 : verb + 2] == ["not"] or _is_balanced(words, verb) or _repeats(words, verb):
        return True
    things = [word.removesuffix("'s") for word in words[verb + 1 : verb + CLAUSE_WORDS]]
    return not table("en/parables").isdisjoint(things)


def _is_counsel(sentence: Sentence, verb: int) -> bool:
    """Whether anybody may be told so: "imagine" or "keep" with what is nobody's in particular."""
    words = sentence.said
    length = phrase_at(words, verb, "en/counsels")
    if not length or (length == 1 and words[verb + 1 : verb + 2] and words[verb + 1] in table("en/definite")):
        return False
    rest = words[verb + 1 : verb + CLAUSE_WORDS]
    pointing, office = table("en/pointing"), table("en/office")
    if not rest or any(word in pointing or word in table("en/readers") or word[0].isdigit() for word in rest):
        return False
    return not _names(sentence, verb) and not any(
        word in table("en/definite") and after in office for word, after in pairwise(rest)
    )


def _is_balanced(words: Sequence[str], verb: int) -> bool:
    """Whether two such verbs stand against each other, and nothing certain is meant: "marry in haste, repent …"."""
    everyday = table("en/everyday")
    rest = words[verb + 1 : verb + CLAUSE_WORDS]
    pairs = any(joint in (",", "and") and word in everyday for joint, word in pairwise(rest))
    return pairs and not _has_definite(rest) and "it" not in rest


def _repeats(words: Sequence[str], verb: int) -> bool:
    """Whether a word comes again, or a clause with such a verb depends on this one: "look before you leap"."""
    rest = words[verb + 1 : verb + CLAUSE_WORDS]
    long = [word for word in words[verb : verb + CLAUSE_WORDS] if len(word) > _SHORT_CHARS and word not in _small()]
    if len(set(long)) < len(long):
        return True
    everyday, persons, links = table("en/everyday"), table("en/advice-persons"), table("en/advice-links")
    return any(
        word in persons and joint in links and (after in everyday or after == "would")
        for joint, word, after in zip(rest, rest[1:], rest[2:], strict=False)
    )


@cache
def _small() -> frozenset[str]:
    return table("en/definite") | table("en/objects") | table("en/prepositions")


def _names(sentence: Sentence, verb: int) -> bool:
    return any(
        sentence.is_capital(index) and sentence.said[index] != "i"
        for index in range(verb + 1, min(verb + CLAUSE_WORDS, len(sentence.said)))
    )


def _has_definite(words: Sequence[str]) -> bool:
    """Whether a certain thing is meant: an article or the like with a noun behind it."""
    return any(word in table("en/definite") and after[0].isalnum() for word, after in pairwise(words))
