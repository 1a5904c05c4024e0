"""The walk through the accounts: one question after the other, each answer written before the next question comes.

What a person types last of a piece of evidence is its text, and that is written at once: to stop at any question loses
nothing that was typed out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from dripper.errors import FileError
from dripper.jobs.review import Review
from dripper.prep.relationship_questions import QUESTIONS
from dripper.prep.relationship_say import reason, warning
from dripper.problem import Problem
from dripper.workspace.model.account import Account, Bucket, Evidence, Looked, Side, Trait

T = TypeVar("T")
_BUCKETS = {"p": Bucket.PARTNER, "partner": Bucket.PARTNER, "c": Bucket.CLIENT, "client": Bucket.CLIENT}
_SIDES = {"": Side.THEM, "t": Side.THEM, "them": Side.THEM, "u": Side.US, "us": Side.US}
_NEXT, _STOP = ("s", "skip"), ("q", "quit")


class _LeaveError(Exception):
    """The rest of an account, or of the walk, is not wanted."""

    def __init__(self, *, everything: bool) -> None:
        super().__init__()
        self.everything = everything


@dataclass(kw_only=True)
class Walk:
    """Asks and writes; `ask` returns a line that the person typed, `record` why it cannot be written, or `None`."""

    ask: Callable[[str], str]
    tell: Callable[[str], None]
    record: Callable[[Account, Bucket | Evidence | Looked], Problem | None]
    today: date
    # How many labels and pieces of evidence were written, and how often there was nothing new.
    labels: int = 0
    pieces: int = 0
    nothing: int = 0

    def through(self, reviews: Sequence[Review]) -> None:
        """Walk through the accounts until the end, or until the person has enough."""
        for number, review in enumerate(reviews, start=1):
            try:
                self.tell(f"\n{number} of {len(reviews)}  {review.account.name} ({review.account.id})")
                self._account(review)
            except _LeaveError as leave:
                if leave.everything:
                    return
            except FileError as error:
                self.tell(f"  {error}\n  {error.cure}")

    def _account(self, review: Review) -> None:
        said = warning(review.relationship)
        self.tell(f"{said[0].upper()}{said[1:]}. {reason(review.relationship)}")
        label = self._bucket("What do we call them, p(artner) or c(lient)? Enter leaves it: ")
        if label and label is not review.relationship.label:
            self.record(review.account, label)
            self.labels += 1
            self.tell(f'  wrote bucket = "{label}"')
        for trait in review.traits:
            self.tell(f"{trait.capitalize()}: {QUESTIONS[trait]}")
            says = self._bucket("  Does it speak for p(artner) or c(lient)? Enter, if there is nothing new: ")
            if says:
                self._piece(review.account, trait, says)
            else:
                self.record(review.account, Looked(of=trait, on=self.today))
                self.nothing += 1

    def _piece(self, account: Account, trait: Trait, says: Bucket) -> None:
        side = self._among("  Who did it, t(hem) or u(s)? Enter is them: ", _SIDES)
        on = self._day()
        while what := self.ask("  What happened, in one sentence? ").strip():
            fault = self._write(account, Evidence(on=on, of=trait, side=side, says=says, what=what))
            if not fault:
                self.pieces += 1
                self.tell(f"  wrote it into {account.file}")
                return
            self.tell(f"  {fault}")
        self.tell("  nothing written: no sentence")

    def _write(self, account: Account, evidence: Evidence) -> str:
        """Return why a piece of evidence was not written; empty where it was."""
        try:
            evidence.what.encode()
        except UnicodeEncodeError:
            return "That is no text."
        problem = self.record(account, evidence)
        return f"{problem.message}: {problem.cure}" if problem else ""

    def _bucket(self, question: str) -> Bucket | None:
        return self._among(f"{question}", {"": None, **_BUCKETS})

    def _among(self, question: str, answers: dict[str, T]) -> T:
        while (answer := self.ask(question).strip().casefold()) not in answers:
            if answer in (*_NEXT, *_STOP):
                raise _LeaveError(everything=answer in _STOP)
            known = ", ".join(each for each in answers if len(each) == 1)
            self.tell(f"  Say {known} or press Enter; s skips the rest of this account, q ends the review.")
        return answers[answer]

    def _day(self) -> date:
        while answer := self.ask(f"  On which day? Enter is today, {self.today.isoformat()}: ").strip():
            try:
                on = date.fromisoformat(answer)
            except ValueError:
                self.tell(f"  Write it as {self.today.isoformat()}.")
                continue
            if on <= self.today:
                return on
            self.tell("  That day is still to come.")
        return self.today
