from __future__ import annotations

from datetime import date

import pytest

from dripper.workspace.campaign import read_campaign, slug
from dripper.workspace.model.campaign import Campaign
from dripper.workspace.toml import Document

START = 'every = "2 weeks"\nstart = 2026-12-01\n'
MESSAGE = '[[message]]\nsubject = "One"\ntext = "Two."\n'


def read(text: str) -> tuple[Campaign | None, list[str]]:
    document = Document.parse("campaigns/acme/insights.toml", text)
    assert isinstance(document, Document)
    found = read_campaign(document, default_id="acme/insights")
    return found.value, [
        f"{problem.span.line}:{problem.span.column} {problem.code} {problem.message} -> {problem.cure}"
        for problem in found.problems
    ]


def test_the_shortest_campaign_is_whole() -> None:
    campaign, problems = read(START + MESSAGE)

    assert problems == []
    assert campaign is not None
    assert (campaign.id, campaign.name, campaign.file) == ("acme/insights", "insights", "campaigns/acme/insights.toml")
    assert campaign.start == date(2026, 12, 1)
    assert [message.id for message in campaign.messages] == ["one"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        pytest.param('evry = "x"', '1:1 D502 unknown key "evry" -> did you mean "every"?', id="a near key"),
        pytest.param(
            'text = "x"', '1:1 D502 unknown key "text" -> it is a key of [[message]]', id="a key of the tables below"
        ),
        pytest.param('"<file>" = "x"', '1:1 D502 unknown key "<file>" -> known here: id, name, mailbox', id="hidden"),
        pytest.param("mailbox = 5", '1:11 D503 "mailbox" needs text, found a number -> write mailbox = "5"', id="text"),
        pytest.param(
            'accounts = "acme"',
            '1:12 D503 "accounts" needs a list, found text -> write accounts = ["acme"]',
            id="a list",
        ),
        pytest.param(
            "accounts = [1]",
            '1:13 D503 item 1 of "accounts" needs text, found a number -> write accounts = ["…"]',
            id="an item",
        ),
        pytest.param(
            'priority = "3"',
            '1:12 D503 "priority" needs a whole number, found text -> write priority = 3, without quotes',
            id="a number",
        ),
        pytest.param(
            "priority = 1.5",
            '1:12 D503 "priority" needs a whole number, found a number -> write priority = 5',
            id="a fraction",
        ),
        pytest.param(
            "priority = true",
            '1:12 D503 "priority" needs a whole number, found true or false -> write priority = 5',
            id="true is no number",
        ),
        pytest.param(
            "priority = -1", '1:12 D513 "priority" cannot be less than 0 -> write 0 or more', id="a number too small"
        ),
        pytest.param(
            f"priority = 0x{'f' * 5000}",
            '1:12 D513 "priority" cannot be more than 1000000 -> write 1000000 or less',
            id="a number too large to be printed",
        ),
        pytest.param(
            "thread = 1", '1:10 D503 "thread" needs true or false, found a number -> write thread = true', id="a switch"
        ),
        pytest.param('on_reply = "all"', '1:12 D513 "on_reply" cannot be "all" -> known here: contact', id="a word"),
        pytest.param(
            'on = ["mon", "tues"]', '1:14 D513 item 2 of "on" cannot be "tues" -> did you mean "tue"?', id="near word"
        ),
        pytest.param(
            "on = [1]", '1:7 D503 item 1 of "on" needs text, found a number -> write on = ["mon"]', id="no word"
        ),
        pytest.param('at = "9:30"', '1:6 D513 "at": "9:30" is no time of day: write it as "09:30"', id="a clock"),
        pytest.param(
            "at = 09:30:00",
            '1:6 D503 "at": expected text such as "09:30", found a time -> a right one: "09:30"',
            id="time",
        ),
        pytest.param("lint = 3", '1:8 D503 "lint" needs a table, found a number -> write [lint]', id="a table"),
        pytest.param(
            "vars = { a = 1 }", '1:14 D503 "a" needs text, found a number -> write a = "1"', id="a value of one's own"
        ),
        pytest.param("lint.chars = 0", '1:14 D513 "chars" cannot be 0 -> write chars = 140', id="no text at all"),
        pytest.param(
            "spread_minutes = 721", '1:18 D513 "spread_minutes" cannot be more than 720, half a day', id="half a day"
        ),
        pytest.param('before = "x"', '1:10 D513 both "start" and "before" are set', id="two beginnings"),
    ],
)
def test_a_faulty_line_is_told_with_its_cure(line: str, problem: str) -> None:
    _, problems = read(f"{line}\n{START}{MESSAGE}")

    assert len(problems) == 1
    assert problems[0].startswith(problem)


@pytest.mark.parametrize(
    ("start", "problem"),
    [
        pytest.param(
            'start = "2026-12-01"', "needs a date, found text -> write start = 2026-12-01, without quotes", id="q"
        ),
        pytest.param('start = "soon"', "needs a date, found text -> write start = 2026-12-01", id="no date"),
        pytest.param("start = 2026-12-01T09:00:00", "needs a date, found a date with a time", id="a date with a time"),
        pytest.param("start = 0001-01-01", "cannot be less than 1900-01-01 -> write 1900-01-01 or more", id="long ago"),
        pytest.param("start = 9999-12-31", "cannot be more than 2199-12-31", id="far away"),
    ],
)
def test_a_start_that_is_no_date_is_told(start: str, problem: str) -> None:
    _, problems = read(f'every = "1 day"\n{start}\n{MESSAGE}')

    assert len(problems) == 1
    assert problem in problems[0]


