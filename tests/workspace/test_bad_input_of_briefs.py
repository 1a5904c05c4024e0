"""What a brief cannot use is a warning at its place with the cure, and the brief says what it could not claim."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dripper.jobs.prepare import prepare
from dripper.prep.brief import Brief
from dripper.problem import Severity
from dripper.workspace.files import Loaded, load

SETTINGS = (
    '[workspace]\nname = "N"\ntimezone = "Europe/Berlin"\n[mailbox.d]\nfrom = "d@north.example"\nvia = "drafts"\n'
)
ACCOUNT = 'name = "Acme"\ncontract = { value = "100000 EUR" }\n'
METRIC = '[[metric]]\nid = "r"\nbaseline = 10\n'
FACT = (
    '[[fact]]\non = 2026-09-30\nkind = "market"\nfor = "us"\nwhat = "It grew"\nworth = "9000 EUR"\nsure = "confirmed"\n'
)
TALK = 'title = "Renewal"\non = 2027-02-10\n'
ROWS = "metric,date,value\n" + "".join(f"r,2026-{month:02}-28,{10 + month}\n" for month in range(1, 10))
Make = Callable[..., Loaded]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def made(account: str = "", talk: str = "", rows: str = ROWS) -> Loaded:
        folder = tmp_path / "campaigns/acme"
        folder.mkdir(parents=True)
        (tmp_path / "dripper.toml").write_text(SETTINGS, encoding="utf-8")
        (folder / "account.toml").write_text(ACCOUNT + account, encoding="utf-8")
        (folder / "renewal.negotiation.toml").write_text(TALK + talk, encoding="utf-8")
        if rows:
            (folder / "metrics.csv").write_text(rows, encoding="utf-8")
        return load(tmp_path)

    return made


def _brief(loaded: Loaded) -> Brief:
    assert loaded.workspace is not None
    return prepare(loaded.workspace, "acme", None, today=date(2026, 11, 23))


def _told(loaded: Loaded) -> list[str]:
    assert all(problem.severity is Severity.WARNING for problem in loaded.problems)
    return [f"{problem} -> {problem.cure}" for problem in loaded.problems]


@pytest.mark.parametrize(
    ("goal", "message"),
    [
        ("goal = 10\n", "6:8 D513 the goal is the baseline, 10: how far it is reached cannot be measured"),
        ('goal = 12\nbetter = "lower"\n', "6:8 D513 lower is better, but the goal lies on the other side of 10"),
    ],
    ids=["the baseline", "the wrong side"],
)
def test_a_goal_without_a_way_is_told_and_no_attainment_claimed(make: Make, goal: str, message: str) -> None:
    loaded = make(METRIC + goal)

    (told,) = _told(loaded)
    assert told.startswith(f"campaigns/acme/account.toml:{message}")
    progress = _brief(loaded).readings[0].progress
    assert (progress.attainment, progress.pace, progress.chance) == (None, None, None)
    assert any("no attainment and no chance is claimed" in note for note in _brief(loaded).unclaimed)


def test_a_fact_without_a_source_is_told_and_never_led_with(make: Make) -> None:
    loaded = make(FACT)

    (told,) = _told(loaded)
    assert told.startswith("campaigns/acme/account.toml:3:1 D514 this fact has no source, so no angle can rest on it")
    assert told.endswith('add source = "…": who said it where, and when')
    (angle,) = _brief(loaded).ours
    assert (angle.rock_solid, angle.missing) == (False, ("a source", "an answer to “Who says so?”"))
    assert _brief(loaded).leads == ()


def test_values_of_another_unit_than_the_baseline_are_told_at_it_and_claim_nothing(make: Make) -> None:
    rows = ROWS.replace(",1", ",0.01")
    loaded = make(METRIC + "goal = 20\n", '[[demand]]\nsaid = "Too dear"\nanswer = "r"\n', rows)

    (told,) = _told(loaded)
    assert told.startswith('campaigns/acme/account.toml:5:12 D513 the values of "r" are another size altogether')
    assert "(the newest is 0.019), as if of another unit" in told
    assert told.endswith("write the values, baseline and goal in one unit")
    brief = _brief(loaded)
    assert (brief.readings[0].progress.attainment, brief.demands[0].answer, brief.ours) == (None, "", ())


def test_peers_of_another_unit_are_told_at_their_place(make: Make) -> None:
    loaded = make(METRIC + 'benchmark = { values = [0.1, 0.2], source = "Panel" }\n')

    (told,) = _told(loaded)
    assert told.startswith("campaigns/acme/account.toml:6:13 D513 the values of")
    assert told.endswith("write the values and benchmark in one unit")


def test_a_missing_figure_is_asked_for_and_not_proposed_as_it_is(make: Make) -> None:
    (problem,) = make("", '[[option]]\nissue = "fee"\nis = "a"\nours = 4\n').problems

    assert f"{problem}".startswith('campaigns/acme/renewal.negotiation.toml:3:1 D514 "theirs" is missing in [[option]]')
    assert problem.cure.endswith(", with the true figure")


def test_an_answer_that_names_no_metric_is_told_and_answers_nothing(make: Make) -> None:
    loaded = make('[[metric]]\nid = "returns_rate"\n', '[[demand]]\nsaid = "Too dear"\nanswer = "returns_rat"\n')

    (told,) = _told(loaded)
    assert told.startswith("campaigns/acme/renewal.negotiation.toml:5:10 D504 no metric of acme is called")
    assert told.endswith('did you mean "returns_rate"?')
    brief = _brief(loaded)
    assert brief.demands[0].answer == ""
    assert "unanswered" in [work.code for work in brief.gate.blocks]


@pytest.mark.parametrize("answer", ["r", "It is not.", "Peers pay more than that."])
def test_a_metric_with_values_or_a_sentence_is_an_answer(make: Make, answer: str) -> None:
    loaded = make("", f'[[demand]]\nsaid = "Too dear"\nanswer = "{answer}"\n')

    assert loaded.problems == ()
    assert _brief(loaded).demands[0].answer != ""


def test_no_metrics_are_said_to_be_none(make: Make) -> None:
    brief = _brief(make(rows=""))

    assert "No metrics: nothing is claimed about performance." in brief.unclaimed
    assert (brief.readings, brief.ours, brief.front) == ((), (), ())


def test_an_empty_zone_is_said_with_its_width_and_what_to_add(make: Make) -> None:
    talk = 'our_walk_away = "90000 EUR"\ntheir_walk_away = ["70000 EUR", "80000 EUR"]\n'
    brief = _brief(make("", talk))

    assert brief.numbers is not None
    assert brief.numbers.zone_text == "none: 10,000 EUR lie between our walk-away and the best of theirs"
    assert "no-zone" in [work.code for work in brief.gate.betters]


def test_without_a_walk_away_no_zone_is_claimed_and_the_call_is_blocked(make: Make) -> None:
    brief = _brief(make("", 'their_walk_away = ["70000 EUR", "80000 EUR"]\n'))

    assert brief.numbers is not None
    assert brief.numbers.zone_text == "unknown: a walk-away point is missing"
    assert "no-walk-away" in [work.code for work in brief.gate.blocks]
