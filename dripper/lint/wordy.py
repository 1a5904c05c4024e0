"""Where a text says with many words what a few would, and what those few are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dripper.lint.phrases import WORDY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.lint.reading import Reading

_UNSURE = "?"
_NOTHING = "nothing"
_VOWELS = frozenset("aeiou")


class Wordy(NamedTuple):
    """A phrase at `text[start:end]`; `shorter` says the same, and is empty where the phrase adds nothing."""

    start: int
    end: int
    shorter: str
    # Whether `shorter` may stand there without a person's look.
    is_safe: bool


def wordy_in(reading: Reading) -> Iterator[Wordy]:
    """Yield the wordy phrases of a text, but for those that it quotes."""
    for start, end, value in reading.phrases(WORDY):
        shorter = value.removesuffix(_UNSURE)
        yield Wordy(
            start,
            end,
            "" if shorter == _NOTHING else _like(reading.text[start:end], shorter),
            is_safe=value == shorter and _keeps_article(reading.text, start, value),
        )


def _like(written: str, shorter: str) -> str:
    """Return `shorter` with capitals where `written` has them."""
    if written.isupper():
        return shorter.upper()
    return shorter[0].upper() + shorter[1:] if written[0].isupper() else shorter


def _keeps_article(text: str, start: int, shorter: str) -> bool:
    """Whether "a" or "an" in front, where one is, fits `shorter` as it fits what stands at `start`."""
    before = text[max(0, start - len(" an ")) : start].lower().split()
    return before[-1:] not in (["a"], ["an"]) or (text[start].lower() in _VOWELS) == (shorter[0] in _VOWELS)
