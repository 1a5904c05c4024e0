"""Where the clauses of a sentence begin, and whether one begins with an imperative.

An imperative has no subject before it: only at the beginning of a clause can a verb be one. What may come before it
there is skipped: a name that is called, a greeting, an adverb, an introducing clause up to its comma.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.wordlists import phrases, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dripper.lint.reading import Sentence

_BREAKS = frozenset(":;-–—*•>|…!?")
# A called name, "ok" or "thanks" before a comma has no more words than this.
_CALLED_WORDS = 3
# No clause that is meant for a reader is longer.
_CLAUSE_WORDS = 40


def imperatives(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield the first and last token (inclusive) of each imperative that asks the reader to act."""
    reach = -1
    for head in _heads(sentence.words):
        if head <= reach:
            continue
        last = _imperative_at(sentence, head)
        if last is not None:
            reach = last
            yield head, last


def _heads(words: Sequence[str]) -> Iterator[int]:
    """Yield where a clause without a subject may begin, in order, behind what is skipped there."""
    introduced = False
    start = 0
    reached = -1
    before = "!"
    for index, word in enumerate(words):
        begins = before in _BREAKS
        if begins:
            start = index
            introduced = word in table("en/introductions")
        elif before == ",":
            begins = introduced or index - start <= _CALLED_WORDS + 1
            # Behind the comma the main clause begins; what follows has its subject.
            introduced = introduced and word not in table("en/subjects")
        if begins and index > reached:
            reached = _skipped(words, index)
            yield reached
        before = word


def _skipped(words: Sequence[str], index: int) -> int:
    """Return the first word from `index` on that is no adverb and no mark."""
    while index < len(words) - 1 and (words[index] in table("en/openers") or not words[index][0].isalnum()):
        index += 1
    return index


def _imperative_at(sentence: Sentence, head: int) -> int | None:
    """Return the last token of the verb with its object's first word, where an imperative stands at `head`."""
    words = sentence.words
    head = _behind_negation(words, head)
    verb = words[head]
    for name in ("en/act-nouns", "en/plain-phrases"):
        for phrase in phrases(name).get(verb, ()):
            if len(phrase) > 1 and _matches(words, head, phrase):
                return head + len(phrase) - 1
    if _is_none(words, head) or not _asks(sentence, head):
        return None
    last = min(head + 1, len(words) - 1)
    if sentence.is_headline and (verb not in table("en/act-verbs") or last == head):
        return None
    return last


def _behind_negation(words: Sequence[str], head: int) -> int:
    """Return where the verb of a prohibition stands ("do not miss"); `head` where there is none."""
    following = words[head + 1 : head + 3]
    if words[head] in ("don't", "never") and following:
        return head + 1
    return head + 2 if words[head] == "do" and following[:1] == ["not"] and len(following) == 2 else head


def _is_none(words: Sequence[str], head: int) -> bool:
    """Whether the verb begins a wish ("have a good week"), or is the subject of what follows."""
    if any(_matches(words, head, phrase) for phrase in phrases("en/wishes").get(words[head], ())):
        return True
    return head + 1 < len(words) and words[head + 1] in table("en/finite")


def _asks(sentence: Sentence, head: int) -> bool:
    verb = sentence.words[head]
    if verb in table("en/act-verbs"):
        return True
    if head + 1 == len(sentence.words):
        return False
    if verb in table("en/act-nouns"):
        return _is_object(sentence, head + 1)
    return verb in table("en/plain-verbs") and _turns_to_us(sentence, head)


def _matches(words: Sequence[str], head: int, phrase: tuple[str, ...]) -> bool:
    return tuple(words[head : head + len(phrase)]) == phrase


def _is_object(sentence: Sentence, index: int) -> bool:
    """Whether an object stands at `index`; a name does, unless a verb behind it makes it part of a subject."""
    words = sentence.words
    if words[index] in table("en/objects"):
        return True
    end = index
    while end < len(words) and _is_name(sentence, end):
        end += 1
    return end > index and (end == len(words) or words[end] not in table("en/finite"))


def _is_name(sentence: Sentence, index: int) -> bool:
    return sentence.words[index] != "i" and sentence.is_capital(index)


def _turns_to_us(sentence: Sentence, head: int) -> bool:
    at_hand = table("en/at-hand")
    rest = range(head + 1, min(head + 1 + _CLAUSE_WORDS, len(sentence.words)))
    return any(
        sentence.words[index] in at_hand or sentence.words[index][0].isdigit() or _is_name(sentence, index)
        for index in rest
    )
