"""A sentence for a negotiation tells a feeling, presses or mocks.

Finds: feelings of ours ("we are furious", "it is disappointing"), verdicts on the other side ("unacceptable",
"ridiculous"), sighs, and words that say they ought to have known: "obviously", "as you well know", "with all due
respect", "frankly". What others feel ("your shoppers are annoyed by it") and "a disappointing quarter" are facts.

Why: a feeling cannot be answered with an offer, so the talk turns to who is right. A reason can.

Fires:
    Frankly, we are disappointed. A cut of 8% is unacceptable.

Instead:
    A cut of 8% takes out the team that brought your returns from 31% to 24% since March 2026.

Source: the method of the brief: rational reasons and politeness instead of emotion; for words that irritate without
persuading, Rackham and Carlisle, The effective negotiator (1978), where skilled negotiators used fewer of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.phrasebook import Match, apart, phrasebook
from dripper.lint.reading import Reading
from dripper.lint.rule import Finding, Rule, Writing
from dripper.lint.sentence import Sentence
from dripper.lint.wordlists import table

_TABLE = "en/feelings"
_OUR = frozenset({"my", "our"})
_DESCRIBES = frozenset(
    {"a", "an", "the", "another", "one", "this", "that", "your", "very", "rather", "most", "more", "of"}
)
_QUOTES = frozenset("'\"“”‘’«»")


def check(writing: Writing) -> Iterator[Finding]:
    """Find each feeling, verdict and mark of contempt."""
    known = phrasebook(_TABLE)
    for reading in writing.readings:
        for sentence in reading.sentences:
            for match in apart(known.matches(sentence.words)):
                if _is_meant(sentence.words, match):
                    yield _finding(reading, sentence, match)


def _is_meant(words: list[str], match: Match) -> bool:
    before = words[match.first - 1] if match.first else ""
    after = words[match.last + 1] if match.last + 1 < len(words) else ""
    if before in _QUOTES and after in _QUOTES:
        return False
    match match.value:
        case "ours":
            return _is_ours(words, match.first)
        case "quality":
            return not after[:1].isalnum() or before not in _DESCRIBES or after in table("en/their-acts")
        case "verdict":
            return not (words[match.first] in ("unfair", "unjust") and after in ("competition", "dismissal", "trading"))
        case _:
            return before != "not"


def _is_ours(words: list[str], first: int) -> bool:
    """Whether the feeling at `first` is the speaker's: theirs who speak, or nobody's who is named."""
    place = first - 1
    while place >= 0 and words[place] in table("en/feeling-links"):
        place -= 1
    if place < 0 or not words[place][0].isalnum() or words[place] in table("en/speakers"):
        return True
    return words[place] in table("en/own-people") and place > 0 and words[place - 1] in _OUR


def _finding(reading: Reading, sentence: Sentence, match: Match) -> Finding:
    start, end = sentence.place(match.first, match.last)
    words = reading.text[start:end]
    if match.value == "mark":
        message, cure = f'words that press or mock: "{words}"', "leave them out: what follows convinces without them"
    else:
        kind = "a verdict on the other side" if match.value == "verdict" else "a feeling"
        message, cure = f'{kind}: "{words}"', "say what happened instead, with its figure and its date"
    return Finding(reading=reading, start=start, end=end, message=message, cure=cure)


RULE = Rule(
    code="D701",
    name="feeling-word",
    doc=__doc__,
    on_message=check,
    cues=lambda: phrasebook(_TABLE).cues,
    drafts=True,
    negotiation=True,
)
