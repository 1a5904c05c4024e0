from __future__ import annotations

import pytest

from dripper.workspace.model.negotiation import Negotiation
from dripper.workspace.negotiation import read_negotiation
from dripper.workspace.toml import Document

HEAD = 'title = "Renewal"\non = 2027-02-10\n'


def read(text: str) -> tuple[Negotiation | None, list[str]]:
    document = Document.parse("campaigns/acme/renewal.negotiation.toml", text)
    assert isinstance(document, Document)
    found = read_negotiation(document, default_id="acme/renewal")
    return found.value, [
        f"{problem.span.line}:{problem.span.column} {problem.code} {problem.message} -> {problem.cure}"
        for problem in found.problems
    ]


def test_title_and_day_are_enough() -> None:
    negotiation, problems = read(HEAD)

    assert problems == []
    assert negotiation is not None
    assert negotiation.id == "acme/renewal"


def test_one_amount_is_a_range_of_no_width() -> None:
    negotiation, problems = read(HEAD + 'their_walk_away = "480000 EUR"')

    assert problems == []
    assert negotiation is not None
    assert negotiation.their_walk_away is not None
    assert negotiation.their_walk_away.low == negotiation.their_walk_away.high


@pytest.mark.parametrize(
    ("added", "problem"),
    [
        pytest.param(
            "their_walk_away = []", '3:19 D513 "their_walk_away": expected an amount or two', id="empty range"
        ),
        pytest.param('their_walk_away = ["2 EUR", "1 EUR"]', "3:19 D513 ", id="upside down"),
        pytest.param('their_walk_away = ["1 EUR", "2 USD"]', "3:19 D513 ", id="two currencies in a range"),
        pytest.param("our_target = 520000", '3:14 D503 "our_target": expected text such as "480000 EUR"', id="number"),
        pytest.param(
            'our_target = "5 EUR"\nour_opening = "6 USD"', "4:15 D513 USD cannot be compared with EUR", id="currencies"
        ),
        pytest.param(
            'our_walk_away = "5 EUR"\nour_target = "4 EUR"',
            '4:14 D513 4 EUR is worse for a seller than "our_walk_away", 5 EUR',
            id="a target below the walk-away",
        ),
        pytest.param(
            'role = "buyer"\nour_target = "5 EUR"\nour_opening = "6 EUR"',
            '5:15 D513 6 EUR is worse for a buyer than "our_target", 5 EUR',
            id="a buyer's opening above the target",
        ),
        pytest.param(
            '[[option]]\nissue = "fee"\nis = "1 year"\nours = 1\ntheirs = 2\n'
            '[[option]]\nissue = "Fee"\nis = "1 Year"\nours = 3\ntheirs = 4',
            '10:6 D506 the option "1 Year" of "Fee" stands already in line 3',
            id="an option twice",
        ),
        pytest.param(
            '[[option]]\nissue = "fee"\nis = "x"\nours = 1', '3:1 D514 "theirs" is missing in [[option]]', id="p"
        ),
        pytest.param('guesses = ["our_targt"]', '3:12 D504 no key is called "our_targt" -> did you mean', id="guess"),
        pytest.param('[[demand]]\nsaid = "x"\nreason = "mood"', '5:10 D513 "reason" cannot be "mood"', id="no reason"),
        pytest.param("[[question]]\nowner = 'Dana'", '3:1 D514 "text" is missing in [[question]]', id="no question"),
        pytest.param("our_alternative = { what = ' ' }", '3:28 D513 "what" is empty', id="an empty text"),
    ],
)
def test_a_faulty_negotiation_is_told(added: str, problem: str) -> None:
    _, problems = read(HEAD + added)

    assert len(problems) == 1, problems
    assert problems[0].startswith(problem)


def test_the_same_option_of_another_issue_is_no_double() -> None:
    option = '[[option]]\nissue = "{0}"\nis = "{1}"\nours = 1\ntheirs = 2\n'
    options = [option.format(issue, name) for issue in ("workshop", "case study") for name in ("yes", "no")]

    assert read(HEAD + "".join(options))[1] == []


@pytest.mark.parametrize(
    ("other", "cure"),
    [
        pytest.param("fees", 'did you mean "fees"? add a second [[option]] of it', id="misspelled"),
        pytest.param("term", "add a second [[option]] of it, or leave it out", id="alone"),
    ],
)
def test_an_issue_with_one_option_is_warned_of(other: str, cure: str) -> None:
    option = '[[option]]\nissue = "{0}"\nis = "{1}"\nours = 1\ntheirs = 2\n'
    negotiation, problems = read(
        HEAD + option.format("fee", "a") + option.format(other, "a") + option.format(other, "b")
    )

    assert negotiation is not None
    assert problems == [
        f'4:9 D513 the issue "fee" has one option, so nothing is to be settled -> {cure}'
        + ", or leave it out" * cure.endswith("of it")
    ]


def test_a_target_in_points_below_the_walk_away_is_told() -> None:
    _, problems = read(HEAD + "our_walk_away_points = 40\nour_target_points = 35.5")

    assert problems == [
        '4:21 D513 35.5 is less than "our_walk_away_points", 40 -> aim at more than what no deal is worth to us'
    ]


@pytest.mark.parametrize("key", ["our_walk_away_points", "our_target_points", "their_walk_away_points"])
def test_points_that_no_package_reaches_are_told(key: str) -> None:
    options = "".join(
        f'[[option]]\nissue = "{issue}"\nis = "{ours}"\nours = {ours}\ntheirs = {30 - ours}\n'
        for issue in ("fee", "term")
        for ours in (10, 20)
    )
    head = 'title = "T"\non = 2027-02-10\n'

    assert read(f"{head}{key} = 40\n{options}")[1] == []
    (problem,) = read(f"{head}{key} = 41\n{options}")[1]
    assert problem.startswith(
        f"3:{len(key) + 4} D513 no package reaches 41: the best of every issue is worth 40 together"
    )
