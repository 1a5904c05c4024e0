"""The text is longer than a drip message should be.

Finds: a rendered text over `[lint] chars` (140) characters, as the reader counts them: a letter with its accents or an
emoji is one. Greeting and signature do not count. Of many contacts the one with the longest text is named, and the cure
says where characters may be saved.

Why: a note of two sentences is read where it is seen, also on a lock screen. A longer one is put off.

Fires:
    Most of the carts that your visitors abandon are abandoned after 9 in the evening, and the shops that moved their
    reminder to 8 in the morning won back one in seven.

Instead:
    61% of your abandoned carts start after 9 pm. Shops that moved the reminder to 8 am won back one in seven.

Source: 140 characters is the length that the drip method aims for; characters are extended grapheme clusters (UAX #29).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from dripper.lint.rule import Finding, Rule, Writing
from dripper.lint.wordy import wordy_in
from dripper.text.words import grapheme_offset, graphemes

_PHRASES = 2
# How much of a sentence is named, so that it is known again.
_SHOWN_CHARS = 30


def check(writing: Writing) -> Iterable[Finding]:
    """Find the part of the text that is over the limit."""
    return _found(writing) if len(writing.text.text) > writing.chars else ()


def _found(writing: Writing) -> Iterator[Finding]:
    text = writing.text.text
    if (count := graphemes(text)) <= writing.chars:
        return
    over = count - writing.chars
    yield Finding(
        reading=writing.text,
        start=grapheme_offset(text, writing.chars),
        end=len(text),
        message=f"{count} characters{writing.whom}, {over} over {writing.chars}",
        cure=_cure(writing, count, over),
        weight=over,
    )


def _cure(writing: Writing, count: int, over: int) -> str:
    """Return what to cut, by what is there: long phrases, a full name, a sentence that may go."""
    messages = -(-count // writing.chars)
    if messages > 2:
        return f"make {messages} messages of it"
    ways = [*_phrases(writing), *_name(writing, over), *_sentence(writing, over)]
    cut = f"cut {over} character{'s' * (over > 1)}"
    return ", or ".join([f"{cut}: {ways[0]}" if ways else cut, *ways[1:], "make two messages of it"])


def _phrases(writing: Writing) -> Iterator[str]:
    text = writing.text.text
    for start, end, shorter, is_safe in islice(wordy_in(writing.text), _PHRASES):
        if is_safe:
            yield f'"{shorter}" for "{" ".join(text[start:end].split())}" saves {end - start - len(shorter)}'


def _name(writing: Writing, over: int) -> Iterator[str]:
    """Propose the first name where the whole one is what makes the text too long."""
    recipient = writing.origin.recipient if writing.origin else None
    if recipient and recipient.first_name and recipient.name in writing.text.text:
        saved = graphemes(recipient.name) - graphemes(recipient.first_name)
        if saved >= over:
            yield f"contact.first_name for contact.name saves {saved}"


def _sentence(writing: Writing, over: int) -> Iterator[str]:
    """Propose the shortest sentence without which the rest is short enough."""
    sentences = writing.text.sentences
    saving = [(graphemes(sentence.text) + 1, -number) for number, sentence in enumerate(sentences)]
    enough = [each for each in saving if each[0] >= over]
    if enough and len(sentences) > 1:
        saved, number = min(enough)
        words = " ".join(sentences[-number].text.split())
        shown = words if len(words) <= _SHOWN_CHARS else words[:_SHOWN_CHARS].rpartition(" ")[0] + " …"
        yield f'the sentence "{shown}" has {saved}'


RULE = Rule(code="D101", name="too-long", doc=__doc__, on_message=check, drafts=True)
