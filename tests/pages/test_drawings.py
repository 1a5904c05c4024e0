"""The drawings: what they show is where it should be, and nothing that a file says leaves its place."""

from dataclasses import replace
from datetime import date
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from fakes.accounts import RETURNS, TODAY, account, returns_rate, series
from fakes.briefs import NASTY

from dripper.pages.brief.scorecard import scorecard
from dripper.pages.bullets import MOST, bullets, bullets_alt
from dripper.pages.charts import alt, chart
from dripper.pages.frontier import frontier, frontier_alt
from dripper.pages.layout import Chart, Table
from dripper.prep.brief import brief_of
from dripper.prep.metrics import read_metrics
from dripper.prep.packages.found import Packages, packages_of
from dripper.prep.reading import Reading
from dripper.workspace.model.account import Better, Metric
from dripper.workspace.model.negotiation import Negotiation, Option
from dripper.workspace.model.values import Number

SVG = "{http://www.w3.org/2000/svg}"


def _readings(*metrics: Metric) -> tuple[Reading, ...]:
    return read_metrics({each.id: series(each.id, RETURNS) for each in metrics}, metrics, today=TODAY)


def _metric(name: str, goal: str = "23.0", **changes: object) -> Metric:
    return replace(returns_rate(), id=name, name=name, goal=Number(goal), **changes)  # type: ignore[arg-type]


def _packages(**changes: object) -> Packages:
    options = [("fee", "low", 0, 60), ("fee", "high", 60, 0), ("term", "one", 0, 20), ("term", "two", 40, 10)]
    found = packages_of(
        Negotiation(
            title="T",
            on=TODAY,
            options=tuple(
                Option(issue=issue, is_=name, ours=Number(ours), theirs=Number(theirs))
                for issue, name, ours, theirs in options
            ),
            **changes,  # type: ignore[arg-type]
        )
    )
    assert found is not None
    return found


LABELLED = {
    "goal and now nearly the same": _metric("a", "23.9", by=date(2027, 6, 30)),
    "a band round the newest value": _metric("a", better=Better(way="band", low=Number("23.8"), high=Number("24.3"))),
    "a baseline among them": _metric("a", "23.0", baseline=Number("23.4"), unit="h"),
    "a goal far off": _metric("a", "-900", unit="EUR"),
}


def _widths(drawing: str) -> list[float]:
    return [float(bar.get("width", "0")) for bar in ET.fromstring(drawing).iter(f"{SVG}rect")]


def test_a_bar_is_as_long_as_the_way_that_is_gone() -> None:
    half, whole = _widths(bullets(_readings(_metric("a", "16.8"), _metric("b", "24.0"))))

    assert half / whole == 0.5


def test_a_metric_that_moved_away_goes_to_the_left_of_the_baseline() -> None:
    away, towards = ET.fromstring(bullets(_readings(_metric("a", "60", better=_worse()), _metric("b")))).iter(
        f"{SVG}rect"
    )

    assert float(away.get("x", 0)) + float(away.get("width", 0)) <= float(towards.get("x", 0)) + 0.1


def _worse() -> object:
    from dripper.workspace.model.account import Better

    return Better(way="higher")


def test_a_bar_beyond_the_drawing_is_cut_and_says_its_number() -> None:
    drawing = bullets(_readings(_metric("a", "31.0")))

    assert "<path" in drawing
    assert ">3,600%<" in drawing
    assert "a 3,600%" in bullets_alt(_readings(_metric("a", "31.0")))


def test_of_many_metrics_those_that_came_least_far_are_drawn() -> None:
    many = _readings(*(_metric(f"m{n}", str(22 - n)) for n in range(MOST + 3)))

    assert len(_widths(bullets(many))) == MOST
    assert "m0 " not in bullets_alt(many)
    assert f"(the {MOST} that came least far)" in bullets_alt(many)


def test_a_band_has_its_share_in_words_and_no_bar() -> None:
    band = Metric(id="b", name="Stock days", better=Better(way="band", low=Number(20), high=Number(25)))
    values = {"a": series("a", RETURNS), "b": series("b", RETURNS)}
    brief = brief_of(account(metrics=(_metric("a"), band)), None, values, today=TODAY, owner="us")

    table, bars, *_ = scorecard(brief)
    assert isinstance(table, Table)
    assert isinstance(bars, Chart)
    assert [row[4] for row in table.rows] == ["88%", "50% inside"]
    assert bars.alt == "Bars of how much of the way from baseline to goal is covered: a 88%."


