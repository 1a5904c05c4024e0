"""The efficient frontier as SVG: what no other package beats for both, our offers, and where each side walks away.

Both axes are points; kinds differ by their shape, and each offer is named beside its mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import hypot
from typing import TYPE_CHECKING

from dripper.prep.packages import say
from dripper.prep.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.prep.packages.found import Packages
    from dripper.prep.packages.space import Package

_WIDTH, _HEIGHT = 480, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 350, 18, 168
_INK, _QUIET, _WARN = "#1b4f8a", "#555", "#a8440a"
_NAMES = "ABC"
# Marks nearer than this share their label.
_APART = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    theirs: tuple[int, int]
    ours: tuple[int, int]

    def at(self, package: Package) -> tuple[float, float]:
        return self.x(package.theirs), self.y(package.ours)

    def x(self, units: int) -> float:
        low, high = self.theirs
        return _LEFT + (_RIGHT - _LEFT) * (units - low) / max(1, high - low)

    def y(self, units: int) -> float:
        low, high = self.ours
        return _BOTTOM - (_BOTTOM - _TOP) * (units - low) / max(1, high - low)


def frontier(found: Packages) -> str:
    """Return the drawing of packages of which at least one is efficient."""
    scale = _scale(found)
    title = escape(" ".join(frontier_alt(found).split()))
    parts = [*_floors(found, scale), *_line(found, scale), *_marks(found, scale), *_axes(found, scale), *_key(found)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{title}" '
        f'font-family="system-ui, sans-serif" font-size="10"><title>{title}</title>' + "".join(parts) + "</svg>"
    )


def frontier_alt(found: Packages) -> str:
    """Return the drawing in words."""
    space, ends = found.space, (found.frontier[0], found.frontier[-1])
    text = f"Chart of {counted(len(found.frontier), 'efficient package')}"
    text += f", from {say.worth(space, ends[0])}" + (f", to {say.worth(space, ends[1])}" if ends[0] != ends[1] else "")
    offers = [f"offer {name} is {say.worth(space, each)}" for name, each in _offers(found)]
    return "; ".join([text, *offers]) + "."


def _offers(found: Packages) -> list[tuple[str, Package]]:
    return list(zip(_NAMES, found.equal_offers, strict=False))


def _scale(found: Packages) -> _Scale:
    space, shown = found.space, (*found.frontier, *found.equal_offers)
    ours, theirs = [each.ours for each in shown], [each.theirs for each in shown]
    if space.floors_known:
        ours.append(space.our_floor)
        theirs.append(space.their_floor)
    return _Scale(theirs=_with_room(theirs), ours=_with_room(ours))


def _with_room(units: list[int]) -> tuple[int, int]:
    room = max(1, (max(units) - min(units)) // 12)
    return min(units) - room, max(units) + room


def _floors(found: Packages, scale: _Scale) -> Iterator[str]:
    if not found.space.floors_known:
        return
    dash = f'stroke="{_WARN}" stroke-width="1.1" stroke-dasharray="6 3"'
    x, y = scale.x(found.space.their_floor), scale.y(found.space.our_floor)
    yield f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{_BOTTOM}" {dash}/>'
    yield f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{_RIGHT}" y2="{y:.1f}" {dash}/>'


def _line(found: Packages, scale: _Scale) -> Iterator[str]:
    places = [scale.at(package) for package in found.frontier]
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield f'<polyline points="{joined}" fill="none" stroke="{_INK}" stroke-width="0.8" stroke-dasharray="1 2"/>'
    for x, y in places:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.2" fill="#fff" stroke="{_INK}"/>'


def _marks(found: Packages, scale: _Scale) -> Iterator[str]:
    for package in found.nash.packages[:1] if found.space.floors_known else ():
        x, y = scale.at(package)
        arms = f"M{x - 6:.1f} {y:.1f}H{x + 6:.1f}M{x:.1f} {y - 6:.1f}V{y + 6:.1f}"
        yield f'<path d="{arms}" stroke="{_INK}" stroke-width="1.2"/>'
    named: list[tuple[float, float, str]] = []
    for name, package in _offers(found):
        x, y = scale.at(package)
        yield f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="{_INK}"/>'
        near = next((at for at, (x0, y0, _) in enumerate(named) if hypot(x - x0, y - y0) < _APART), None)
        if near is None:
            named.append((x, y, name))
        else:
            named[near] = (max(x, named[near][0]), min(y, named[near][1]), f"{named[near][2]} {name}")
    for x, y, names in named:
        yield f'<text x="{x + 6:.1f}" y="{y - 6:.1f}" fill="{_INK}" font-weight="bold">{names}</text>'


def _axes(found: Packages, scale: _Scale) -> Iterator[str]:
    line = 'stroke="#999" stroke-width="0.6"'
    yield f'<path d="M{_LEFT} {_TOP}V{_BOTTOM}H{_RIGHT}" fill="none" {line}/>'
    shown = (*found.frontier, *found.equal_offers)
    for units in {min(each.ours for each in shown), max(each.ours for each in shown)}:
        place = f'x="{_LEFT - 4}" y="{scale.y(units) + 3:.1f}" text-anchor="end"'
        yield f'<text {place} fill="{_QUIET}">{say.points(found.space, units)}</text>'
    for units in {min(each.theirs for each in shown), max(each.theirs for each in shown)}:
        place = f'x="{scale.x(units):.1f}" y="{_BOTTOM + 12}" text-anchor="middle"'
        yield f'<text {place} fill="{_QUIET}">{say.points(found.space, units)}</text>'
    yield f'<text x="{_RIGHT}" y="{_BOTTOM + 25}" text-anchor="end" fill="{_QUIET}">points to them →</text>'
    yield f'<text x="{_LEFT - 4}" y="{_TOP - 8}" fill="{_QUIET}">↑ points to us</text>'


def _key(found: Packages) -> Iterator[str]:
    """Name the marks at the right, each beside its shape."""
    marks = [(f'<circle cx="0" cy="-3" r="2.2" fill="#fff" stroke="{_INK}"/>', "efficient")]
    if found.equal_offers:
        marks.append((f'<rect x="-4" y="-7" width="8" height="8" fill="{_INK}"/>', "our equal offers"))
    if found.space.floors_known:
        marks.append((f'<path d="M-6 -3H6M0 -9V3" stroke="{_INK}" stroke-width="1.2"/>', "Nash point"))
        dash = f'stroke="{_WARN}" stroke-width="1.1" stroke-dasharray="6 3"'
        marks.append((f'<line x1="-7" y1="-3" x2="7" y2="-3" {dash}/>', "walk-away"))
    for row, (shape, name) in enumerate(marks):
        moved = f'transform="translate({_RIGHT + 22} {_TOP + 16 + 17 * row})"'
        yield f'<g {moved}>{shape}<text x="12" y="0" fill="{_QUIET}">{name}</text></g>'
