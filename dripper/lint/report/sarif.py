"""The report in SARIF 2.1.0, for GitHub code scanning and for editors: one run, with all rules and how to mend each.

The sections (§) are those of https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os.html.
Columns are UTF-16 code units, because readers that pass over `columnKind` count so.
"""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dripper import __version__
from dripper.lint.report.edits import edit_of
from dripper.lint.report.sarif_rules import LEVELS, rule_descriptors
from dripper.lint.report.shown import utf16_column
from dripper.lint.ruleset import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dripper.lint.report.shown import Shown
    from dripper.problem import Problem, Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"


def sarif_report(found: Iterable[Shown]) -> Iterator[str]:
    """Yield the lines of the document, one result a line; files are named as seen from the root of the checkout."""
    driver = {"name": "dripper", "version": __version__, "rules": rule_descriptors(RULES)}
    yield f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{'
    yield f'"tool": {_json({"driver": driver})},'
    yield '"columnKind": "utf16CodeUnits",'
    yield '"results": ['
    before = ""
    seen: Counter[tuple[str, str]] = Counter()
    for each in found:
        if before:
            yield before + ","
        before = "  " + _json(_result(each, seen))
    if before:
        yield before
    yield "]}]}"


def _result(each: Shown, seen: Counter[tuple[str, str]]) -> dict[str, Any]:
    problem = each.problem
    known = {"messageId": problem.message_id, "contact": problem.contact, "cure": problem.cure or None}
    place = {"artifactLocation": _artifact(problem.file), "region": _region(problem.span, each.line, each.end_line)}
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": _INDICES[problem.code],
        "level": LEVELS[problem.severity],
        "message": {"text": _message(problem)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"primaryLocationLineHash": _fingerprint(each, seen)},
        "properties": {key: value for key, value in known.items() if value is not None},
    }
    if problem.replacement is not None:
        result["fixes"] = [_fix(each)]
    return result


_INDICES = {rule.code: index for index, rule in enumerate(RULES)}


def _message(problem: Problem) -> str:
    """Return message and cure as plain text: braces would be placeholders (§3.11.5), `[…](…)` a link (§3.11.6)."""
    text = f"{problem.message}\n{problem.cure}" if problem.cure else problem.message
    return text.replace("{", "{{").replace("}", "}}").replace("](", "\\](")


def _artifact(file: str) -> dict[str, str]:
    """Return where a file is (§3.4): below the root of the checkout, or by its whole path where it is not below it."""
    uri = quote(file.encode("utf-8", "surrogateescape"))
    return {"uri": f"file://{uri}"} if file.startswith("/") else {"uri": uri, "uriBaseId": _ROOT}


def _region(span: Span, first: str, last: str) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": utf16_column(first, span.column),
        "endLine": span.end_line,
        "endColumn": utf16_column(last, span.end_column),
    }


def _fix(each: Shown) -> dict[str, Any]:
    """Return what may be done without a person's look (§3.55)."""
    span, text = edit_of(each)
    replacement = {"deletedRegion": _region(span, each.line, each.end_line), "insertedContent": {"text": text}}
    return {
        "description": {"text": _message(each.problem).partition("\n")[2]},
        "artifactChanges": [{"artifactLocation": _artifact(each.problem.file), "replacements": [replacement]}],
    }


def _fingerprint(each: Shown, seen: Counter[tuple[str, str]]) -> str:
    """Return what stays the same while the problem moves with its line: its rule, its words and its line's text.

    GitHub tells alerts apart by file, rule and this; the number tells apart the same words in several places.
    """
    span = each.problem.span
    end = span.end_column - 1 if span.end_line == span.line else None
    words = each.line[span.column - 1 : end]
    text = f"{each.problem.code}\n{words}\n{each.line.strip()}"
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    seen[each.problem.file, digest] += 1
    return f"{digest}:{seen[each.problem.file, digest]}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
