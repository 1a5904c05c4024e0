"""Where the words stand, in a real file and in each format: emoji, combining marks, tabs, CRLF, escapes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fakes.workspaces import small_workspace

from dripper.cli.group import run
from dripper.lint.report.columns import cells
from dripper.lint.report.shown import lines_of

CAMPAIGN = "campaigns/acme/insights.toml"
HEAD = 'every = "2 weeks"\nstart = 2026-12-01\nshifts = "From buyer to analyst"\n\n[[message]]\nsubject = "Carts"\n'
TAIL = '\ngift = "When to send the reminder"\n'
# The text as it is written in the file, and what of it is at fault.
CAMPAIGNS = [
    pytest.param('text = "Carts wait at acme.com."', "acme.com", id="plain"),
    pytest.param('text = "👩‍👩‍👧 wait 👍 at acme.com."', "acme.com", id="emoji"),
    pytest.param('text = "Ko\u0308rbe in Zu\u0308rich at acme.com."', "acme.com", id="combining marks"),
    pytest.param('text\t=\t"Carts\tat\tacme.com."', "acme.com", id="tabs"),
    pytest.param('text = "日本 carts at acme.com."', "acme.com", id="wide letters"),
    pytest.param(r'text = "So \"said\" \\ at \u00e9 \U0001F44D acme.com."', "acme.com", id="escapes before"),
    pytest.param(r'text = "Carts at acme\u002ecom wait."', r"acme\u002ecom", id="an escape within"),
    pytest.param("text = 'Carts \\ at acme.com.'", "acme.com", id="no escapes"),
    pytest.param('text = """\nCarts wait.\n👍 At acme.com."""', "acme.com", id="many lines"),
    pytest.param('text = """Carts \\\n     wait at \\\n\n  acme.com."""', "acme.com", id="line-ending backslash"),
    pytest.param("text = '''\n\tCarts\n\tat acme.com.'''", "acme.com", id="many raw lines"),
    pytest.param('text = "{{ contact.first_name }} 👍 at acme.com."', "acme.com", id="behind an expression"),
    pytest.param("text = \"Carts {{ 'at acme.com' }}.\"", "{{ 'at acme.com' }}", id="within an expression"),
]


def findings(
    file: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> tuple[dict[str, object], dict[str, int], list[str]]:
    """Return the link that is found, as JSON and SARIF have it, and the lines of the text report."""
    said = []
    for form in ("json", "sarif", "text"):
        assert run(["-C", str(root), "lint", file, "--select", "link", "--format", form]) == 1
        said.append(capsys.readouterr().out)
    (problem,) = json.loads(said[0])["problems"]
    (result,) = json.loads(said[1])["runs"][0]["results"]
    return problem, result["locations"][0]["physicalLocation"]["region"], said[2].split("\n")


def check(content: str, words: str, file: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem, region, report = findings(file, root, capsys)
    lines = lines_of(content)
    line = lines[int(str(problem["line"])) - 1]
    start, end = int(str(problem["column"])) - 1, int(str(problem["end_column"])) - 1

    assert (problem["line"], line[start:end]) == (problem["end_line"], words)
    units = lines[region["startLine"] - 1].encode("utf-16-le")
    assert units[2 * region["startColumn"] - 2 : 2 * region["endColumn"] - 2].decode("utf-16-le") == words
    assert report[0].startswith(f"{file}:{problem['line']}:{start + 1} D301")
    assert report[1] == f"  | {line}"
    marks = re.fullmatch(r"  \| ([ \t]*)(\^+)", report[2])
    assert marks is not None
    assert marks[1].count("\t") == line[:start].count("\t")
    assert (cells(marks[1].replace("\t", "")), len(marks[2])) == (cells(line[:start].replace("\t", "")), cells(words))


@pytest.mark.parametrize("is_crlf", [False, True], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("text", "words"), CAMPAIGNS)
def test_in_a_campaign(
    tmp_path: Path, text: str, words: str, is_crlf: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small_workspace(tmp_path)
    content = HEAD + text + TAIL
    (root / CAMPAIGN).write_bytes((content.replace("\n", "\r\n") if is_crlf else content).encode())

    check(content, words, CAMPAIGN, root, capsys)


@pytest.mark.parametrize("is_marked", [False, True], ids=["", "BOM"])
@pytest.mark.parametrize(
    "content",
    [
        "Subject: Körbe\n\n👩‍👩‍👧 at acme.com.\n",
        "Carts <!-- 👍\nthere --> 👍 at acme.com.\r\n",
        "Ko\u0308rbe\r\tat acme.com.",
    ],
)
def test_in_a_draft(tmp_path: Path, content: str, is_marked: bool, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "draft.txt").write_bytes(("\ufeff" * is_marked + content).encode())

    check(content, "acme.com", "draft.txt", tmp_path, capsys)
