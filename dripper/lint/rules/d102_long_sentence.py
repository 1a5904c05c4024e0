"""A sentence is longer than one breath.

Finds: a sentence of the text with more than 25 words, names and numbers among them. The cure names the place near its
middle where a full stop fits best.

Why: the reader has to keep the beginning in mind until the end comes. Two short sentences are read once, a long one
twice.

Fires:
    Shops that send the reminder at 8 am win back one cart in seven, which is far more than at night, and so
    most of them moved it last year.

Instead:
    Shops that send the reminder at 8 am win back one cart in seven. That is far more than at night.

Source: GOV.UK, "Sentence length: why 25 words is our limit"
(https://insidegovuk.blog.gov.uk/2014/08/04/sentence-length-why-25-words-is-our-limit/).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dripper.lint.rule import Finding, Rule, Writing
from dripper.lint.sentence import Sentence
from dripper.lint.wordlists import table
from dripper.problem import Severity

_WORDS = 25
_STOPS = frozenset(";:–—")
_JOINTS = frozenset({"and", "but", "so", "yet", "because", "while", "which", "whereas", "although", "where"})
# What begins a clause even without a comma before it.
_TURNS = frozenset({"because", "but", "whereas", "although"})
# Fewer words before or behind a full stop are no sentence.
_LEAST = 4
# How many words of the second part are named.
_SHOWN = 3


def check(writing: Writing) -> Iterable[Finding]:
    """Find each sentence with too many words."""
    for sentence in writing.text.sentences:
        if len(sentence.words) > _WORDS:
            return _found(writing)
    return ()


def _found(writing: Writing) -> Iterator[Finding]:
    for sentence in writing.text.sentences:
        count = sum(any(map(str.isalnum, piece)) for piece in sentence.text.split())
        if count > _WORDS:
            yield Finding(
                reading=writing.text,
                start=sentence.start,
                end=sentence.end,
                message=f"a sentence of {count} words, {count - _WORDS} over {_WORDS}",
                cure=_cure(sentence, count - _WORDS),
            )


def _cure(sentence: Sentence, over: int) -> str:
    """Return where a full stop fits: of the best kind of places the one that is nearest to the middle."""
    words = sentence.words
    ranked = [
        (rank, abs(2 * index - len(words)), index)
        for index in range(_LEAST, len(words) - _LEAST)
        if (rank := _rank(sentence, index))
    ]
    if not ranked:
        return f"cut {over} word{'s' * (over > 1)}, or make two sentences of it"
    _, _, index = min(ranked)
    first = index + (words[index] in _STOPS)
    start, end = sentence.place(first, min(first + _SHOWN, len(words)) - 1)
    begin = sentence.text[start - sentence.start : end - sentence.start]
    return f'make two sentences of it: a full stop fits before "{begin}"'


def _rank(sentence: Sentence, index: int) -> int:
    """Return how well a full stop fits at word `index`, 1 being best; 0 where it does not."""
    words = sentence.words
    word, before, following = words[index], words[index - 1], words[index + 1]
    if word in _STOPS and not sentence.is_glued(index):
        return 1
    if word in _JOINTS and before == ",":
        return 2
    if word in _TURNS or (word in _JOINTS and following in table("en/subjects")):
        return 3
    return 0


RULE = Rule(code="D102", name="long-sentence", severity=Severity.ADVICE, doc=__doc__, on_message=check, drafts=True)
