from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fakes.accounts import RETURNS, TODAY, account, fact, negotiation, returns_rate, series
from fakes.packages import negotiation_over

from dripper.jobs.lint import Request, lint
from dripper.prep.betters import BETTERS
from dripper.prep.blocks import BLOCKS
from dripper.prep.brief import brief_of
from dripper.prep.gate import Gate, working_day
from dripper.workspace.model.account import Account, Category, Contact
from dripper.workspace.model.negotiation import Demand, Negotiation, Question, Role, TheirAlternative
from dripper.workspace.model.values import Money, MoneyRange, Points
from dripper.workspace.model.workspace import Series

SERIES = {"returns_rate": series("returns_rate", RETURNS)}
OPEN = Question(text="Who else is bidding?", owner="Dana", due=date(2026, 12, 15), critical=True)


def _gate(who: Account | None = None, talk: Negotiation | None = None, data: Mapping[str, Series] = SERIES) -> Gate:
    return brief_of(who or account(), talk or negotiation(), data, today=TODAY, owner="Mira").gate


def test_done_homework_is_ready_and_asks_for_nothing() -> None:
    gate = _gate()

    assert (gate.ready, gate.blocks, gate.betters, gate.earliest, gate.note) == (True, (), (), None, ())


BLOCKING = {
    "no-angle": (account(metrics=(returns_rate(worth=None),)), negotiation()),
    "unanswered": (account(), negotiation(demands=(Demand(said="5% off", reason=Category.BUDGET),))),
    "no-walk-away": (account(), negotiation(our_walk_away=None)),
    "no-decider": (account(contacts=(Contact(name="Emre Sahin"),)), negotiation()),
    "open-question": (account(), negotiation(questions=(OPEN,))),
}


@pytest.mark.parametrize(("code", "case"), BLOCKING.items(), ids=BLOCKING)
def test_each_missing_piece_blocks_alone(code: str, case: tuple[Account, Negotiation]) -> None:
    gate = _gate(*case)

    assert ([work.code for work in gate.blocks], gate.ready) == ([code], False)


def test_data_older_than_two_periods_blocks() -> None:
    old = {"returns_rate": series("returns_rate", RETURNS, last=date(2026, 8, 31))}

    assert [work.code for work in _gate(data=old).blocks] == ["stale-data"]


def test_data_of_two_periods_does_not_block() -> None:
    assert _gate(data={"returns_rate": series("returns_rate", RETURNS, last=date(2026, 9, 30))}).ready


def test_an_answer_that_names_a_metric_without_values_is_no_answer() -> None:
    talk = negotiation(demands=(Demand(said="5% off", reason=Category.BUDGET, answer="loyalty"),))
    who = account(metrics=(returns_rate(), returns_rate(id="loyalty")))

    (work,) = _gate(who, talk).blocks
    assert (work.code, work.task.partition(":")[0]) == ("unanswered", "Returns rate has no values")


def test_an_answer_that_names_a_metric_of_another_unit_is_told_so() -> None:
    talk = negotiation(demands=(Demand(said="5% off", reason=Category.BUDGET, answer="loyalty"),))
    who = account(metrics=(returns_rate(), returns_rate(id="loyalty", name="Loyalty")))
    data = SERIES | {"loyalty": series("loyalty", ["0.31", "0.24"])}

    (work,) = _gate(who, talk, data).blocks
    assert work.task.startswith("Loyalty has values of another size than its baseline, benchmark and goal")


def test_a_buyer_opens_below_the_target() -> None:
    asked = [_gate(talk=negotiation(role=role, our_opening=None)).betters[0].task for role in Role]

    assert asked == [f"Settle our opening {where} it, and write our_opening." for where in ("above", "below")]


def test_a_strong_angle_of_theirs_needs_an_answer_of_its_kind() -> None:
    tender = fact(kind=Category.COMPETITION, what="A cheaper offer lies on the table")

    reasons = [work.reason for work in _gate(account(facts=(fact(), tender))).blocks]
    assert reasons == ["Their strong angle has no answer: “A cheaper offer lies on the table”."]


@pytest.mark.parametrize("changes", [{"worth": None}, {"worth": Money.parse("100 EUR")}, {"source": ""}], ids=str)
def test_a_weak_angle_of_theirs_blocks_nothing(changes: dict[str, object]) -> None:
    weak = fact(kind=Category.COMPETITION, what="A cheaper offer", **changes)

    assert _gate(account(facts=(fact(), weak))).ready


