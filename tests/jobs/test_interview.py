"""The interview without a terminal: whatever is typed, the file is valid and says what was taken."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dripper.jobs.init import init
from dripper.jobs.interview import Interview
from dripper.jobs.interview_questions import QUESTIONS
from dripper.jobs.interview_read import read_date, read_money, read_range
from dripper.jobs.new import interview_of, new_negotiation
from dripper.workspace.files import load
from dripper.workspace.model.workspace import Workspace

TODAY = date(2026, 11, 23)
CONTRACT = 'contract = { value = "240000 EUR", renews = 2027-04-01 }\n'

AMOUNTS = {
    "plain": ("240000", "240000 EUR"),
    "with its currency": ("240000 USD", "240000 USD"),
    "small letters": ("240000usd", "240000 USD"),
    "thousands marked": ("1,240,000 EUR", "1240000 EUR"),
    "in a Swiss hand": ("240'000.50 CHF", "240000.50 CHF"),
    "with blanks": ("240 000", "240000 EUR"),
    "thousands": ("240k", "240000 EUR"),
    "millions": ("1.2m USD", "1200000 USD"),
}


@pytest.mark.parametrize(("typed", "expected"), AMOUNTS.values(), ids=AMOUNTS)
def test_an_amount_is_read_as_people_write_it(typed: str, expected: str) -> None:
    amount = read_money(typed, "EUR")
    wanted, currency = expected.split()
    assert (amount.amount, amount.currency) == (Decimal(wanted), currency)


@pytest.mark.parametrize("typed", ["", "lots", "240.000", "-5", "12,34", "5 EURO", "1e6", "240000 EUR a year"])
def test_what_is_no_amount_or_may_mean_two_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"amount|write"):
        read_money(typed, "EUR")


@pytest.mark.parametrize(
    "typed", ["240k to 285k", "240000-285000 EUR", "240,000 – 285,000", "240000 EUR .. 285000 EUR"]
)
def test_a_range_is_read_as_people_write_it(typed: str) -> None:
    assert [str(end) for end in read_range(typed, "EUR")] == ["240000 EUR", "285000 EUR"]


@pytest.mark.parametrize("typed", ["1 to 2 to 3", "5 to 4", "1 USD to 2 EUR", "to"])
def test_what_is_no_range_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_range(typed, "EUR")


def test_a_day_that_has_passed_is_refused() -> None:
    assert read_date("2026-11-23", today=TODAY) == TODAY
    with pytest.raises(ValueError, match="has passed"):
        read_date("2026-11-22", today=TODAY)


def workspace_at(root: Path) -> Workspace:
    workspace = load(root).workspace
    assert workspace is not None
    return workspace


def interview(root: Path) -> Interview:
    return interview_of(root, "acme/renewal", workspace=workspace_at(root), today=TODAY, owner="Dana")


typed_text = st.one_of(
    st.sampled_from(["", "-", "240k", "300000 EUR", "1 to 2", "2027-02-01", "$x", "{{ y }}", "[[demand]]", '"', "#"]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
)


@settings(max_examples=60, deadline=None)
@given(typed=st.lists(typed_text, min_size=10, max_size=10), has_contract=st.booleans(), stop=st.integers(1, 10))
def test_whatever_is_typed_the_file_is_valid(typed: list[str], has_contract: bool, stop: int) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        init(root, name="North", timezone="Europe/Berlin", today=TODAY)
        file = root / "campaigns/acme/account.toml"
        file.write_text(f'name = "Acme"\n{CONTRACT if has_contract else ""}', encoding="utf-8")
        held = interview(root)
        for (question, guess), words in zip(held.questions(), typed[:stop], strict=False):
            with suppress(ValueError):
                held.take(question, words, guess)
        workspace = load(root).workspace
        assert workspace is not None
        path = new_negotiation(root, "acme/renewal", held, workspace=workspace)
        loaded = load(root)
        name = path.relative_to(root).as_posix()

        assert [str(problem) for problem in loaded.problems if problem.file == name] == []
        assert loaded.workspace is not None
        written = loaded.workspace.negotiations["acme/renewal"]
        assert written.guesses == held.guesses
        for key in ("our_target", "our_opening", "our_walk_away", "their_walk_away", "our_alternative"):
            assert (getattr(written, key) is not None) == (key in held.answers)


def test_a_guess_rests_on_the_answers_before_it(tmp_path: Path) -> None:
    init(tmp_path, name="North", timezone="Europe/Berlin", today=TODAY)
    (tmp_path / "campaigns/acme/account.toml").write_text(f'name = "Acme"\n{CONTRACT}', encoding="utf-8")
    held = interview(tmp_path)
    guesses = {}
    for question, guess in held.questions():
        guesses[question.name] = guess.text if guess else None
        if question.name == "our_target":
            held.take(question, "300000", guess)

    assert (guesses["our_opening"], guesses["our_walk_away"]) == ("330000 EUR", "285000 EUR")
    assert (guesses["said"], guesses["answer"], guesses["question"]) == (None, None, "Who signs?")


def asked(root: Path, *typed: str, contract: str = CONTRACT) -> tuple[Interview, dict[str, str]]:
    """Return the interview with each question answered with what is `typed`, then with Enter, and every guess."""
    init(root, name="North", timezone="Europe/Berlin", today=TODAY)
    (root / "campaigns/acme/account.toml").write_text(f'name = "Acme"\n{contract}', encoding="utf-8")
    held, guesses = interview(root), {}
    for number, (question, guess) in enumerate(held.questions()):
        guesses[question.name] = guess.text if guess else ""
        held.take(question, typed[number] if number < len(typed) else "", guess)
    return held, guesses


@pytest.mark.parametrize(
    "typed",
    [(), ("", "", "300k"), ("", "", "200k"), ("", "", "-", "220k"), ("", "", "-", "-"), ("", "", "0.75", "1")],
    ids=str,
)
def test_what_is_guessed_fits_together(tmp_path: Path, typed: tuple[str, ...]) -> None:
    held, guesses = asked(tmp_path, *typed)
    ours = [
        Decimal(answer.toml.strip('"').partition(" ")[0])
        for name in ("our_walk_away", "our_target", "our_opening")
        if (answer := held.answers.get(name))
    ]
    low, _, high = guesses["their_walk_away"].removesuffix(" EUR").partition(" to ")

    assert ours == sorted(ours)
    assert Decimal(low) <= min([*ours, Decimal(240000)])
    assert max([*ours, Decimal(low) + 1]) <= Decimal(high)


@pytest.mark.parametrize(
    ("before", "typed", "told"),
    [
        (["", "", ""], "239k", "239000 EUR is less than our target, 240000 EUR: write that or more"),
        (["", "", ""], "250k USD", "the amounts so far are in EUR: write the amount in EUR, too"),
        (["", "", "", ""], "241k", "241000 EUR is more than our target, 240000 EUR: write that or less"),
        (["", "", "-", "230k"], "231k", "231000 EUR is more than our opening, 230000 EUR: write that or less"),
        (["", ""], "9 USD", "the contract is in EUR: write the amount in EUR, too"),
        (["", "", "-", "-", "-", "-"], "9 USD", "the contract is in EUR: write the amount in EUR, too"),
    ],
)
def test_an_amount_that_fits_no_other_is_told_with_its_cure(
    tmp_path: Path, before: list[str], typed: str, told: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        asked(tmp_path, *before, typed)


def test_amounts_are_those_of_the_contract_s_month(tmp_path: Path) -> None:
    held, guesses = asked(tmp_path, contract='contract = { value = "20000 EUR", per = "month" }\n')
    path = new_negotiation(tmp_path, "acme/renewal", held, workspace=workspace_at(tmp_path))

    assert (held.known.per, guesses["our_opening"]) == (" per month", "22000 EUR")
    assert "# the contract as it stands, per month" in path.read_text(encoding="utf-8")


def test_an_answer_that_looks_like_a_metric_must_be_one(tmp_path: Path) -> None:
    init(tmp_path, name="North", timezone="Europe/Berlin", today=TODAY)
    held = interview(tmp_path)
    (question,) = (each for each in QUESTIONS if each.name == "answer")

    with pytest.raises(ValueError, match='no metric is called "returns_rate": answer in a sentence'):
        held.take(question, "returns_rate", None)
    held.take(question, "Returns fell.", None)


def test_there_are_ten_questions() -> None:
    assert len(QUESTIONS) == 10
