"""`dripper lint --fix` and `--diff` on real files: what is written, what is left, and what stays as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.workspaces import edit, small_workspace, write

CAMPAIGN = "campaigns/acme/insights.toml"
UNUSED = "# dripper: allow link because the shop is called so"
MARK = b"\xef\xbb\xbf"


def lint(*arguments: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "dripper", "lint", *arguments]
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, timeout=120)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"Carts stand. <!-- dripper: allow link because x -->\n", b"Carts stand.\n", id="behind the text"),
        pytest.param(
            b"<!-- dripper: allow link because x -->\r\nCarts stand.\r\n", b"Carts stand.\r\n", id="a line, CRLF"
        ),
        pytest.param(
            MARK + b"Carts\tstand.\n\n<!-- dripper:\nallow link because x -->", MARK + b"Carts\tstand.\n\n", id="BOM"
        ),
        pytest.param(
            "Körbe 👩‍👩‍👧 e\u0301 <!-- dripper: allow link because x -->stand.".encode(),
            "Körbe 👩‍👩‍👧 e\u0301 stand.".encode(),
            id="no ASCII",
        ),
        pytest.param(
            b"Carts. <!-- dripper: allow link, hashtag because x --> <!-- dripper: allow D4 because y -->",
            b"Carts.",
            id="several passes",
        ),
        pytest.param(
            b"Carts #one. <!-- dripper: allow link, hashtag because x -->\r",
            b"Carts #one. <!-- dripper: allow hashtag because x -->\r",
            id="one of two",
        ),
    ],
)
def test_a_draft_is_fixed_byte_for_byte(tmp_path: Path, before: bytes, after: bytes) -> None:
    (tmp_path / "draft.txt").write_bytes(before)
    done = lint("--fix", "draft.txt", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (0, b"No problems.\n")
    assert (tmp_path / "draft.txt").read_bytes() == after


def test_what_is_left_is_shown_and_decides_how_it_ends(tmp_path: Path) -> None:
    write(tmp_path, "draft.txt", "Carts #one. <!-- dripper: allow link because x -->\n")
    done = dripper("lint", "--fix", "draft.txt", cwd=tmp_path)

    assert done.returncode == 1
    assert done.stdout.startswith("draft.txt:1:7 D302 hashtag")
    assert done.stderr == "1 fixed, 1 left\n"


def test_a_campaign_loses_the_comments_and_nothing_else(tmp_path: Path) -> None:
    root = small_workspace(tmp_path)
    before = (root / CAMPAIGN).read_text(encoding="utf-8")
    edit(root, 'id = "sizes"\n', f'id = "sizes"\n{UNUSED}\n')
    edit(root, 'subject = "Sizes"', f'subject = "Sizes"\t{UNUSED}')
    done = dripper("lint", "--fix", cwd=root)

    assert (done.returncode, done.stderr) == (0, "2 fixed, 0 left\n")
    assert (root / CAMPAIGN).read_text(encoding="utf-8") == before


def test_lines_are_fixed_each_by_itself_and_bytes_that_are_no_text_stay(tmp_path: Path) -> None:
    allow = b"<!-- dripper: allow link because x -->"
    lines = b"Carts. " + allow + b"\r\nno text \xff\n" + allow + b"\nMore at a.com. " + allow
    (tmp_path / "many.txt").write_bytes(lines)
    done = lint("--fix", "--lines", "many.txt", cwd=tmp_path)

    assert done.returncode == 1
    assert (tmp_path / "many.txt").read_bytes() == b"Carts.\r\nno text \xff\nMore at a.com. " + allow


def test_the_diff_is_shown_and_nothing_is_written(tmp_path: Path) -> None:
    content = "Carts stand.\nLate. <!-- dripper: allow link because x -->"
    write(tmp_path, "draft.txt", content)
    done = dripper("lint", "--diff", "draft.txt", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (1, "1 to fix, 0 would be left\n")
    assert done.stdout.splitlines() == [
        "--- draft.txt",
        "+++ draft.txt",
        "@@ -1,2 +1,2 @@",
        " Carts stand.",
        "-Late. <!-- dripper: allow link because x -->",
        "\\ No newline at end of file",
        "+Late.",
        "\\ No newline at end of file",
    ]
    assert (tmp_path / "draft.txt").read_text(encoding="utf-8") == content


def test_the_diff_is_what_fix_does(tmp_path: Path) -> None:
    content = b"<!-- dripper: allow link because x -->\r\nK\xc3\xb6rbe. <!-- dripper: allow hashtag, link because x -->"
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(content)
    diff = lint("--diff", "a.txt", cwd=tmp_path).stdout
    subprocess.run(["git", "apply", "--unsafe-paths", "-"], cwd=tmp_path, input=_for_git(diff), check=True)
    lint("--fix", "b.txt", cwd=tmp_path)

    assert (tmp_path / "a.txt").read_bytes() == (tmp_path / "b.txt").read_bytes() == b"K\xc3\xb6rbe."


def _for_git(diff: bytes) -> bytes:
    return diff.replace(b"--- a", b"--- a/a", 1).replace(b"+++ a", b"+++ b/a", 1)


def test_where_nothing_is_to_fix_the_diff_is_empty_and_ends_with_0(tmp_path: Path) -> None:
    write(tmp_path, "draft.txt", "Carts #one.\n")
    done = dripper("lint", "--diff", "draft.txt", cwd=tmp_path)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "0 to fix, 1 would be left\n")


@pytest.mark.parametrize("arguments", [(), ("--lines",)])
def test_stdin_goes_fixed_to_stdout_and_the_talk_to_stderr(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    stdin = MARK + "Körbe #eins. <!-- dripper: allow link because x -->\r\n".encode()
    done = lint("--fix", *arguments, "-", cwd=tmp_path, stdin=stdin)

    assert done.returncode == 1
    assert done.stdout == MARK + "Körbe #eins.\r\n".encode()
    assert b"D302" in done.stderr
    assert done.stderr.endswith(b"1 fixed, 1 left\n")


@pytest.mark.parametrize("stdin", [b"Carts.\n", b"Carts \xff.\n", b""], ids=["nothing to fix", "no text", "empty"])
def test_stdin_without_a_fix_comes_out_as_it_went_in(tmp_path: Path, stdin: bytes) -> None:
    assert lint("--fix", "-", cwd=tmp_path, stdin=stdin).stdout == stdin


def test_a_link_stays_a_link_and_the_rights_stay(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    file = tmp_path / "far" / "draft.txt"
    file.write_text("Carts. <!-- dripper: allow link because x -->", encoding="utf-8")
    file.chmod(0o640)
    (tmp_path / "near.txt").symlink_to(file)
    lint("--fix", "near.txt", cwd=tmp_path)

    assert (tmp_path / "near.txt").is_symlink()
    assert (file.read_text(encoding="utf-8"), file.stat().st_mode & 0o777) == ("Carts.", 0o640)
    assert [each.name for each in (tmp_path / "far").iterdir()] == ["draft.txt"]


def test_a_mail_is_never_fixed(tmp_path: Path) -> None:
    mail = b"Subject: Carts\nComments: dripper: allow link because x\n\nCarts stand late.\n"
    (tmp_path / "draft.eml").write_bytes(mail)
    lint("--fix", "draft.eml", cwd=tmp_path)

    assert (tmp_path / "draft.eml").read_bytes() == mail


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--fix", "-", "draft.txt"), "stdin is fixed alone"),
        (("--diff", "--json", "draft.txt"), "--diff shows a diff"),
        (("--diff", "--statistics", "draft.txt"), "--diff shows a diff"),
        (("--fix", "nothing.txt"), "there is no file"),
    ],
    ids=str,
)
def test_what_does_not_go_together_is_said(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    write(tmp_path, "draft.txt", "Carts.\n")
    done = dripper("lint", *arguments, cwd=tmp_path)

    assert (done.returncode, said in done.stderr) == (2, True)


def test_a_campaign_is_fixed_where_the_words_stand_and_not_where_they_are_made(tmp_path: Path) -> None:
    root = small_workspace(tmp_path)
    edit(root, "Most of your carts are left after nine in the evening;", "Carts wait in order to be seen!!")
    edit(root, "Shoes that come back", "{{ 'In order to fit,' }} shoes that come back")
    done = dripper("lint", "--fix", cwd=root)
    text = (root / CAMPAIGN).read_text(encoding="utf-8")

    assert done.stderr == "2 fixed, 1 left\n"
    assert "Carts wait to be seen! a reminder" in text
    assert "{{ 'In order to fit,' }} shoes" in text


def test_a_scheduled_campaign_stays_as_it_was_approved(tmp_path: Path) -> None:
    root = small_workspace(tmp_path)
    edit(root, "Most of your carts are left", "Carts are left in order to be found")
    now = "2026-11-30T08:00+01:00"
    edit(root, "[mailbox.dana]", "[mailbox.dana]\nrehearsal = true", "dripper.toml")
    assert dripper("--now", now, "schedule", "--yes", cwd=root).returncode == 0
    before = dripper("--now", now, "ledger", "--json", cwd=root).stdout
    assert dripper("lint", "--fix", cwd=root).stderr == "1 fixed, 0 left\n"

    assert dripper("--now", now, "ledger", "--json", cwd=root).stdout == before
    assert dripper("--now", now, "plan", cwd=root).returncode == 0
