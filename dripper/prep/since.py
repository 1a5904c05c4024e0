"""What changed since the last brief: two documents of the same negotiation compared, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dripper.prep.words import counted, day, number

_Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """The day of the last brief, and what is different now, a sentence each."""

    on: date
    changes: tuple[str, ...]


def since(before: _Document, now: _Document) -> Since:
    """Compare two documents of `prep --json`: verdict, homework, metrics, angles, numbers, and what is written down."""
    changes = (*_verdict(before, now), *_homework(before, now), *_metrics(before, now))
    changes += (*_angles(before, now), *_numbers(before, now), *_told(before, now))
    return Since(on=date.fromisoformat(before["today"]), changes=changes)


def _verdict(before: _Document, now: _Document) -> Iterator[str]:
    if before["verdict"] != now["verdict"]:
        yield f"The verdict was {before['verdict']} and is {now['verdict']}."


def _homework(before: _Document, now: _Document) -> Iterator[str]:
    old, new = ([work["reason"] for work in each["gate"]["blocks"]] for each in (before, now))
    yield from (f"Done: {reason}" for reason in _gone(old, new))
    yield from (f"New homework: {reason}" for reason in _gone(new, old))


def _metrics(before: _Document, now: _Document) -> Iterator[str]:
    old = {metric["metric"]: metric for metric in before["metrics"]}
    for metric in now["metrics"]:
        earlier = old.get(metric["metric"])
        if earlier is None:
            yield f"New metric: {metric['title']}."
        else:
            yield from _metric(earlier, metric)
    kept = [metric["metric"] for metric in now["metrics"]]
    yield from (f"No longer there: {old[gone]['title']}." for gone in _gone(list(old), kept))


def _metric(before: _Document, now: _Document) -> Iterator[str]:
    title = now["title"]
    if now["n"] != before["n"] or now["now"] != before["now"]:
        more = now["n"] - before["n"]
        count = f" ({counted(more, 'new value')})" if more > 0 else ""
        yield f"{title}: from {_value(before)} to {_value(now)}{count}."
    if now["verdict"] != before["verdict"]:
        yield f"{title}: it was {_verdict_word(before)} and is {_verdict_word(now)}."
    if now["goal"] != before["goal"] or now["by"] != before["by"]:
        yield f"{title}: the goal is now {_goal(now)}, it was {_goal(before)}."


def _verdict_word(metric: _Document) -> str:
    return str(metric["verdict"]).replace("-", " ")


def _value(metric: _Document) -> str:
    return "no value" if metric["now"] is None else _with_unit(metric["now"], metric)


def _goal(metric: _Document) -> str:
    if metric["goal"] is None:
        return "none"
    by = f" by {day(date.fromisoformat(metric['by']))}" if metric["by"] else ""
    return _with_unit(metric["goal"], metric) + by


def _with_unit(value: float, metric: _Document) -> str:
    text = number(value, len(repr(value).partition(".")[2]) if value % 1 else 0)
    unit = metric["unit"] or ""
    return f"{text}%" if unit == "%" else f"{text} {unit}".rstrip()


def _angles(before: _Document, now: _Document) -> Iterator[str]:
    for side, whose in (("ours", "Our"), ("theirs", "Their")):
        old, new = ({_key(angle): angle for angle in each["angles"][side]} for each in (before, now))
        yield from (f"{whose} new angle: {new[key]['claim']}" for key in _gone(list(new), list(old)))
        yield from (f"{whose} angle is gone: {old[key]['claim']}" for key in _gone(list(old), list(new)))
        for key, angle in new.items():
            if key in old and side == "ours" and angle["rock_solid"] != old[key]["rock_solid"]:
                yield f"{'Now' if angle['rock_solid'] else 'No longer'} rock solid: {angle['claim']}"


def _key(angle: _Document) -> str:
    # The claim of a metric has its newest value in it.
    return str(angle["metric"] or angle["claim"])


def _numbers(before: _Document, now: _Document) -> Iterator[str]:
    if not before["numbers"] or not now["numbers"]:
        return
    old = {stated["key"]: stated for stated in before["numbers"]["stated"]}
    for stated in now["numbers"]["stated"]:
        earlier = old.get(stated["key"], {}).get("text")
        if stated["text"] != earlier:
            yield f"{stated['label']}: {stated['text'] or 'missing'}, before {earlier or 'missing'}."
    if before["numbers"]["zone"] != now["numbers"]["zone"]:
        yield f"Zone of agreement: {now['numbers']['zone_text']}."


def _told(before: _Document, now: _Document) -> Iterator[str]:
    for title, gone, part, key in (
        ("New question", "No longer open", "questions", "text"),
        ("New fact", "No longer a fact", "facts", "what"),
        ("They may say", "No longer expected", "demands", "said"),
    ):
        old, new = ([each[key] for each in document[part]] for document in (before, now))
        yield from (f"{title}: “{text}”" for text in _gone(new, old))
        yield from (f"{gone}: “{text}”" for text in _gone(old, new))


def _gone(these: Sequence[str], those: Sequence[str]) -> list[str]:
    return [each for each in these if each not in those]
