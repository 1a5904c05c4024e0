"""Puts one thing into an account's TOML text: evidence, that there is none, or what we call them; the rest stays as is.

The new text is read again and must say what the old one said and the one thing more; where it does not, as in a text
that the survey of places cannot follow, nothing is changed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import tomli

from dripper.workspace.places import Places, places_of
from dripper.workspace.toml_text import toml_text

if TYPE_CHECKING:
    from dripper.workspace.model.account import Bucket, Evidence, Looked


def with_evidence(text: str, evidence: Evidence) -> str | None:
    """Return `text`, a sound account, with one more piece behind the others; `None` where that cannot be done."""
    return _with_item(text, "evidence", _lines(evidence), _data(evidence))


def with_looked(text: str, looked: Looked) -> str | None:
    """Return `text`, a sound account, with the day when nothing new was known of a trait, once for each trait."""
    places, expected, on = places_of(text), _read(text), looked.on.isoformat()
    for number, item in enumerate(expected.get("looked", ())):
        if item["of"] == looked.of.value and ("looked", number, "on") in places.values:
            item["on"] = looked.on
            start, end = places.values["looked", number, "on"]
            return _kept(text[:start] + on + text[end:], expected)
    lines = [f"of = {toml_text(looked.of.value)}", f"on = {on}"]
    return _with_item(text, "looked", lines, {"of": looked.of.value, "on": looked.on})


def _with_item(text: str, key: str, lines: list[str], data: dict[str, Any]) -> str | None:
    """Return `text` with one more table in the list `key`, behind the others."""
    places, expected = places_of(text), _read(text)
    expected.setdefault(key, []).append(data)
    last = max((path[1] for path in places.headers if path[:1] == (key,) and len(path) == 2), default=None)
    if last is not None:
        end = _line_end(text, max(end for path, (_, end) in places.values.items() if path[:2] == (key, last)))
        return _kept(_joined(text, end, ["", "", f"[[{key}]]", *lines]), expected)
    if (key,) in places.values:
        return _kept(_in_list(text, places, key, f"{{ {', '.join(lines)} }}"), expected)
    gap = [""] if text.endswith("\n") else ["", ""]
    return _kept(_joined(text, len(text), [*gap, f"[[{key}]]", *lines, ""]), expected)


def with_bucket(text: str, bucket: Bucket) -> str | None:
    """Return `text`, a sound account, with what we call them; `None` where that cannot be done."""
    places, written = places_of(text), toml_text(bucket.value)
    expected = _read(text) | {"bucket": bucket.value}
    if ("bucket",) in places.values:
        start, end = places.values[("bucket",)]
        return _kept(text[:start] + written + text[end:], expected)
    end = _line_end(text, places.values.get(("name",), (0, 0))[1])
    return _kept(_joined(text, end, ["", f"bucket = {written}"]), expected)


def _lines(evidence: Evidence) -> list[str]:
    return [
        f"on = {evidence.on.isoformat()}",
        f"of = {toml_text(evidence.of.value)}",
        f"side = {toml_text(evidence.side.value)}",
        f"says = {toml_text(evidence.says.value)}",
        f"what = {toml_text(evidence.what)}",
    ]


def _data(evidence: Evidence) -> dict[str, Any]:
    words = {"of": evidence.of.value, "side": evidence.side.value, "says": evidence.says.value, "what": evidence.what}
    return {"on": evidence.on, **words}


def _in_list(text: str, places: Places, key: str, item: str) -> str:
    """Return `text` with an item more in its list of inline tables."""
    start, _ = places.values[key,]
    ends = [end for path, (_, end) in places.values.items() if path[:1] == (key,) and len(path) == 2]
    place, added = (max(ends), f", {item}") if ends else (start + 1, item)
    return text[:place] + added + text[place:]


def _joined(text: str, place: int, lines: list[str]) -> str:
    """Return `text` with lines put in at `place`, ended as its first line is."""
    first = text.find("\n")
    newline = "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"
    return text[:place] + newline.join(lines) + text[place:]


def _line_end(text: str, place: int) -> int:
    """Return where the line of `place` ends, before what ends it."""
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    return end - (end > place and text[end - 1] == "\r")


def _kept(text: str, expected: dict[str, Any]) -> str | None:
    try:
        return text if repr(_read(text)) == repr(_in_order(expected, _read(text))) else None
    except (tomli.TOMLDecodeError, ValueError, ArithmeticError, RecursionError):
        return None


def _in_order(data: dict[str, Any], like: dict[str, Any]) -> dict[str, Any]:
    """Return `data` with its keys in the order of another; a new key may stand anywhere."""
    return {key: data[key] for key in like if key in data} | data


def _read(text: str) -> dict[str, Any]:
    return tomli.loads(text, parse_float=Decimal)
