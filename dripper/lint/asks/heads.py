"""Where the clauses of a sentence begin that may have no subject: only there can a verb be an imperative.

What may come before the verb is skipped: a name that is called, a greeting, an adverb, an introducing clause up to its
comma, another clause up to "so" or "but".
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dripper.lint.asks.lexicon import all_verbs, is_verb, phrase_at
from dripper.lint.said import QUOTED
from dripper.lint.wordlists import phrases, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dripper.lint.sentence import Sentence

BREAKS = frozenset(":;-–—*•>|…!?()")
# A called name, "ok" or "thanks" before a comma has no more words than this.
_CALLED_WORDS = 3
# Nobody reads a clause of more words; so that a hostile text costs no more than a long one.
CLAUSE_WORDS = 60
# "When you land call me" has the fewest words that such a sentence may have.
_LEAST_WORDS = 4
# "From next Monday morning use the back door" opens with as many as any.
_TIME_WORDS = 6


def only_tells(words: Sequence[str]) -> bool:
    """Whether a sentence is one clause, and begins with no verb: nowhere in it can an imperative stand."""
    first = words[0]
    if first in _beginnings() or not (first.isalpha() or first[0].isdigit()) or first.endswith("ly"):
        return False
    return _edges().isdisjoint(words[1:-1]) and (len(words) == 1 or words[1] not in _behind_new_verbs())


@cache
def _beginnings() -> frozenset[str]:
    """Return the words that may stand before an imperative, or be one."""
    skipped = table("en/openers") | table("en/introductions") | phrases("en/leads").keys()
    return skipped | table("en/negations") | phrases("en/wishes").keys() | all_verbs() | {"do"}


@cache
def _behind_new_verbs() -> frozenset[str]:
    return table("en/new-objects") | table("en/new-particles")


def heads(sentence: Sentence) -> Iterator[int]:
    """Yield, in order, each word at which an imperative may stand."""
    words = sentence.said
    reached = _skipped(words, 0)
    yield reached
    if reached == 0 and words[0] in table("en/introductions"):
        yield from _behind_clause(words)
        yield from _behind_time(words)
    start, edges, inner = 0, _edges(), words[:-1]
    if edges.isdisjoint(inner):
        return
    for edge in [index for index, word in enumerate(inner) if word in edges]:
        mark = words[edge]
        if mark == ".":
            if not _ends_sentence(sentence, edge):
                continue
            start = edge + 1
        elif mark in BREAKS:
            start = edge + 1
        elif not (_ends_opening(sentence, start, edge) if mark == "," else _joins(words, start, edge)):
            continue
        elif mark == "," and _introduces(words[edge + 1]):
            # Behind a called name an introducing clause begins anew.
            start = edge + 1
            continue
        if edge >= reached:
            reached = _skipped(words, edge + 1)
            yield reached


@cache
def _edges() -> frozenset[str]:
    return BREAKS | {",", "."} | table("en/joints")


def _ends_sentence(sentence: Sentence, dot: int) -> bool:
    """Whether a sentence ends at the `dot` though no blank follows ("Thanks.Call me"), or behind "p.m."."""
    if sentence.is_glued(dot):
        return sentence.is_capital(dot + 1) and len(sentence.said[dot - 1]) > 1
    return len(sentence.said[dot - 1]) > 1 and sentence.said[dot - 1] not in table("en/before-numbers")


def _introduces(word: str) -> bool:
    return word in table("en/introductions") and word not in table("en/openers") and not is_verb(word)


def _behind_clause(words: Sequence[str]) -> Iterator[int]:
    """Yield the verb that turns to the reader right behind a clause that no comma closes: "when you land call me"."""
    if len(words) > _LEAST_WORDS and (words[1] == "you" or words[1] in table("en/subjects-only")):
        for index in range(_LEAST_WORDS - 1, min(len(words) - 1, CLAUSE_WORDS)):
            if words[index] == ",":
                return
            if (
                words[index + 1] in table("en/reached")
                and is_verb(words[index])
                and not _goes_before_verb(words[index - 1])
            ):
                yield index


def _behind_time(words: Sequence[str]) -> Iterator[int]:
    """Yield the verb with its object right behind a time that opens the sentence: "from Monday use the back door"."""
    deadlines, objects = table("en/deadlines"), table("en/objects")
    for index in range(2, min(_TIME_WORDS, len(words) - 1)):
        if words[index - 1] in deadlines and words[index + 1] in objects and is_verb(words[index]):
            yield index


def _goes_before_verb(word: str) -> bool:
    return word in _before_verbs()


@cache
def _before_verbs() -> frozenset[str]:
    return (table("en/agents") | table("en/auxiliaries") | table("en/subjects")) - {"there"}


def _skipped(words: Sequence[str], index: int) -> int:
    """Return the first word from `index` on that is no adverb and no mark."""
    openers, leads, skipped = table("en/openers"), phrases("en/leads"), _skippable()
    while index < len(words) - 1:
        word = words[index]
        if word not in skipped and word[0].isalnum() and word[-2:] != "ly":
            break
        lead = phrase_at(words, index, "en/leads") if word in leads else 0
        if lead and index + lead < len(words):
            index += lead
        elif word == "@" and index + 2 < len(words):
            index += 2
        elif word in openers or _is_passed(word):
            index += 1
        else:
            break
    return index


@cache
def _skippable() -> frozenset[str]:
    return table("en/openers") | phrases("en/leads").keys()


def _is_passed(word: str) -> bool:
    """Whether it is an adverb or a mark."""
    if word[0].isalnum():
        return word.endswith("ly") and not is_verb(word)
    return word not in ("$", QUOTED)


def _ends_opening(sentence: Sentence, start: int, comma: int) -> bool:
    """Whether the words up to the `comma` only open what follows: a name, a greeting, "if …", "I am out"."""
    words = sentence.said
    if not 0 < comma - start <= CLAUSE_WORDS:
        return False
    opening = words[start:comma]
    following = words[comma + 1]
    if opening[0] in table("en/introductions"):
        return following not in ("and", "or") and not _goes_on(words, comma)
    if len(opening) <= _CALLED_WORDS and (len(opening) == 1 or _is_called(sentence, start, comma)):
        return True
    if len(opening) <= _CALLED_WORDS and words[comma + 2 : comma + 3] and words[comma + 2] in table("en/objects"):
        return is_verb(following)
    if following in ("and", "or"):
        return following == "and" and opening[0] in table("en/wishing")
    return following in table("en/urging") or (_tells(opening) and following not in table("en/subjects"))


def _goes_on(words: Sequence[str], comma: int) -> bool:
    """Whether a list or a clause of the opening goes on behind the `comma`, up to another and a subject."""
    if words[comma + 1] in table("en/subjects"):
        return True
    rest = words[comma + 1 : comma + CLAUSE_WORDS]
    later = rest.index(",") + 1 if "," in rest else len(rest)
    return later < len(rest) and rest[later] in table("en/subjects")


def _is_called(sentence: Sentence, start: int, comma: int) -> bool:
    openers, introductions = table("en/openers"), table("en/introductions")
    return all(
        word in openers or word in introductions or sentence.is_capital(start + index)
        for index, word in enumerate(sentence.said[start:comma])
    )


def _tells(clause: Sequence[str]) -> bool:
    """Whether it is a clause of its own, which tells how things are."""
    return _is_own(clause) or not table("en/states").isdisjoint(clause)


def _is_own(clause: Sequence[str]) -> bool:
    return clause[0] in table("en/own-clauses")


def _joins(words: Sequence[str], start: int, joint: int) -> bool:
    """Whether "so", "but" or "then" at `joint` may begin a clause that turns to the reader."""
    if joint == start or words[joint - 1] in table("en/linked"):
        return False
    if words[joint] == "but" and words[joint - 1] == "," and joint + 2 < len(words):
        verb, following = words[joint + 1 : joint + 3]
        if verb in table("en/verbs") and following in table("en/objects"):
            return True
    if words[joint] == "so" and joint + 2 < len(words) and is_verb(words[joint + 1]):
        verb, following = words[joint + 1 : joint + 3]
        if verb in table("en/verbs") or (following in table("en/objects") and following != "that"):
            return True
    return _is_own(words[start : start + 1])
