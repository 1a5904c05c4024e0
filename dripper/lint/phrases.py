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
    """One way in which an entry may stand; it is looked for where its `anchor` is met."""

    words: list[str]
    has_gap: bool
    anchor: int
    begins: bool
    ends: bool
    value: str


class _Entry(NamedTuple):
    """An entry as written; a text is searched for the words that part number `slot` may be, its rarest ones."""

    parts: list[str]
    slot: int
    begins: bool
    ends: bool
    value: str


class PhraseTable:
    """The phrases of one table; none is looked for by a word that is `common` where it has a rarer one."""

    def __init__(self, lines: Iterable[str], common: Sequence[str] = ()) -> None:
        self._ranks = {word: rank for rank, word in enumerate(common)}
        self._entries: dict[str, list[_Entry]] = {}
        self._forms: dict[str, list[_Form]] = {}
        for entry in map(self._entry, lines):
            for choice in _choices(entry.parts[entry.slot]):
                self._entries.setdefault(self._rarest(choice), []).append(entry)
        # In a text without one of these words no entry stands.
        self.cues = frozenset(self._entries)

    def forms(self, cue: str) -> list[_Form]:
        """Return every way in which the entries may stand that are looked for by `cue`; made when it is first met."""
        if cue not in self._forms:
            self._forms[cue] = [form for entry in self._entries[cue] for form in self._ways(entry, cue)]
        return self._forms[cue]

    def matches(self, words: list[str]) -> Iterator[Match]:
        """Yield what stands in a sentence's `words`, from left to right; where two overlap, the first and longest."""
        if self.cues.isdisjoint(words):
            return
        found = []
        for index, word in enumerate(words):
            if word in self.cues:
                for form in self.forms(word):
                    first = index - form.anchor
                    if first < 0 or (words[first] != form.words[0] and not form.has_gap):
                        continue
                    piece = words[first : first + len(form.words)]
                    if (piece == form.words or (form.has_gap and _fits(form, piece))) and _is_free(form, words, first):
                        found.append(Match(first, first + len(piece) - 1, form.value))
        reached = -1
        for match in sorted(found, key=lambda match: (match.first, -match.last)) if found else ():
            if match.first > reached:
                reached = match.last
                yield match

    def _entry(self, line: str) -> _Entry:
        phrase, _, value = line.partition("->")
        parts = phrase.split()
        begins, ends = parts[0] == "^", parts[-1] == "$"
        parts = parts[begins : len(parts) - ends]
        return _Entry(parts, self._slot(parts), begins, ends, value.strip())

    def _slot(self, parts: Sequence[str]) -> int:
        """Return the part that no form leaves out and that is rare whatever it is."""
        weights = [*map(self._least_weight, parts)]
        return weights.index(max(weights))

    def _least_weight(self, part: str) -> int:
        """Return how rare a part is at least, whatever stands for it."""
        if part == _ANY:
            return -1
        if len(part) == 1 or not ("/" in part or "_" in part or part.endswith("?")):
            return self._weight(part)
        return min(max(map(self._weight, choice), default=-1) for choice in _choices(part))

    def _weight(self, word: str) -> int:
        """Return how rare `word` is, as far as it is known; of the others a long one is."""
        return self._ranks[word] if word in self._ranks else len(self._ranks) + len(word)

    def _rarest(self, choice: Sequence[str]) -> str:
        return max(choice, key=self._weight)

    def _ways(self, entry: _Entry, cue: str) -> Iterator[_Form]:
        """Yield the forms of `entry` with `cue` in them."""
        choices = [_choices(part) for part in entry.parts]
        twins = [at for at, part in enumerate(entry.parts) if _has_twin(part)] if "/" in entry.value else []
        with_cue = [choice for choice in choices[entry.slot] if self._rarest(choice) == cue]
        for chosen in product(*choices[: entry.slot], with_cue, *choices[entry.slot + 1 :]):
            words = [word for each in chosen for word in each]
            anchor = sum(map(len, chosen[: entry.slot])) + chosen[entry.slot].index(cue)
            meant = _value(entry.value, [choices[at].index(chosen[at]) for at in twins]) if twins else entry.value
            yield _Form(words, _ANY in words, anchor, entry.begins, entry.ends, meant)


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
            yield Found(*sentence.place(first, last), value)


def _fits(form: _Form, piece: Sequence[str]) -> bool:
    """Whether `piece` is a phrase that has gaps."""
    return len(piece) == len(form.words) and all(
        _is_word(word) if wanted == _ANY else word == wanted for wanted, word in zip(form.words, piece, strict=True)
    )


def _is_free(form: _Form, words: Sequence[str], first: int) -> bool:
    """Whether no word stands before or behind, where the entry asks for none."""
    end = first + len(form.words)
    if form.begins and first and _is_word(words[first - 1]):
        return False
    return not (form.ends and end < len(words) and _is_word(words[end]))


def _is_word(word: str) -> bool:
    return word[0].isalnum()


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
