"""The ten questions of a new negotiation: each with its guess, and how its answer is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dripper.jobs import interview_guess as guessed
from dripper.jobs.interview_known import AMOUNTS, Answers, Guess, Known, amount_of, currency_of
from dripper.jobs.interview_read import read_date, read_money, read_range
from dripper.workspace.model.negotiation import is_id
from dripper.workspace.model.values import Money
from dripper.workspace.toml_text import toml_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question; `key` is that of the file, `read` returns the answer as TOML or raises `ValueError`.

    In `ask`, `{per}` stands where the time that an amount is for is named.
    """

    name: str
    key: str
    ask: str
    guess: Callable[[Known, Answers], Guess | None]
    read: Callable[[str, Known, Answers], str]


def _read_text(typed: str, _known: Known, _answers: Answers) -> str:
    return toml_text(typed)


def _read_answer(typed: str, known: Known, _answers: Answers) -> str:
    """Read an answer: a word that looks like an id must be a metric's, else it would answer nothing."""
    if is_id(typed) and typed not in known.metrics:
        named = f", or name one of: {', '.join(known.metrics)}" if known.metrics else ""
        raise ValueError(f'no metric is called "{typed}": answer in a sentence{named}')
    return toml_text(typed)


def _read_on(typed: str, known: Known, _answers: Answers) -> str:
    return read_date(typed, today=known.today).isoformat()


def _read_amount(typed: str, known: Known, answers: Answers) -> str:
    return toml_text(str(_in_currency(typed, known, answers)))


def _in_currency(typed: str, known: Known, answers: Answers) -> Money:
    currency, whose = currency_of(known, answers)
    amount = read_money(typed, currency)
    if currency and amount.currency != currency:
        raise ValueError(f"{whose} in {currency}: write the amount in {currency}, too")
    return amount


def _read_opening(typed: str, known: Known, answers: Answers) -> str:
    return _ranked(typed, known, answers, least=True)


def _read_floor(typed: str, known: Known, answers: Answers) -> str:
    return _ranked(typed, known, answers, least=False)


def _ranked(typed: str, known: Known, answers: Answers, *, least: bool) -> str:
    """Read an amount that must not be below (`least`), or above, the target and the opening."""
    amount = _in_currency(typed, known, answers)
    for name in AMOUNTS[:2]:
        other = amount_of(name, answers)
        if other and (amount < other if least else amount > other):
            word, cure = ("less", "more") if least else ("more", "less")
            ours = name.removeprefix("our_")
            raise ValueError(
                f"{amount} is {word} than our {ours}, {other}: write that or {cure}, or - to leave it open"
            )
    return toml_text(str(amount))


def _read_ends(typed: str, known: Known, answers: Answers) -> str:
    low, high = read_range(typed, currency_of(known, answers)[0])
    _in_currency(str(high), known, answers)
    return f"[{toml_text(str(low))}, {toml_text(str(high))}]"


QUESTIONS = (
    Question(
        name="title",
        key="title",
        ask="What is it called?",
        guess=lambda known, _: Guess(text=known.title, why="the file's name"),
        read=_read_text,
    ),
    Question(
        name="on",
        key="on",
        ask="On which day is the talk?",
        guess=lambda known, _: Guess(text=known.on.isoformat(), why=known.why_on),
        read=_read_on,
    ),
    Question(
        name="our_target", key="our_target", ask="What do we aim at{per}?", guess=guessed.target, read=_read_amount
    ),
    Question(
        name="our_opening",
        key="our_opening",
        ask="What do we ask for first{per}?",
        guess=guessed.opening,
        read=_read_opening,
    ),
    Question(
        name="our_walk_away",
        key="our_walk_away",
        ask="Below what{per} do we walk away?",
        guess=guessed.floor,
        read=_read_floor,
    ),
    Question(
        name="our_alternative",
        key="our_alternative",
        ask="What do we do without a deal?",
        guess=lambda _known, _answers: None,
        read=lambda typed, _known, _answers: f"{{ what = {toml_text(typed)} }}",
    ),
    Question(
        name="their_walk_away",
        key="their_walk_away",
        ask="Beyond what{per} do they walk away (a range)?",
        guess=guessed.their_end,
        read=_read_ends,
    ),
    Question(name="said", key="demand", ask="What will they say?", guess=guessed.said, read=_read_text),
    Question(
        name="answer",
        key="demand",
        ask="What do we answer (a metric's id, or a sentence)?",
        guess=guessed.answer,
        read=_read_answer,
    ),
    Question(
        name="question",
        key="question",
        ask="What must we know before we talk?",
        guess=guessed.open_question,
        read=_read_text,
    ),
)
