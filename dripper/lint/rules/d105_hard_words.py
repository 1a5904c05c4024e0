"""Long words make the text hard to read.

Finds: a text of ten words or more that is hard or very hard to read by its long words and sentences, and names the
words that cause it. Names do not count. It runs where it is selected, and needs `pip install 'dripper[readability]'`.

Why: who reads between two meetings, or in a second language, skips what does not open at once.

Fires:
    Harmonisation of interoperability requirements necessitates considerable organisational transformation in most
    procurement departments.

Instead:
    When two shops name their sizes alike, most buyers find the right one at once and fewer parcels come back.

Source: R. Flesch, "A new readability yardstick" (1948): a reading ease below 50 is hard, below 30 very hard. Of a text
as short as this only the band means anything, so no grade is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from dripper.errors import UsageError
from dripper.lint.rule import Finding, Rule, Writing
from dripper.problem import Severity

if TYPE_CHECKING:
    from textstat.textstat import textstatistics

    from dripper.lint.sentence import Sentence

_LEAST_WORDS = 10
_BANDS = ((30, "very hard to read"), (50, "hard to read"))
# From so many syllables on a word is long; a word of three is where it has so many letters.
_SYLLABLES, _LETTERS = 4, 10
_SHOWN = 5
# Whatever is longer is no message, and no word.
_MOST_CHARS, _MOST_LETTERS = 1_000, 40


class _Word(NamedTuple):
    """A word and where it stands."""

    word: str
    start: int
    end: int


def check(writing: Writing) -> Iterator[Finding]:
    """Find a text that is hard to read, at its longest word."""
    text = writing.text.text[:_MOST_CHARS]
    if len(text.split()) < _LEAST_WORDS:
        return
    syllable_count = _textstat().syllable_count
    sentences = [sentence for sentence in writing.text.sentences if sentence.end <= _MOST_CHARS]
    words = [(syllable_count(token.word), token) for sentence in sentences for token in _plain_words(sentence)]
    band = _band(sum(count for count, _ in words), len(words), len(sentences))
    long = {token.word: (count, token) for count, token in reversed(words) if _is_long(count, token)}
    if band and long:
        listed = sorted(long.values(), key=lambda each: (-each[0], each[1].start))
        named = ", ".join(f'"{token.word}"' for _, token in listed[:_SHOWN])
        yield Finding(
            reading=writing.text,
            start=listed[0][1].start,
            end=listed[0][1].end,
            message=f"{band}: {named}",
            cure="say it in words that one speaks",
        )


def _plain_words(sentence: Sentence) -> Iterator[_Word]:
    """Yield the words that are no names and no numbers."""
    for index, word in enumerate(sentence.words):
        if word.replace("'", "").isalpha() and len(word) <= _MOST_LETTERS and not _is_name(sentence, index):
            yield _Word(word, *sentence.places[index])


def _band(syllables: int, words: int, sentences: int) -> str | None:
    """Return the band of Flesch's reading ease; `None` where the text is not hard to read."""
    if words < _LEAST_WORDS or not sentences:
        return None
    ease = 206.835 - 1.015 * words / sentences - 84.6 * syllables / words
    return next((name for below, name in _BANDS if ease < below), None)


def _is_long(syllables: int, token: _Word) -> bool:
    return syllables >= _SYLLABLES or (syllables == _SYLLABLES - 1 and len(token.word) >= _LETTERS)


def _is_name(sentence: Sentence, index: int) -> bool:
    """Whether the word has a capital where a sentence asks for none, or where a second name follows."""
    if index == 0:
        return sentence.is_capital(0) and len(sentence.words) > 1 and sentence.is_capital(1)
    return sentence.is_capital(index)


def _textstat() -> textstatistics:
    try:
        from textstat import textstat
    except ImportError as error:
        raise UsageError(
            "D105 counts syllables with textstat, which is not installed",
            cure="pip install 'dripper[readability]', or leave D105 out",
        ) from error
    return textstat


RULE = Rule(
    code="D105",
    name="hard-words",
    severity=Severity.ADVICE,
    doc=__doc__,
    on_message=check,
    drafts=True,
    default=False,
)
