"""What a text consists of for a reader: characters as they are seen, words, sentences.

Everything is linear in the length of the text, so that a hostile text costs no more than a long one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

# Characters of which each is one grapheme cluster whatever stands beside it, but for CR LF (UAX #29): everything below
# the combining marks, the dashes and quotes, the currency signs.
_SIMPLE = re.compile("[^\0-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]")

# Words, marks, numbers, other words; a blank in front is taken along, as to fail at each blank takes longer.
_TOKEN = re.compile(r" ?([a-zA-Z]\w*+(?:['’-]\w++)*+|[^\w\s]|\d++(?:[.,:]\d++)*+%?|[^\W_]\w*+(?:['’-]\w++)*+|_)")

# One possible end of a sentence: marks, closing quotes or brackets, then space or the end; or an empty line; or a line
# that ends where the next begins with a capital, a digit or a bullet.
_STOP = re.compile(
    r"""
    [.!?…。！？\n]
    (?: (?<=\n) (?: [^\S\n]*\n | (?=[^\S\n]*[A-Z\d•*–-]) )
    |   (?<!\n) (?<![.!?…。！？]{2}) (?P<more>[.!?…。！？]*) ['"”’»)\]]*(?=\s|$)
    )
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"[\w.&]*$")
_NEXT_WORD = re.compile(r"\s*['\"“‘«(\[]*([\w']*)")
_INITIALS = re.compile(r"(?:[a-z]\.)+[a-z]|[a-hj-z]")


def _table(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Never the last word of a sentence: a name or a number follows.
_TITLES = _table(
    "mr mrs ms dr prof st gen rep sen gov capt hon rev vs e.g i.e eg ie viz cf ca approx no nos fig vol pp"
)
# The last word of a sentence only where the next begins like one.
_SHORTENED = _table(
    "inc ltd co corp bros llc plc dept est min max avg jan feb mar apr jun jul aug sep sept oct nov dec jr sr"
)
# The last word of a sentence where a capital follows.
_TRAILING = _table("etc a.m p.m al")
_ABBREVIATED = _TITLES | _SHORTENED | _TRAILING
_OPENERS = _table(
    """
    a an and are as at but by can could did do does for from have he here how i if in is it it's its last let's many
    more most my no of on once one only or our please she should since so some that that's the their then there these
    they this those thus to two we we're we've what when where which while who why will with would yes yet you your
    """
)


def graphemes(text: str) -> int:
    """Return how many characters a reader sees: extended grapheme clusters (UAX #29)."""
    if _is_simple(text):
        return len(text) - text.count("\r\n")
    import regex

    return sum(1 for _ in regex.finditer(r"\X", text))


def _is_simple(text: str) -> bool:
    """Whether each character is a grapheme cluster, but for CR LF."""
    return text.isascii() or _SIMPLE.search(text) is None


def grapheme_offset(text: str, count: int) -> int:
    """Return where the cluster number `count` (from 0) of `text` begins; its end where there are no more."""
    if _is_simple(text) and "\r" not in text:
        return min(count, len(text))
    import regex

    for number, cluster in enumerate(regex.finditer(r"\X", text)):
        if number == count:
            return int(cluster.start())
    return len(text)


def written_words(text: str) -> list[str]:
    """Return the words, numbers and marks of `text` in their order, with a straight apostrophe."""
    return _TOKEN.findall(text.replace("’", "'"))


def token_words(text: str) -> list[str]:
    """Return the same as `written_words` in small letters."""
    return [*map(str.lower, written_words(text))]


def places(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where each of the `written_words` of `text[start:end]` begins and ends in `text`."""
    return [match.span(1) for match in _tokens(text, start, end)]


def place(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """Return where the `written_words` number `first` to `last` of `text[start:end]` begin and end in `text`."""
    matches = islice(_tokens(text, start, end), first, None)
    begin, stop = next(matches).span(1)
    if last > first:
        stop = next(islice(matches, last - first - 1, None)).end()
    return begin, stop


def _tokens(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    return _TOKEN.finditer(text.replace("’", "'"), start, end)


def words(text: str) -> list[str]:
    """Return the words and numbers of `text` as written."""
    return [word for word in _TOKEN.findall(text) if word[0].isalnum()]


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where each sentence begins and ends, its marks included and the space round it not."""
    found: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(text):
        dot, end = stop.span()
        is_dotted = end < len(text) and text[dot] in ".…" and not stop["more"].strip(".…")
        if is_dotted and not _ends_sentence(text, dot, end):
            continue
        _add(found, text, start, end)
        start = end
    if start < len(text):
        _add(found, text, start, len(text))
    return found


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    seen = text[start:end].lstrip()
    if seen:
        begin = end - len(seen)
        found.append((begin, begin + len(seen.rstrip())))


def _ends_sentence(text: str, dot: int, end: int) -> bool:
    """Whether the full stop or dots at `dot`, with the space after `end`, end a sentence."""
    word = text[max(0, dot - 12) : dot].rpartition(" ")[2].lower()
    # Nearly every sentence ends in a plain word, and the next begins with a capital.
    if len(word) > 1 and word.isalpha() and word not in _ABBREVIATED and "A" <= text[end + 1 : end + 2] <= "Z":
        return True
    following = _NEXT_WORD.match(text, end)
    after = following[1] if following else ""
    if after[:1].islower():
        return False
    if not word.isalpha():
        last = _LAST_WORD.search(word)
        word = last.group() if last else ""
    if word in _TITLES and not (word == "no" and not after[:1].isdigit()):
        return False
    if word in _TRAILING:
        return True
    if word in _SHORTENED or _INITIALS.fullmatch(word):
        return after.lower() in _OPENERS
    return True