def test_what_a_file_says_is_no_markup_in_a_drawing() -> None:
    (reading,) = _readings(_metric("a", unit=NASTY))
    for drawing in (bullets([replace(reading, metric=replace(reading.metric, name=NASTY))]), chart(reading)):
        assert not list(ET.fromstring(drawing).iter(f"{SVG}script"))


def test_the_words_of_a_chart_say_all_that_it_draws() -> None:
    (reading,) = _readings(_metric("a", by=date(2027, 6, 30)))

    assert alt(reading).startswith("Chart of a, 30 Nov 2024 to 31 Oct 2026: from 31.4% to 24.0%, lowest 23.8%, highest")
    assert "; a step to 24.1% on 30 Nov 2025; baseline 31.2%; goal 23.0%; expected on 30 Jun 2027 " in alt(reading)


def _texts(drawing: str) -> list[tuple[float, float, str, str, float]]:
    """Return place, text, anchor and size of each text."""
    return [
        (
            float(t.get("x", "")),
            float(t.get("y", "")),
            t.text or "",
            t.get("text-anchor", ""),
            float(t.get("font-size", "")),
        )
        for t in ET.fromstring(drawing).iter(f"{SVG}text")
    ]


def _points_in_print(size: float) -> float:
    """Return the height of letters of one of three charts side by side on A4 with margins of 14 mm, in points."""
    return size * (210 - 2 * 14 - 2 * 6) / 3 / 232 / 25.4 * 72


@pytest.mark.parametrize("metric", LABELLED.values(), ids=LABELLED)
def test_the_letters_of_a_chart_can_be_read_in_print_and_do_not_touch(metric: Metric) -> None:
    (reading,) = _readings(metric)
    texts = _texts(chart(reading))

    assert min(_points_in_print(size) for *_, size in texts) >= 7.5
    boxes = [_box(*text) for text in texts]
    for one, other in combinations(boxes, 2):
        assert not (one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])
    assert min(left for left, *_ in boxes) >= 0
    assert max(right for _, _, right, _ in boxes) <= 232


def _box(x: float, y: float, text: str, anchor: str, size: float) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a text, in letters as wide as digits of the usual fonts."""
    width = 0.556 * size * len(text)
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    return left, y - 0.75 * size, left + width, y + 0.25 * size


def test_a_long_unit_is_left_out_of_a_chart_and_its_number_is_not() -> None:
    (reading,) = _readings(_metric("a", unit="thousand parcels a month"))

    assert {"baseline 31.2", "goal 23.0", "now 24.0"} <= {text for _, _, text, *_ in _texts(chart(reading))}
    assert "baseline 31.2 thousand parcels a month" in alt(reading)


def test_a_long_number_in_a_chart_is_written_smaller_and_never_cut() -> None:
    (reading,) = _readings(_metric("a", baseline=Number("123456789012345.25")))

    (size,) = (size for *_, text, _, size in _texts(chart(reading)) if text == "baseline 123,456,789,012,345.25")
    assert size < 6


def test_the_frontier_has_its_packages_the_offers_and_the_walk_away_points() -> None:
    found = _packages(our_walk_away_points=Number(20), their_walk_away_points=Number(15))
    root = ET.fromstring(frontier(found))

    efficient = [mark for mark in root.iter(f"{SVG}circle") if mark.get("cx") != "0"]
    assert len(efficient) == len(found.frontier)
    assert "walk-away" in [text.text for text in root.iter(f"{SVG}text")]
    assert root.get("aria-label") == frontier_alt(found)
    assert frontier_alt(found).startswith("Chart of 4 efficient packages, from 100 to us, 10 to them, to 0 to us, 80")


def test_without_the_walk_away_points_no_line_and_no_nash_point_is_drawn() -> None:
    texts = [text.text for text in ET.fromstring(frontier(_packages())).iter(f"{SVG}text")]

    assert "efficient" in texts
    assert not {"walk-away", "Nash point"} & set(texts)


def test_more_to_us_is_higher_and_more_to_them_is_further_right() -> None:
    root = ET.fromstring(frontier(_packages()))
    places = [(float(m.get("cx", 0)), float(m.get("cy", 0))) for m in root.iter(f"{SVG}circle") if m.get("cx") != "0"]

    assert places == sorted(places)
    assert [y for _, y in places] == sorted(y for _, y in places)
