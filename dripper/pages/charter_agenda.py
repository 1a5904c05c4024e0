"""The agenda of a kick-off call: what to settle, what to ask, and what of it the file already knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dripper.prep.relationship_people import people_of
from dripper.prep.words import day, listed, with_unit, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.workspace.model.account import Account, Metric


class Item(NamedTuple):
    """One point of the agenda."""

    point: str
    ask: str
    # What the file knows of it already; a guess until they say it.
    bring: str


def agenda_of(account: Account) -> tuple[Item, ...]:
    """Return the points in the order in which a call takes them: their wishes before ours, metrics before people."""
    return tuple(Item(point, ask, "; ".join(bring) or "–") for point, ask, bring in _points(account))


def _points(account: Account) -> Iterator[tuple[str, str, list[str]]]:
    wishes = account.objectives
    yield (
        "What they want",
        "What must be true in a year for you to call this a success?",
        [f"our guess: {each.theirs}" for each in wishes if each.theirs],
    )
    yield "What we want", "Say it as plainly as they do.", [each.ours for each in wishes if each.ours]
    yield "Where the two meet", "Which of these helps us both?", [each.aligned for each in wishes if each.aligned]
    yield (
        "What decides it",
        "Which two or three numbers would show it, and who has them?",
        [metric.title for metric in account.metrics],
    )
    yield (
        "Baseline, goal and date",
        "Where does each number stand today, where is it to be, and by when?",
        [known for metric in account.metrics if (known := _known(metric))],
    )
    yield "Where we lead", "For which of these do you rely on us?", _lead(account)
    yield "Who decides", "Who signs, and what is that person judged on?", _people(account)
    yield "When something fails", "Whom does each side call, and how soon?", []
    yield "When we look again", "On which day do we go through the numbers together?", _renewal(account)


def _known(metric: Metric) -> str:
    values = (("from", metric.baseline), ("to", metric.goal))
    parts = [f"{word} {with_unit(written(value), metric)}" for word, value in values if value is not None]
    parts += [f"by {day(metric.by)}"] if metric.by else []
    return f"{metric.title} {' '.join(parts)}" if parts else ""


def _lead(account: Account) -> list[str]:
    if account.lead is None:
        return []
    return [account.lead.area, *(f"{each.what} by {day(each.by)}" for each in account.lead.milestones)]


def _people(account: Account) -> list[str]:
    people = people_of(account)
    deciders = [person for person in people if person.contact.decides]
    if not deciders:
        return ["we do not know yet"]
    return [
        f"{person.name}, judged on {listed(person.contact.judged_on)}" if person.contact.judged_on else person.name
        for person in deciders
    ]


def _renewal(account: Account) -> list[str]:
    renews = account.contract.renews if account.contract else None
    return [f"the contract renews on {day(renews)}"] if renews else []
