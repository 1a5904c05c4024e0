"""The SARIF report: the official schema, its formats included, and what the schema cannot hold it to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import FormatChecker
from jsonschema.validators import validator_for

from dripper.lint.report.sarif import SCHEMA, sarif_report
from dripper.lint.report.shown import Shown, utf16_column
from dripper.lint.ruleset import RULES
from dripper.problem import Problem, Severity, Span

OFFICIAL = json.loads((Path(__file__).parent / "sarif" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = validator_for(OFFICIAL)(OFFICIAL, format_checker=FormatChecker())


def shown(line: str = "see b.co now", words: str = "b.co", **changed: Any) -> Shown:
    start = line.index(words) + 1
    given: dict[str, Any] = {
        "file": "campaigns/acme/a.toml",
        "span": Span(line=3, column=start, end_line=3, end_column=start + len(words)),
        "code": "D301",
        "name": "link",
        "severity": Severity.ERROR,
        "message": "a link: b.co",
        "cure": "leave it out",
    }
    return Shown(Problem(**{**given, **changed}), line)


def run_of(*found: Shown) -> dict[str, Any]:
    """Return the one run of the report, which must be valid."""
    document = json.loads("\n".join(sarif_report(found)))
    assert list(map(str, VALIDATOR.iter_errors(document))) == []
    assert (document["$schema"], document["version"]) == (SCHEMA, "2.1.0")
    (run,) = document["runs"]
    assert isinstance(run, dict)
    return run


def result_of(each: Shown) -> dict[str, Any]:
    (result,) = run_of(each)["results"]
    assert isinstance(result, dict)
    return result


def place_of(each: Shown) -> dict[str, Any]:
    place = result_of(each)["locations"][0]["physicalLocation"]
    assert isinstance(place, dict)
    return place


def test_the_schema_would_notice_a_wrong_report() -> None:
    document = json.loads("\n".join(sarif_report([shown()])))
    document["runs"][0]["results"][0]["level"] = "fatal"
    artifact = document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    artifact["uri"] = "a file.toml"

    assert len(list(VALIDATOR.iter_errors(document))) == 2


def test_without_problems_it_is_a_run_without_results() -> None:
    assert run_of()["results"] == []


def test_every_rule_is_described_with_its_help_and_its_weight() -> None:
    rules = run_of()["tool"]["driver"]["rules"]

    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    for described, rule in zip(rules, RULES, strict=True):
        levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
        assert described["defaultConfiguration"] == {"enabled": rule.default, "level": levels[rule.severity]}
        assert described["shortDescription"]["text"].replace("{{", "{") == rule.summary.replace("{{", "{")
        assert all(title in described["help"][form] for title in rule.sections for form in ("text", "markdown"))


@pytest.mark.parametrize(("severity", "level"), [*zip(Severity, ["error", "warning", "note"], strict=True)])
def test_a_result_names_its_rule_and_its_level(severity: Severity, level: str) -> None:
    run = run_of(shown(severity=severity))
    (result,) = run["results"]

    assert (result["ruleId"], result["level"]) == ("D301", level)
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "D301"


@pytest.mark.parametrize(
    ("line", "words", "columns"),
    [
        pytest.param("see b.co now", "b.co", (5, 9), id="ASCII"),
        pytest.param("see 👍 b.co now", "b.co", (8, 12), id="emoji before"),
        pytest.param("see 👩‍👩‍👧 b.co", "b.co", (14, 18), id="joined emoji before"),
        pytest.param("Körbe e\u0301 日本 b.co", "b.co", (13, 17), id="accents, combining marks, wide letters"),
        pytest.param("\ta\tb.co", "b.co", (4, 8), id="tabs"),
        pytest.param("so 👍👍 it is", "👍👍", (4, 8), id="emoji within"),
    ],
)
def test_columns_count_utf16_units(line: str, words: str, columns: tuple[int, int]) -> None:
    region = place_of(shown(line, words))["region"]

    assert run_of()["columnKind"] == "utf16CodeUnits"
    assert (region["startColumn"], region["endColumn"]) == columns


@given(st.text(max_size=30), st.integers(1, 40))
def test_a_column_in_utf16_is_where_utf16_has_the_character(line: str, column: int) -> None:
    line = line.encode("utf-8", "ignore").decode()
    before = line[: column - 1]
    units = len(before.encode("utf-16-le")) // 2 + (column - 1 - len(before))

    assert utf16_column(line, column) == units + 1


def test_a_region_over_lines_ends_by_the_columns_of_its_last_line() -> None:
    each = shown(span=Span(line=3, column=5, end_line=4, end_column=3))
    region = place_of(Shown(each.problem, each.line, "👍 end"))["region"]

    assert region == {"startLine": 3, "startColumn": 5, "endLine": 4, "endColumn": 4}


@pytest.mark.parametrize(
    ("file", "artifact"),
    [
        ("campaigns/a/b.toml", {"uri": "campaigns/a/b.toml", "uriBaseId": "%SRCROOT%"}),
        ("a b/ü#?%.txt", {"uri": "a%20b/%C3%BC%23%3F%25.txt", "uriBaseId": "%SRCROOT%"}),
        ("mail: x.txt", {"uri": "mail%3A%20x.txt", "uriBaseId": "%SRCROOT%"}),
        ("no \udcff text", {"uri": "no%20%FF%20text", "uriBaseId": "%SRCROOT%"}),
        ("/far/a b.txt", {"uri": "file:///far/a%20b.txt"}),
        ("-", {"uri": "-", "uriBaseId": "%SRCROOT%"}),
    ],
)
def test_a_file_is_a_uri_below_the_root_of_the_checkout(file: str, artifact: dict[str, str]) -> None:
    assert place_of(shown(file=file))["artifactLocation"] == artifact


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("a placeholder: {first_name}", "a placeholder: {{first_name}}"),
        ("{{ contact.name }} and {0}", "{{{{ contact.name }}}} and {{0}}"),
        ("a link: [here](there)", "a link: [here\\](there)"),
    ],
)
def test_braces_are_no_placeholders_and_brackets_no_links(message: str, text: str) -> None:
    assert result_of(shown(message=message, cure=""))["message"]["text"] == text


def test_message_and_cure_stand_apart_so_that_the_message_alone_can_be_shown() -> None:
    assert result_of(shown())["message"]["text"] == "a link: b.co\nleave it out"


def test_a_safe_fix_says_what_goes_and_what_comes() -> None:
    (fix,) = result_of(shown("👍 b.co!! So", "!!", replacement="!"))["fixes"]
    (change,) = fix["artifactChanges"]
    region = {"startLine": 3, "startColumn": 8, "endLine": 3, "endColumn": 10}

    assert change["artifactLocation"]["uri"] == "campaigns/acme/a.toml"
    assert change["replacements"] == [{"deletedRegion": region, "insertedContent": {"text": "!"}}]


@pytest.mark.parametrize(
    ("line", "region"),
    [
        ("# dripper: allow x", {"startLine": 3, "startColumn": 1, "endLine": 4, "endColumn": 1}),
        ("a = 1  # dripper: allow x", {"startLine": 3, "startColumn": 6, "endLine": 3, "endColumn": 26}),
    ],
)
def test_with_an_exception_goes_what_it_would_leave_behind(line: str, region: dict[str, int]) -> None:
    each = shown(line, "# dripper: allow x", code="D802", name="unused-allow", replacement="")
    (fix,) = result_of(each)["fixes"]

    assert fix["artifactChanges"][0]["replacements"][0]["deletedRegion"] == region


def fingerprint(each: Shown) -> str:
    return str(result_of(each)["partialFingerprints"]["primaryLocationLineHash"])


def test_a_result_keeps_its_identity_while_its_line_moves() -> None:
    moved = Span(line=9, column=5, end_line=9, end_column=9)

    assert fingerprint(shown()) == fingerprint(shown(span=moved)) == fingerprint(shown("  see b.co now"))
    assert fingerprint(shown()) != fingerprint(shown("see b.co then"))
    assert fingerprint(shown()) != fingerprint(shown(code="D302", name="hashtag"))


def test_the_same_words_in_several_places_are_several_results() -> None:
    results = run_of(shown(), shown(), shown(file="b.toml"))["results"]
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]

    assert [each.rpartition(":")[2] for each in prints] == ["1", "2", "1"]
    assert len({each.partition(":")[0] for each in prints}) == 1


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(TEXTS, TEXTS, TEXTS, TEXTS, st.sampled_from(list(Severity)), st.one_of(st.none(), TEXTS))
def test_whatever_stands_in_a_file_the_report_is_valid(
    line: str, message: str, cure: str, file: str, severity: Severity, replacement: str | None
) -> None:
    each = shown(f"{line}b.co", message=message, cure=cure, file=file, severity=severity, replacement=replacement)

    assert result_of(each)["level"]
