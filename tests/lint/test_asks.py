from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dripper.lint.asks.ask import Kind
from dripper.lint.draft import read_line
from dripper.lint.phrasebook import phrasebook
from dripper.lint.reading import Reading
from dripper.lint.said import quotes_in
from dripper.problem import Passage, Span

# The words that make asks, and what may stand between.
CUES = {word for name in ("requests", "indirect", "calls") for word in phrasebook(f"en/{name}").cues}
PLAIN = "the a to be you we it if and or not me us send call by friday ana , : . ? ! - 5"
WORDS = [*sorted(CUES), *PLAIN.split()]


def reading(text: str) -> Reading:
    return Reading(Passage(text, lambda start, end: Span(line=1, column=start + 1, end_line=1, end_column=end + 1)))


def kinds(text: str) -> list[Kind]:
    return [ask.kind for _, ask in reading(text).asks]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Who counts the parcels in Kiel?", Kind.QUESTION),
        ("Are you still counting by hand", Kind.QUESTION),
        ("Where do things stand with the hall", Kind.QUESTION),
        ("We need you to count again.", Kind.REQUEST),
        ("Pls count again.", Kind.REQUEST),
        ("It would help if you could count again.", Kind.REQUEST),
        ("Count again and send the list to Kiel.", Kind.CALL),
        ("When you get there call me.", Kind.CALL),
        ("Don't forget the label.", Kind.REQUEST),
        ("Zap the second line.", Kind.CALL),
        ("To win, reply.", Kind.CALL),
        ("If Ana is late, start without her.", Kind.CALL),
        ("From Monday use the back door.", Kind.CALL),
        ("Do not under any circumstances count the crates.", Kind.CALL),
        ("email Rob about the van", Kind.CALL),
        ("What we need is a list of the crates.", Kind.REQUEST),
        ("I would like to talk about the hall.", Kind.INDIRECT),
        ("We should review the hall.", Kind.INDIRECT),
        ("Let's have lunch in Kiel.", Kind.INVITATION),
        ("Come to our webinar.", Kind.INVITATION),
        ("Please renew before May.", Kind.COMMERCIAL),
        ("Ask them for a discount.", Kind.COMMERCIAL),
        ("Let sleeping dogs lie.", Kind.ADVICE),
    ],
)
def test_an_ask_is_of_one_kind(text: str, kind: Kind) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Order intake in Kiel doubled.",
        "Review of the hall took a week.",
        "Call volume is down.",
        "Update 5 came on Monday.",
        "Rest assured that nobody counts.",
        "Return on equity rose.",
        "Set to grow, the hall hired two.",
        "Hope you had a good week.",
        "Thanks for letting me know.",
        "I will schedule a meeting.",
        "He can join us.",
        "They want us to sign.",
        "She asked me to send the list.",
        "Your request was late.",
        "As you can see, the hall is full.",
        "Had you asked, the hall would have been kept.",
        "Customers read the label but skip the price.",
        "When buyers plan, build and test, they return less.",
        '"Count again," the chief wrote to his hall.',
        "Will do.",
        "No. 5 sells best.",
        "Have been away all week.",
        "Please find attached the list.",
        "What does it mean for you? Nothing at all.",
        "Does it count by itself? It does, since March.",
        "Back tomorrow.",
        "Proof that counting pays: the hall in Kiel.",
        "Thanks again, and enjoy your holiday.",
        "Planning and Sales are one team since 22 May.",
    ],
)
def test_what_only_looks_like_an_ask_is_none(text: str) -> None:
    assert kinds(text) == []


def test_each_sentence_has_at_most_one_ask() -> None:
    found = reading("Please count again, call Ana and let me know. Would you?").asks

    assert [ask.kind for _, ask in found] == [Kind.REQUEST, Kind.QUESTION]


@given(st.text(alphabet=st.sampled_from("aeiou CPcp.,?!'\"-\n"), max_size=60))
def test_an_ask_lies_within_its_sentence(text: str) -> None:
    for sentence, ask in reading(text).asks:
        assert 0 <= ask.first <= ask.last < len(sentence.words)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
def test_no_row_of_words_is_too_strange(text: str) -> None:
    assert all(ask.first <= ask.last for _, ask in read_line(f"{text}.", 1).text.asks)


@pytest.mark.parametrize("text", ["You must.", "All of you are to.", "Everyone should?", "We need."])
def test_a_request_that_breaks_off_is_no_fault(text: str) -> None:
    assert len(read_line(text, 1).text.asks) <= 1


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "no" twice.', ['"no"']),
        ("“No,” he said, “never.”", ["“No,”", "“never.”"]),
        ('"All of it is mine."', []),
        ('It measures 5".', []),
    ],
)
def test_what_somebody_else_says_is_found(text: str, quoted: list[str]) -> None:
    assert [text[start:end] for start, end in quotes_in(text)] == quoted
