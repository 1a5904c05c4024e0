"""Reads a negotiation file: what we want, what they want, and what is still homework."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from dripper.problem import Severity
from dripper.workspace.explain import nearest
from dripper.workspace.faults import Fault
from dripper.workspace.model.negotiation import Negotiation, Role
from dripper.workspace.reading import Read, read
from dripper.workspace.shape import keys_of

if TYPE_CHECKING:
    from dripper.problem import Problem
    from dripper.workspace.model.values import Money, Points
    from dripper.workspace.reading import IsOwn
    from dripper.workspace.toml import Document


def read_negotiation(document: Document, *, default_id: str) -> Read[Negotiation]:
    """Return the negotiation that `document` says, and every problem of the file."""

    def named(negotiation: Negotiation, is_own: IsOwn) -> Negotiation:
        identity = negotiation.id if is_own(("id",)) else ""
        return replace(negotiation, id=identity or default_id, file=document.file)

    return read(document, Negotiation, CHECKS).named(named)


def _options(document: Document, negotiation: Negotiation) -> Iterator[Problem]:
    seen: dict[tuple[str, str], int] = {}
    for index, option in enumerate(negotiation.options):
        if not document.is_own(("option", index, "issue"), ("option", index, "is")):
            continue
        first = seen.setdefault((option.issue.casefold(), option.is_.casefold()), index)
        if first != index:
            line = document.value_span(("option", first)).line
            yield document.problem(
                Fault.DUPLICATE_ID,
                ("option", index, "is"),
                f'the option "{option.is_}" of "{option.issue}" stands already in line {line}',
                "keep one of the two",
            )


def _lone_options(document: Document, negotiation: Negotiation) -> Iterator[Problem]:
    """Warn of an issue with one option: there is nothing to settle, or its name is misspelled."""
    issues = [option.issue.casefold() for option in negotiation.options]
    for index, option in enumerate(negotiation.options):
        if issues.count(issues[index]) > 1 or not document.is_own(("option", index)):
            continue
        others = {other.issue for other in negotiation.options if other is not option}
        alike = nearest(option.issue, others) if others else ""
        yield document.problem(
            Fault.WRONG_VALUE,
            ("option", index, "issue"),
            f'the issue "{option.issue}" has one option, so nothing is to be settled',
            f"{alike} " * alike.endswith("?") + "add a second [[option]] of it, or leave it out",
            severity=Severity.WARNING,
        )


def _targets(document: Document, negotiation: Negotiation) -> Iterator[Problem]:
    """Tell a target in points that is below our walk-away."""
    floor, target = negotiation.our_walk_away_points, negotiation.our_target_points
    known = document.is_own(("our_walk_away_points",), ("our_target_points",))
    if known and floor is not None and target is not None and target < floor:
        yield document.problem(
            Fault.WRONG_VALUE,
            ("our_target_points",),
            f'{target} is less than "our_walk_away_points", {floor}',
            "aim at more than what no deal is worth to us",
        )


def _out_of_reach(document: Document, negotiation: Negotiation) -> Iterator[Problem]:
    """Warn of points that no package reaches, though each issue be settled at its best for that side."""
    if not negotiation.options or not document.is_own(("option",)):
        return
    for side, keys in (
        ("ours", ("our_walk_away_points", "our_target_points")),
        ("theirs", ("their_walk_away_points",)),
    ):
        best: dict[str, Points] = {}
        for option in negotiation.options:
            issue, points = option.issue.casefold(), getattr(option, side)
            best[issue] = max(points, best.get(issue, points))
        for key in keys:
            wanted, most = getattr(negotiation, key), sum(best.values())
            if wanted is not None and wanted > most and document.is_own((key,)):
                message = f"no package reaches {wanted}: the best of every issue is worth {most} together"
                cure = f'count {key} on the scale of "{side}" of the options'
                yield document.problem(Fault.WRONG_VALUE, (key,), message, cure, severity=Severity.WARNING)


def _amounts(document: Document, negotiation: Negotiation) -> dict[tuple[str | int, ...], Money]:
    """Return every amount of the file that is set against the others."""
    ours, theirs = negotiation.our_alternative, negotiation.their_alternative
    amounts = {
        ("our_walk_away",): negotiation.our_walk_away,
        ("our_target",): negotiation.our_target,
        ("our_opening",): negotiation.our_opening,
        ("our_alternative", "worth"): ours.worth if ours else None,
        ("their_walk_away",): negotiation.their_walk_away.low if negotiation.their_walk_away else None,
        ("their_alternative", "worth"): theirs.worth.low if theirs and theirs.worth else None,
    }
    return {path: amount for path, amount in amounts.items() if amount is not None and document.is_own(path)}


def _currencies(document: Document, negotiation: Negotiation) -> Iterator[Problem]:
    amounts = _amounts(document, negotiation)
    first = next(iter(amounts.values()), None)
    for path, amount in amounts.items():
        if first is not None and amount.currency != first.currency:
            yield document.problem(
                Fault.WRONG_VALUE,
                path,
                f"{amount.currency} cannot be compared with {first.currency} in the lines above",
                f"write all amounts of the negotiation in {first.currency}",
            )


def _order(document: Document, negotiation: Negotiation) -> Iterator[Problem]:
    """Tell a target worse than the walk-away, or an opening worse than the target: more is better for a seller."""
    ladder = [
        ("our_walk_away", negotiation.our_walk_away),
        ("our_target", negotiation.our_target),
        ("our_opening", negotiation.our_opening),
    ]
    if not document.is_own(("role",)):
        return
    known = [(key, amount) for key, amount in ladder if amount is not None and document.is_own((key,))]
    for (lower, floor), (key, amount) in pairwise(known):
        worse = amount.amount < floor.amount if negotiation.role is Role.SELLER else amount.amount > floor.amount
        if worse and amount.currency == floor.currency:
            yield document.problem(
                Fault.WRONG_VALUE,
                (key,),
                f'{amount} is worse for a {negotiation.role} than "{lower}", {floor}',
                'correct the amounts, or the "role": a seller wants more, a buyer less',
            )


def _guesses(document: Document, negotiation: Negotiation) -> Iterator[Problem]:
    known = [key for key in keys_of(Negotiation) if key != "guesses"]
    for index, guess in enumerate(negotiation.guesses):
        if guess not in known:
            yield document.problem(
                Fault.UNKNOWN_REFERENCE, ("guesses", index), f'no key is called "{guess}"', nearest(guess, known)
            )


CHECKS = (_options, _lone_options, _targets, _out_of_reach, _currencies, _order, _guesses)
