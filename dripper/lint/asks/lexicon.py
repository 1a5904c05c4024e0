"""The verbs: which words may be one in its base form, and which of them are something else as often."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dripper.lint.wordlists import entries, phrases, table

if TYPE_CHECKING:
    from collections.abc import Sequence

_BARE = "+"


@cache
def noun_verbs() -> dict[str, frozenset[str]]:
    """Return the verbs that are nouns or adjectives as well, each with the words that make a verb of it."""
    split = (entry.split() for entry in entries("en/noun-verbs"))
    return {verb: frozenset(following) for verb, *following in split}


def is_verb(word: str) -> bool:
    """Whether `word` may be a verb in its base form."""
    return word in all_verbs()


@cache
def all_verbs() -> frozenset[str]:
    """Return the words that may be a verb in its base form."""
    return table("en/verbs") | noun_verbs().keys()


@cache
def at_hand() -> frozenset[str]:
    """Return the words with which something is at hand: they turn to a person, a date, or the things of an office."""
    return table("en/pointing") | table("en/office")


def is_act(word: str) -> bool:
    """Whether `word` may be a verb for something that one does, not for what happens to one."""
    return is_verb(word) and word not in table("en/stative")


def is_doing(word: str) -> bool:
    """Whether `word` may be the "-ing" form of a verb: "printing", "writing", "stopping"."""
    stem = word.removesuffix("ing")
    return stem != word and (is_verb(stem) or is_verb(f"{stem}e") or (stem[-2:-1] == stem[-1:] and is_verb(stem[:-1])))


def takes_bare_noun(verb: str) -> bool:
    """Whether `verb`, though a noun as well, may have a noun without an article for its object."""
    return _BARE in noun_verbs()[verb]


def phrase_at(words: Sequence[str], index: int, name: str) -> int:
    """Return how many words the longest phrase of `words/NAME.txt` has that stands at `index`; 0 where none does."""
    for phrase in phrases(name).get(words[index], ()):
        if tuple(words[index : index + len(phrase)]) == phrase:
            return len(phrase)
    return 0
