"""The text uses an acronym that its reader may not know.

Finds: an acronym of two to five letters that is not in the `glossary` of the reader's account, is no name or metric of
the account, is not explained in the text, and is not one that every business reader knows, such as VAT or B2B.

Why: who has to look up a word stops reading, and feels that the note was written for somebody else.

Fires:
    [[message]]
    subject = "What an advert brings"
    text = "Adverts after 9 pm have the better ROAS, although fewer people see them."
    gift = "When to buy adverts"
    shifts = "From media buyer to retail analyst"

Instead:
    [[message]]
    subject = "What an advert brings"
    text = "Adverts after 9 pm have the better return on ad spend (ROAS), although fewer people see them."
    gift = "When to buy adverts"
    shifts = "From media buyer to retail analyst"

Source: plain-language guidance: an abbreviation is written out where it first stands, unless it is better known than
its words (Federal Plain Language Guidelines, "Minimize abbreviations").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from dripper.lint.pattern import Pattern
from dripper.lint.reading import Reading
from dripper.lint.rule import Finding, Origin, Rule, Writing
from dripper.lint.wordlists import table
from dripper.problem import Severity
from dripper.text.words import words

if TYPE_CHECKING:
    from dripper.workspace.model.account import Account

_ACRONYM = Pattern(r"(?<![\w&'’.-])(?P<letters>[A-Z][A-Z\d&]{0,3}[A-Z])s?(?![\w&]|-\d)")
_ROMAN = Pattern(r"X{0,3}(?:IX|IV|V?I{0,3})")
_BEHIND = Pattern(r"s?[\"”'’]?\s*(?:\(|, (?:short for|that is|i\.e\.)|is short for|stands? for|means?)\s*([\w'’]+)")
# How far before an acronym in brackets its words may stand, and how many they may be; how far its own bracket goes.
_BEFORE_CHARS, _MOST_WORDS, _BEHIND_CHARS = 120, 8, 60


def check(writing: Writing) -> Iterator[Finding]:
    """Find each acronym once that the reader may not know."""
    origin = writing.origin
    if origin is None or not any(_ACRONYM.search(reading.text) for reading in writing.readings):
        return
    accounts = origin.accounts()
    if accounts is None:
        return
    told = set(table("en/acronyms")) | _explained(writing.readings)
    for reading in writing.readings:
        if _shouts(reading):
            continue
        for match in _ACRONYM.finditer(reading.text):
            letters = match["letters"]
            if letters in told or _ROMAN.fullmatch(letters) or letters in _names(origin):
                continue
            strangers = [account for account in accounts if letters not in _known(account)]
            if strangers or not accounts:
                told.add(letters)
                yield _finding(reading, match, strangers)


def _finding(reading: Reading, match: re.Match[str], strangers: Sequence[Account]) -> Finding:
    letters = match["letters"]
    where = f", or add it to glossary in {strangers[0].file}" if strangers else ""
    more = f" and {len(strangers) - 1} more" if len(strangers) > 1 else ""
    unknown = f"is not in the glossary of {strangers[0].name}{more}" if strangers else "is not explained"
    return Finding(
        reading=reading,
        start=match.start("letters"),
        end=match.end("letters"),
        message=f"the acronym {letters} {unknown}",
        cure=f'write it out, as in "return on ad spend (ROAS)"{where}',
    )


def _explained(readings: Iterable[Reading]) -> set[str]:
    """Return the acronyms whose words stand beside them, in brackets or with the acronym in brackets."""
    found = set()
    for reading in readings:
        text = reading.text
        for match in _ACRONYM.finditer(text):
            letter = match["letters"][0]
            behind = _BEHIND.match(text[match.end("letters") : match.end("letters") + _BEHIND_CHARS])
            if letter in _initials_before(text, match.start()) or (behind and behind[1][0].upper() == letter):
                found.add(match["letters"])
    return found


def _initials_before(text: str, start: int) -> list[str]:
    """Return the initials of the words before the bracket that opens at `start`; none where none opens."""
    before = text[max(0, start - _BEFORE_CHARS) : start].rstrip(" \"'“‘")
    return [word[0].upper() for word in words(before)[-_MOST_WORDS:]] if before.endswith("(") else []


def _shouts(reading: Reading) -> bool:
    """Whether most words are in capitals: then capitals make no acronym."""
    long = [word for word in words(reading.text) if len(word) > 1]
    return sum(map(str.isupper, long)) * 2 > len(long) > 1


def _known(account: Account) -> frozenset[str]:
    """Return the words that an account knows: its glossary, its names, and what both sides measure."""
    metrics = (text for metric in account.metrics for text in (metric.name, metric.id, metric.unit))
    return _words_of((account.name, account.id, *account.glossary, *metrics))


@cache
def _words_of(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(each for text in texts for word in _split(text) for each in (word, word.upper()))


def _names(origin: Origin) -> frozenset[str]:
    """Return the words of the reader's own name and role."""
    if origin.recipient is None:
        return frozenset()
    return frozenset((*_split(origin.recipient.name), *_split(origin.recipient.role)))


def _split(text: str) -> list[str]:
    return text.replace("_", " ").replace("(", " ").replace(")", " ").replace(",", " ").split()


RULE = Rule(code="D406", name="unknown-acronym", severity=Severity.ADVICE, doc=__doc__, on_message=check)
