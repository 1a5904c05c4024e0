"""The ten questions of a new negotiation: each with its guess from contract and metrics, and how its answer is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dripper.jobs.interview_read import read_date, read_money, read_range
from dripper.workspace.model.account import Account, Fact, Side
from dripper.workspace.model.negotiation import is_id
from dripper.workspace.model.values import Money
from dripper.workspace.toml_text import toml_text

# The amounts of ours, in the order of the questions.
_AMOUNTS = ("our_target", "our_opening", "our_walk_away")
# What is proposed against the contract as it stands: ask for more, know where to stop.
_OPENING, _FLOOR, _THEIR_CEILING = Decimal("1.10"), Decimal("0.95"), Decimal("1.15")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the workspace knows beforehand; `best_metric` is the id of the metric that speaks most for us, or empty."""

    account: Account
    today: date
    title: str
    on: date
    why_on: str
    best_metric: str
    why_metric: str
    # The ids that an answer may name.
    metrics: tuple[str, ...]
    owner: str

    @property
    def their_fact(self) -> Fact | None:
        """Return what they are likeliest to argue with: the latest fact that speaks for them."""
        theirs = (fact for fact in self.account.facts if fact.for_ is Side.THEM and fact.on <= self.today)
        return max(theirs, key=lambda fact: fact.on, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What Enter takes, as a person would type it, and where it comes from."""

    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer as TOML; `typed` is what was typed or guessed."""

    toml: str
    typed: str
    guess: Guess | None = None


Answers = dict[str, Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question; `key` is that of the file, `read` returns the answer as TOML or raises `ValueError`."""

    name: str
    key: str
    ask: str
    guess: Callable[[Known, Answers], Guess | None]
    read: Callable[[str, Known, Answers], str]


def _currency(known: Known, answers: Answers) -> str:
    """Return the currency of the amounts so far, else the contract's; empty where there is neither."""
    stated = next((amount for amount in map(answers.get, _AMOUNTS) if amount), None)
    if stated:
        return stated.toml.strip('"').rpartition(" ")[2]
    return known.account.contract.value.currency if known.account.contract else ""


def _amount(name: str, answers: Answers) -> Money | None:
    """Return an amount that was answered."""
    return Money.parse(answers[name].toml.strip('"')) if name in answers else None


def _base(known: Known, answers: Answers) -> Money | None:
    """Return what amounts are set against: our target, else the contract."""
    contract = known.account.contract
    return _amount("our_target", answers) or (contract.value if contract else None)


def _share(factor: Decimal, why: str) -> Callable[[Known, Answers], Guess | None]:
    def guess(known: Known, answers: Answers) -> Guess | None:
        base = _base(known, answers)
        return None if base is None else Guess(text=f"{_round(base.amount * factor)} {base.currency}", why=why)

    return guess


def _round(amount: Decimal) -> str:
    """Return a proposed amount with three digits: a guess must not look exact."""
    step = Decimal(1).scaleb(max(0, amount.adjusted() - 2))
    return f"{(amount / step).to_integral_value() * step:f}"


def _target(known: Known, _answers: Answers) -> Guess | None:
    contract = known.account.contract
    return Guess(text=str(contract.value), why="the contract as it stands") if contract else None


def _their_end(known: Known, answers: Answers) -> Guess | None:
    contract = known.account.contract
    if contract is None or contract.value.currency != _currency(known, answers):
        return None
    value = contract.value
    text = f"{_round(value.amount)} to {_round(value.amount * _THEIR_CEILING)} {value.currency}"
    return Guess(text=text, why="the contract to 15% above it")


def _said(known: Known, _answers: Answers) -> Guess | None:
    fact = known.their_fact
    return Guess(text=fact.what, why=f"a fact that speaks for them ({fact.kind})") if fact else None


def _answer(known: Known, answers: Answers) -> Guess | None:
    if "said" not in answers or not known.best_metric:
        return None
    return Guess(text=known.best_metric, why=known.why_metric)


def _open_question(known: Known, _answers: Answers) -> Guess | None:
    deciders = [contact for contact in known.account.contacts if contact.decides]
    if not deciders:
        return Guess(text="Who signs?", why="nobody is known to decide")
    unknown = next((contact for contact in deciders if not contact.boss), None)
    if unknown:
        return Guess(text=f"Whom does {unknown.name or 'the decider'} answer to?", why="their boss is not known")
    return Guess(text="Who else is bidding?", why="the usual unknown")


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
    currency = _currency(known, answers)
    amount = read_money(typed, currency)
    if amount.currency != currency and not {*_AMOUNTS}.isdisjoint(answers):
        raise ValueError(f"the amounts so far are in {currency}")
    return toml_text(str(amount))


def _read_opening(typed: str, known: Known, answers: Answers) -> str:
    return _ranked(typed, known, answers, least=True)


def _read_floor(typed: str, known: Known, answers: Answers) -> str:
    return _ranked(typed, known, answers, least=False)


def _ranked(typed: str, known: Known, answers: Answers, *, least: bool) -> str:
    """Read an amount that must not be below (`least`), or above, the target, or the opening where there is none."""
    toml = _read_amount(typed, known, answers)
    amount = Money.parse(toml.strip('"'))
    name = next((each for each in _AMOUNTS if each in answers), "")
    other = _amount(name, answers)
    if other and (amount.amount < other.amount if least else amount.amount > other.amount):
        word = "less" if least else "more"
        raise ValueError(f"{amount} is {word} than our {name.removeprefix('our_')}, {other}")
    return toml


def _read_ends(typed: str, known: Known, answers: Answers) -> str:
    low, high = read_range(typed, _currency(known, answers))
    _read_amount(str(high), known, answers)
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
    Question(name="our_target", key="our_target", ask="What do we aim at?", guess=_target, read=_read_amount),
    Question(
        name="our_opening",
        key="our_opening",
        ask="What do we ask for first?",
        guess=_share(_OPENING, "a tenth above what we aim at"),
        read=_read_opening,
    ),
    Question(
        name="our_walk_away",
        key="our_walk_away",
        ask="Below what do we walk away?",
        guess=_share(_FLOOR, "5% below what we aim at"),
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
        ask="Beyond what do they walk away (a range)?",
        guess=_their_end,
        read=_read_ends,
    ),
    Question(name="said", key="demand", ask="What will they say?", guess=_said, read=_read_text),
    Question(
        name="answer",
        key="demand",
        ask="What do we answer (a metric's id, or a sentence)?",
        guess=_answer,
        read=_read_answer,
    ),
    Question(
        name="question",
        key="question",
        ask="What must we know before we talk?",
        guess=_open_question,
        read=_read_text,
    ),
)
