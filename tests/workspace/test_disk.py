from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fakes.workspaces import edit, small_workspace
from hypothesis import given
from hypothesis import strategies as st

from dripper.problem import Problem
from dripper.workspace.disk import decoded, files_below, open_lines, read_text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param(b"", "", id="nothing"),
        pytest.param("é\r\n".encode(), "é\r\n", id="line ends stay"),
        pytest.param(b"\xef\xbb\xbfa", "a", id="a byte order mark goes"),
    ],
)
def test_a_text_is_read_as_it_is(tmp_path: Path, content: bytes, text: str) -> None:
    (tmp_path / "a.toml").write_bytes(content)

    assert read_text(tmp_path / "a.toml", name="a.toml") == text


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param("a".encode("utf-16"), "1:1 the file is written in UTF-16", id="UTF-16"),
        pytest.param(
            b"a = 1\nb = 'caf\xe9'\n", "2:9 the file is no UTF-8 text: the byte 0xE9 stands here", id="Latin-1"
        ),
        pytest.param(b"\xef\xbb\xbf\xc3\xa9\xff", "1:2 the file is no UTF-8 text: the byte 0xFF", id="behind a mark"),
        pytest.param(b"PK\x03\x04\x00\xff", "1:6 the file is no UTF-8 text: binary data stands here", id="binary"),
        pytest.param(b"x" * 1_000_001, "1:1 the file is larger than 1,000 kB", id="too large"),
    ],
)
def test_what_is_no_text_is_told(tmp_path: Path, content: bytes, problem: str) -> None:
    (tmp_path / "a.toml").write_bytes(content)

    found = read_text(tmp_path / "a.toml", name="a.toml")

    assert isinstance(found, Problem)
    assert f"{found.span.line}:{found.span.column} {found.message}".startswith(problem)
    assert (found.code, found.file) == ("D512", "a.toml")


def make_folder(path: Path) -> None:
    path.mkdir()


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_broken_link(path: Path) -> None:
    path.symlink_to("nowhere")


def make_endless_link(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(make_folder, "this is a folder", id="a folder"),
        pytest.param(make_pipe, "the file cannot be read: it is no regular file", id="a pipe"),
        pytest.param(make_broken_link, "there is no such file", id="a link to nowhere"),
        pytest.param(make_endless_link, "the file cannot be read: too many levels of symbolic links", id="a loop"),
    ],
)
@pytest.mark.parametrize("read", [read_text, open_lines])
def test_what_is_no_file_is_told(tmp_path: Path, make: object, message: str, read: object) -> None:
    make(tmp_path / "a.csv")  # type: ignore[operator]

    found = read(tmp_path / "a.csv", name="a.csv")  # type: ignore[operator]

    assert isinstance(found, Problem)
    assert (found.code, found.message) == ("D512", message)


def test_what_no_permission_mends_has_another_cure(tmp_path: Path) -> None:
    make_pipe(tmp_path / "a.csv")
    (tmp_path / "b.txt").write_bytes(b"PK\x03\x04\x00\xff")
    found = [read_text(tmp_path / name, name=name) for name in ("a.csv", "b.txt")]

    assert [each.cure if isinstance(each, Problem) else "" for each in found] == [
        "name a file, or put one there",
        "name a text, or write one in its place",
    ]


READ_AS_NOBODY = """
import os, sys
from pathlib import Path
from dripper.workspace.disk import open_lines, read_text
if os.getuid() == 0:
    os.setuid(65534)
for read in (read_text, open_lines):
    print(read(Path(sys.argv[1]), name="a.toml"))
"""


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text("a = 1")
    file.chmod(0)
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(folder.stat().st_mode | 0o011)

    ran = subprocess.run([sys.executable, "-c", READ_AS_NOBODY, file], capture_output=True, text=True)

    assert ran.stdout.splitlines() == ["a.toml:1:1 D512 the file cannot be read: permission denied"] * 2, ran.stderr


LOAD_AS_NOBODY = """
import os, sys
from pathlib import Path
from dripper.workspace.files import load
root = Path(sys.argv[1])
load(root)
(root / "campaigns/acme").chmod(0)
if os.getuid() == 0:
    os.setuid(65534)
loaded = load(root)
print(*loaded.problems, sep="\\n")
print(loaded.awaited)
"""


def test_a_folder_that_may_not_be_listed_is_told_and_its_people_are_awaited(tmp_path: Path) -> None:
    root = small_workspace(tmp_path)
    (root / "campaigns/acme/insights.toml").rename(root / "campaigns/insights.toml")
    edit(root, "greeting =", 'accounts = ["acme"]\ngreeting =', name="campaigns/insights.toml")
    for folder in (root, *root.parents):
        if folder.stat().st_mode & 0o011 != 0o011:
            folder.chmod(folder.stat().st_mode | 0o011)
    for file in root.rglob("*"):
        file.chmod(0o755)

    ran = subprocess.run([sys.executable, "-c", LOAD_AS_NOBODY, root], capture_output=True, text=True)
    (root / "campaigns/acme").chmod(0o755)

    assert ran.stdout.splitlines() == [
        "campaigns/acme/account.toml:1:1 D512 the file cannot be read: permission denied",
        "{'insights': ('campaigns/acme/account.toml',)}",
    ], ran.stderr


def test_a_file_within_its_own_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(b"x" * 2_000_000)

    assert len(str(read_text(tmp_path / "list.csv", name="list.csv", limit=None))) == 2_000_000


def test_the_files_below_a_folder_come_in_order_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b/y.toml", "a.toml", "b/x.toml", ".git/z.toml", "b/.swap.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    assert [file.relative_to(tmp_path).as_posix() for file in files_below(tmp_path)] == [
        "a.toml",
        "b/x.toml",
        "b/y.toml",
    ]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.toml").touch()
    (tmp_path / "a" / "up").symlink_to(tmp_path)

    assert [file.name for file in files_below(tmp_path)] == ["x.toml"]


def test_no_folder_has_no_files(tmp_path: Path) -> None:
    assert files_below(tmp_path / "none") == []


@given(st.binary(max_size=60))
def test_any_bytes_are_a_text_or_a_problem_in_them(content: bytes) -> None:
    found = decoded(content, name="a.toml")

    if isinstance(found, Problem):
        assert 1 <= found.span.line <= content.count(b"\n") + 1
        assert 1 <= found.span.column <= len(content) + 1
