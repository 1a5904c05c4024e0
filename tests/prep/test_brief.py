from dataclasses import replace
from datetime import date

from fakes.accounts import RETURNS, TODAY, account, negotiation, returns_rate, series

from dripper.prep.brief import brief_of
from dripper.workspace.model.account import Account, Promise
from dripper.workspace.model.negotiation import Demand, Question
from dripper.workspace.model.values import Money

VALUES = {name: series(name, RETURNS) for name in ("a", "b", "c", "d", "returns_rate")}


def test_page_one_shows_agreed_metrics_then_those_where_we_lead_then_the_biggest() -> None:
    small = replace(returns_rate(), worth=Money.parse("10 EUR"), we_lead=False)
    metrics = (
        replace(small, id="a", agreed=False),
        replace(small, id="b"),
        replace(small, id="c", worth=Money.parse("99 EUR")),
        replace(small, id="d", we_lead=True),
    )

    front = brief_of(account(metrics=metrics), negotiation(), VALUES, today=TODAY, owner="Mira").front
    assert [reading.id for reading in front] == ["d", "c", "b"]


def test_an_answer_that_names_a_metric_is_its_sentence() -> None:
    answered = brief_of(account(), negotiation(), VALUES, today=TODAY, owner="Mira").demands[0]

    assert answered.metric == "returns_rate"
    assert answered.answer == (
        "Returns rate stands at 24.0% on 31 Oct 2026, from a baseline of 31.2%, one step down, 31.2% → 24.1% from "
        "30 Nov 2025 (p<.001); the goal is 23.0% by 30 Jun 2027, and 88% of the way is covered."
    )


def test_no_more_than_two_angles_lead() -> None:
    metrics = tuple(returns_rate(id=name, name=name) for name in "abcd")

    brief = brief_of(account(metrics=metrics), negotiation(), VALUES, today=TODAY, owner="Mira")
    assert (len(brief.leads), sum(angle.rock_solid for angle in brief.ours)) == (2, 4)


def test_a_promise_kept_late_is_broken_and_one_of_tomorrow_is_due() -> None:
    promises = (
        *account().promises,
        Promise(what="Next", due=date(2026, 12, 1)),
        Promise(what="Lost", due=date(2026, 1, 1)),
    )

    found = brief_of(account(promises=promises), None, {}, today=TODAY, owner="Mira").promises
    assert [each.what for each in found.kept] == ["Pilot live"]
    assert [each.what for each in found.broken] == ["Monthly report", "Lost"]
    assert [each.what for each in found.due] == ["Next"]


def test_who_decides_comes_first_and_critical_questions_come_first() -> None:
    questions = (Question(text="When?"), Question(text="Who?", critical=True), Question(text="Old?", answered_on=TODAY))

    brief = brief_of(account(), negotiation(questions=questions), VALUES, today=TODAY, owner="Mira")
    assert [contact.name for contact in brief.people] == ["Ana Weber", "Emre Sahin"]
    assert [question.text for question in brief.questions] == ["Who?", "When?"]


def test_an_account_of_values_alone_still_has_a_brief() -> None:
    brief = brief_of(Account(id="acme", name="acme"), None, {"a": VALUES["a"]}, today=TODAY, owner="us")

    assert [reading.id for reading in brief.front] == ["a"]
    assert "No people are known: nobody to speak to, and nobody who decides." in brief.unclaimed


def test_an_account_of_nothing_says_what_it_could_not_claim() -> None:
    brief = brief_of(Account(id="acme", name="acme"), None, {}, today=TODAY, owner="us")

    assert brief.front == ()
    assert "No metrics: nothing is claimed about performance." in brief.unclaimed


def test_renaming_a_metric_changes_only_names() -> None:
    demand = Demand(said="5% off", answer="zz")
    renamed = account(metrics=(returns_rate(id="zz", name="Parcels back"),))
    values = {"zz": series("zz", RETURNS)}

    before = brief_of(account(), negotiation(), VALUES | {}, today=TODAY, owner="Mira").readings[0]
    after = brief_of(renamed, negotiation(demands=(demand,)), values, today=TODAY, owner="Mira").readings[0]
    assert (after.analysis, after.verdict, after.points) == (before.analysis, before.verdict, before.points)


def test_a_metric_that_moved_away_from_its_goal_says_so() -> None:
    brief = brief_of(
        account(), negotiation(), {"returns_rate": series("returns_rate", [32.8] * 6)}, today=TODAY, owner="us"
    )

    assert brief.demands[0].answer.endswith("the goal is 23.0% by 30 Jun 2027, and it moved away by 20% of the way.")
