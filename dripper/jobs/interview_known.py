"""What an interview for a new negotiation rests on: what is known beforehand, and the answers so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dripper.workspace.model.account import Account, Fact, Side
from dripper.workspace.model.values import Money

# The amounts of ours, in the order of the questions.
AMOUNTS = ("our_target", "our_opening", "our_walk_away")


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
    def per(self) -> str:
        """Return what every amount is for, such as ` per month`: the contract's; empty where there is none."""
        return f" per {self.account.contract.per}" if self.account.contract else ""

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


def currency_of(known: Known, answers: Answers) -> tuple[str, str]:
    """Return the currency of every amount, and where it comes from; both are empty where any will do."""
    stated = next((amount for name in AMOUNTS if (amount := amount_of(name, answers))), None)
    if stated:
        return stated.currency, "the amounts so far are"
    contract = known.account.contract
    return (contract.value.currency, "the contract is") if contract else ("", "")


def amount_of(name: str, answers: Answers) -> Money | None:
    """Return an amount that was answered."""
    return Money.parse(answers[name].toml.strip('"')) if name in answers else None
