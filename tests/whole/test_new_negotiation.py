"""`dripper new negotiation` in a real terminal: ten questions, guesses, mistakes, and Ctrl-C."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.conversation import CTRL_C, CTRL_D, converse
from fakes.workspaces import edit, sample_workspace, small_workspace

from dripper.workspace.files import load
from dripper.workspace.model.negotiation import Negotiation

NEW = ("--now", "2026-12-01T09:00:00+01:00", "new", "negotiation")
FILE = "campaigns/brook/next.negotiation.toml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return sample_workspace(tmp_path)


def written(root: Path, name: str = "brook/next") -> Negotiation:
    loaded = load(root)
    assert [str(each) for each in loaded.problems if each.file == f"campaigns/{name}.negotiation.toml"] == []
    assert loaded.workspace is not None
    return loaded.workspace.negotiations[name]


def test_enter_takes_every_guess_and_lists_it(root: Path) -> None:
    code, screen = converse(*NEW, "brook/next", cwd=root, typed=[""] * 10)

    assert code == 0, screen
    negotiation = written(root)
    assert (negotiation.title, negotiation.on) == ("Next 2027", date(2027, 2, 4))
    amounts = (negotiation.our_target, negotiation.our_opening, negotiation.our_walk_away)
    assert [str(amount) for amount in amounts] == ["240000 EUR", "264000 EUR", "228000 EUR"]
    assert str(negotiation.their_walk_away) == "228000 to 264000 EUR"
    assert negotiation.our_alternative is None
    (demand,) = negotiation.demands
    assert demand.reason == "competition"
    assert demand.answer == "returns_rate"
    (question,) = negotiation.questions
    assert (question.critical, question.owner, question.due) == (True, "Mira Holt", date(2027, 1, 21))
    assert negotiation.guesses == (
        *("title", "on", "our_target", "our_opening", "our_walk_away", "their_walk_away", "demand", "question"),
    )
    assert "8 weeks before the contract renews" in (root / FILE).read_text(encoding="utf-8")


def test_the_brief_marks_what_was_taken_and_not_what_was_typed(root: Path) -> None:
    typed = ["", "", "", "290k", "", "", "-", "-", "", "-"]
    assert converse(*NEW, "brook/next", cwd=root, typed=typed)[0] == 0

    brief = dripper(*NEW[:2], "prep", "brook", "next", cwd=root).stdout
    assert "Our walk-away (guess)" in brief
    assert "Our target (guess)" in brief
    assert "Our opening (guess)" not in brief
    assert "290,000 EUR" in brief


def test_the_brief_lists_the_other_guesses_among_what_is_only_assumed(root: Path) -> None:
    assert converse(*NEW, "brook/next", cwd=root, typed=[""] * 9 + ["Who else bids?"])[0] == 0

    brief = dripper(*NEW[:2], "prep", "brook", "next", cwd=root).stdout
    assumed = brief.partition("### What we only assume")[2].partition("\n### ")[0]
    assert "The day of the talk: 4 Feb 2027 | guess" in assumed
    assert "They will say: A returns software vendor offers a size widget without service | guess" in assumed
    assert "Who else bids?" not in assumed


def test_what_is_typed_is_read_as_people_write_it(root: Path) -> None:
    typed = [
        *("Renewal, second round", "2027-02-15", "250,000", "280k EUR", "230000", "Move the team"),
        *("240k to 285k", "Too dear", "returns_rate", 'Who "really" signs?'),
    ]
    code, screen = converse(*NEW, "brook/next", cwd=root, typed=typed)

    assert code == 0, screen
    negotiation = written(root)
    assert (negotiation.title, negotiation.on) == ("Renewal, second round", date(2027, 2, 15))
    assert str(negotiation.our_opening) == "280000 EUR"
    assert str(negotiation.their_walk_away) == "240000 to 285000 EUR"
    assert negotiation.our_alternative is not None
    assert negotiation.our_alternative.what == "Move the team"
    assert (negotiation.demands[0].said, negotiation.demands[0].reason) == ("Too dear", None)
    assert negotiation.questions[0].text == 'Who "really" signs?'
    assert negotiation.guesses == ()


def test_a_mistake_is_told_and_asked_again(root: Path) -> None:
    typed = [
        *("", "soon", "2020-01-01", "", "lots", "240.000", "", "200000", "", "9 USD", "999999", ""),
        *("", "5 to 4", "", "", "", ""),
    ]
    code, screen = converse(*NEW, "brook/next", cwd=root, typed=typed)

    assert code == 0, screen
    for said in (
        '"soon" is no date',
        "2020-01-01 has passed",
        '"lots" is no amount',
        "may mean two amounts",
        "the lower amount comes first",
        "the amounts so far are in EUR",
    ):
        assert said in screen
    assert "is less than our target" in screen
    assert "is more than our target" in screen
    assert "Traceback" not in screen


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D], ids=["Ctrl-C", "Ctrl-D"])
def test_who_stops_loses_nothing(root: Path, key: str) -> None:
    code, screen = converse(*NEW, "brook/next", cwd=root, typed=["Talk", "", "260000", key])

    assert code == 2
    assert "What you said so far stands in campaigns/brook/next.negotiation.toml" in screen
    negotiation = written(root)
    assert (negotiation.title, str(negotiation.our_target)) == ("Talk", "260000 EUR")
    assert (negotiation.our_walk_away, negotiation.guesses) == (None, ("on",))


def test_who_stops_at_once_has_written_nothing(root: Path) -> None:
    code, screen = converse(*NEW, "brook/next", cwd=root, typed=[CTRL_C])

    assert code == 2
    assert "Nothing was written." in screen
    assert not (root / FILE).exists()


def test_an_account_of_which_little_is_known_is_asked_without_guesses(tmp_path: Path) -> None:
    small_workspace(tmp_path)
    code, screen = converse(*NEW, "acme/renewal", cwd=tmp_path, typed=["", "", "", "50000", "12000 EUR", *[""] * 6])

    assert code == 0, screen
    assert "the currency is missing" in screen
    negotiation = written(tmp_path, "acme/renewal")
    assert (negotiation.our_target, str(negotiation.our_opening)) == (None, "12000 EUR")
    assert [question.text for question in negotiation.questions] == ["Who signs?"]


def test_nothing_is_asked_with_no_input_or_without_a_terminal(root: Path) -> None:
    screen = converse(*NEW, "brook/next", "--no-input", cwd=root, typed=[])
    piped = dripper(*NEW, "brook/piped", cwd=root)

    assert (screen[0], piped.returncode) == (0, 0)
    assert written(root).guesses == written(root, "brook/piped").guesses == ("our_target",)
    assert written(root).our_walk_away is None


def test_a_name_that_is_taken_is_told_before_anything_is_asked(root: Path) -> None:
    code, screen = converse(*NEW, "brook/renewal", cwd=root, typed=[])

    assert code == 2
    assert "exists and was left as it is" in screen
    assert "1." not in screen


def test_words_of_any_kind_make_a_valid_file(root: Path) -> None:
    edit(root, "Owners ask every", 'Owners say \\"no\\" \\\\ to every', "campaigns/brook/account.toml")
    typed = ['T "x" \\ # y', "", "", "", "", "a = { b }", "", "[[demand]]", "'''", "$name ${x}"]
    code, screen = converse(*NEW, "brook/next", cwd=root, typed=typed)

    assert code == 0, screen
    negotiation = written(root)
    assert negotiation.title == 'T "x" \\ # y'
    assert negotiation.demands[0].answer == "'''"
    assert negotiation.questions[0].text == "$name ${x}"
