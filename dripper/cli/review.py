"""The command `review`: a walk through the accounts, which asks what they are called and for evidence of it."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from dripper.cli.app import App, json_option, page_width, pass_app, print_json, show_problems, talk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.jobs.review import Review


@click.command
@click.argument("accounts", nargs=-1, metavar="[ACCOUNT]...")
@click.option(
    "--limit", type=click.IntRange(1), default=20, metavar="N", help="At most so many; 20 where none is named."
)
@click.option("--skip", type=click.IntRange(0), default=0, metavar="N", help="Leave out the first N accounts.")
@click.option("--no-input", is_flag=True, help="Ask nothing: print the questions.")
@json_option
@pass_app
def review(app: App, accounts: tuple[str, ...], *, limit: int, skip: int, no_input: bool, as_json: bool) -> int:
    """Walk through accounts, the most urgent first, and ask what they are called and for evidence.

    Each answer is written into the account's file before the next question, and nothing else of the file changes.
    Without a terminal, or with --no-input or --json, it prints the questions.
    """
    from dripper.jobs.accounts import faults
    from dripper.jobs.review import reviews

    wiring = app.wiring
    found = reviews(wiring.loaded, wiring.workspace, accounts, today=wiring.today(), limit=limit, skip=skip)
    if as_json or no_input or not sys.stdin.isatty() or not found:
        _print(found, as_json=as_json)
    else:
        _walk(app, found)
    problems = () if accounts else faults(wiring.loaded)
    show_problems(problems)
    return 1 if problems else 0


def _print(found: Sequence[Review], *, as_json: bool) -> None:
    from dripper.pages.review import review_json, review_text

    asked = [(each.account, each.relationship, each.traits) for each in found]
    if as_json:
        print_json(review_json(asked))
    else:
        click.echo(review_text(asked, width=_width()))


def _width() -> int:
    return page_width()


def _walk(app: App, found: Sequence[Review]) -> None:
    from dripper.jobs.review import record
    from dripper.jobs.review_walk import Walk
    from dripper.prep.relationship_questions import FRESH_DAYS
    from dripper.prep.words import counted

    walk = Walk(ask=_ask, tell=_tell, record=partial(record, app.wiring.root), today=app.wiring.today())
    _tell("Each answer is written at once. s skips the rest of an account, q ends; so does Ctrl-C.")
    try:
        walk.through(found)
    finally:
        labels = f"{walk.labels} label{'' if walk.labels == 1 else 's'}"
        talk(f"\n{labels} and {walk.pieces} piece{'' if walk.pieces == 1 else 's'} of evidence are written.")
        if walk.nothing:
            talk(f"{counted(walk.nothing, 'answer')} without news: that is asked again after {FRESH_DAYS} days.")


def _ask(question: str) -> str:
    *before, last = _lines(question.rstrip())
    if before:
        talk("\n".join(before))
    answer: str = click.prompt(f"{last} ", default="", show_default=False, prompt_suffix="", err=True)
    return answer


def _tell(text: str) -> None:
    talk("\n".join(_lines(text)))


def _lines(text: str) -> list[str]:
    """Return `text` as lines that fit the terminal, each part of a line indented as the line is."""
    from dripper.lint.report.columns import folded

    lines: list[str] = []
    for line in text.split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        room = _width() - len(indent)
        lines += [indent + part for part in folded(line.strip(), room, room) if part or not line]
    return lines
