"""The text shouts.

Finds: ordinary words in capitals ("NEW", "LAST CHANCE"), a subject in capitals, marks said twice ("!!", "?!?"), and
emoji in a row. Abbreviations ("ROI", "9 PM", "Q3", "SAP ERP"), what stands in quotes, and the words of the account's
glossary are none. One mark for several can be put there without a look.

Why: capitals are read more slowly, and both people and filters know them from advertisements.

Fires:
    LAST CHANCE for the early reminder!! Most carts start after 9 pm 🎉🎉

Instead:
    The early reminder brings the best ROI in Q4! Most carts start after 9 PM, says the WMS of Acme GmbH 🎉

Source: M. Tinker and D. Paterson, "Influence of type form on speed of reading" (1928), on capitals; emoji are those
that Unicode shows as pictures (UTS #51).
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.glossary import glossary_of
from dripper.lint.pattern import Pattern
from dripper.lint.reading import Reading
from dripper.lint.rule import Finding, Rule, Writing
from dripper.lint.wordlists import table
from dripper.problem import Severity

# No word of one letter shouts.
_CAPITALS, _LOUD = Pattern("[A-Z][A-Z]"), Pattern("[A-Z][A-Z]+")
_MARKS = Pattern(r"[!?]{2,}")
_PAIRS = ("!!", "!?", "?!", "??")
# Words of capitals, one space between each: a digit, a small letter or any other mark ends the run.
_RUN = Pattern(r"(?<![\w'’&.-])[A-Z]+(?:['’-][A-Z]+)*(?:[ \t]+[A-Z]+(?:['’-][A-Z]+)*)*(?![\w&]|['’.-]\w)")
_FIRST_PICTURE = "\u231a"
_PICTURE = (
    "[\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u2614\u2615\u267f\u26a1\u26bd\u26be\u26c4\u26d4\u2705\u270a\u270b\u2728"
    "\u274c\u274e\u2753-\u2755\u2757\u2764\u2795-\u2797\u2b50\U0001f300-\U0001f3fa\U0001f400-\U0001faff]"
    "[\ufe0f\U0001f3fb-\U0001f3ff]?"
)
_EMOJI = f"(?:{_PICTURE}(?:\u200d{_PICTURE})*|[\U0001f1e6-\U0001f1ff]{{2}})"
_EMOJIS = Pattern(f"{_EMOJI}(?:[ ]?{_EMOJI})+")
_QUOTES = frozenset("\"“”„«»'‘’")
# So many words in capitals are no row of abbreviations; where nothing else stands there, fewer.
_MANY, _FEW = 4, 3


def check(writing: Writing) -> Iterator[Finding]:
    """Find marks, capitals and emoji that shout."""
    for reading in writing.readings:
        text = reading.text
        if _has_pairs(text):
            yield from _marks(reading)
        if _has_capitals(text):
            yield from _capitals(writing, reading)
        if _has_pictures(text):
            yield from _emojis(reading)


def _may_shout(text: str) -> bool:
    return _has_pairs(text) or _has_capitals(text) or _has_pictures(text)


def _has_pictures(text: str) -> bool:
    return not text.isascii() and max(text) >= _FIRST_PICTURE


def _has_pairs(text: str) -> bool:
    return ("!" in text or "?" in text) and any(map(text.__contains__, _PAIRS))


def _has_capitals(text: str) -> bool:
    """Whether more words than one are in capitals, or one that shouts alone."""
    if _CAPITALS.search(text) is None:
        return False
    loud = _LOUD.findall(text)
    return len(loud) > 1 or loud[0].lower() in table("en/shouted")


def _marks(reading: Reading) -> Iterator[Finding]:
    for match in _MARKS.finditer(reading.text):
        marks = match[0]
        if marks == "?!":
            continue
        one = "?" if "?" in marks else "!"
        yield Finding(
            reading=reading,
            start=match.start(),
            end=match.end(),
            message=f"shouting: {marks[:9]}",
            cure=f"write {one}" if one == "?" else "write ! or, better, a full stop",
            replacement=one,
        )


def _capitals(writing: Writing, reading: Reading) -> Iterator[Finding]:
    text = reading.text
    is_whole = text.isupper()
    known = glossary_of(writing)
    for match in _RUN.finditer(text):
        words = match[0].split()
        if not _shouts(words, is_whole=is_whole) or _is_quoted(text, match.start(), match.end()):
            continue
        if match[0] in known or known.issuperset(words):
            continue
        yield Finding(
            reading=reading,
            start=match.start(),
            end=match.end(),
            message=f"shouting: {' '.join(words)[:60]}",
            cure="write it in small letters; a name in capitals belongs into the account's glossary",
        )


def _shouts(words: list[str], *, is_whole: bool) -> bool:
    """Whether `words` in capitals are no abbreviations; `is_whole`: all that stands there is in capitals."""
    if len(words) >= (_FEW if is_whole else _MANY):
        return True
    return any(word.lower().replace("’", "'") in table("en/shouted") for word in words)


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether it stands in quotes of its own: then it is cited as it is written."""
    return start > 0 and text[start - 1] in _QUOTES and text[end : end + 1] in _QUOTES


def _emojis(reading: Reading) -> Iterator[Finding]:
    for match in _EMOJIS.finditer(reading.text):
        yield Finding(
            reading=reading,
            start=match.start(),
            end=match.end(),
            message=f"emoji in a row: {match[0][:20]}",
            cure="keep one of them, or none",
        )


RULE = Rule(
    code="D306",
    name="shouting",
    severity=Severity.WARNING,
    doc=__doc__,
    on_message=check,
    glance=_may_shout,
    drafts=True,
)
