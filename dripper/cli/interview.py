"""Asks the ten questions of a new negotiation on the terminal; nothing that was said gets lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dripper.cli.app import App, talk

if TYPE_CHECKING:
    from pathlib import Path

    from dripper.jobs.interview import Interview
    from dripper.jobs.interview_known import Guess
    from dripper.jobs.interview_questions import Question

# What a script gets without being asked: enough for a file that says what the contract says.
_WITHOUT_ASKING = ("our_target",)


def negotiate(app: App, name: str, *, ask: bool) -> Path:
    """Write the negotiation with what a person answers, or with what is known where nobody is asked.

    Where the person stops, the file is written with the answers so far and the command ends with `Abort`; before the
    first answer nothing is written.
    """
    from dripper.jobs.new import interview_of, new_negotiation
    from dripper.jobs.prepare import owner_of

    wiring = app.wiring
    workspace, root = wiring.workspace, wiring.root
    interview = interview_of(root, name, workspace=workspace, today=wiring.today(), owner=owner_of(workspace))
    stopped = _ask(interview) if ask else _fill(interview)
    if stopped and not interview.answers:
        talk("\nNothing was written.")
        raise click.Abort
    path = new_negotiation(root, name, interview, workspace=workspace)
    if stopped:
        talk(f"\nWhat you said so far stands in {path.relative_to(root)}; what is open stands there as comments.")
        raise click.Abort
    return path


def _ask(interview: Interview) -> bool:
    """Ask until all is answered; return whether the person stopped before."""
    talk("Ten questions. Enter takes what stands in [ ] as a guess,")
    talk("- leaves it open, Ctrl-C stops and keeps what was said.")
    try:
        for number, (question, guess) in enumerate(interview.questions(), start=1):
            _ask_one(interview, number, question, guess)
    except click.Abort:
        return True
    return False


def _ask_one(interview: Interview, number: int, question: Question, guess: Guess | None) -> None:
    per = interview.known.per
    offer = f"({guess.why})\n    [{guess.text}]" if guess else "(Enter leaves it open)\n   "
    while True:
        prompt = f"{number:2}. {question.ask.format(per=per)}\n    {offer}"
        typed = click.prompt(prompt, default="", show_default=False, prompt_suffix=" ", err=True)
        try:
            interview.take(question, typed, guess)
        except ValueError as error:
            talk(f"    {error}")
        else:
            return


def _fill(interview: Interview) -> bool:
    for question, guess in interview.questions():
        if question.name in _WITHOUT_ASKING and guess:
            interview.take(question, "", guess)
    return False
