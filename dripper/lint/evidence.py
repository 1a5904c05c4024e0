"""What makes a statement more than a claim: a figure, an amount of money, a date, a source, a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dripper.lint.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.lint.sentence import Sentence

_MONTH = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    "|Nov(?:ember)?|Dec(?:ember)?)"
)
_DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_CURRENCY = "(?:EUR|USD|GBP|CHF|JPY|CNY|INR|CAD|AUD|SEK|NOK|DKK|PLN|CZK)"
_SPAN = "(?:week|month|quarter|year|day|spring|summer|autumn|winter)s?"
_DATE = Pattern(
    rf"""
    \b(?:
        {_DAY} | Q[1-4] | 20\d\d | \d\d?[./]\d\d?[./]\d\d(?:\d\d)? | [Tt]omorrow | [Yy]esterday | [Tt]oday
        # These may be other words, or names: what stands beside them decides.
        | (?!May\b|Mar\b|March\b|Jan\b|Sep\b|Dec\b) {_MONTH}
        | (?:\d\d?(?:st|nd|rd|th)? | [Ii]n | [Bb]y | [Ff]rom | [Ss]ince | [Uu]ntil | [Ll]ast | [Nn]ext | [Tt]his)
            \ (?:of\ )?{_MONTH}
        | {_MONTH}\ \d
        | (?:[Ll]ast|[Nn]ext|[Tt]his|[Ee]nd\ of\ the|(?:[Ww]ithin|[Ii]n)\ (?:a|one|two|three|six|\d+))\ {_SPAN}
    )\b
    """,
    re.VERBOSE,
)
_MONEY = Pattern(
    rf"""
    [$€£¥₹]\s?\d
    | \b\d[\d.,]*\s?(?:k|m|mn|bn|thousand|million|billion)?\s?
        (?:[$€£¥₹%] | per\ ?cent\b | (?:{_CURRENCY}|euros?|dollars?|pounds?|francs?)\b)
    | \b{_CURRENCY}\s?\d
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FIGURE = Pattern(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion"
    r"|twice|doubl\w+|tripl\w+|hal(?:f|ve[sd]?)|thirds?|quarters?|percent|one in)\b",
    re.IGNORECASE,
)
_SOURCE = Pattern(
    r"\b(?:according to|source:|(?:by|in|from|per|see) (?:[\w'’]+ ){0,3}(?:report|survey|study|benchmark|panel|log"
    r"|audit|invoices?|index|dashboard|minutes|statistics|records|books|data|figures|numbers))\b",
    re.IGNORECASE,
)
# A capital within a sentence, but for the words that are written so whatever they name.
_NAME = Pattern(rf"(?<=[\w,;:] )(?!(?:I|I['’]\w+|RF[PQT]s?|Q[1-4]|{_MONTH}|{_DAY}|{_CURRENCY})\b)[A-Z][\w&-]+")
_INSTEAD = Pattern(
    r"\b(?:offer(?:s|ed)?|quote[sd]?|bids?|proposals?|instead|redeploy\w*|reassign\w*|moves? the team|alternative)\b",
    re.IGNORECASE,
)


def is_proved(text: str) -> bool:
    """Whether `text` holds a figure, a date or a source."""
    return any(pattern.search(text) is not None for pattern in (_FIGURE, _DATE, _SOURCE))


def missing_of_alternative(text: str) -> list[str]:
    """Return what of a named, costed and dated alternative is missing in `text`."""
    named = _NAME.search(text) or _INSTEAD.search(text)
    parts = {"a name": named, "its worth": _MONEY.search(text), "a date": _DATE.search(text)}
    return [part for part, found in parts.items() if not found]


def around(sentences: Sequence[Sentence], index: int) -> tuple[int, int]:
    """Return where the sentence before the number `index` begins, and where the one behind it ends."""
    return sentences[max(0, index - 1)].start, sentences[min(index + 1, len(sentences) - 1)].end
