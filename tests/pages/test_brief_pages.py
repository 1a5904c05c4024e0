import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from fakes.accounts import RETURNS, TODAY, account, returns_rate, series
from fakes.briefs import BRIEFS, charts
from fakes.briefs import brief as _brief
from markdown_it import MarkdownIt

from dripper.pages.brief.content import brief_page
from dripper.pages.brief.document import brief_json
from dripper.pages.brief.verdict import verdict_text
from dripper.pages.html import html
from dripper.pages.markdown import markdown
from dripper.pages.metrics import metrics_table
from dripper.prep.brief import Brief, brief_of
from dripper.prep.words import projected
from dripper.workspace.model.account import Metric

every_brief = pytest.mark.parametrize("brief", BRIEFS.values(), ids=BRIEFS)


class _Words(HTMLParser):
    """Gathers the words a reader sees; a chart counts by its title."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: Counter[str] = Counter()
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags[tag] += 1
        if tag not in ("meta", "br", "hr"):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._inside.pop() == tag

    def handle_data(self, data: str) -> None:
        hidden = {"style", "head"} & {*self._inside} or ("svg" in self._inside and "title" not in self._inside)
        if not hidden:
            self.words += data.split()


def _seen(document: str) -> _Words:
    parser = _Words()
    parser.feed(document)
    parser.close()
    return parser


@every_brief
def test_markdown_and_html_have_the_same_words(brief: Brief) -> None:
    page = brief_page(brief)
    rendered = MarkdownIt("commonmark").enable("table").enable("strikethrough").render(markdown(page))

    assert _seen(rendered).words == _seen(html(page)).words


@every_brief
def test_what_came_from_a_file_becomes_no_markup(brief: Brief) -> None:
    page = brief_page(brief)
    seen = _seen(html(page))

    assert seen.tags["script"] == 0
    assert seen.tags["svg"] == len(charts(page.blocks))


@every_brief
def test_the_same_brief_is_the_same_bytes(brief: Brief) -> None:
    again = replace(brief)

    assert html(brief_page(brief)) == html(brief_page(again))
    assert json.dumps(brief_json(brief)) == json.dumps(brief_json(again))


@every_brief
def test_every_chart_is_whole_xml_with_a_title(brief: Brief) -> None:
    for drawing in re.findall(r"<svg.*?</svg>", html(brief_page(brief)), re.DOTALL):
        root = ET.fromstring(drawing)
        assert root.get("role") == "img"
        assert root.findtext("{http://www.w3.org/2000/svg}title") == root.get("aria-label")


OUTLOOKS: dict[str, tuple[list[Any], Metric, bool]] = {
    "a claimed movement": (RETURNS, returns_rate(), True),
    "no direction": ([30, 24, 29, 25, 31, 23, 27] * 4, returns_rate(), False),
    "no direction and no goal": ([30, 24, 29, 25, 31, 23, 27] * 4, Metric(id="returns_rate"), False),
    "a step that never differed": (list(range(24)), returns_rate(), True),
}


@pytest.mark.parametrize(("values", "metric", "has_middle"), OUTLOOKS.values(), ids=OUTLOOKS)
def test_the_brief_tells_of_what_may_come_as_the_terminal_does(
    values: list[Any], metric: Metric, has_middle: bool
) -> None:
    known = {"returns_rate": series("returns_rate", values)}
    brief = brief_of(account(metrics=(metric,)), None, known, today=TODAY, owner="us")
    (reading,) = brief.readings
    assert reading.outlook is not None

    told = projected(reading.outlook, reading)
    assert told in " ".join(metrics_table([reading]).split())
    page = brief_page(brief)
    assert markdown(page).count(told) >= 2
    assert ('stroke-dasharray="1.5 2.5"' in html(page)) is has_middle


def test_what_would_already_have_come_is_not_told() -> None:
    known = {"returns_rate": series("returns_rate", RETURNS, last=date(2026, 3, 31))}
    brief = brief_of(account(metrics=(Metric(id="returns_rate"),)), None, known, today=TODAY, owner="us")

    assert "expected on" not in markdown(brief_page(brief))
    assert "<polygon" not in html(brief_page(brief))


@every_brief
def test_every_number_of_a_page_is_in_the_json(brief: Brief) -> None:
    text = re.sub(r"\\(.)", r"\1", markdown(brief_page(brief)))
    known = json.dumps(brief_json(brief), ensure_ascii=False)
    for found in re.findall(r"\d{1,2} [A-Z][a-z]{2} \d{4}", text):
        assert datetime.strptime(found, "%d %b %Y").date().isoformat() in known or found in known
    plain = re.sub(r"\d{1,2} [A-Z][a-z]{2} \d{4}", "", text)

    assert {*re.findall(r"[\d.,]*\d", plain)} - {*re.findall(r"[\d.,]*\d", known)} == set()


def test_every_figure_says_where_it_comes_from() -> None:
    figures = brief_json(BRIEFS["ready"])["figures"]

    assert {"baseline", "goal", "now", "attained", "step", "worth", "chance of the goal"} <= {
        each["what"] for each in figures
    }
    assert all(each["rows"] and each["formula"] and each["text"] for each in figures)
    assert next(each["test"] for each in figures if each["what"] == "step").startswith("Pettitt, p<.001")


def test_not_ready_opens_with_reschedule_homework_and_note() -> None:
    text = markdown(brief_page(BRIEFS["not ready"]))

    first = text.split("\n## ")[1]
    assert first.startswith("Reschedule\n\n2 points block the call on 10 Feb 2027.")
    assert "| Dana | 15 Dec 2026 |" in first
    assert "> **To send:** Dear Ana, our talk of 10 Feb 2027 gives you more on 17 Feb 2027." in first


def test_a_decision_to_go_shows_its_reason_and_what_it_overrides() -> None:
    first = markdown(brief_page(BRIEFS["by decision"])).split("\n## ")[1]

    assert first.startswith("Ready by decision\n\n**Because:** They leave on Friday")
    assert "We have no walk-away point." in first


def test_a_guess_is_marked_on_page_one() -> None:
    assert "Our target (guess)" in markdown(brief_page(_brief(guesses=("our_target",))))


def test_a_metric_with_a_bad_row_is_marked() -> None:
    text = markdown(brief_page(BRIEFS["values alone"]))

    assert "Some rows could not be read" in text or "some rows could not be read" in text
    assert "1 row of this metric could not be read." in text


def test_the_gate_alone_is_plain_text() -> None:
    text = verdict_text(BRIEFS["not ready"])

    assert text.startswith("Reschedule\n2 points block the call on 10 Feb 2027.")
    assert "  We have no walk-away point.\n    Settle the worst deal we take, and write our_walk_away." in text


def test_a_source_tells_its_day_once() -> None:
    text = markdown(brief_page(BRIEFS["ready"]))

    assert re.search(r"values to 31 Oct 2026(; confirmed)?\)", text)
    assert not re.search(r"(\d+ [A-Z][a-z]{2} \d{4})[,;] (\w+, )?\1\)", text)


@pytest.mark.parametrize("width", [60, 100])
def test_the_note_is_labelled_and_stands_apart_from_what_is_told(width: int) -> None:
    brief = BRIEFS["not ready"]
    told, note = verdict_text(brief, width=width).split("\n\nTo send:\n")
    indented = note.partition("\n\n")[0].splitlines()

    assert "Earliest date" in told.replace("\n", " ")
    assert all(line.startswith("  ") for line in indented)
    assert " ".join(line.strip() for line in indented) == " ".join(brief.gate.note)
    assert f"> **To send:** {brief.gate.note[0]}\n\n> {brief.gate.note[1]}" in markdown(brief_page(brief))


@pytest.mark.parametrize("width", [40, 60])
def test_the_gate_is_as_wide_as_the_terminal(width: int) -> None:
    text = verdict_text(BRIEFS["not ready"], width=width)

    assert max(map(len, text.splitlines())) <= width
    assert " ".join(text.split()) == " ".join(verdict_text(BRIEFS["not ready"], width=500).split())


def test_the_json_is_the_documented_one() -> None:
    document = brief_json(BRIEFS["not ready"])

    assert (document["version"], document["verdict"]) == (1, "reschedule")
    assert [work["code"] for work in document["gate"]["blocks"]] == ["no-walk-away", "open-question"]
    assert document["angles"]["ours"][document["leads"][0]]["rock_solid"] is True
