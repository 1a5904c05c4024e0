"""`dripper preview` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.workspaces import edit, small_workspace

NOW = ("--now", "2026-11-20T12:00:00+01:00")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_workspace(tmp_path)


def test_it_shows_what_one_contact_gets(root: Path) -> None:
    done = dripper(*NOW, "preview", "acme/insights", "--contact", "ana@acme.example", cwd=root)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Ana Weber <ana@acme.example>" in done.stdout
    assert "Ben" not in done.stdout
    assert "Tue 1 Dec 2026 09:30  Europe/Berlin" in done.stdout
    assert "106/140" in done.stdout


def test_it_writes_the_bytes_as_they_would_be_sent(root: Path) -> None:
    done = dripper(*NOW, "preview", "acme/insights", "--eml", "out", cwd=root)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Wrote 4 messages into out.\n")
    data = (root / "out" / "ana@acme.example.02-sizes.eml").read_bytes()
    assert data.startswith(b"From: Dana Ruiz <dana@north.example>\r\nTo: Ana Weber <ana@acme.example>\r\n")
    assert data.replace(b"\r\n", b"").count(b"\n") == 0


def test_the_json_names_every_message(root: Path) -> None:
    document = json.loads(dripper(*NOW, "preview", "acme/insights", "--json", cwd=root).stdout)
    assert [(each["contact"], each["message"]) for each in document["messages"]] == [
        ("ana@acme.example", "carts"),
        ("ana@acme.example", "sizes"),
        ("ben@acme.example", "carts"),
        ("ben@acme.example", "sizes"),
    ]


def test_the_page_shows_every_message_to_every_contact(root: Path) -> None:
    done = dripper(*NOW, "preview", "acme/insights", "-o", "preview.html", cwd=root)
    assert (done.returncode, done.stdout, done.stderr.count("It is in")) == (0, "", 1)
    page = (root / "preview.html").read_text(encoding="utf-8")
    assert page.count('<article class="bubble"') == 4
    assert "106/140" in page
    assert dripper(*NOW, "preview", "acme/insights", "-o", "-", cwd=root).stdout == page
    assert dripper(*NOW, "preview", "acme/insights", "--open", "--json", cwd=root).returncode == 2


def test_a_message_that_cannot_be_rendered_ends_with_1(root: Path) -> None:
    edit(root, 'subject = "Sizes"', 'subject = "Sizes {{ metrics.nothing }}"')
    done = dripper(*NOW, "preview", "acme/insights", "--eml", "out", cwd=root)
    assert done.returncode == 1
    assert "dripper: sizes, ana@acme.example: " in done.stderr
    assert "Wrote 2 messages into out." in done.stderr