def test_a_key_below_a_message_belongs_above_the_first_table() -> None:
    _, problems = read(f'start = 2026-12-01\n\n{MESSAGE}every = "2 weeks"\n')

    place = "6:1 D502 "
    message = '"every" belongs above line 3: where it stands it is a key of [[message]]'
    assert problems == [f"{place}{message} -> move it above line 3, the first table of the file"]


def test_all_that_is_missing_is_told_at_once() -> None:
    campaign, problems = read("")

    assert campaign is None
    assert [problem.split(" -> ")[0] for problem in problems] == [
        '1:1 D514 "every" is missing',
        '1:1 D514 the campaign has no "start"',
        "1:1 D514 the campaign has no message",
    ]


def test_a_missing_key_comes_with_the_line_to_add_and_where() -> None:
    _, problems = read("start = 2026-12-01\n" + MESSAGE)

    assert problems == ['1:1 D514 "every" is missing -> add every = "2 weeks" above line 2']


def test_a_wrong_value_hides_no_other_fault() -> None:
    _, problems = read(f'{START}priority = "x"\n{MESSAGE}{MESSAGE}ask = 1\n')

    assert [problem.split()[1] for problem in problems] == ["D503", "D506", "D503"]


def test_a_campaign_with_an_unknown_key_can_still_be_read() -> None:
    campaign, problems = read(f"{START}colour = 1\n{MESSAGE}flavour = 2\n")

    assert [problem[:8] for problem in problems] == ["3:1 D502", "7:1 D502"]
    assert campaign is not None
    assert campaign.messages[0].text == "Two."


def test_a_campaign_with_a_wrong_value_is_none() -> None:
    campaign, _ = read(f'{START}priority = "high"\n{MESSAGE}')

    assert campaign is None


@pytest.mark.parametrize(
    ("message", "problem"),
    [
        pytest.param('text = "x"', '3:1 D514 the message has no "subject" -> add subject = "…"', id="no subject"),
        pytest.param('subject = "x"', '3:1 D514 "text" is missing in [[message]] -> add text = "…"', id="no text"),
        pytest.param('subject = "x"\ntext = " \\n"', '5:8 D513 "text" is empty', id="an empty text"),
        pytest.param(
            'subject = "x"\nsubjects = ["y"]\ntext = "z"', '5:12 D513 both "subject" and "subjects"', id="both"
        ),
        pytest.param('subjects = ["y", " "]\ntext = "z"', "4:18 D513 this subject is empty", id="an empty variant"),
        pytest.param('id = "A b"\nsubject = "x"\ntext = "z"', '4:6 D513 "A b" is no id', id="a wrong id"),
        pytest.param('subject = "漢字"\ntext = "z"', "4:11 D514 no id can be made from this subject", id="no letters"),
        pytest.param(
            'subject = "a\\nBcc: x@y.example"\ntext = "z"',
            "4:13 D601 a line break here would break",
            id="a header more",
        ),
        pytest.param(
            'subject = "a"\ntext = """\nz\\u0000"""', "6:2 D603 the control character U+0000 stands in", id="NUL"
        ),
        pytest.param(
            'subject = "a"\ntext = "z\\r"', "5:10 D603 the control character U+000D stands in", id="a lone CR"
        ),
    ],
)
def test_a_faulty_message_is_told_at_its_place(message: str, problem: str) -> None:
    _, problems = read(f"{START}[[message]]\n{message}\n")

    assert len(problems) == 1, problems
    assert problems[0].startswith(problem)


def test_a_single_pair_of_brackets_is_not_enough_for_a_message() -> None:
    _, problems = read(f'{START}[message]\nsubject = "x"\ntext = "y"\n')

    assert problems[0] == '3:1 D503 "message" needs a list, found a table -> write [[message]]'


def test_two_messages_with_one_id_are_told() -> None:
    _, problems = read(f'{START}{MESSAGE}[[message]]\nid = "one"\nsubject = "x"\ntext = "y"\n')

    assert problems == [
        '7:6 D506 the id "one" is already that of the message in line 3 -> give this message an id of its own: id = "…"'
    ]


@pytest.mark.parametrize(
    ("subject", "identity"),
    [
        pytest.param("Your carts after 9 pm", "your-carts-after-9-pm", id="words"),
        pytest.param("  Größe & 'Schnitt'!  ", "grosse-schnitt", id="letters with marks"),
        pytest.param("Brook's sizes", "brooks-sizes", id="an apostrophe"),
        pytest.param("x" * 80, "x" * 60, id="long"),
        pytest.param("漢字 😀", "", id="nothing that an id may hold"),
    ],
)
def test_an_id_is_made_from_the_subject(subject: str, identity: str) -> None:
    assert slug(subject) == identity
