"""The text states a figure and says nowhere where it is from.

Finds: digits in the text that count something, a percentage or an amount, and no `source`. A time of day, a date, a
year and a name such as `Q3`, `B2B` or `Windows 11` need none. A sentence for the room is a text like any other.

Why: the reader will ask. A figure whose source is written down survives the question; the source is never shown.

Fires:
    [[message]]
    subject = "Your carts after 9 pm"
    text = "61% of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"

Instead:
    [[message]]
    subject = "Your carts after 9 pm"
    text = "61% of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"
    source = "Acme shop log, October 2026"

Source: the rational reasons of a negotiation: a claim is a figure, its source and its date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dripper.lint.pattern import Pattern
from dripper.lint.rule import Finding, Rule, Writing
from dripper.lint.wordlists import table

_FIGURE = Pattern(
    r"(?<![\w#.,:/-])(?P<sign>[$€£¥₹])?(?P<number>\d+(?:[.,:/-]\d+)*)(?P<unit>\s?(?:%|[$€£¥₹]|per ?cent\b))?"
    r"(?P<tail>[\w-]*)"
)
_MONTHS = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\b"
)
_MONEY = "EUR|USD|GBP|CHF|JPY|CNY|INR|CAD|AUD|SEK|NOK|DKK|PLN|CZK"
_MONEY_AFTER = Pattern(rf"\s?(?:{_MONEY})\b")
_MONEY_BEFORE = Pattern(rf"\b(?:{_MONEY})\s?\Z")
_HOUR_AFTER = Pattern(
    r"(?:\s?(?:to|and|or|[–-])\s?\d\d?(?::\d\d)?)?\s?(?:am|pm|a\.m|p\.m|o['’]clock|h\b)", re.IGNORECASE
)
_DATE_AFTER = Pattern(rf"\.?\s+(?:of\s+)?{_MONTHS}", re.IGNORECASE)
_LABEL_BEFORE = Pattern(
    rf"(?:\b{_MONTHS}\.?|\b(?:no|nos|number|version|step|page|chapter|room|level|part|week|day|q|h|article"
    r"|section|table|figure|fig|phase|type|stage|volume|vol|season|episode|act|gate|floor|platform|top|iso|din|en|size|aisle|row"
    r"|lane|route|shelf|hall|door|model|tier|grade|class|slide)s?\.?"
    r"(?:\s*\d+\s*(?:,|and|or|to))?)\s*\Z",
    re.IGNORECASE,
)
# The digit that stands last in a number: "prices ending in 9".
_ENDING = Pattern(r"\b(?:end|ends|ended|ending)\s+(?:in|on|with)\s+(?:a\s+|an\s+)?\Z", re.IGNORECASE)
_WORD_BEFORE = Pattern(r"(?P<begin>(?:\A|[.!?:…][\"'”’)]*\s|\n)\s*)?\b(?P<word>[a-z]{0,2}[A-Z][\w'’&-]*)\s\Z")
# What makes a count of a number although a name stands before it: at Acme 12 shoppers, Acme 3 times.
_COUNTED = Pattern(
    r"\s+(?:of|times|per|out|in\s+\d+|hundred|thousand|million|billion|people|men|women|children"
    r"|(?!(?:ends|has|is|was|does|gets|goes|runs|makes|needs|stops|starts|closes|opens|always|plus|less|this)\b)"
    r"[a-z]{3,}(?<![isu])s)\b"
)
_CLOCK = Pattern(r"\d\d?:\d\d")
_YEAR = Pattern(r"(?:19|20)\d\d")
_CALENDAR_DAY = Pattern(r"\d{4}-\d\d?-\d\d?|\d\d?\.\d\d?\.\d{4}|\d\d?/\d\d?/\d{4}|24/7")
_UNITS = frozenset({"k", "m", "mn", "bn", "x", "pp", "pt", "pts", "kg", "km", "gb", "mb"})


def check(writing: Writing) -> Iterator[Finding]:
    """Find the first figure of a text without source."""
    if (writing.said or writing.origin) is None or _is_sourced(writing):
        return
    text = writing.text.text
    for match in _FIGURE.finditer(text):
        if _counts(match, text):
            figure = match[0].strip("-")
            yield Finding(
                reading=writing.text,
                start=match.start(),
                end=match.start() + len(figure),
                message=f"the figure {figure[:40]} has no source",
                cure=f'add source = "…" to the {"sentence" if writing.said else "message"}: '
                "where the figure is from, and of when; no reader sees it",
            )
            return


def _is_sourced(writing: Writing) -> bool:
    if writing.said is not None:
        return writing.said.is_sourced
    return writing.origin is not None and bool(writing.origin.message.source.strip())


def _counts(match: re.Match[str], text: str) -> bool:
    number, tail = match["number"], match["tail"].lower()
    before = text[max(0, match.start() - 40) : match.start()]
    after = text[match.end("number") : match.end("number") + 40]
    if match["sign"] or match["unit"] or _MONEY_AFTER.match(after) or _MONEY_BEFORE.search(before):
        return True
    if _HOUR_AFTER.match(after) or _DATE_AFTER.match(after) or _LABEL_BEFORE.search(before):
        return False
    if _ENDING.search(before):
        return False
    if _CLOCK.fullmatch(number) or _CALENDAR_DAY.fullmatch(number) or tail in ("st", "nd", "rd", "th"):
        return False
    if not tail and (_YEAR.fullmatch(number) or _is_name(number, before, after)):
        return False
    # A name such as "3D" or "4x4" counts nothing; "12k" and "3-fold" do.
    return not tail or tail in _UNITS or tail.startswith("-")


def _is_name(number: str, before: str, after: str) -> bool:
    """Whether the number belongs to the name before it, as in Windows 11 and Studio 54."""
    word = _WORD_BEFORE.search(before)
    if word is None or "," in number or _COUNTED.match(after):
        return False
    return word["begin"] is None or word["word"].lower() not in table("en/number-openers")


RULE = Rule(code="D403", name="unsourced-number", doc=__doc__, on_message=check)
