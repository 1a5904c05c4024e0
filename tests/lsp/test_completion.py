from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from fakes.workspaces import CAMPAIGN, SETTINGS, small_workspace, write
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import CompletionItem, TextDocumentItem, TextEdit

from dripper.lsp.buffers import Buffers
from dripper.lsp.completion import completions
from dripper.lsp.desk import Desk

ACCOUNT = "campaigns/acme/account.toml"
NEGOTIATION = "campaigns/acme/renewal.negotiation.toml"
MONDAY = date(2026, 11, 23)
Offer = Callable[..., dict[str, CompletionItem]]


@pytest.fixture
def offer(open_at: Callable[..., tuple[Desk, object, int]]) -> Offer:
    """Return what is offered where `|` stands, by its label."""

    def offered(text: str, *name: str, snippets: bool = False, **others: str) -> dict[str, CompletionItem]:
        desk, buffer, offset = open_at(text, *name, **others)
        found = completions(desk, buffer, offset, MONDAY, snippets=snippets)  # type: ignore[arg-type]
        return {item.label: item for item in found}

    return offered


def written(item: CompletionItem) -> str:
    assert isinstance(item.text_edit, TextEdit)
    return item.text_edit.new_text


@pytest.mark.parametrize(
    ("text", "name", "some"),
    [
        pytest.param(
            "|", "campaigns/acme/insights.toml", {"every", "start", "shifts", "[[message]]", "[lint]"}, id="c"
        ),
        pytest.param(
            "[[message]]\n|", "campaigns/acme/insights.toml", {"subject", "text", "gift", "ask"}, id="message"
        ),
        pytest.param("[lint]\n|", "campaigns/acme/insights.toml", {"chars", "ignore"}, id="lint of a campaign"),
        pytest.param("lint = { | }", "campaigns/acme/insights.toml", {"chars", "ignore"}, id="an inline table"),
        pytest.param("|", ACCOUNT, {"name", "bucket", "[[metric]]", "[[contact]]", "[lead]"}, id="account"),
        pytest.param("[[metric]]\n|", ACCOUNT, {"id", "unit", "better", "benchmark"}, id="metric"),
        pytest.param("[[metric]]\nbenchmark = { | }", ACCOUNT, {"values", "source", "on"}, id="benchmark"),
        pytest.param("[lead]\nmilestones = [{ |", ACCOUNT, {"what", "by"}, id="a table in a list"),
        pytest.param("|", NEGOTIATION, {"title", "on", "our_target", "[[demand]]", "[[option]]"}, id="negotiation"),
        pytest.param("[[option]]\n|", NEGOTIATION, {"issue", "is", "ours", "theirs"}, id="option"),
        pytest.param("|", "dripper.toml", {"[workspace]", "[mailbox.NAME]", "[calendar]", "[lint]"}, id="settings"),
        pytest.param("[mailbox.dana]\n|", "dripper.toml", {"from", "smtp", "limits"}, id="mailbox"),
        pytest.param("[mailbox.dana]\nsmtp = { |", "dripper.toml", {"host", "port", "password"}, id="smtp"),
        pytest.param("[calendar]\n|", "dripper.toml", {"days", "hours", "gap_days"}, id="calendar"),
    ],
)
def test_the_keys_of_the_table_are_offered(offer: Offer, text: str, name: str, some: set[str]) -> None:
    assert some <= offer(text, name).keys()


def test_a_key_that_is_there_is_not_offered_again(offer: Offer) -> None:
    offered = offer('[[message]]\nsubject = "One"\n|\ntext = "Two"\n[[message]]\ngift = "Three"\n')
    assert not {"subject", "text"} & offered.keys()
    assert "gift" in offered


def test_keys_of_the_file_are_not_offered_below_a_table(offer: Offer) -> None:
    assert "every" not in offer("[[message]]\n|")


@pytest.mark.parametrize(
    ("key", "plain", "snippet"),
    [
        ("subject", 'subject = ""', 'subject = "$1"'),
        ("ask", "ask = ", "ask = $1"),
        ("subjects", "subjects = []", "subjects = [$1]"),
        ("only", "only = ", "only = { $1 }"),
    ],
)
def test_a_key_brings_its_line_along(offer: Offer, key: str, plain: str, snippet: str) -> None:
    assert written(offer("[[message]]\n|")[key]) == plain
    assert written(offer("[[message]]\n|", snippets=True)[key]) == snippet


def test_a_key_before_its_equals_sign_comes_alone(offer: Offer) -> None:
    assert written(offer('[[message]]\nsub| = "One"')["subject"]) == "subject"


