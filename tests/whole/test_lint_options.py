"""`--select`, `--ignore`, `--fail-on`, `--format` and `--statistics`: together, and with what they cannot take."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fakes.command import dripper

from dripper.cli.group import run

# An error, a warning and an advice.
DRAFT = "Carts #one wait!! Sizes run small in order to sell. <!-- dripper: allow link because x -->\n"
SELECT = ("--select", "hashtag,link,wordy-phrase,D802")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    return tmp_path


def lint(folder: Path, *arguments: str, code: int = 1) -> None:
    assert run(["-C", str(folder), "lint", "draft.txt", *arguments]) == code


def codes(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    run(["-C", str(folder), "lint", "draft.txt", "--json", *arguments])
    return [problem["code"] for problem in json.loads(capsys.readouterr().out)["problems"]]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        pytest.param(("--select", "D302", "--select", "wordy-phrase"), ["D302", "D104"], id="twice"),
        pytest.param(("--select", "D302,wordy-phrase"), ["D302", "D104"], id="with a comma"),
        pytest.param(("--select", " d302 , Wordy-Phrase"), ["D302", "D104"], id="in small letters, with space"),
        pytest.param(("--select", "D3,D1", "--ignore", "D306,d1"), ["D302"], id="ignore wins"),
        pytest.param(("--select", "D302,D302", "--select", "hashtag"), ["D302"], id="named three times"),
        pytest.param(("--select", "D302", "--ignore", "D3"), [], id="nothing left"),
    ],
)
def test_rules_are_chosen(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], found: list[str]
) -> None:
    assert codes(folder, capsys, *arguments) == found


@pytest.mark.parametrize(
    ("ignore", "ends"),
    [
        pytest.param("D4", (1, 1, 1), id="an error left"),
        pytest.param("hashtag", (0, 1, 1), id="a warning left"),
        pytest.param("hashtag,D802", (0, 0, 1), id="an advice left"),
        pytest.param("hashtag,D802,D1", (0, 0, 0), id="nothing left"),
    ],
)
def test_fail_on_says_from_which_weight_on_it_ends_with_1(
    folder: Path, ignore: str, ends: tuple[int, int, int]
) -> None:
    for weight, code in zip(("error", "warning", "advice"), ends, strict=True):
        for form in ("text", "json", "jsonl", "sarif", "github"):
            lint(folder, *SELECT, "--ignore", ignore, "--fail-on", weight, "--format", form, code=code)
        lint(folder, *SELECT, "--ignore", ignore, "--fail-on", weight, "--statistics", code=code)


def test_every_format_carries_the_weight(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = {}
    for form in ("text", "json", "jsonl", "sarif", "github"):
        lint(folder, *SELECT, "--format", form)
        said[form] = capsys.readouterr().out

    assert "D104 wordy-phrase (advice)" in said["text"]
    assert "D802 unused-allow (warning)" in said["text"]
    for form in ("json", "jsonl"):
        assert [said[form].count(f'"severity": "{weight}"') for weight in ("error", "warning", "advice")] == [1, 1, 1]
    levels = [result["level"] for result in json.loads(said["sarif"])["runs"][0]["results"]]
    assert sorted(levels) == ["error", "note", "warning"]
    assert sorted(line.split()[0] for line in said["github"].splitlines()) == ["::error", "::notice", "::warning"]


def test_statistics_count_in_text_and_in_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lint(folder, *SELECT, "--statistics")
    text = capsys.readouterr().out
    lint(folder, *SELECT, "--statistics", "--json")
    data = json.loads(capsys.readouterr().out)

    assert text.splitlines()[-1] == "3 problems of 3 rules"
    assert [(each["code"], each["count"], each["fixable"]) for each in data["statistics"]] == [
        ("D104", 1, 1),
        ("D302", 1, 0),
        ("D802", 1, 1),
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--select", "lnk"), "did you mean link?"),
        (("--ignore", "D9"), "there is no rule D9"),
        (("--select", "D3;D1"), "there is no rule D3;D1"),
        (("--select", ""), "--select names no rule"),
        (("--ignore", "D3,,D1"), "--ignore names no rule"),
        (("--fail-on", "never"), "'never' is not one of"),
        (("--fail-on", ""), "'' is not one of"),
        (("--format", "xml"), "'xml' is not one of"),
        (("--json", "--format", "github"), "contradict each other"),
        (("--statistics", "--format", "jsonl"), "not as jsonl"),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_said_and_ends_with_2(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    lint(folder, *arguments, code=2)

    out, err = capsys.readouterr()
    assert (out, said in err) == ("", True)


def test_lines_without_a_file_are_no_workspace(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(folder), "lint", "--lines"]) == 2
    assert "--lines needs a file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("environment", "is_coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
    ids=str,
)
def test_colour_is_for_terminals_and_for_whoever_asks(
    folder: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], is_coloured: bool
) -> None:
    monkeypatch.delenv("NO_COLOR")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert ("\x1b[" in dripper("lint", "draft.txt", cwd=folder).stdout) is is_coloured
    assert "\x1b[" not in dripper("lint", "draft.txt", "--json", cwd=folder).stdout


def test_in_a_checkout_files_are_named_from_its_root(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "the agency"
    folder.mkdir()
    (folder / "draft.txt").write_text(DRAFT, encoding="utf-8")
    lint(folder, "--select", "D3", "--format", "github")
    assert "file=the agency/draft.txt," in capsys.readouterr().out
    lint(folder, "--select", "D3", "--format", "sarif")
    assert '"uri": "the%20agency/draft.txt", "uriBaseId": "%SRCROOT%"' in capsys.readouterr().out


def test_a_file_whose_name_is_no_text_is_reported_in_every_format(tmp_path: Path) -> None:
    name = b"no \xff text.txt"
    (tmp_path / os.fsdecode(name)).write_bytes(b"Carts #one\n")
    said = {}
    for form in ("text", "json", "jsonl", "sarif", "github"):
        command = [sys.executable, "-m", "dripper", "lint", "--format", form, name]
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=60)
        assert (done.returncode, done.stderr) == (1, b"")
        said[form] = done.stdout.decode()

    assert os.fsencode(json.loads(said["json"])["problems"][0]["file"]) == name
    assert os.fsencode(json.loads(said["jsonl"])["file"]) == name
    assert '"uri": "no%20%FF%20text.txt"' in said["sarif"]
