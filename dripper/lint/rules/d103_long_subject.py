"""The subject is too long, or says no more than the text.

Finds: a subject of more than 50 characters, as the reader counts them, for the contact with the longest one; and a
subject of three words or more that the text begins with, or of five or more that stand in the text just so.

Why: a telephone shows some 40 characters of a subject in a list, and the first words of the text below it. What is
cut off there is lost, and so is what is said twice.

Fires:
    Subject: Returns fell by a third
    Returns fell by a third after the size guide went live.

Instead:
    Subject: What one size guide did
    Returns fell by a third after the size guide went live.

Source: what the lists of mail programs show of a subject, from 33 characters on a telephone on
(https://www.emailtooltester.com/en/blog/email-subject-lines-character-limit/).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dripper.lint.reading import Reading
from dripper.lint.rule import Finding, Rule, Writing
from dripper.problem import Severity
from dripper.text.words import grapheme_offset, graphemes, token_words

_CHARS = 50
# From so many words on a subject repeats the text: at its beginning, and anywhere.
_FIRST_WORDS, _WORDS = 3, 5


def check(writing: Writing) -> Iterable[Finding]:
    """Find what is over the limit, and a subject that the text says again."""
    return () if writing.subject is None else _found(writing, writing.subject)


def _found(writing: Writing, subject: Reading) -> Iterator[Finding]:
    if len(subject.text) > _CHARS and (count := graphemes(subject.text)) > _CHARS:
        over = count - _CHARS
        yield Finding(
            reading=subject,
            start=grapheme_offset(subject.text, _CHARS),
            end=len(subject.text),
            message=f"a subject of {count} characters{writing.whom}, {over} over {_CHARS}",
            cure=f"cut {over} character{'s' * (over > 1)}: name the thing, and let the text say what happened",
            weight=over,
        )
    if _repeats(subject, writing.text):
        yield Finding(
            reading=subject,
            start=0,
            end=len(subject.text),
            message="the subject only repeats the text",
            cure="say what it is about, or make the reader curious; leave the news to the text",
        )


def _repeats(subject: Reading, text: Reading) -> bool:
    words = _plain(subject.text)
    if len(words) < _FIRST_WORDS or not text.vocabulary.issuperset(words):
        return False
    whole = _plain(text.text)
    if whole[: len(words)] == words:
        return True
    return len(words) >= _WORDS and f" {' '.join(words)} " in f" {' '.join(whole)} "


def _plain(text: str) -> Sequence[str]:
    return [word for word in token_words(text) if word[0].isalnum()]


RULE = Rule(code="D103", name="long-subject", severity=Severity.WARNING, doc=__doc__, on_message=check, drafts=True)
