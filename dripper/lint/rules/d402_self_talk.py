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

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dripper.lint.pattern import Pattern
from dripper.lint.phrasebook import apart
from dripper.lint.phrases import HYPE, SELF_PRAISE, SHARED_WE
from dripper.lint.reading import Reading
from dripper.lint.rule import Finding, Rule, Writing
from dripper.lint.sentence import Sentence
from dripper.lint.wordlists import table
from dripper.problem import Severity

_US = frozenset({"we", "we're", "we've", "we'll", "we'd", "our", "ours", "us", "ourselves"})
_THEM = frozenset(
    {"you", "you're", "you've", "you'll", "you'd", "your", "yours", "yourself", "yourselves", "ya'll", "y'all"}
)
_WE = frozenset({"we", "we're", "we've"})
# What says that we are or have something, and what else may stand between `we` and what we do.
_STATES = frozenset({"are", "were", "have", "had"})
_BETWEEN = _STATES | {"also", "just", "now", "recently", "proudly", "been"}
_STATED = frozenset(
    {"a", "an", "the", "one", "proud", "thrilled", "excited", "delighted", "happy", "pleased", "offices"}
)
_HELPS = frozenset({"help", "support", "enable", "empower"})
_CLIENTS = frozenset({"companies", "brands", "businesses", "clients", "customers", "shops", "teams", "retailers"})
# From here on a text can be about us: one `we` in a note is no talk of oneself.
_LEAST = 2
_QUOTED = Pattern(r"[\"“«][^\"”»]{1,300}[\"”»]|(?<!\w)['‘](?=\w)(?:[^'’\n]|['’](?=\w)){1,200}['’](?!\w)")
_OPENING = Pattern(r"[\"“«]|(?<!\w)['‘]")
_HYPE_CURE = "say what it does for the reader, with a figure or a fact"
_TALK_CURE = "begin with the reader: what changes for them, in their words"


class _Mention(NamedTuple):
    """Where a sentence speaks of the sender, from the word `first` to `last` (inclusive), and how much it weighs."""

    reading: Reading
    sentence: Sentence
    first: int
    last: int
    weight: int

    @property
    def span(self) -> tuple[int, int]:
        """Return where it stands in the text."""
        return self.sentence.place(self.first, self.last)


def check(writing: Writing) -> Iterator[Finding]:
    """Find hype, and a text that is more about us than about them."""
    yield from _hype(writing)
    ours = [mention for reading in writing.readings for mention in _mentions(reading)]
    if sum([mention.weight for mention in ours]) < _LEAST:
        return
    them = _of_them(writing)
    if not _is_too_much(ours, them):
        return
    # Only now the places are worth their time.
    quotes = {reading: _quotes(reading.text) for reading in writing.readings}
    ours = [mention for mention in ours if _is_of_ours(mention, quotes[mention.reading])]
    if not _is_too_much(ours, them):
        return
    first = max(ours, key=lambda mention: mention.weight)
    start, end = first.span
    words = first.reading.text[start:end]
    yield Finding(
        reading=first.reading,
        start=start,
        end=end,
        message=f'more about us, as in "{words}", than about the reader',
        cure=_TALK_CURE,
    )


def _is_too_much(ours: Sequence[_Mention], them: int) -> bool:
    us = sum([mention.weight for mention in ours])
    return us >= _LEAST and us > them


def _hype(writing: Writing) -> Iterator[Finding]:
    for reading in writing.readings:
        for sentence in reading.sentences:
            found = sentence.phrases.get(HYPE)
            if not found and not _US.isdisjoint(sentence.words):
                found = sentence.phrases.get(SELF_PRAISE)
            for match in apart(found or ()):
                start, end = sentence.place(match.first, match.last)
                yield Finding(
                    reading=reading,
                    start=start,
                    end=end,
                    message=f'praise that says nothing: "{reading.text[start:end]}"',
                    cure=_HYPE_CURE,
                )


def _mentions(reading: Reading) -> Iterator[_Mention]:
    for sentence in reading.sentences:
        words = sentence.words
        if _US.isdisjoint(words):
            continue
        for index in [index for index, word in enumerate(words) if word in _US]:
            last = _end_of_news(words, index)
            yield _Mention(reading, sentence, index, last or index, 2 if last else 1)


def _end_of_news(words: Sequence[str], index: int) -> int | None:
    """Return where what the sender sells, does or is ends, behind the `we` or `our` at `index`; `None`: it is none."""
    behind = words[index + 1 : index + 4]
    if words[index] == "our":
        return next((index + 1 + at for at, word in enumerate(behind) if word in table("en/own-things")), None)
    if words[index] not in _WE:
        return None
    at = next((at for at, word in enumerate(behind) if word not in _BETWEEN), len(behind))
    if at == len(behind):
        return None
    states = words[index] != "we" or not _STATES.isdisjoint(behind[:at])
    is_news = behind[at] in table("en/own-acts") or (states and behind[at] in _STATED)
    helps = behind[at] in _HELPS and words[index + at + 2 : index + at + 3] and words[index + at + 2] in _CLIENTS
    return index + 1 + at if is_news else index + 2 + at if helps else None


def _is_of_ours(mention: _Mention, quotes: Sequence[tuple[int, int]]) -> bool:
    """Whether it is the sender: not everybody, not somebody quoted, not the country that is written like `us`."""
    if mention.sentence.written[mention.first] == "US":
        return False
    if any(match.first <= mention.first <= match.last for match in mention.sentence.phrases.get(SHARED_WE, ())):
        return False
    return not (quotes and any(begin <= mention.span[0] < stop for begin, stop in quotes))


def _quotes(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _QUOTED.finditer(text)] if _OPENING.search(text) else []


def _of_them(writing: Writing) -> int:
    """Return how often the text speaks of the reader: as you, by name, or by the name of their company."""
    names = _names(writing)
    called = sum(reading.text.count(name) for reading in writing.readings for name in names) if names else 0
    spoken = [each.words for reading in writing.readings for each in reading.sentences]
    return called + sum([word in _THEM for words in spoken if not _THEM.isdisjoint(words) for word in words])


def _names(writing: Writing) -> set[str]:
    if writing.origin is None:
        return set()
    recipient = writing.origin.recipient
    names = {account.name for account in writing.origin.accounts() or ()}
    return names | ({recipient.first_name, recipient.last_name} if recipient else set()) - {""}


RULE = Rule(
    code="D402",
    name="self-talk",
    severity=Severity.WARNING,
    doc=__doc__,
    on_message=check,
    cues=lambda: _US,
    phrases=HYPE,
    drafts=True,
)
