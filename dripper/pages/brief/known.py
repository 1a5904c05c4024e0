"""The appendix's known and unknown: facts, assumptions with their age, questions, crises, promises, the pre-mortem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.pages.layout import Block, Items, Table, Text
from dripper.prep.words import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.prep.brief import Brief


def facts(brief: Brief) -> Iterator[Block]:
    """Yield what is known, and how surely."""
    rows = tuple(
        (fact.what, f"{fact.sure}, {fact.source or 'no source'}", day(fact.on), "us" if fact.for_ == "us" else "them")
        for fact in brief.facts
    )
    if rows:
        yield Table(header=("Fact", "How sure", "Of", "Speaks for"), rows=rows)


def assumptions(brief: Brief) -> Iterator[Block]:
    """Yield what is only assumed, and since when."""
    rows = tuple((each.what, each.kind, day(each.on) if each.on else "–", each.age) for each in brief.assumptions)
    if rows:
        yield Table(header=("Assumption or guess", "Kind", "Last look", "Age"), rows=rows)


def questions(brief: Brief) -> Iterator[Block]:
    """Yield what is to be found out, by whom and until when."""
    rows = tuple(
        (q.text, "yes" if q.critical else "no", q.owner or "nobody", day(q.due) if q.due else "no date")
        for q in brief.questions
    )
    if rows:
        yield Table(header=("Question", "Critical", "Who", "Until"), rows=rows)


def premortem(brief: Brief) -> Iterator[Block]:
    """Yield the lines of the pre-mortem."""
    if brief.premortem:
        yield Text(text="It is the day after, and the talk has failed. The likeliest reasons:")
        yield Items(items=tuple(Text(text=line) for line in brief.premortem))


def crises(brief: Brief) -> Iterator[Block]:
    """Yield what went wrong, what came back of it, and what it opens."""
    if brief.crises:
        yield Items(
            items=tuple(
                Text(text=each.what, below=(Text(lead="Opening:", text=each.opening),)) for each in brief.crises
            )
        )


def promises(brief: Brief) -> Iterator[Block]:
    """Yield what we promised, the broken ones first."""
    groups = (("Broken", brief.promises.broken), ("Kept", brief.promises.kept), ("To come", brief.promises.due))
    rows = tuple(
        (state, each.what, day(each.due), day(each.kept_on) if each.kept_on else "–")
        for state, promises in groups
        for each in promises
    )
    if rows:
        yield Table(header=("State", "Promise", "Due", "Kept on"), rows=rows)


def unclaimed(brief: Brief) -> Iterator[Block]:
    """Yield what the values do not allow to say."""
    if brief.unclaimed:
        yield Items(items=tuple(Text(text=text) for text in brief.unclaimed))
