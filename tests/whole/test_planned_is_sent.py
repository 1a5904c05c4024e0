"""What `plan` shows is what `run` delivers, at that time and with the bytes that `preview --eml` writes."""

from __future__ import annotations

import json
import re
import shutil
from email import message_from_bytes
from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.workspaces import edit

ROOT = Path(__file__).resolve().parent.parent.parent
BEFORE = "2026-11-20T12:00:00+01:00"
DURING = "2026-12-10T18:00:00+01:00"
AFTER_AN_OUTAGE = "2027-01-05T11:00:00+01:00"
END = "2027-05-01T00:00:00+02:00"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Copy the sample workspace, with a mailbox that writes files and knows no limits."""
    for name in ("campaigns", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    settings = (ROOT / "dripper.toml").read_text(encoding="utf-8")
    settings = re.sub(r"(?m)^smtp = .*$", 'via = "drafts"\nrehearsal = true', settings)
    none = "{ per_day = 0, per_hour = 0, per_domain_per_hour = 0, gap_s = 0 }"
    settings = re.sub(r"(?m)^limits = .*$", f"limits = {none}", settings)
    (tmp_path / "dripper.toml").write_text(settings, encoding="utf-8")
    return tmp_path


def at(now: str, *arguments: str, root: Path) -> str:
    done = dripper("--now", now, *arguments, cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def planned(now: str, root: Path) -> dict[tuple[str, str, str], str]:
    slots = json.loads(at(now, "plan", "--json", root=root))["slots"]
    return {(slot["campaign"], slot["message"], slot["contact"]): slot["utc"] for slot in slots}


def delivered(now: str, until: str, root: Path) -> dict[tuple[str, str, str], str]:
    lines = map(json.loads, at(now, "run", "--until", until, "--json", root=root).splitlines())
    sent = [line for line in lines if line.get("outcome") == "sent"]
    assert len(sent) == len({(line["message"], line["contact"]) for line in sent})
    return {(line["campaign"], line["message"], line["contact"]): line["at"] for line in sent}


def messages(folder: Path) -> dict[str, bytes]:
    contents = [file.read_bytes() for file in folder.glob("*.eml")]
    return {message_from_bytes(content)["Message-ID"]: content for content in contents}


def test_what_is_planned_is_sent_at_its_time_with_the_previewed_bytes(root: Path) -> None:
    draft = planned(BEFORE, root)
    at(BEFORE, "schedule", "--yes", root=root)
    assert planned(BEFORE, root) == draft
    for campaign in {campaign for campaign, _, _ in draft}:
        at(BEFORE, "preview", campaign, "--eml", "previewed", root=root)
    assert len(draft) > 30
    assert delivered(BEFORE, END, root) == draft
    assert messages(root / "drafts") == messages(root / "previewed")


def test_html_and_links_are_previewed_as_they_are_sent(root: Path) -> None:
    edit(root, "[calendar]", '[optout]\nurl = "https://drip.fieldnote.example"\n[calendar]', "dripper.toml")
    edit(root, "greeting = ", "html = true\nthread = true\ngreeting = ", "campaigns/shoptalk.toml")
    at(BEFORE, "schedule", "--yes", root=root)
    at(BEFORE, "preview", "shoptalk", "--eml", "previewed", root=root)
    assert delivered(BEFORE, END, root)
    previewed, sent = messages(root / "previewed"), messages(root / "drafts")
    assert {name: sent[name] for name in previewed} == previewed
    assert all(message_from_bytes(data).get_content_type() == "multipart/alternative" for data in previewed.values())
    assert all(b"<https://drip.fieldnote.example/o/" in data for data in previewed.values())
    assert any(b"\r\nIn-Reply-To: " in data for data in previewed.values())


def test_after_an_outage_the_new_plan_is_what_is_sent(root: Path) -> None:
    at(BEFORE, "schedule", "--yes", root=root)
    begun = delivered(BEFORE, DURING, root)
    rest = planned(AFTER_AN_OUTAGE, root)
    assert begun
    assert not set(begun) & set(rest)
    assert min(rest.values()) >= "2027-01-05T10:00"
    assert delivered(AFTER_AN_OUTAGE, END, root) == rest
