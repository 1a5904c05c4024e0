"""A text without what hides its words: invisible characters inside a word, and letters that only look Latin.

Whoever wants past a filter writes "b<zero-width space>ook a call" or takes a Cyrillic letter for a Latin one; copying
from a web page does the same by chance. The reader sees the plain word, and so must every rule.
"""

from __future__ import annotations

import re

# What no reader sees: soft hyphen, zero-width characters, marks of direction, word joiner, byte order mark.
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_VEILED = re.compile(f"[{_INVISIBLE}\u0370-\u03ff\u0400-\u04ff\uff01-\uff5e\U0001d400-\U0001d7cb]")
_HIDDEN = re.compile(f"[{_INVISIBLE}]+")
_JOINERS = "\u200c\u200d"
# Latin, Greek and Cyrillic letters need no joiner; they stand up to here.
_LAST_OF_EUROPE = "\u052f"
_WORD = re.compile(r"\w+")
_LATIN = re.compile("[A-Za-z]")
# Cyrillic and Greek letters whose shapes are those of a Latin letter (Unicode confusables, UTS #39).
_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХЬаеіјорсухѕһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧορυν",
    "ABESIJKMHOPCTYXbaeijopcyxshdqwABEZHIKMNOPTYXopuv",
)


def unveiled(text: str) -> tuple[str, tuple[int, ...] | None]:
    """Return `text` as it is seen, and where each of its characters and its end stand in `text`.

    `None` for the places where all of them stand where they stood.
    """
    if text.isascii() or _VEILED.search(text) is None:
        return text, None
    narrow = _narrow(text)
    hidden = frozenset(
        at for match in _HIDDEN.finditer(narrow) for at in range(*match.span()) if not _joins(narrow, at)
    )
    places = [at for at in range(len(narrow)) if at not in hidden]
    plain = _WORD.sub(lambda match: _latin(match[0]), "".join([narrow[at] for at in places]))
    return plain, (*places, len(text)) if hidden else None


def _latin(word: str) -> str:
    """Return `word` with the look-alikes of Latin letters as Latin ones, where it has any Latin letter beside them."""
    return word if word.isascii() or _LATIN.search(word) is None else word.translate(_LOOKALIKES)


def _narrow(text: str) -> str:
    """Return `text` with the full-width and the mathematical letters as plain ones, each in its place."""
    if text.isascii():
        return text
    import unicodedata

    return "".join(
        unicodedata.normalize("NFKC", character)
        if "\uff01" <= character <= "\uff5e" or "\U0001d400" <= character <= "\U0001d7cb"
        else character
        for character in text
    )


def _joins(text: str, at: int) -> bool:
    """Whether the character is a joiner that makes one of its two neighbours: an emoji, or a letter that needs it."""
    if text[at] not in _JOINERS:
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return min(before, after) > _LAST_OF_EUROPE and _HIDDEN.search(before + after) is None
