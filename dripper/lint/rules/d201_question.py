"""A question is put to the reader.

Finds: a sentence that ends in a question mark. A question that somebody else asks in quotes, one that the text goes on
to answer, and a headline are none.

Why: a question wants an answer, and an answer is work. A drip message gives and asks for nothing.

Fires:
    Most of your abandoned carts start after 9 pm. When does your reminder go out?

Instead:
    Most of your abandoned carts start after 9 pm. Why? That is when the children sleep.

Source: the drip method: most messages are without an ask; labelled sentences of business e-mail showed what passes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dripper.lint.reading import Sentence
from dripper.lint.rule import Finding, Rule, Writing
from dripper.lint.wordlists import phrases

_QUOTES = '"“”«»'
_TO_READER = frozenset(
    {"you", "your", "yours", "we", "us", "our", "i", "me", "my", "you're", "you've", "anyone", "anybody"}
)

_ASKING = frozenset({"why", "what", "how", "who", "when", "where", "which", "whose", "so", "and"})
_ANSWERING = frozenset({"yes", "no", "not", "because", "only", "hardly", "never", "always", "mostly", "nope", "yep"})
_FRAGMENT_WORDS = 3


def check(writing: Writing) -> Iterator[Finding]:
    """Find each question."""
    if writing.asks:
        return
    cure = f"turn it into a statement, or {writing.meant(RULE.code)}"
    for reading in writing.readings:
        if "?" not in reading.text:
            continue
        sentences = reading.sentences
        for number, sentence in enumerate(sentences):
            mark = _question_mark(sentence, reading.text)
            if mark is None or _is_rhetorical(sentence, sentences[number + 1 : number + 2]):
                continue
            yield Finding(
                reading=reading,
                start=sentence.start,
                end=mark + 1,
                message="a question to the reader",
                cure=cure,
            )


def _question_mark(sentence: Sentence, text: str) -> int | None:
    """Return where the sentence's question mark stands; `None` where it has none, or has it within quotes only."""
    mark = text.rfind("?", sentence.start, sentence.end)
    if mark < 0 or (text[mark + 1 : sentence.end].strip(" \t\n?!.)*" + _QUOTES)):
        return None
    quotes = sum(text.count(quote, sentence.start, mark) for quote in _QUOTES)
    return None if quotes % 2 and text[sentence.start] not in _QUOTES else mark


def _is_rhetorical(sentence: Sentence, following: Sequence[Sentence]) -> bool:
    words = [word for word in sentence.words if word[0].isalnum()]
    if not words:
        return True
    if any(tuple(words[: len(phrase)]) == phrase for phrase in phrases("en/rhetorical").get(words[0], ())):
        return True
    if _TO_READER.intersection(words):
        return False
    return sentence.is_headline or any(_answers(next_, words) for next_ in following)


def _answers(sentence: Sentence, question: Sequence[str]) -> bool:
    """Whether `sentence`, which follows, is the writer's own answer."""
    first = next((word for word in sentence.words if word[0].isalnum()), "")
    return question[0] in _ASKING or len(question) <= _FRAGMENT_WORDS or first in _ANSWERING


RULE = Rule(code="D201", name="question", doc=__doc__, on_message=check, drafts=True)