def test_a_key_comes_with_its_meaning(offer: Offer) -> None:
    page = offer("|")["mailbox"].documentation
    assert page is not None
    assert "Empty: the only mailbox of the workspace." in str(page)
    assert 'mailbox = "…"' in str(page)


def test_a_table_replaces_what_is_typed_of_its_header(offer: Offer) -> None:
    item = offer("every = 1\n[mes|]\nid = 1")["[[message]]"]
    assert isinstance(item.text_edit, TextEdit)
    where = item.text_edit.range
    assert (item.text_edit.new_text, where.start.character, where.end.character) == ("[[message]]", 0, 5)


CAMPAIGN_FILE = "campaigns/acme/insights.toml"


@pytest.mark.parametrize(
    ("text", "name", "values"),
    [
        pytest.param("on_reply = |", CAMPAIGN_FILE, ['"contact"', '"account"', '"go-on"'], id="words"),
        pytest.param('on_reply = "|"', CAMPAIGN_FILE, ["contact", "account", "go-on"], id="words in quotes"),
        pytest.param("on_reply =|", CAMPAIGN_FILE, [' "contact"', ' "account"', ' "go-on"'], id="right behind ="),
        pytest.param("thread = |", CAMPAIGN_FILE, ["true", "false"], id="true or false"),
        pytest.param("start = |", CAMPAIGN_FILE, ["2026-11-23", "2026-11-30", "2026-12-01"], id="dates"),
        pytest.param("every = |", CAMPAIGN_FILE, ['"2 weeks"'], id="an example"),
        pytest.param("buckets = |", CAMPAIGN_FILE, ['["partner"]', '["client"]'], id="a list of words"),
        pytest.param('buckets = ["|"]', CAMPAIGN_FILE, ["partner", "client"], id="within a list"),
        pytest.param("mailbox = |", CAMPAIGN_FILE, ['"dana"'], id="mailboxes"),
        pytest.param("accounts = [|", CAMPAIGN_FILE, ['"acme"'], id="accounts"),
        pytest.param("shell = |", CAMPAIGN_FILE, ['"plain"'], id="shells"),
        pytest.param("role = |", NEGOTIATION, ['"seller"', '"buyer"'], id="of a negotiation"),
        pytest.param("[[evidence]]\nside = |", ACCOUNT, ['"us"', '"them"'], id="of a table"),
        pytest.param(
            '[[metric]]\nid = "rate"\n[[objective]]\nmetrics = ["|"]', ACCOUNT, ["rate"], id="metrics of the file"
        ),
        pytest.param(
            "[lint.severity]\ntoo-long = |", "dripper.toml", ['"error"', '"warning"', '"advice"'], id="severities"
        ),
        pytest.param("[calendar]\nlate = |", "dripper.toml", ['"shift"', '"skip"'], id="of the settings"),
        pytest.param("[[message]]\nthread = |", CAMPAIGN_FILE, [], id="a key that is not known there"),
        pytest.param("every = 1 # |", CAMPAIGN_FILE, [], id="a comment"),
        pytest.param('gift = "|"', CAMPAIGN_FILE, [], id="a free text"),
    ],
)
def test_the_values_of_a_key_are_offered(offer: Offer, text: str, name: str, values: list[str]) -> None:
    whole = SETTINGS + text if name == "dripper.toml" else text
    assert [written(item) for item in offer(whole, name).values()] == values


def test_negotiations_are_offered_as_the_campaign_names_them(offer: Offer) -> None:
    negotiation = 'title = "2027 renewal"\non = 2027-02-10\n'
    offered = offer("before = |", CAMPAIGN_FILE, **{NEGOTIATION: negotiation})
    assert written(offered["renewal"]) == '"renewal"'
    assert offered["renewal"].detail == "2027 renewal, 2027-02-10"


def test_rules_are_offered_by_name(offer: Offer) -> None:
    offered = offer('lint = { ignore = ["|"] }')
    assert written(offered["too-long"]) == "too-long"
    assert (offered["too-long"].detail or "").startswith("D101 The text is longer")


def test_time_zones_are_offered(offer: Offer) -> None:
    assert "Europe/Berlin" in offer('timezone = "Eur|"', ACCOUNT)


def message(text: str) -> str:
    return CAMPAIGN.replace("Most of your carts", text)


