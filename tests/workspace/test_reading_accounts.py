from __future__ import annotations

from decimal import Decimal

import pytest

from dripper.workspace.account import read_account
from dripper.workspace.model.account import Account
from dripper.workspace.toml import Document


def read(text: str) -> tuple[Account | None, list[str]]:
    document = Document.parse("campaigns/acme/account.toml", text)
    assert isinstance(document, Document)
    found = read_account(document, default_id="acme")
    return found.value, [
        f"{problem.span.line}:{problem.span.column} {problem.code} {problem.message} -> {problem.cure}"
        for problem in found.problems
    ]


def test_an_account_needs_no_more_than_a_name() -> None:
    account, problems = read('name = "Acme"')

    assert problems == []
    assert account is not None
    assert (account.id, account.file) == ("acme", "campaigns/acme/account.toml")


def test_numbers_and_amounts_are_exact() -> None:
    account, problems = read(
        'name = "Acme"\ncontract = { value = "480000.10 EUR" }\n[[metric]]\nid = "r"\nbaseline = 0.1\ngoal = 3\n'
        "better = [10, 15.5]\n"
    )

    assert problems == []
    assert account is not None
    assert account.contract is not None
    assert account.contract.value.amount == Decimal("480000.10")
    assert account.metrics[0].baseline == Decimal("0.1")
    assert account.metrics[0].better.high == Decimal("15.5")


def test_a_number_keeps_every_digit_that_a_program_wrote() -> None:
    written = ("0.1000000000000000055511151231257827021181583404541015625", "31.1234567890123456")
    keys = f"baseline = {written[0]}\ngoal = {written[1]}\nbetter = [{written[0]}, 1]\n"
    account, problems = read(f'name = "Acme"\n[[metric]]\nid = "r"\n{keys}')

    assert problems == []
    assert account is not None
    metric = account.metrics[0]
    assert (str(metric.baseline), str(metric.goal), str(metric.better.low)) == (*written, written[0])


