"""Whatever values a series has, a reading is made, and its numbers are numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any

from fakes.accounts import TODAY, account, negotiation, returns_rate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dripper.pages.brief.document import brief_json
from dripper.prep.brief import brief_of
from dripper.workspace.model.account import Better, Kind
from dripper.workspace.model.values import Number
from dripper.workspace.model.workspace import Series

_GAPS = st.sampled_from([1, 1, 1, 3, 7, 7, 28, 30, 31, 31, 91, 365, 400, 4000])
_VALUES = st.one_of(
    st.decimals(-(10**14), 10**14, places=3),
    st.decimals(0, 1, places=15),
    st.sampled_from([Decimal(0), Decimal(100), Decimal("0.5"), Decimal("1E-15"), Decimal(10**14)]),
)
_WAYS = st.sampled_from([Better(way="higher"), Better(way="lower"), Better.parse([10, 15])])


@st.composite
def _points(draw: st.DrawFn) -> tuple[tuple[date, Decimal], ...]:
    gap = draw(st.one_of(st.none(), _GAPS))
    pool = draw(st.lists(_VALUES, min_size=1, max_size=3))
    count = draw(st.integers(0, 60))
    on, points = TODAY, []
    for _ in range(count):
        points.append((on, draw(st.one_of(st.sampled_from(pool), _VALUES))))
        on -= timedelta(days=gap or draw(_GAPS))
        if on.year < 1000:
            break
    return tuple(reversed(points))


def _numbers(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [number for each in value.values() for number in _numbers(each)]
    if isinstance(value, list):
        return [number for each in value for number in _numbers(each)]
    return [value] if isinstance(value, float) else []


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(_points(), _WAYS, st.sampled_from(Kind), st.sampled_from(["%", "", "EUR"]), _VALUES, _VALUES)
def test_a_brief_is_made(
    points: tuple[tuple[date, Decimal], ...], better: Better, kind: Kind, unit: str, baseline: Decimal, goal: Decimal
) -> None:
    metric = replace(returns_rate(), better=better, kind=kind, unit=unit, baseline=Number(baseline), goal=Number(goal))
    known = {metric.id: Series(account="acme", metric=metric.id, points=points)}
    brief = brief_of(account(metrics=(metric,)), negotiation(), known, today=TODAY, owner="Mira")

    document = brief_json(brief)
    assert all(isfinite(number) for number in _numbers(document))
    for projected in document["metrics"][0]["projection"]:
        assert projected["low80"] is None or projected["low80"] <= projected["value"] <= projected["high80"]