@pytest.mark.parametrize(
    ("text", "some", "others"),
    [
        pytest.param("Hi {{ contact.|", {"first_name", "last_name", "role", "email"}, {"bucket"}, id="of a contact"),
        pytest.param("Hi {{ contact.fi| }} and", {"first_name"}, {"bucket"}, id="half typed"),
        pytest.param("Hi {{ account.| }}", {"name", "bucket"}, {"first_name"}, id="of an account"),
        pytest.param("Hi {{ | }}", {"contact", "account", "metrics", "vars"}, {"first_name"}, id="the owners"),
        pytest.param("{% if contact.| %}", {"role"}, set(), id="in a tag"),
        pytest.param("{{ contact.name or account.|", {"bucket"}, set(), id="the second name"),
    ],
)
def test_the_names_of_a_template_are_offered(offer: Offer, text: str, some: set[str], others: set[str]) -> None:
    offered = offer(message(text))
    assert some <= offered.keys()
    assert not others & offered.keys()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("contact.¦", id="plain words"),
        pytest.param("{{ contact.name }} contact.¦", id="behind a template"),
        pytest.param("{{ contact.name or 'contact.¦", id="a text within a template"),
        pytest.param("{{ contact.name | ¦", id="a filter"),
    ],
)
def test_no_name_is_offered_elsewhere(offer: Offer, text: str) -> None:
    assert offer(message(text)) == {}


def test_no_name_is_offered_in_a_text_that_is_no_template(offer: Offer) -> None:
    assert offer(CAMPAIGN.replace("When to send", "{{ contact.|")) == {}


def test_names_are_offered_where_the_rest_of_the_file_is_broken(offer: Offer) -> None:
    assert "first_name" in offer('every = \n[[message]]\ntext = "Hi {{ contact.|')


def test_a_column_of_the_list_and_a_metric_are_names_too(offer: Offer) -> None:
    people = "email,name,plan\ncleo@acme.example,Cleo Blum,gold\n"
    listed = 'contacts = "people.csv"\n' + message("{{ contact.|")
    offered = offer(listed, CAMPAIGN_FILE, **{"campaigns/acme/people.csv": people})
    assert offered["plan"].detail == "such as gold"
    series = {"campaigns/acme/metrics.csv": "metric,date,value\nrate,2026-01-01,7.50\n"}
    assert offer(message("{{ metrics.|"), CAMPAIGN_FILE, **series)["rate"].detail == "such as 7.50"


def test_a_name_replaces_what_is_typed_of_it_and_no_more(offer: Offer) -> None:
    item = offer(message("Hi {{ contact.fi|r }}!"))["first_name"]
    assert isinstance(item.text_edit, TextEdit)
    where = item.text_edit.range
    assert where.end.character - where.start.character == len("fir")


@pytest.mark.parametrize("name", ["pyproject.toml", "notes.txt"])
def test_nothing_is_offered_in_a_file_of_another_kind(offer: Offer, name: str) -> None:
    assert offer("|", name) == {}


BROKEN = st.text(alphabet="abt=.,[]{}%\"'#\\\r\n |", max_size=40)


@pytest.mark.parametrize(("today", "offered"), [(date(2026, 11, 29), "24.0"), (date(2026, 11, 30), "24.4")])
def test_a_metric_is_offered_with_its_value_of_today(today: date, offered: str, tmp_path: Path) -> None:
    root = small_workspace(tmp_path.resolve())
    write(root, "campaigns/acme/metrics.csv", "metric,date,value\nreturns,2026-10-31,24.0\nreturns,2026-11-30,24.4\n")
    text = CAMPAIGN.replace('"Sizes"', '"{{ metrics. }}"')
    uri = (root / CAMPAIGN_FILE).as_uri()
    buffers = Buffers()
    buffers.open(TextDocumentItem(uri=uri, language_id="toml", version=1, text=text))
    desk = Desk(lambda: today)
    desk.turn_to(buffers.now)
    place = text.index("{{ metrics. }}") + len("{{ metrics.")
    (item,) = completions(desk, buffers.now[uri], place, today, snippets=False)
    assert (item.label, item.detail) == ("returns", f"such as {offered}")


@given(text=BROKEN, data=st.data())
def test_whatever_is_typed_something_or_nothing_is_offered(
    text: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = small_workspace(tmp_path_factory.getbasetemp().resolve() / "typed")
    place = data.draw(st.integers(0, len(CAMPAIGN)))
    whole = CAMPAIGN[:place] + text + CAMPAIGN[place:]
    buffers = Buffers()
    uri = (root / CAMPAIGN_FILE).as_uri()
    buffers.open(TextDocumentItem(uri=uri, language_id="toml", version=1, text=whole))
    desk = Desk()
    desk.turn_to(buffers.now)
    for offset in range(place, place + len(text) + 1):
        for item in completions(desk, buffers.now[uri], offset, MONDAY, snippets=True):
            assert isinstance(item.text_edit, TextEdit)
            assert item.text_edit.range.start.line == item.text_edit.range.end.line
