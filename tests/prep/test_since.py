from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from fakes.accounts import RETURNS, TODAY, account, fact, negotiation, returns_rate, series
from fakes.briefs import OPEN

from dripper.pages.brief.document import brief_json
from dripper.prep.brief import brief_of
from dripper.prep.since import since
from dripper.workspace.model.account import Account
from dripper.workspace.model.values import Money, Number


def _document(
    who: Account | None = None, values: list[str] = RETURNS, *, later: int = 0, **changes: object
) -> dict[str, Any]:
    found = {"returns_rate": series("returns_rate", values)} if values else {}
    today = TODAY + timedelta(days=later)
    return brief_json(brief_of(who or account(), negotiation(**changes), found, today=today, owner="Mira"))


BEFORE = _document()


def _changes(**changes: Any) -> tuple[str, ...]:
    return since(BEFORE, _document(**changes)).changes


def test_nothing_changes_by_itself() -> None:
    found = since(BEFORE, _document(later=1))

    assert (found.on, found.changes) == (TODAY, ())


def test_homework_verdict_and_questions_are_compared() -> None:
    changes = _changes(our_walk_away=None, questions=(OPEN,))

    assert "The verdict was ready and is reschedule." in changes
    assert "New homework: We have no walk-away point." in changes
    assert "Our walk-away: missing, before 228,000 EUR." in changes
    assert "New question: “Who else is bidding?”" in changes
    undone = since(_document(our_walk_away=None), BEFORE).changes
    assert "Done: We have no walk-away point." in undone


def test_a_metric_is_compared_by_value_verdict_and_goal() -> None:
    goal = replace(account(), metrics=(returns_rate(goal=Number("20"), by=date(2027, 12, 31)),))

    assert "Returns rate: from 24% to 23.5% (1 new value)." in _changes(values=[*RETURNS, "23.5"])
    assert any(
        change.startswith("Returns rate: the goal is now 20% by 31 Dec 2027, it was") for change in _changes(who=goal)
    )
    assert "Returns rate: it was step down and is flat." in _changes(values=RETURNS[:12] + RETURNS[:6])
    assert "No longer there: Returns rate." in _changes(who=account(metrics=()), values=[])


def test_angles_come_go_and_become_rock_solid() -> None:
    more = account(facts=(*account().facts, fact(what="A new fact")))
    changes = _changes(who=more)

    assert "Their new angle: A new fact" in changes
    assert "New fact: “A new fact”" in changes
    assert "Their angle is gone: A new fact" in since(_document(who=more), BEFORE).changes
    small = account(metrics=(returns_rate(worth=Money.parse("1 EUR")),))
    assert any(change.startswith("No longer rock solid: ") for change in _changes(who=small))


def test_a_zone_that_opens_or_closes_is_told() -> None:
    changes = _changes(our_walk_away=Money.parse("300000 EUR"))

    assert any(change.startswith("Zone of agreement: none") for change in changes)
