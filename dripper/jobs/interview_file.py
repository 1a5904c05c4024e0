"""What an interview becomes: the lines of a negotiation file, with a comment in the place of what was left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.errors import SecretError, SourceError
from dripper.workspace.toml_text import toml_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dripper.jobs.interview import Interview
    from dripper.workspace.model.account import Account
    from dripper.workspace.model.workspace import Series, Workspace

# Where a comment begins, so that comments stand below each other.
_COLUMN = 37
_NUMBERS = {
    "our_target": ('"264000 EUR"', ""),
    "our_opening": ('"282000 EUR"', "more than we aim at"),
    "our_walk_away": ('"228000 EUR"', "below this the alternative is better"),
    "our_alternative": (
        '{ what = "Move the team to another account", worth = "205000 EUR", checked_on = 2026-11-19 }',
        "",
    ),
    "their_walk_away": ('["240000 EUR", "285000 EUR"]', "a range: it is a guess"),
}
_REASONS = "budget | performance | priorities | market | competition"


def negotiation_lines(interview: Interview) -> dict[str, str]:
    """Return the values of the starting file's places."""
    answers, known = interview.answers, interview.known
    title, on = answers.get("title"), answers.get("on")
    why = known.why_on if on is None or on.guess else ""
    guesses = ", ".join(map(toml_text, interview.guesses))
    numbers = [_line(interview, key, example, meaning) for key, (example, meaning) in _NUMBERS.items()]
    return {
        "title": title.toml if title else toml_text(known.title),
        "on": on.toml if on else known.on.isoformat(),
        "why": f"{' ' * (_COLUMN - len('on = 2026-01-01'))}# {why}" if why else "",
        "numbers": "\n".join([*numbers, f"guesses = [{guesses}]" if guesses else '# guesses = ["our_target"]']),
        "demand": _demand(interview),
        "question": _question(interview),
    }


def best_metric(workspace: Workspace, account: Account, today: date) -> tuple[str, str]:
    """Return the id of the metric that speaks most for us, and why: an agreed one that moved the wanted way before all.

    Both are empty where there is no metric with values.
    """
    from dripper.prep.metrics import read_metrics
    from dripper.prep.say import movement
    from dripper.prep.worth import worth_of

    def rank(at: int) -> tuple[bool, bool, float]:
        amount = worth_of(readings[at])
        return (readings[at].good is not True, not readings[at].metric.agreed, -amount.middle if amount else 0.0)

    series, thresholds = series_of(workspace, account.id), workspace.settings.thresholds
    readings = read_metrics(series, account.metrics, today=today, thresholds=thresholds)
    there = [at for at, reading in enumerate(readings) if reading.points and reading.declared]
    if not there:
        return "", ""
    best = readings[min(there, key=rank)]
    return best.id, f"{best.metric.title}: {movement(best)}"


def series_of(workspace: Workspace, account: str) -> Mapping[str, Series]:
    """Return the series of an account; none where they lie elsewhere and cannot be reached: only guesses need them."""
    try:
        return workspace.series.get(account, {})
    except (SourceError, SecretError):
        return {}


def _line(interview: Interview, key: str, example: str, meaning: str) -> str:
    answer = interview.answers.get(key)
    value = f"{key} = {answer.toml}" if answer else f"# {key} = {example}"
    remark = answer.guess.why if answer and answer.guess else meaning
    return f"{value.ljust(_COLUMN - 1)} # {remark}" if remark else value


def _demand(interview: Interview) -> str:
    said, answer = interview.answers.get("said"), interview.answers.get("answer")
    fact = interview.known.their_fact
    if said is None:
        example = answer.toml if answer else toml_text(interview.known.best_metric or "What changed, in one figure")
        return "\n".join(
            [
                "# [[demand]]",
                '# said = "Every supplier has to come down by 5%"',
                f'# reason = "budget"                  # {_REASONS}',
                f"# answer = {example}",
            ]
        )
    reason = f'reason = "{fact.kind}"' if said.guess and fact else '# reason = "budget"'
    reply = f"answer = {answer.toml}" if answer else '# answer = "What changed, in one figure"'
    return "\n".join(["[[demand]]", f"said = {said.toml}", f"{reason.ljust(_COLUMN - 1)} # {_REASONS}", reply])


def _question(interview: Interview) -> str:
    answer, known = interview.answers.get("question"), interview.known
    lines = [
        "[[question]]",
        f"text = {answer.toml if answer else toml_text('Who signs?')}",
        f"owner = {toml_text(known.owner)}",
        f"due = {interview.question_due.isoformat()}",
        "critical = true                      # while it is open, the talk is better moved",
    ]
    return "\n".join(line if answer else f"# {line}" for line in lines)
