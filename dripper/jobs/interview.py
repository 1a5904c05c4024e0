"""The interview for a new negotiation: ten questions, and what was answered so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dripper.jobs.interview_known import Answer, Answers, Guess, Known
from dripper.jobs.interview_questions import QUESTIONS, Question

if TYPE_CHECKING:
    from collections.abc import Iterator

# A question is to be answered this long before the talk.
_DAYS_BEFORE = 14


@dataclass(slots=True)
class Interview:
    """The questions in their order, and what was answered so far."""

    known: Known
    answers: Answers = field(default_factory=dict)

    def questions(self) -> Iterator[tuple[Question, Guess | None]]:
        """Yield each question with its guess, which may rest on the answers before it."""
        for question in QUESTIONS:
            yield question, question.guess(self.known, self.answers)

    def take(self, question: Question, typed: str, guess: Guess | None) -> None:
        """Take what was typed; nothing takes the guess, or leaves the question open, as `-` does; `ValueError`."""
        typed = " ".join(typed.split())
        if typed == "-" or (not typed and guess is None):
            if question.name in ("title", "on"):
                raise ValueError("this one is needed")
            return
        text = typed or (guess.text if guess else "")
        toml = question.read(text, self.known, self.answers)
        self.answers[question.name] = Answer(toml=toml, typed=text, guess=None if typed else guess)

    @property
    def guesses(self) -> tuple[str, ...]:
        """Return the keys whose values were taken as proposed."""
        keys = (question.key for question in QUESTIONS if question.name in self.answers)
        named = {question.key for question in QUESTIONS if self._is_guess(question)}
        return tuple(dict.fromkeys(key for key in keys if key in named))

    def _is_guess(self, question: Question) -> bool:
        answer = self.answers.get(question.name)
        return answer is not None and answer.guess is not None

    @property
    def question_due(self) -> date:
        """Return until when the open question is to be answered: two weeks before the talk, but not in the past."""
        on = date.fromisoformat(self.answers["on"].toml) if "on" in self.answers else self.known.on
        return max(self.known.today, on - timedelta(days=_DAYS_BEFORE))
