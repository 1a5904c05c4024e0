"""Ideas: what the metrics say, as messages that give the reader something; nothing where the statistics claim nothing.

A message goes to them, so it may hold only what they may see: metrics that both sides agreed on, and facts with
`internal = false`. What a metric is worth, the chance of its goal and how it may go on are ours alone and never told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from dripper.prep.dated import dated
from dripper.prep.ideas_found import goal, peers, record, step, trend
from dripper.prep.ideas_said import GIFTS, SHIFTS, Wording
from dripper.prep.ideas_season import season
from dripper.prep.reading import Verdict
from dripper.prep.words import day
from dripper.workspace.model.account import Category, Side, Sure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dripper.prep.reading import Reading
    from dripper.workspace.model.account import Account, Fact

# News from outside that is older is no news.
_NEWS_DAYS = 365
# What begins a name in a template, and what makes a question of a text.
_MISREAD = "{?"


class Kind(StrEnum):
    """What an idea rests on."""

    STEP = "step"
    GOAL = "goal"
    PEERS = "peers"
    RECORD = "record"
    TREND = "trend"
    SEASON = "season"
    MARKET = "market"


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """A message that could be sent; its first wording that the linter lets pass is the one to take."""

    kind: Kind
    # The metric's id; empty for a fact.
    metric: str
    # The date of what it tells.
    on: date
    # Tells this idea from others of its kind and metric, and stays the same as long as it is the same news.
    mark: str
    wordings: tuple[Wording, ...]
    gift: str
    shifts: str
    source: str

    @property
    def name(self) -> str:
        """Return what an id is made from."""
        return f"{self.kind} {self.mark} {self.metric}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What gives no idea, and why."""

    what: str
    why: str


def ideas_of(
    account: Account, readings: Iterable[Reading], *, today: date
) -> tuple[tuple[Idea, ...], tuple[Passed, ...]]:
    """Return the ideas for an account, and what was passed over with the reason; each in the order of its files."""
    ideas: list[Idea] = []
    passed: list[Passed] = []
    for reading in readings:
        why = _silence(reading)
        found = [] if why else list(_of_metric(reading, today))
        ideas += found
        if not found:
            passed.append(Passed(what=reading.metric.title, why=why or _nothing(reading)))
    ideas += (_of_fact(fact) for fact in account.facts if _is_news(fact, today))
    return tuple(ideas), tuple(passed)


def _silence(reading: Reading) -> str:
    """Return why nothing of a metric may be told; empty where something may."""
    if not reading.metric.agreed:
        return "only what both sides agreed on is told (`agreed = true`)"
    if reading.bad_rows:
        return "some of its rows cannot be read"
    if reading.last_on is None or reading.analysis is None:
        return "too few values"
    if reading.is_old:
        return f"its newest value is of {day(reading.last_on)}"
    if {*_MISREAD}.intersection(reading.metric.title + reading.metric.unit):
        return "its name holds a mark that a template or a reader would take for something else"
    if reading.good is False:
        return "it moved the wrong way: that is for a call, not for a note"
    return ""


def _nothing(reading: Reading) -> str:
    if reading.verdict is Verdict.TOO_SHORT:
        return "too few values"
    if reading.good is None:
        is_band = reading.metric.better.way == "band"
        return "a band has no direction to tell of" if is_band else "no movement is claimed"
    return "nothing of it is news" if reading.is_plain else "its movement hardly stands out of its scatter"


def _of_metric(reading: Reading, today: date) -> Iterator[Idea]:
    news = {
        Kind.STEP: step(reading),
        Kind.GOAL: goal(reading),
        Kind.PEERS: peers(reading),
        Kind.RECORD: record(reading),
        Kind.TREND: trend(reading),
        Kind.SEASON: season(reading, today),
    }
    for kind, every in news.items():
        for found in every:
            yield Idea(
                kind=kind,
                metric=reading.id,
                on=found.on,
                mark=found.mark,
                wordings=found.wordings,
                gift=GIFTS[kind],
                shifts=SHIFTS[kind],
                source=found.source,
            )


def _is_news(fact: Fact, today: date) -> bool:
    """Whether a fact may be told: news of the market that speaks for us, no secret, sourced and not hearsay."""
    is_open = not fact.internal and fact.kind is Category.MARKET and fact.for_ is Side.US
    is_sound = bool(fact.source) and fact.sure is not Sure.HEARSAY and not {*_MISREAD}.intersection(fact.what)
    return is_open and is_sound and 0 <= (today - fact.on).days <= _NEWS_DAYS


def _of_fact(fact: Fact) -> Idea:
    text = " ".join(fact.what.split())
    return Idea(
        kind=Kind.MARKET,
        metric="",
        on=fact.on,
        mark=f"{fact.on} {text}",
        wordings=(Wording(subject="From the market", text=text if text.endswith((".", "!")) else f"{text}."),),
        gift=GIFTS["market"],
        shifts=SHIFTS["market"],
        source=dated(fact.source, fact.on),
    )
