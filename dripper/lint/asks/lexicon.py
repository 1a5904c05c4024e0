"""The verbs: which words may be one in its base form, and which of them are something else as often."""

from __future__ import annotations

from functools import cache

from dripper.lint.wordlists import entries, table

_BARE = "+"


@cache
def noun_verbs() -> dict[str, frozenset[str]]:
    """Return the verbs that are nouns or adjectives as well, each with the words that make a verb of it."""
    split = (entry.split() for entry in entries("en/noun-verbs"))
    return {verb: frozenset(following) for verb, *following in split}


def is_verb(word: str) -> bool:
    """Whether `word` may be a verb in its base form."""
    return word in table("en/verbs") or word in noun_verbs()


def is_act(word: str) -> bool:
    """Whether `word` may be a verb for something that one does, not for what happens to one."""
    return is_verb(word) and word not in table("en/stative")


def takes_bare_noun(verb: str) -> bool:
    """Whether `verb`, though a noun as well, may have a noun without an article for its object."""
    return _BARE in noun_verbs()[verb]
