"""The reader is asked for something.

Finds: "please", "could you", "let me know", "I would appreciate", "you need to …", "a reminder to send …" and the like.
"Moved the reminder to 8 am" and "I would like to attend" ask for nothing.

Why: a message that asks takes. The next one, too, will be read as something that takes.

Fires:
    Most of your abandoned carts start after 9 pm. Let me know whether you see the same.

Instead:
    Most of your abandoned carts start after 9 pm. Shops that moved the reminder to 8 am won back one in seven.

Source: the drip method: most messages are without an ask; labelled sentences of business e-mail showed the words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dripper.lint.reading import Reading
from dripper.lint.rule import Finding, Rule, Writing
from dripper.lint.wordlists import phrases, table
from dripper.text.words import Token

# Up to so many words may stand for a `*` of the table.
_GAP = 2


def check(writing: Writing) -> Iterator[Finding]:
    """Find each request, one a sentence."""
    if writing.asks:
        return
    for reading in writing.readings:
        for sentence in reading.sentences:
            found = _request(sentence.tokens)
            if found is not None:
                yield _finding(reading, sentence.tokens[found[0]].start, sentence.tokens[found[1]].end)


def _finding(reading: Reading, start: int, end: int) -> Finding:
    return Finding(
        reading=reading,
        start=start,
        end=end,
        message=f'a request: "{reading.text[start:end]}"',
        cure="give without asking, or set ask = true for a message that asks on purpose",
    )


def _request(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return the first and last token (inclusive) of the first request."""
    known = phrases("en/requests")
    for index, token in enumerate(tokens):
        for phrase in known.get(token.word, ()):
            end = _end(tokens, index + 1, phrase[1:])
            if end is not None and not _is_something_else(tokens, index, phrase):
                return index, end - 1
    return None


def _end(tokens: Sequence[Token], index: int, phrase: tuple[str, ...]) -> int | None:
    """Return the end of `phrase` where it stands at `index`."""
    if not phrase:
        return index
    if phrase[0] == "*":
        ends = (_end(tokens, index + skipped, phrase[1:]) for skipped in range(_GAP + 1))
        return next((end for end in ends if end is not None), None)
    if index >= len(tokens):
        return None
    word = tokens[index].word
    fits = _is_verb(word) if phrase[0] == "VERB" else word == phrase[0]
    return _end(tokens, index + 1, phrase[1:]) if fits else None


def _is_verb(word: str) -> bool:
    if word in table("en/stative"):
        return False
    return any(word in table(name) for name in ("en/act-verbs", "en/act-nouns", "en/plain-verbs"))


def _is_something_else(tokens: Sequence[Token], index: int, phrase: tuple[str, ...]) -> bool:
    """Whether the words before make it a wish, a report or a subordinate clause."""
    before = tokens[index - 1].word if index else ""
    if phrase == ("please",):
        return before in ("to", "they", "you", "we", "can't", "never", "always", "who")
    return " ".join(phrase[:2]) in _INVERTED and before in _NOT_ASKED


_INVERTED = frozenset({"can you", "could you", "will you", "would you", "can we", "could we", "can i", "could i"})
_NOT_ASKED = frozenset({"only", "nor", "so", "than", "neither", "as"})

RULE = Rule(code="D202", name="request", doc=__doc__, on_message=check, drafts=True)
