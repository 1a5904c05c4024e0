from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from fakes.command import dripper

WORKSPACE = """\
[workspace]
name = "North Agency"
timezone = "Europe/Berlin"

[mailbox.dana]
from = "Dana Ruiz <dana@north.example>"
smtp = { host = "smtp.north.example" }
"""
ACCOUNT = 'name = "Acme"\n\n[[contact]]\nname = "Ana Weber"\nemail = "ana@acme.example"\n'
CAMPAIGN = """\
every = "2 weeks"
start = 2026-12-01
shifts = "From media buyer to retail analyst"

[[message]]
subject = "Your carts"
text = "{{ contact.first_name }}, most carts are left after 9 pm."
gift = "When to send the reminder"

[[message]]
subject = "Sizes"
text = "Returns fell, see acme.com for all."
gift = "A cheap cut in returns"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "dripper.toml": WORKSPACE,
        "campaigns/acme/account.toml": ACCOUNT,
        "campaigns/acme/insights.toml": CAMPAIGN,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def write(folder: Path, name: str, content: str | bytes) -> str:
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return name


def problems(*arguments: str, cwd: Path) -> list[dict[str, object]]:
    done = dripper("lint", "--format", "json", *arguments, cwd=cwd)
    assert done.returncode in (0, 1), done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout)["problems"]
    return found


def test_a_workspace_is_linted_as_its_contacts_get_it(root: Path) -> None:
    (problem,) = problems(cwd=root)

    assert problem == {
        "file": "campaigns/acme/insights.toml",
        "line": 12,
        "column": 27,
        "end_line": 12,
        "end_column": 35,
        "code": "D301",
        "name": "link",
        "severity": "error",
        "message": "a link: acme.com",
        "cure": "say in the text what stands there, and leave the link out; names belong into a glossary",
        "message_id": "sizes",
        "contact": None,
    }


def test_the_text_report_underlines_the_words_and_counts(root: Path) -> None:
    done = dripper("lint", cwd=root)

    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "campaigns/acme/insights.toml:12:27 D301 link a link: acme.com",
        '  | text = "Returns fell, see acme.com for all."',
        "  |                           ^^^^^^^^",
        "  = say in the text what stands there, and leave the link out; names belong into a glossary",
        "1 problem in 1 file",
    ]


def test_from_a_folder_below_files_are_named_as_seen_from_there(root: Path) -> None:
    assert [problem["file"] for problem in problems(cwd=root / "campaigns/acme")] == ["insights.toml"]


def test_a_campaign_alone_shows_its_own_problems(root: Path) -> None:
    write(root, "campaigns/acme/other.toml", CAMPAIGN)

    assert {problem["file"] for problem in problems("campaigns/acme/other.toml", cwd=root)} == {
        "campaigns/acme/other.toml"
    }
    assert len(problems("campaigns", "--ignore", "repeat", cwd=root)) == 2


def test_settings_switch_rules_off_and_weigh_them(root: Path) -> None:
    write(root, "dripper.toml", WORKSPACE + '[lint.severity]\nlink = "warning"\n')

    assert dripper("lint", cwd=root).returncode == 0
    assert dripper("lint", "--fail-on", "warning", cwd=root).returncode == 1
    assert dripper("lint", "--ignore", "link", "--fail-on", "advice", cwd=root).returncode == 0
    assert dripper("lint", "--select", "D1", cwd=root).returncode == 0


def test_a_rule_that_settings_name_and_that_does_not_exist_is_a_problem(root: Path) -> None:
    write(root, "dripper.toml", WORKSPACE + '[lint]\nignore = ["link", "lnk"]\n')

    (problem,) = problems(cwd=root)
    assert (problem["code"], problem["line"], problem["cure"]) == ("D504", 9, "did you mean link?")


def test_a_draft_needs_no_workspace(tmp_path: Path) -> None:
    write(tmp_path, "draft.txt", "Most carts are left after 9 pm, as acme.com shows. Is it so with yours?\n")

    assert [problem["code"] for problem in problems("draft.txt", cwd=tmp_path)] == ["D301", "D201"]


def test_a_draft_in_a_workspace_follows_its_settings(root: Path) -> None:
    write(root, "dripper.toml", WORKSPACE + '[lint]\nchars = 10\nignore = ["link"]\n')
    write(root, "draft.md", "Most carts stand at acme.com.")

    assert [problem["code"] for problem in problems("draft.md", cwd=root)] == ["D101"]


def test_a_folder_of_drafts_is_linted_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir()
    for name in ("a.txt", "b.md", "c.eml"):
        write(tmp_path, f"drafts/{name}", "Subject: Carts\n\nSee them at acme.com.\n")

    found = problems("drafts", "--select", "link", cwd=tmp_path)
    assert [(problem["file"], problem["line"], problem["column"]) for problem in found] == [
        (f"drafts/{name}", 3, 13) for name in ("a.txt", "b.md", "c.eml")
    ]


def test_a_draft_may_come_from_stdin(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dripper", "lint", "-"], cwd=tmp_path, input=b"Carts #retail", capture_output=True
    )

    assert done.returncode == 1
    assert done.stdout.startswith(b"-:1:7 D302 hashtag")


def test_each_line_is_a_message(tmp_path: Path) -> None:
    write(
        tmp_path,
        "many.txt",
        "Carts are left late.\r\n\r\nCarts #one\n  \nLine with \xff\nmore at acme.com\n".encode("latin-1"),
    )

    found = problems("--select", "D3", "--lines", "many.txt", cwd=tmp_path)
    assert [(problem["line"], problem["column"], problem["code"]) for problem in found] == [
        (3, 7, "D302"),
        (5, 11, "D512"),
        (6, 9, "D301"),
    ]


def test_the_lines_of_a_stream_are_told_while_it_runs(tmp_path: Path) -> None:
    command = [sys.executable, "-u", "-m", "dripper", "lint", "--lines", "-"]
    with subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"Carts #one\n" + b"A line without a problem.\n" * 2000)
        process.stdin.flush()
        first = process.stdout.readline()
        process.stdin.close()

    assert first.startswith(b"-:1:7 D302")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "the draft is empty", id="empty"),
        pytest.param(b" \n\t\n", "the draft is empty", id="only space"),
        pytest.param("Körbe".encode("utf-16"), "the file is written in UTF-16", id="UTF-16"),
        pytest.param(b"Carts \xff\xfe", "the file is no UTF-8 text: the byte 0xFF stands here", id="no UTF-8"),
        pytest.param(b"\x89PNG\x00\xff", "the file is no UTF-8 text: binary data stands here", id="a picture"),
        pytest.param(b"x" * 10_000_000, "the file is larger than 1,000 kB", id="ten megabytes"),
    ],
)
def test_a_draft_that_is_no_text_is_a_problem(tmp_path: Path, content: bytes, message: str) -> None:
    write(tmp_path, "draft.txt", content)

    (problem,) = problems("draft.txt", cwd=tmp_path)
    assert (problem["code"], problem["message"]) == ("D512", message)


def test_a_nul_in_a_draft_is_told_at_its_place(tmp_path: Path) -> None:
    write(tmp_path, "draft.txt", "Most carts\0 are left at night.")

    (problem,) = problems("draft.txt", cwd=tmp_path)
    assert (problem["code"], problem["line"], problem["column"]) == ("D603", 1, 11)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        pytest.param(b"a\0", "D603", id="NUL"),
        pytest.param(b"\xff", "D512", id="no UTF-8"),
        pytest.param(b"x " * 5_000_000, "D512", id="ten megabytes"),
    ],
)
def test_a_hostile_line_is_told_and_the_others_are_read(tmp_path: Path, line: bytes, code: str) -> None:
    write(tmp_path, "drafts.txt", b"Most carts.\n" + line + b"\nMost #carts.\n")

    found = problems("--lines", "drafts.txt", cwd=tmp_path)

    assert [(problem["line"], problem["code"]) for problem in found] == [(2, code), (3, "D302")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing.txt",), "there is no file"),
        (("--select", "lnk", "draft.txt"), "did you mean link?"),
        (("--lines", "."), ". is a folder"),
        (("empty",), "empty holds no draft"),
        (("stray.toml",), "no dripper.toml"),
        ((), "no dripper.toml"),
    ],
    ids=str,
)
def test_what_cannot_be_linted_is_said_and_ends_with_2(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path, "draft.txt", "Carts.")
    write(tmp_path, "stray.toml", "x = 1")
    done = dripper("lint", *arguments, cwd=tmp_path)

    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_beside_the_campaigns_is_told_apart(root: Path) -> None:
    write(root, "stray.toml", "x = 1")
    done = dripper("lint", "stray.toml", cwd=root)

    assert done.returncode == 2
    assert "campaigns stand below campaigns/" in done.stderr


def test_a_rule_explains_itself() -> None:
    done = dripper("rule", "too-long", cwd=Path.cwd())

    assert done.returncode == 0
    assert done.stdout.startswith("D101 too-long (error)\n")


def test_all_rules_are_listed_with_their_weight() -> None:
    lines = dripper("rule", cwd=Path.cwd()).stdout.splitlines()

    assert any(line.split()[:3] == ["D802", "unused-allow", "warning"] for line in lines)
    found = json.loads(dripper("rule", "--json", cwd=Path.cwd()).stdout)
    assert found["version"] == 1
    assert [rule["code"] for rule in found["rules"]] == [line.split()[0] for line in lines]


def test_a_mail_may_be_piped_in(tmp_path: Path) -> None:
    header = "From: Dana <dana@north.example>\nTo: Ana <ana@acme.example>\nSubject: Carts\n"
    done = dripper("lint", "-", cwd=tmp_path, typed=f"{header}\nHello Ana,\n\nJoin us.\n\nDana\n")

    assert [line.split()[:2] for line in done.stdout.splitlines() if line.startswith("-:")] == [["-:7:1", "D205"]]


def test_a_misspelled_rule_has_a_cure() -> None:
    done = dripper("rule", "to-long", cwd=Path.cwd())

    assert done.returncode == 2
    assert "did you mean D101 too-long?" in done.stderr


def test_of_several_files_each_is_linted_once(root: Path) -> None:
    write(root, "campaigns/acme/other.toml", CAMPAIGN)
    names = ["campaigns/acme/other.toml", "campaigns/acme/insights.toml", "campaigns/acme/account.toml"]

    found = problems("--select", "link", *names, names[0], cwd=root)
    assert sorted(str(problem["file"]) for problem in found) == sorted(names[:2])


def test_two_workspaces_are_told_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        for file, text in (("dripper.toml", WORKSPACE), ("acme/account.toml", ACCOUNT), ("acme/it.toml", CAMPAIGN)):
            place = tmp_path / name / ("" if file == "dripper.toml" else "campaigns") / file
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")

    found = problems("one/campaigns/acme/it.toml", "two/campaigns/acme/it.toml", cwd=tmp_path)
    assert [problem["file"] for problem in found] == ["one/campaigns/acme/it.toml", "two/campaigns/acme/it.toml"]
