"""The scorecard: what is on it, and that nothing else ever is, in any format."""

import json
import re
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from fakes.accounts import RETURNS, TODAY, account, fact, returns_rate, series
from fakes.canary import CANARIES, CANARY, accounts, values_of
from hypothesis import given, settings
from pypdf import PdfReader

from dripper.pages.docx import docx
from dripper.pages.html import html
from dripper.pages.markdown import markdown
from dripper.pages.pdf import pdf
from dripper.pages.scorecard import Scorecard, scorecard_json, scorecard_of, scorecard_page
from dripper.workspace.model.account import Account, Better, Objective
from dripper.workspace.model.values import Number
from dripper.workspace.model.workspace import Series
from dripper.workspace.packaged import sample_root

TEMPLATE = (sample_root() / "templates" / "brief.typ").read_text(encoding="utf-8")
AGREED = Objective(
    theirs="Fewer returns", ours="Two years", aligned="Margin", metric_ids=("returns_rate",), agreed_on=date(2026, 1, 9)
)
VALUES = {"returns_rate": series("returns_rate", RETURNS)}


def _card(who: Account, values: dict[str, Series] | None = None) -> Scorecard:
    return scorecard_of(who, VALUES if values is None else values, author="North", today=TODAY)


def _formats(card: Scorecard) -> dict[str, str]:
    page = scorecard_page(card)
    return {
        # All that any format is made from.
        "page": repr(page),
        "md": markdown(page),
        "html": html(page),
        "json": json.dumps(scorecard_json(card), ensure_ascii=False),
    }


def _bytes(card: Scorecard) -> dict[str, list[str]]:
    """Return what can be read of the formats that are no text: all parts of the DOCX, text and metadata of the PDF."""
    page = scorecard_page(card)
    document = PdfReader(BytesIO(pdf(page, template=TEMPLATE, on=TODAY)))
    packed = ZipFile(BytesIO(docx(page, on=TODAY)))
    return {
        "pdf": [
            *(sheet.extract_text() for sheet in document.pages),
            str(document.metadata),
            str(document.xmp_metadata),
        ],
        "docx": [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()],
    }


@given(accounts)
def test_no_other_field_of_an_account_is_ever_shown(who: Account) -> None:
    for kind, text in _formats(_card(who, values_of(who))).items():
        assert not [secret for secret in CANARIES if secret in text], kind


@settings(max_examples=25)
@given(accounts)
def test_nor_in_a_file_that_is_no_text(who: Account) -> None:
    for kind, parts in _bytes(_card(who, values_of(who))).items():
        # A line break may fall within a word of a PDF.
        joined = "".join("".join(parts).split())
        assert not [secret for secret in CANARIES if secret in joined], kind


@given(accounts)
def test_what_may_be_shown_is_shown(who: Account) -> None:
    card = _card(who, values_of(who))
    document = scorecard_json(card)

    assert [each["what"] for each in document["facts"]] == [fact.what for fact in who.facts if not fact.internal]
    assert [each["name"] for each in document["metrics"]] == [each.title for each in who.metrics if each.agreed]
    kept = [each.what for each in who.promises if each.what != CANARY]
    assert [each["what"] for each in document["promises"]] == kept
    assert card.is_empty is (not any(document[key] for key in ("objectives", "metrics", "promises", "facts")))


@given(accounts)
def test_every_format_has_the_same_account(who: Account) -> None:
    again = _card(who, values_of(who))

    assert _formats(_card(who, values_of(who))) == _formats(again)


def test_the_page_tells_progress_in_plain_words() -> None:
    text = markdown(scorecard_page(_card(account(objectives=(AGREED,), facts=(fact(internal=False),)))))

    assert text.startswith("# Acme Retail: scorecard\n\nfrom North, as of 23 Nov 2026\n")
    assert (
        "- **Fewer returns** (agreed on 9 Jan 2026)\n  - **Where we meet:** Margin\n  - **Decided by:** Returns" in text
    )
    assert "| Returns rate | 31.2% | 24.0% | 23.0% | 88% of the way |" in text
    assert "**24.0%** on 31 Oct 2026. It made a step down, from about 31.2% to 24.1%, on 30 Nov 2025." in text
    assert "The goal is 23.0% by 30 Jun 2027; 88% of the way is covered." in text
    assert "| Pilot live | 30 Jun 2026 | 21 Jun 2026 |" in text
    assert "Monthly report" not in text
    assert "- Group cost programme: 5% off external spend. (Half-year report 2026, p. 12; 30 Sep 2026)" in text


def _told(values: list[Any], **changes: Any) -> str:
    who = account(metrics=(returns_rate(**changes),))
    return markdown(scorecard_page(_card(who, {"returns_rate": series("returns_rate", values)})))