BETTER = {
    "is-past": (account(), negotiation(on=date(2026, 11, 20))),
    "no-aim": (account(), negotiation(our_target=None)),
    "their-side": (account(), negotiation(their_walk_away=None)),
    "no-zone": (account(), negotiation(their_walk_away=MoneyRange.parse(["100000 EUR", "200000 EUR"]))),
    "few-trades": (account(), negotiation(trades=negotiation().trades[:1])),
    "not-looked": (account(), negotiation(looked=negotiation().looked[1:])),
    "nothing-agreed": (account(objectives=()), negotiation()),
    "old-assumption": (
        account(),
        negotiation(their_alternative=TheirAlternative(what="A tender", checked_on=date(2026, 8, 1))),
    ),
    "no-boss": (account(contacts=(Contact(name="Ana Weber", decides=True),)), negotiation()),
}


@pytest.mark.parametrize(("code", "case"), BETTER.items(), ids=BETTER)
def test_what_would_be_better_does_not_block(code: str, case: tuple[Account, Negotiation]) -> None:
    gate = _gate(*case)

    assert ([work.code for work in gate.betters], gate.ready) == ([code], True)


def test_an_empty_zone_of_packages_asks_for_issues_by_name() -> None:
    options = negotiation_over({"fee": {"a": (50, 10), "b": (10, 45)}}).options
    talk = negotiation(options=options, our_walk_away_points=Points("40"), their_walk_away_points=Points("60"))

    (better,) = _gate(talk=talk).betters
    assert (better.code, better.reason) == ("no-zone", "No package of [[option]]s serves both sides.")
    assert "“A weekly report”" in better.task


def test_every_check_is_tested_here() -> None:
    assert {code for code, _ in BLOCKS} == {*BLOCKING, "stale-data", "no-negotiation"}
    assert {code for code, _ in BETTERS} == set(BETTER)


def test_homework_is_owed_by_who_is_named_and_else_by_the_owner() -> None:
    gate = _gate(talk=negotiation(questions=(OPEN,), our_walk_away=None))

    owed = {work.code: (work.owner, work.due) for work in gate.blocks}
    assert owed["open-question"] == ("Dana", date(2026, 12, 15))
    assert owed["no-walk-away"] == ("Mira", date(2026, 11, 30))


def test_the_earliest_date_is_the_working_day_after_the_last_homework() -> None:
    friday = replace(OPEN, due=date(2026, 12, 18))

    assert _gate(talk=negotiation(questions=(friday,))).earliest == date(2026, 12, 21)


def test_an_overdue_question_gets_a_date_that_can_be_held() -> None:
    overdue = replace(OPEN, due=date(2026, 10, 1))

    assert _gate(talk=negotiation(questions=(overdue,))).blocks[0].due == date(2026, 11, 30)


def test_the_note_asks_to_move_the_call_in_two_lines() -> None:
    late = negotiation(on=date(2026, 11, 30), questions=(OPEN,))

    assert _gate(talk=late).note == (
        "Dear Ana, our talk of 30 Nov 2026 gives you more on 16 Dec 2026.",
        "By then you get answers you can rely on; a later day is as good.",
    )


@pytest.mark.parametrize("name", ["Ana", "", "Maximiliane-Charlotte", "Anne" * 25], ids=lambda name: str(len(name)))
@pytest.mark.parametrize("on", [date(2026, 11, 30), date(2027, 9, 30)], ids=["soon", "late"])
@pytest.mark.parametrize("is_said", [False, True], ids=["message", "negotiation"])
def test_the_note_passes_the_linter(tmp_path: Path, name: str, on: date, is_said: bool) -> None:
    people = (Contact(name=name, decides=True),) if name else ()
    talk = negotiation(on=on, our_walk_away=None)
    note = brief_of(account(contacts=people), talk, SERIES, today=TODAY, owner="Mira").gate.note
    (tmp_path / "note.txt").write_text("\n".join(note), encoding="utf-8")

    found = lint(Request(paths=("note.txt",), negotiation=is_said), tmp_path)
    assert [str(each.problem) for each in found] == []
    assert len(note) == 2


def test_a_written_reason_overrides_but_hides_nothing() -> None:
    gate = _gate(talk=negotiation(our_walk_away=None, ready_because="They leave on Friday"))

    assert (gate.ready, gate.because, gate.note) == (True, "They leave on Friday", ())
    assert [work.code for work in gate.blocks] == ["no-walk-away"]


def test_without_a_negotiation_the_gate_asks_for_one() -> None:
    gate = brief_of(account(), None, SERIES, today=TODAY, owner="Mira").gate

    assert [work.code for work in gate.blocks] == ["no-negotiation"]
    assert not gate.ready


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 11, 27), date(2026, 11, 27)),
        (date(2026, 11, 28), date(2026, 11, 30)),
        (date(2026, 11, 29), date(2026, 11, 30)),
    ],
    ids=["friday", "saturday", "sunday"],
)
def test_nobody_owes_work_on_a_weekend(on: date, expected: date) -> None:
    assert working_day(on) == expected
