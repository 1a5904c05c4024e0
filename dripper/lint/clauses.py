"""Where the clauses of a sentence begin, and whether one begins with an imperative.

An imperative has no subject before it: only at the beginning of a clause can a verb be one. What may come before it
there is skipped: a name that is called, a greeting, an adverb, an introducing clause up to its comma.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dripper.lint.wordlists import phrases, table

if TYPE_CHECKING:
    from dripper.lint.reading import Sentence
    from dripper.text.words import Token

_BREAKS = frozenset(":;-–—*•>|…!?")
# A called name, "ok" or "thanks" before a comma has no more words than this.
_CALLED_WORDS = 3


def imperatives(sentence: Sentence, text: str) -> Iterator[tuple[int, int]]:
    """Yield the first and last token (inclusive) of each imperative that asks the reader to act."""
    tokens = sentence.tokens
    headline = _is_headline(tokens, text)
    reach = -1
    for head in _heads(tokens):
        if head <= reach:
            continue
        last = _imperative_at(tokens, head, text, headline=headline)
        if last is not None:
            reach = last
            yield head, last


def _heads(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield where a clause without a subject may begin, in order, behind what is skipped there."""
    introduced = False
    start = 0
    for index, token in enumerate(tokens):
        before = tokens[index - 1].word if index else "!"
        if before in _BREAKS:
            start = index
            introduced = token.word in table("en/introductions")
            yield _skipped(tokens, index)
        elif before == ",":
            if introduced or index - start <= _CALLED_WORDS + 1:
                yield _skipped(tokens, index)
            # Behind the comma the main clause begins; what follows has its subject.
            introduced = introduced and token.word not in table("en/subjects")


def _skipped(tokens: Sequence[Token], index: int) -> int:
    """Return the first token from `index` on that is no adverb or mark."""
    while index < len(tokens) - 1 and (tokens[index].word in table("en/openers") or not tokens[index].is_word):
        index += 1
    return index


def _imperative_at(tokens: Sequence[Token], head: int, text: str, *, headline: bool) -> int | None:
    """Return the last token of the verb with its object's first word, where an imperative stands at `head`."""
    head = _behind_negation(tokens, head)
    verb = tokens[head].word
    for name in ("en/act-nouns", "en/plain-phrases"):
        for phrase in phrases(name).get(verb, ()):
            if len(phrase) > 1 and _matches(tokens, head, phrase):
                return head + len(phrase) - 1
    last = min(head + 1, len(tokens) - 1)
    if _is_none(tokens, head) or (headline and (verb not in table("en/act-verbs") or last == head)):
        return None
    return last if _asks(tokens, head, text) else None


def _behind_negation(tokens: Sequence[Token], head: int) -> int:
    """Return where the verb of a prohibition stands ("do not miss"); `head` where there is none."""
    word, following = tokens[head].word, [token.word for token in tokens[head + 1 : head + 3]]
    if word in ("don't", "never") and following:
        return head + 1
    return head + 2 if word == "do" and following[:1] == ["not"] and len(following) == 2 else head


def _is_none(tokens: Sequence[Token], head: int) -> bool:
    """Whether the verb begins a wish ("have a good week"), or is the subject of what follows."""
    if any(_matches(tokens, head, phrase) for phrase in phrases("en/wishes").get(tokens[head].word, ())):
        return True
    return head + 1 < len(tokens) and tokens[head + 1].word in table("en/finite")


def _asks(tokens: Sequence[Token], head: int, text: str) -> bool:
    verb = tokens[head].word
    if verb in table("en/act-verbs"):
        return True
    if head + 1 == len(tokens):
        return False
    if verb in table("en/act-nouns"):
        return _is_object(tokens, head + 1, text)
    return verb in table("en/plain-verbs") and _turns_to_us(tokens, head, text)


def _matches(tokens: Sequence[Token], head: int, phrase: tuple[str, ...]) -> bool:
    return tuple(token.word for token in tokens[head : head + len(phrase)]) == phrase


def _is_object(tokens: Sequence[Token], index: int, text: str) -> bool:
    """Whether an object stands at `index`; a name does, unless a verb behind it makes it part of a subject."""
    if tokens[index].word in table("en/objects"):
        return True
    end = index
    while end < len(tokens) and _is_name(tokens[end], text):
        end += 1
    return end > index and (end == len(tokens) or tokens[end].word not in table("en/finite"))


def _is_name(token: Token, text: str) -> bool:
    return text[token.start].isupper() and token.word != "i"


def _turns_to_us(tokens: Sequence[Token], head: int, text: str) -> bool:
    rest = tokens[head + 1 :]
    return any(token.word in table("en/at-hand") or token.word[0].isdigit() or _is_name(token, text) for token in rest)


def _is_headline(tokens: Sequence[Token], text: str) -> bool:
    """Whether nearly every long word begins with a capital."""
    long = [token for token in tokens if len(token.word) > 3 and token.word[0].isalpha()]
    return len(long) > 3 and sum(text[token.start].isupper() for token in long) > 0.75 * len(long)
