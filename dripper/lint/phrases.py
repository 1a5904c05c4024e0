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
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dripper.lint.reading import Reading

_ANY = "*"
_GAPS = ((), (_ANY,), (_ANY, _ANY))


class Match(NamedTuple):
    """An entry that stands at the words `first` to `last` (inclusive), with its value."""

    first: int
    last: int
    value: str


class Found(NamedTuple):
    """An entry that stands at `text[start:end]` of a reading, with its value."""

    start: int
    end: int
    value: str


class _Form(NamedTuple):
    """One way in which an entry may stand; it is looked for where its `anchor`, its rarest word, is met."""

    words: list[str]
    has_gap: bool
    anchor: int
    begins: bool
    ends: bool
    value: str


class PhraseTable:
    """The phrases of one table; none is looked for by a word that is `common` where it has a rarer one."""

    def __init__(self, lines: Iterable[str], common: Sequence[str] = ()) -> None:
        ranks = {word: rank for rank, word in enumerate(common)}
        self._forms: dict[str, list[_Form]] = {}
        for line in lines:
            for form in _forms(line, ranks):
                self._forms.setdefault(form.words[form.anchor], []).append(form)
        # In a text without one of these words no entry stands.
        self.cues = frozenset(self._forms)

    def matches(self, words: list[str]) -> Iterator[Match]:
        """Yield what stands in a sentence's `words`, from left to right; where two overlap, the first and longest."""
        forms = self._forms
        found = [
            Match(index - form.anchor, index - form.anchor + len(form.words) - 1, form.value)
            for index, word in enumerate(words)
            if word in forms
            for form in forms[word]
            if _stands(form, words, index - form.anchor)
        ]
        reached = -1
        for match in sorted(found, key=lambda match: (match.first, -match.last)) if found else ():
            if match.first > reached:
                reached = match.last
                yield match


@cache
def phrase_table(name: str) -> PhraseTable:
    """Return the phrases of `words/NAME.txt`, a name such as `en/wordy`."""
    return PhraseTable(entries(name), entries(f"{name.partition('/')[0]}/common"))


def phrases_in(reading: Reading, name: str) -> Iterator[Found]:
    """Yield the entries of `words/NAME.txt` that stand in `reading`, in their order, but for what it quotes."""
    table = phrase_table(name)
    if table.cues.isdisjoint(reading.vocabulary):
        return
    for sentence in reading.sentences:
        for first, last, value in table.matches(sentence.said):
            yield Found(sentence.tokens[first].start, sentence.tokens[last].end, value)


def _stands(form: _Form, words: list[str], first: int) -> bool:
    end = first + len(form.words)
    if first < 0 or end > len(words):
        return False
    if form.words != words[first:end] and not _fits(form, words[first:end]):
        return False
    if form.begins and first and _is_word(words[first - 1]):
        return False
    return not (form.ends and end < len(words) and _is_word(words[end]))


def _fits(form: _Form, words: list[str]) -> bool:
    return form.has_gap and all(
        _is_word(word) if wanted == _ANY else word == wanted for wanted, word in zip(form.words, words, strict=True)
    )


def _is_word(word: str) -> bool:
    return word[0].isalnum()


def _forms(line: str, ranks: Mapping[str, int]) -> Iterator[_Form]:
    """Yield each way in which the entry of `line` may stand."""
    phrase, _, value = line.partition("->")
    value = value.strip()
    parts = phrase.split()
    begins, ends = parts[0] == "^", parts[-1] == "$"
    parts = parts[begins : len(parts) - ends]
    twins = [at for at, part in enumerate(parts) if _has_twin(part)] if "/" in value else []
    choices = [_choices(part) for part in parts]
    for chosen in product(*choices):
        words = [word for each in chosen for word in each]
        meant = _value(value, [choices[at].index(chosen[at]) for at in twins]) if twins else value
        yield _Form(words, _ANY in words, _anchor(words, ranks), begins, ends, meant)


@cache
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


def _anchor(words: Sequence[str], ranks: Mapping[str, int]) -> int:
    """Return which of `words` is the rarest, as far as it is known; else the longest."""
    unknown = len(ranks)
    weights = [-1 if word == _ANY else (ranks[word] if word in ranks else unknown + len(word)) for word in words]
    return weights.index(max(weights))
