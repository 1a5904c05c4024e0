"""What must hold besides the words of a request: the conditions that `words/*/requests.txt` names.

Each takes a sentence's words and where the request's first and last (inclusive) of them stand.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from dripper.lint.asks.lexicon import at_hand, is_act, is_verb, phrase_at
from dripper.lint.wordlists import table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SHORT_WORDS = 7
_NEAR = 5


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
    before = _before(words, first)
    return before not in table("en/agents") or (before in ("and", "but") and words[max(0, first - 2)] == ",")


def _is_verb_next(words: Sequence[str], _first: int, last: int) -> bool:
    following = words[last + 1 : last + 3]
    if following and following[0].endswith("ly") and following[0] not in table("en/verbs"):
        following = following[1:]
    return bool(following) and is_act(following[0])


def _is_acting(words: Sequence[str], first: int, _last: int) -> bool:
    """Whether the verb is what is asked for: nobody else does it, and it is no noun."""
    before = _before(words, first)
    return not before or not before[0].isalnum() or before in table("en/acting")


def _has_matter(words: Sequence[str], _first: int, last: int) -> bool:
    """Whether somebody or something that is at hand stands behind: "someone has to sign the form by Friday"."""
    return not at_hand().isdisjoint(words[last + 1 :])


def _is_deed(words: Sequence[str], first: int, last: int) -> bool:
    """Whether what must be done is something that one does: "you have to get your own login"."""
    if _is_verb_next(words, first, last):
        return True
    following = words[last + 1 : last + 2]
    if not following or following[0] == "be":
        return False
    if following[0].startswith("re-"):
        return is_verb(following[0][3:])
    return is_verb(following[0]) and not table("en/reader-owned").isdisjoint(words[last + 2 : last + _NEAR])


def _is_told(words: Sequence[str], first: int, last: int) -> bool:
    """Whether somebody who is named is told to: "everybody grab a seat", and not "everybody hit traffic"."""
    return _is_verb_next(words, first, last) and words[last + 1] not in table("en/past-too")


def _is_due(words: Sequence[str], _first: int, last: int) -> bool:
    """Whether something is wanted by a time, not merely meant to be done then ("I need to run by noon")."""
    rest = words[last + 1 :]
    return bool(rest) and rest[0] != "to" and not table("en/deadlines").isdisjoint(rest)


def _is_thing(words: Sequence[str], _first: int, last: int) -> bool:
    return not _goods().isdisjoint(words[last + 1 : last + _NEAR])


def _is_of_things(words: Sequence[str], first: int, _last: int) -> bool:
    """Whether something that an office works with stands before: "the invoice needs to go out today"."""
    return _before(words, first) in _goods()


def _is_unsaid(words: Sequence[str], first: int, _last: int) -> bool:
    """Whether nobody else says it: "the governor said that taxes must be paid"."""
    return table("en/telling").isdisjoint(words[:first])


def _is_bare(words: Sequence[str], _first: int, last: int) -> bool:
    return table("en/finite").isdisjoint(words[last + 1 :])


@cache
def _goods() -> frozenset[str]:
    """Return what an office works with."""
    return at_hand() - table("en/deadlines") - table("en/no-goods")


def _is_doing(words: Sequence[str], _first: int, last: int) -> bool:
    following = words[last + 1] if last + 1 < len(words) else ""
    return following.endswith("ing") and following not in table("en/no-acts")


def _is_bidden(words: Sequence[str], _first: int, last: int) -> bool:
    """Whether "it is essential that …" wants something done: "that the forms be filed"."""
    rest = words[last + 1 :]
    if not table("en/bidden").isdisjoint(rest[:3]):
        return True
    return any(word == "be" and not _goes_with_be(before) for before, word in pairwise(rest))


def _goes_with_be(word: str) -> bool:
    return word in table("en/auxiliaries") or word in table("en/before-be")


def _comes_together(words: Sequence[str], first: int, last: int) -> bool:
    """Whether what we could do is to come together, and not to meet a deadline."""
    if words[last] == "meet":
        following = words[last + 1] if last + 1 < len(words) else "."
        return following in table("en/behind-meet") or following in table("en/deadlines") or not following[0].isalnum()
    return not table("en/social").isdisjoint(words[first : last + _NEAR])


def _is_inverted(words: Sequence[str], first: int, last: int) -> bool:
    if _before(words, first) == "so" and first > 1 and words[first - 2] == ",":
        return _is_verb_next(words, first, last)
    return _before(words, first) not in table("en/before-no-inversion")


def _proposes(words: Sequence[str], first: int, last: int) -> bool:
    """Whether "let's" or "lets" proposes an act, and does not only suppose ("let's just say")."""
    following = next((word for word in words[last + 1 : last + 3] if word != "just"), "")
    if following in table("en/said-only") or (last + 1 < len(words) and phrase_at(words, last + 1, "en/suspending")):
        return False
    return words[first] == "let's" or following == "not" or is_verb(following)


def _is_named(words: Sequence[str], index: int) -> bool:
    """Whether a verb at `index` tells of the word before, which is only named: "please is spelled with an a"."""
    return index < len(words) and words[index] in table("en/finite") and words[index] not in table("en/negations")


# It says of what kind a request is.
INVITATION = "invitation"
CONDITIONS: dict[str, Callable[[Sequence[str], int, int], bool]] = {
    "begins": _begins,
    "ends": _ends,
    "free": _is_free,
    "own": _is_own,
    "acting": _is_acting,
    "matter": _has_matter,
    "verb": _is_verb_next,
    "deed": _is_deed,
    "due": _is_due,
    "thing": _is_thing,
    "goods": _is_of_things,
    "unsaid": _is_unsaid,
    "bare": _is_bare,
    "doing": _is_doing,
    "bidden": _is_bidden,
    "told": _is_told,
    "together": _comes_together,
    "inverted": _is_inverted,
    "pleased": lambda words, first, last: (
        _before(words, first) not in table("en/before-please")
        and words[last + 1 : last + 2] != ["to"]
        and not _is_named(words, last + 1)
        and not (last + 1 < len(words) and phrase_at(words, last + 1, "en/courtesies"))
    ),
    "short": lambda words, _first, _last: len(words) <= _SHORT_WORDS,
    "lets": _proposes,
    INVITATION: lambda _words, _first, _last: True,
}
