"""Whether what looks like an imperative is a noun that a later verb tells of: "mail for Kiel is late"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.asks.finite import has_finite, is_told
from dripper.lint.asks.heads import CLAUSE_WORDS
from dripper.lint.wordlists import table

if TYPE_CHECKING:
    from dripper.lint.sentence import Sentence


def is_topic(sentence: Sentence, verb: int) -> bool:
    """Whether the verb at `verb` is a noun that a later verb tells of: "mail for Kiel is late"."""
    words = sentence.said
    if verb + 2 >= len(words):
        return False
    following = words[verb + 1]
    if is_compound(sentence, verb):
        return True
    if words[verb + 2] == ":" and following.isalpha() and following not in table("en/objects"):
        return True
    if following in table("en/linking"):
        return has_finite(sentence, verb + 2, with_past=False)
    if following[0].isdigit() and words[verb + 2] in table("en/behind-numbered"):
        return has_finite(sentence, verb + 2)
    if words[verb + 2] not in table("en/finite") or not following.isalpha() or words[verb] in table("en/clausal"):
        return False
    return not (following in table("en/objects") or following.endswith("ly") or sentence.is_capital(verb + 1))


def is_compound(sentence: Sentence, verb: int) -> bool:
    """Whether the verb at `verb` and the noun behind it are one noun that a later verb tells of: "join times fell"."""
    words = sentence.said
    return not table("en/compounds").isdisjoint(words[verb + 1 : verb + 2]) and is_told(sentence, verb + 2)


def is_subject(sentence: Sentence, verb: int) -> bool:
    """Whether the verb at `verb` and a bare noun behind it are the subject of a later verb, or begin a heading."""
    words = sentence.said
    if verb + 2 >= len(words):
        return False
    following = words[verb + 1]
    if not following.isalpha() or following.endswith("ly") or sentence.is_capital(verb + 1):
        return False
    if following in table("en/objects") or following in table("en/no-verbs") or following in table("en/particles"):
        return False
    return ":" in words[verb : verb + CLAUSE_WORDS] or has_finite(sentence, verb + 2, with_doubtful=True)
