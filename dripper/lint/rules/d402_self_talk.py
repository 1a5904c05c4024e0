"""The text talks of the sender: more about us than about them, or in the words of advertising.

Finds: a text with more of "we", "our", "us" than of "you", "your" and the reader's names, where the sender's own
products, news and virtues ("our platform", "we launched") count double; and praise such as "world-class" or "leading
provider". A "we" that is everybody ("we all", "our eyes"), that only says how something was found out ("we
asked 40 shops"), or that stands in quotes, does not count.

Why: a reader keeps what is about the reader. Praise of oneself is believed by nobody and is the first thing that
is skipped.

Fires:
    We have launched our new returns platform, and our team is proud of it.

Instead:
    Your returns name 'too small' twice as often as 'too big'. We asked 40 shops: one line on the size chart helps.

Source: the drip method: a message is a gift to the reader; David Meerman Scott's Gobbledygook Manifesto for the praise.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from dripper.lint.pattern import Pattern
from dripper.lint.phrases import phrase_table
from dripper.lint.reading import Reading, Sentence
from dripper.lint.rule import Finding, Rule, Writing
from dripper.problem import Severity

_US = frozenset({"we", "we're", "we've", "we'll", "we'd", "our", "ours", "us", "ourselves"})
_THEM = frozenset(
    {"you", "you're", "you've", "you'll", "you'd", "your", "yours", "yourself", "yourselves", "ya'll", "y'all"}
)
# From here on a text can be about us: one `we` in a note is no talk of oneself.
_LEAST = 2
_QUOTED = Pattern(r"[\"“«][^\"”»]{1,300}[\"”»]|(?<!\w)['‘](?=\w)(?:[^'’\n]|['’](?=\w)){1,200}['’](?!\w)")
_HYPE_CURE = "say what it does for the reader, with a figure or a fact"
_TALK_CURE = "begin with the reader: what changes for them, in their words"


class _Mention(NamedTuple):
    """Where a text speaks of the sender, and how much it weighs."""

    reading: Reading
    start: int
    end: int
    weight: int


def check(writing: Writing) -> Iterator[Finding]:
    """Find hype, and a text that is more about us than about them."""
    yield from _hype(writing)
    if writing.vocabulary.isdisjoint(_US):
        return
    ours = list(_mentions(writing))
    us = sum(mention.weight for mention in ours)
    if us < _LEAST or us <= _of_them(writing):
        return
    first = max(ours, key=lambda mention: mention.weight)
    words = first.reading.text[first.start : first.end]
    yield Finding(
        reading=first.reading,
        start=first.start,
        end=first.end,
        message=f'more about us, as in "{words}", than about the reader',
        cure=_TALK_CURE,
    )


def _hype(writing: Writing) -> Iterator[Finding]:
    hype, praise = phrase_table("en/hype"), phrase_table("en/self-praise")
    is_hype = not writing.vocabulary.isdisjoint(hype.cues)
    is_praise = not (writing.vocabulary.isdisjoint(praise.cues) or writing.vocabulary.isdisjoint(_US))
    if not (is_hype or is_praise):
        return
    for reading in writing.readings:
        for sentence in reading.sentences:
            found = list(hype.matches(sentence.words)) if is_hype else []
            if is_praise and not found and not _US.isdisjoint(sentence.words):
                found = list(praise.matches(sentence.words))
            for match in found:
                start, end = sentence.tokens[match.first].start, sentence.tokens[match.last].end
                words = reading.text[start:end]
                yield Finding(
                    reading=reading,
                    start=start,
                    end=end,
                    message=f'praise that says nothing: "{words}"',
                    cure=_HYPE_CURE,
                )


def _mentions(writing: Writing) -> Iterator[_Mention]:
    for reading in writing.readings:
        if reading.vocabulary.isdisjoint(_US):
            continue
        quoted = [match.span() for match in _QUOTED.finditer(reading.text)]
        for sentence in reading.sentences:
            if not _US.isdisjoint(sentence.words):
                for mention in _mentions_in(sentence, reading):
                    if not any(start <= mention.start < end for start, end in quoted):
                        yield mention


def _mentions_in(sentence: Sentence, reading: Reading) -> Iterator[_Mention]:
    words, tokens = sentence.words, sentence.tokens
    shared = _covered(sentence, "en/shared-we")
    reached = -1
    for match in phrase_table("en/self-talk").matches(words):
        if match.first not in shared:
            reached = max(reached, match.last)
            yield _Mention(reading, tokens[match.first].start, tokens[match.last].end, 2)
            shared.update(range(match.first, match.last + 1))
    for index, word in enumerate(words):
        if word in _US and index not in shared and reading.text[tokens[index].start : tokens[index].end] != "US":
            yield _Mention(reading, tokens[index].start, tokens[index].end, 1)


def _covered(sentence: Sentence, table: str) -> set[int]:
    matches = phrase_table(table).matches(sentence.words)
    return {index for match in matches for index in range(match.first, match.last + 1)}


def _of_them(writing: Writing) -> int:
    """Return how often the text speaks of the reader: as you, by name, or by the name of their company."""
    count = 0
    for reading in writing.readings:
        count += sum(word in _THEM for sentence in reading.sentences for word in sentence.words)
        count += sum(reading.text.count(name) for name in _names(writing))
    return count


def _names(writing: Writing) -> set[str]:
    if writing.origin is None:
        return set()
    recipient = writing.origin.recipient
    names = {account.name for account in writing.origin.accounts() or ()}
    return names | ({recipient.first_name, recipient.last_name} if recipient else set()) - {""}


@cache
def _cues() -> frozenset[str]:
    return _US | phrase_table("en/hype").cues


RULE = Rule(
    code="D402",
    name="self-talk",
    severity=Severity.WARNING,
    doc=__doc__,
    on_message=check,
    cues=_cues,
    drafts=True,
)