HIGHER = {"better": Better(way="higher"), "baseline": Number(10), "goal": Number(20)}
TOLD: dict[str, tuple[list[Any], dict[str, Any], str]] = {
    "the wrong way": (
        [30 + n for n in range(12)],
        {},
        "It is rising by about 12.0 points a year. That is the wrong way.",
    ),
    "away from the goal": ([32, 33], {}, "The goal is 23.0% by 30 Jun 2027; it has moved away."),
    "reached": ([15, 21], HIGHER, "The goal is 20% by 30 Jun 2027: it is reached."),
    "level": ([24] * 24, {}, "It stays level."),
    "no direction": ([24, 30, 22, 31, 25, 29, 23, 30, 24] * 3, {}, "It has no clear direction."),
    "under a year": (
        [22 + n for n in range(9)],
        {},
        "It has less than a year of values, so a trend cannot be told from a season.",
    ),
    "level in a season": ([24] * 5 + ([29] * 6 + [24] * 6) * 4, {}, "It stays level but for its season."),
    "few": ([24, 25], {}, "It has too few values to show a direction."),
    "none": ([], {}, "## Returns rate\n\nNo values yet."),
    "no date": ([24, 25], {"by": None, "baseline": None}, "The goal is 23.0%."),
    "a band": (
        [24, 25],
        {"better": Better(way="band", low=Number(20), high=Number("24.5")), "goal": None, "baseline": None},
        "50% of its values lie in the band of 20 to 24.5%.",
    ),
    "outside its band": (
        [24, 25],
        {"better": Better(way="band", low=Number(20), high=Number("24.5")), "goal": None, "baseline": None},
        "| – | 25% | 20 to 24.5% | outside now; inside for 50% of its values |",
    ),
    "no baseline, reached": ([24, 22], {"baseline": None}, "| – | 22% | 23.0% | reached |"),
    "no baseline, not reached": ([24, 25], {"baseline": None}, "| – | 25% | 23.0% | not yet reached |"),
    "another unit, that only looks reached": (
        ["24", "25", "26", "0.24", "0.25"],
        {"baseline": None},
        "| – | 0.25% | 23.0% | – |",
    ),
    "a goal whose day has passed": (
        [24, 25],
        {"by": date(2026, 6, 30)},
        "The goal was 23.0% by 30 Jun 2026; 76% of the way is covered.",
    ),
    "another unit, said in words": (
        ["24", "25", "26", "0.24", "0.25"],
        {},
        "**0.25%** on 31 Oct 2026. It has values of another size from 30 Sep 2026 on, as if the unit had changed.",
    ),
    "another unit, and its goal": (["24", "0.24"], {"baseline": None}, "The goal is 23.0% by 30 Jun 2027.\n"),
    "a goal that is the baseline": ([24, 25], {"goal": Number("31.2")}, "| 31.2% | 25% | – | – |"),
    "a goal the wrong way": ([24, 25], {"goal": Number("40")}, "| 31.2% | 25% | – | – |"),
}


@pytest.mark.parametrize(("values", "changes", "said"), TOLD.values(), ids=TOLD)
def test_a_metric_is_told_as_it_stands(values: list[Any], changes: dict[str, Any], said: str) -> None:
    assert said in _told(values, **changes)


@pytest.mark.parametrize("goal", ["31.2", "40"], ids=["the baseline", "the wrong way"])
def test_a_goal_that_nobody_could_measure_is_left_out_everywhere_and_told_to_us(goal: str) -> None:
    who = account(metrics=(returns_rate(goal=Number(goal)),))
    card = _card(who, {"returns_rate": series("returns_rate", RETURNS)})

    assert card.aimless == ("Returns rate",)
    assert not re.search("goal is|goal [0-9]|2027", markdown(scorecard_page(card)))
    assert (scorecard_json(card)["metrics"][0]["goal"], scorecard_json(card)["metrics"][0]["by"]) == (None, None)


def test_rows_that_could_not_be_read_are_not_hidden() -> None:
    card = _card(account(), {"returns_rate": series("returns_rate", RETURNS, bad_rows=2)})

    assert card.unread == ("Returns rate",)
    assert "Some values could not be read and are left out." in markdown(scorecard_page(card))


def test_nothing_of_what_may_come_is_drawn() -> None:
    page = html(scorecard_page(_card(account())))

    assert page.count("<svg") == 1
    assert "<polygon" not in page


def test_where_nothing_may_be_shown_the_page_says_so() -> None:
    card = _card(Account(id="bare", name="Bare"))

    assert card.is_empty
    assert "Nothing has been agreed yet." in markdown(scorecard_page(card))