@pytest.mark.parametrize(
    ("added", "problem"),
    [
        pytest.param('country = "Germany"', '2:11 D513 "country": "Germany" is no country', id="country"),
        pytest.param('country = "XX"', '2:11 D513 "country": "XX" is no country of ISO 3166-1', id="unknown"),
        pytest.param(
            'country = "DE"\nregion = "B"',
            '3:10 D513 the holidays of DE-B are not known -> did you mean "HB"?',
            id="region",
        ),
        pytest.param(
            'country = "DE"\nregion = "BY"\n[[contact]]\nname = "Ana"\nregion = "ZZ"',
            "6:10 D513 the holidays of DE-ZZ are not known -> the regions of DE are",
            id="a contact's region in the account's country",
        ),
        pytest.param(
            'country = "DE"\n[[contact]]\nname = "Ana"\ncountry = "IS"\nregion = "BY"',
            "6:10 D513 the holidays of IS-BY are not known -> leave out `region`",
            id="a contact's region in a country of their own",
        ),
        pytest.param(
            'timezone = "Europe/Berlni"', '2:12 D513 "timezone": "Europe/Berlni" is no time zone; did', id="z"
        ),
        pytest.param('bucket = "friend"', '2:10 D513 "bucket" cannot be "friend" -> known here: partner', id="bucket"),
        pytest.param("contract = { value = 480000 }", '2:22 D503 "value": expected text such as "480000 EUR"', id="m"),
        pytest.param('contract = { value = "480.000 €" }', '2:22 D513 "value": "480.000 €" is no amount', id="amount"),
        pytest.param('contract = "480000 EUR"', '2:12 D503 "contract" needs a table, found text', id="no table"),
        pytest.param(
            'contract = { value = "1 EUR", since = 2027-01-01, renews = 2026-01-01 }',
            "2:60 D513 the contract would renew before it began (2027-01-01)",
            id="dates",
        ),
        pytest.param(
            'glossary = "SKU"', '2:12 D503 "glossary" needs a list, found text -> write glossary = ["SKU"]', id="l"
        ),
        pytest.param('[[metric]]\nname = "R"', '2:1 D514 "id" is missing in [[metric]] -> add id = "…"', id="no id"),
        pytest.param('[[metric]]\nid = "r"\ngoal = nan', '4:8 D513 "goal": expected a finite number', id="nan"),
        pytest.param('[[metric]]\nid = "r"\ngoal = 1e400', '4:8 D513 "goal": expected a number below', id="huge"),
        pytest.param('[[metric]]\nid = "r"\ngoal = 1e-999999', '4:8 D513 "goal": expected a number below', id="tiny"),
        pytest.param('[[metric]]\nid = "r"\ngoal = "3"', '4:8 D503 "goal": expected a number such as 21.5', id="text"),
        pytest.param('[[metric]]\nid = "r"\nbetter = "up"', '4:10 D513 "better": expected "higher"', id="way"),
        pytest.param(
            '[[metric]]\nid = "r"\nbetter = [3, 1]', '4:10 D513 "better": a band needs its lower end', id="band"
        ),
        pytest.param(
            '[[metric]]\nid = "r"\nbenchmark = { values = [], source = "x" }',
            "4:24 D513 a benchmark without values",
            id="no peers",
        ),
        pytest.param(
            '[[metric]]\nid = "r"\nbenchmark = { values = [1, "2"], source = "x" }',
            '4:28 D503 item 2 of "values": expected a number such as 21.5, found text',
            id="a peer that is no number",
        ),
        pytest.param(
            '[[metric]]\nid = "rate"\n[[metric]]\nid = "Rate"',
            '5:6 D506 the metric "Rate" stands already in line 3',
            id="a metric twice, but for the case",
        ),
        pytest.param(
            '[[objective]]\nmetrics = ["rat"]\n[[metric]]\nid = "rate"',
            '3:12 D504 there is no [[metric]] with the id "rat" -> did you mean "rate"?',
            id="an unknown metric",
        ),
        pytest.param("[[contact]]\ndrip = true", "2:1 D514 nobody is named here", id="nobody"),
        pytest.param('[[contact]]\nemail = "ana"', '3:9 D602 "email": "ana" is no e-mail address', id="address"),
        pytest.param("[[contact]]\nemail = 5", '3:9 D503 "email": expected text such as', id="no text"),
        pytest.param('[[contact]]\nname = "Ana\\nWeber"', "3:12 D601 a line break here", id="a name over two lines"),
        pytest.param(
            '[[contact]]\nemail = "a@b.example"\n[[contact]]\nemail = "A@B.example"',
            "5:9 D506 the address A@B.example stands already in line 3",
            id="an address twice, but for the case",
        ),
        pytest.param(
            '[[contact]]\nname = "Ana"\nboss = "Ana"', "4:8 D513 Ana would be their own boss", id="the own boss"
        ),
        pytest.param(
            '[[contact]]\nname = "A"\nboss = "B"\n[[contact]]\nname = "B"\nboss = "C"\n'
            '[[contact]]\nname = "C"\nboss = "A"',
            "4:8 D513 the bosses go in a circle: A, B, C, A",
            id="a circle",
        ),
        pytest.param(
            '[[contact]]\nfirst_name = "Ana"\nlast_name = "Weber"\nboss = "ana  weber"',
            "5:8 D513 Ana Weber would be their own boss",
            id="the own boss, written in two ways",
        ),
        pytest.param(
            '[[fact]]\non = 2026-01-01\nkind = "budget"\nwhat = "x"', '2:1 D514 "for" is missing', id="for whom"
        ),
        pytest.param(
            '[[promise]]\nwhat = "x"\ndue = "2026-06-30"',
            '4:7 D503 "due" needs a date, found text -> write due = 2026-06-30, without quotes',
            id="a date in quotes",
        ),
    ],
)
def test_a_faulty_account_is_told(added: str, problem: str) -> None:
    _, problems = read(f'name = "Acme"\n{added}')

    assert len(problems) == 1, problems
    assert problems[0].startswith(problem)


def test_a_chain_of_bosses_that_ends_outside_is_fine() -> None:
    contact = '[[contact]]\nname = "{}"\nboss = "{}"\n'

    _, problems = read('name = "Acme"\n' + contact.format("A", "B") + contact.format("B", "The owners"))

    assert problems == []


def test_who_leads_into_a_circle_of_bosses_is_not_told_too() -> None:
    contact = '[[contact]]\nname = "{}"\nboss = "{}"\n'

    _, problems = read('name = "X"\n' + "".join(contact.format(*pair) for pair in ("AB", "BC", "CB")))

    assert [problem.split(" -> ")[0] for problem in problems] == ["7:8 D513 the bosses go in a circle: B, C, B"]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (
            'contract = { value = "5 EUR", per = "fortnight" }',
            '2:37 D513 what "fortnight" makes in a year is not known, so nothing is set against the contract -> ',
        ),
        ('contract = { value = "0 EUR" }', "2:22 D513 a contract worth 0 EUR has no share that anything could be"),
        ('[[metric]]\nid = "r"\nworth = "-5 EUR"', "4:9 D513 a unit worth -5 EUR makes a loss of every gain"),
        ('[[contact]]\nname = "Ana"\nboss = " "', '4:8 D513 "boss" is empty -> name who stands above them'),
    ],
    ids=["a period", "a free contract", "a worth below nothing", "a boss of blanks"],
)
def test_what_would_leave_a_hole_in_the_brief_is_told(written: str, problem: str) -> None:
    _, problems = read(f'name = "Acme"\n{written}\n')

    assert [each.startswith(problem) for each in problems] == [True]
