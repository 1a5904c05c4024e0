"""Tables of phrases: which of their entries stand in a sentence, and what a table says of each.

An entry is the words of a phrase, as `Sentence.words` has them. In it
- `good/great` stands for one of these words, and `i'm/i_am` for one word or two;
- `just?` may be left out, and so may `i/we?`;
- `*` stands for at most two words;
- `^` is the beginning of the sentence or the place behind a mark, `$` the end or the place before one.
What stands behind `->` is the entry's value; `use/uses` there goes with the `utilize/utilizes` of the phrase.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from dripper.lint.wordlists import entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dripper.lint.reading import Reading, Sentence

_ANY = "*"
_GAPS = ((), (_ANY,), (_ANY, _ANY))


class Match(NamedTuple):
    """An entry that stands at the words `first` to `last` (inclusive), with its value."""

    first: int
    last: int
    value: str


class Found(NamedTuple):
    """An entry that stands at `text[start:end]` of a reading, within `sentence`, with its value."""

    start: int
    end: int
    value: str
    sentence: Sentence


class _Form(NamedTuple):
    """One way in which an entry may stand; it is looked for where its `anchor`, its longest word, is met."""

    words: tuple[str, ...]
    anchor: int
    begins: bool
    ends: bool
    value: str


class PhraseTable:
    """The phrases of one table."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._forms: dict[str, list[_Form]] = {}
        for line in lines:
            for form in _forms(line):
                self._forms.setdefault(form.words[form.anchor], []).append(form)
        # In a text without one of these words no entry stands.
        self.cues = frozenset(self._forms)

    def matches(self, words: Sequence[str]) -> Iterator[Match]:
        """Yield what stands in a sentence's `words`, from left to right; where two overlap, the first and longest."""
        found = [match for index, word in enumerate(words) for match in self._around(words, index, word)]
        reached = -1
        for match in sorted(found, key=lambda match: (match.first, -match.last)):
            if match.first > reached:
                reached = match.last
                yield match

    def _around(self, words: Sequence[str], index: int, word: str) -> Iterator[Match]:
        for form in self._forms.get(word, ()):
            first = index - form.anchor
            if first >= 0 and _stands(form, words, first):
                yield Match(first, first + len(form.words) - 1, form.value)


@cache
def phrase_table(name: str) -> PhraseTable:
    """Return the phrases of `words/NAME.txt`."""
    return PhraseTable(entries(name))


def phrases_in(reading: Reading, name: str) -> Iterator[Found]:
    """Yield the entries of `words/NAME.txt` that stand in `reading`, in their order."""
    table = phrase_table(name)
    if table.cues.isdisjoint(reading.vocabulary):
        return
    for sentence in reading.sentences:
        for first, last, value in table.matches(sentence.words):
            yield Found(sentence.tokens[first].start, sentence.tokens[last].end, value, sentence)


def _stands(form: _Form, words: Sequence[str], first: int) -> bool:
    end = first + len(form.words)
    if end > len(words) or (form.begins and first and _is_word(words[first - 1])):
        return False
    if form.ends and end < len(words) and _is_word(words[end]):
        return False
    return all(
        _is_word(word) if wanted == _ANY else word == wanted
        for wanted, word in zip(form.words, words[first:end], strict=True)
    )


def _is_word(word: str) -> bool:
    return word[0].isalnum()


def _forms(line: str) -> Iterator[_Form]:
    """Yield each way in which the entry of `line` may stand."""
    phrase, _, value = line.partition("->")
    parts = phrase.split()
    begins, ends = parts[0] == "^", parts[-1] == "$"
    parts = parts[begins : len(parts) - ends]
    for choice in product(*(enumerate(_choices(part)) for part in parts)):
        words = tuple(word for _, chosen in choice for word in chosen)
        taken = [number for part, (number, _) in zip(parts, choice, strict=True) if _has_twin(part)]
        yield _Form(words, _anchor(words), begins, ends, _value(value, taken))


def _choices(part: str) -> tuple[tuple[str, ...], ...]:
    if part == _ANY:
        return _GAPS
    if len(part) == 1:
        return ((part,),)
    chosen = tuple(tuple(each.split("_")) for each in part.removesuffix("?").split("/"))
    return ((), *chosen) if part.endswith("?") else chosen


def _has_twin(part: str) -> bool:
    return len(part) > 1 and "/" in part and not part.endswith("?")


def _value(value: str, taken: Sequence[int]) -> str:
    """Return `value` with, of each word that has choices, the one that goes with the phrase's choice."""
    numbers = iter(taken)
    return " ".join(word.split("/")[next(numbers)] if _has_twin(word) else word for word in value.split())


def _anchor(words: Sequence[str]) -> int:
    return max(range(len(words)), key=lambda index: (words[index] != _ANY, len(words[index])))
