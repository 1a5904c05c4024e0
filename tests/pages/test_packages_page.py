"""The page of `dripper packages`, and what the brief says of them."""

import json
import re
from typing import Any

import pytest
from fakes.accounts import TODAY, account, negotiation
from fakes.packages import HOUSE, Table, negotiation_over

from dripper.pages.brief.content import brief_page
from dripper.pages.brief.document import brief_json
from dripper.pages.brief.packages import package_blocks, zone_in_points
from dripper.pages.html import html
from dripper.pages.layout import Items, Text
from dripper.pages.layout import Table as Rows
from dripper.pages.markdown import markdown
from dripper.pages.packages import packages_json, packages_text
from dripper.prep.brief import Brief, brief_of
from dripper.prep.packages import say
from dripper.prep.packages.found import Packages, packages_of
from dripper.workspace.model.values import Points

WIDE: Table = HOUSE | {
    "payment": {"30 days": (12, 3), "60 days": (6, 9), "90 days": (0, 12)},
    "team": {"named": (0, 14), "any": (6, 4)},
    "notice": {"3 months": (8, 2), "1 month": (2, 6)},
}


def _brief(**changes: Any) -> Brief:
    options = negotiation_over(WIDE).options
    return brief_of(account(), negotiation(options=options, **changes), {}, today=TODAY, owner="Mira")


def _with_floors() -> Brief:
    return _brief(our_walk_away_points=Points("40"), their_walk_away_points=Points("45"))


def _found(table: Table, **changes: Any) -> Packages:
    found = packages_of(negotiation_over(table, **changes))
    assert found is not None
    return found


def test_the_json_has_the_documented_shape() -> None:
    document = packages_json(_found(WIDE, our_walk_away_points="40.5"))

    head = ["version", "count", "frontier", "nash", "kalai", "kalai_smorodinsky", "max_sum", "equal_offers"]
    assert list(document)[:8] == head
    packages = [package for key in head[2:] for package in document[key]]
    assert all(list(package) == ["options", "ours", "theirs", "nash_product"] for package in packages)
    assert set(document["ties"]) == {"frontier", "nash", "kalai", "kalai_smorodinsky", "max_sum"}
    assert all(set(step) == {"give", "get", "ours", "theirs"} for step in document["trades"])
    nash = document["nash"][0]
    assert nash["nash_product"] == (nash["ours"] - 40.5) * nash["theirs"]


def test_whole_points_stay_whole_and_decimals_are_those_of_the_file() -> None:
    document = packages_json(_found({"fee": {"a": ("0.1", 1), "b": (0, 3)}, "term": {"x": ("0.2", 1), "y": (0, 0)}}))

    assert [(each["ours"], each["theirs"]) for each in document["frontier"]] == [(0.3, 2), (0.2, 4)]
    assert isinstance(document["frontier"][0]["theirs"], int)


def test_each_package_says_why_it_is_shown_once() -> None:
    found = _found({"fee": {"a": (1, 0), "b": (0, 1)}, "term": {"x": (3, 3), "y": (0, 0)}})
    text = packages_text(negotiation_over(HOUSE), found)

    assert "4 to us, 3 to them\n    fee: a · term: x\n    Nash: the greatest product of both gains (one of 2)." in text
    assert text.count("Nash: the") == 1


def test_points_are_shown_with_the_digits_that_help() -> None:
    found = _found({"fee": {"a": ("0.7345612399999999", 0), "b": (0, "0.5")}})

    assert "0.735 to us, 0.000 to them" in packages_text(negotiation_over(HOUSE), found)


def test_a_page_says_why_there_is_no_plan() -> None:
    found = _found({"term": {"one year": (0, 20), "three years": (25, 12)}})
    text = packages_text(negotiation_over(HOUSE), found, width=300)

    assert "Concession plan\n  No useful step: our best package that they could take is worth 25 to us" in text
    assert packages_json(found)["plan"] is None


def test_the_brief_has_the_section_with_three_offers_side_by_side() -> None:
    blocks = list(package_blocks(_with_floors()))
    tables = [block for block in blocks if isinstance(block, Rows)]

    offers, trades, plan = tables
    assert offers.header == ("", "Offer A", "Offer B", "Offer C")
    assert [row[0] for row in offers.rows][: len(WIDE)] == list(WIDE)
    assert [row[0] for row in offers.rows][-1] == "Against the Nash point"
    assert trades.header == ("We give", "Only against", "Both gain")
    assert [row[0] for row in plan.rows] == ["1", "2"]
    assert any(isinstance(block, Items) for block in blocks)


def test_the_numbers_line_says_whether_there_is_a_zone_in_points() -> None:
    page = markdown(brief_page(_with_floors()))

    front, appendix = page.split("Numbers and packages")
    assert "**In points:** yes, some packages serve both" in front
    assert "chance more than 9 in 10" in appendix


@pytest.mark.parametrize("floors", [{}, {"our_walk_away_points": Points("40")}], ids=["no floor", "ours alone"])
def test_without_the_walk_away_points_of_both_nothing_is_called_fair(floors: dict[str, Points]) -> None:
    brief = _brief(**floors)
    assert brief.packages is not None
    assert ("our_walk_away_points" in say.floors(brief.packages)) == (not floors)
    text = markdown(brief_page(brief)) + html(brief_page(brief))

    assert re.findall(r"Nash[^.]*", text) == ["Nash point is claimed"] * len(re.findall("Nash", text))
    assert "Kalai" not in text
    document = brief_json(brief)["packages"]
    assert document["nash"] == document["kalai"] == document["kalai_smorodinsky"] == []
    assert document["equal_offers_against"][0]["nash"] is None


def test_no_points_no_section() -> None:
    brief = brief_of(account(), negotiation(), {}, today=TODAY, owner="Mira")

    assert (list(package_blocks(brief)), zone_in_points(brief), brief_json(brief)["packages"]) == ([], (), None)


def test_every_number_of_the_section_is_in_the_json() -> None:
    brief = _with_floors()
    known = json.dumps(brief_json(brief))
    texts = "\n".join(
        " ".join(cell for row in (block.header, *block.rows) for cell in row) if isinstance(block, Rows) else block.text
        for block in package_blocks(brief)
        if isinstance(block, Rows | Text)
    )
    shown = {*re.findall(r"[\d.,]*\d", texts)} - {"10"}

    known_numbers = {*re.findall(r"[\d.,]*\d", known)}
    steps = {str(at) for at in range(1, 4)}
    assert shown - known_numbers - steps == set()


def test_an_empty_zone_names_what_the_trades_could_add() -> None:
    brief = _brief(our_walk_away_points=Points("200"), their_walk_away_points=Points("45"))
    texts = " ".join(block.text for block in package_blocks(brief) if isinstance(block, Text))

    assert "none, in the nearest package we lack" in texts
    assert "“A weekly report”" not in texts
    assert "“A longer term”" not in texts
    assert "“Free set-up”" in texts
