"""Drafts as nobody should write them: each gets a clear problem or a clean answer, soon, and never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes.command import dripper

BAD = {
    "ten megabytes": (b"Book a call today. " * 550_000, "larger than 1,000 kB"),
    "nothing": (b"", "the draft is empty"),
    "blank lines": (b"\n \n\n", "the draft is empty"),
    "NUL bytes": (b"Your carts\0 fill after nine.", "U+0000"),
    "no UTF-8": (b"Your carts fill \xff\xfe after nine.", "the byte 0xFF"),
    "UTF-16": ("Your carts fill".encode("utf-16"), "written in UTF-16"),
    "noise": (bytes(range(256)) * 40, "no UTF-8"),
    "a zero-width space in a word": ("b\u200book a call".encode(), "D205|D203"),
    "letters that look Latin": ("B\u043e\u043ek a c\u0430ll t\u043em\u043err\u043ew.".encode(), "D205|D203"),
    "an override of the direction": ("\u202eYour carts fill\u202c after nine.".encode(), "right-to-left override"),
    "HTML": (b"<p>Your carts.</p><p>Book a call <a href='https://x.example'>now</a></p>", "D301"),
}
CLEAN = {
    "a text from right to left": "העגלות מתמלאות אחרי תשע בערב.".encode(),
    "lines that end in CR alone": b"Your carts fill after nine.\rThe reminder leaves at noon.\r",
    "a byte order mark": "\ufeffYour carts fill after nine.".encode(),
    "very many blank lines": b"Your carts fill after nine." + b"\n" * 100_000,
}


@pytest.mark.parametrize(("content", "told"), BAD.values(), ids=BAD)
def test_a_bad_draft_gets_a_clear_problem(content: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_bytes(content)

    done = dripper("lint", "draft.txt", cwd=tmp_path)

    assert done.returncode == 1
    assert any(word in done.stdout for word in told.split("|"))
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("content", CLEAN.values(), ids=CLEAN)
def test_a_strange_but_sound_draft_is_clean(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_bytes(content)

    done = dripper("lint", "--fail-on", "warning", "draft.txt", cwd=tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr


def test_a_hundred_thousand_messages_are_each_looked_at(tmp_path: Path) -> None:
    lines = ["Your carts fill after nine in the evening."] * 100_000
    lines[99_998] = "Your carts fill after nine. What do you think?"
    (tmp_path / "many.txt").write_text("\n".join(lines), encoding="utf-8")

    done = dripper("lint", "--lines", "many.txt", cwd=tmp_path)

    assert "many.txt:99999:29 D201" in done.stdout
    assert done.stdout.endswith("1 problem in 1 file\n")
