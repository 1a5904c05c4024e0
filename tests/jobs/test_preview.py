"""The preview: words, length, slot and bytes of each message."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest
from fakes.workspaces import edit, small_workspace

from dripper.drip.shown import Shown
from dripper.errors import UsageError
from dripper.jobs.preview import preview, write_eml
from dripper.jobs.standing import Standing
from dripper.pages.preview import preview_json, preview_text
from dripper.workspace.files import load

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_workspace(tmp_path)


def previewed(root: Path, contact: str | None = None, campaign: str = "acme/insights") -> list[Shown]:
    workspace = load(root).workspace
    assert workspace is not None
    return [*preview(workspace, Standing(), campaign=campaign, contact=contact, now=NOW)]


def test_every_contact_gets_every_message_with_its_slot(root: Path) -> None:
    assert [
        f"{each.recipient.first_name} {each.message_id} {each.slot and f'{each.slot.local:%d %b %H:%M}'}"
        for each in previewed(root)
    ] == [
        "Ana carts 01 Dec 09:30",
        "Ana sizes 15 Dec 09:30",
        "Ben carts 01 Dec 09:30",
        "Ben sizes 15 Dec 09:30",
    ]


def test_one_contact_can_be_asked_for_in_any_spelling(root: Path) -> None:
    assert {each.recipient.key for each in previewed(root, "BEN@Acme.example")} == {"ben@acme.example"}


@pytest.mark.parametrize(
    ("contact", "campaign", "cure"),
    [("bem@acme.example", "acme/insights", "ben@acme.example"), (None, "acme/insight", "acme/insights")],
    ids=["contact", "campaign"],
)
def test_an_unknown_name_is_told_with_the_nearest(root: Path, contact: str | None, campaign: str, cure: str) -> None:
    with pytest.raises(UsageError) as caught:
        previewed(root, contact, campaign)
    assert caught.value.cure == f"did you mean '{cure}'?"


def test_the_words_are_those_that_the_contact_will_read(root: Path) -> None:
    first = previewed(root, "ana@acme.example")[0]
    assert first.proof is not None
    assert (first.proof.subject, first.proof.greeting) == ("Carts after nine, Ana", "Hi Ana,")
    assert first.proof.body == f"Hi Ana,\n\n{first.proof.text}\n\nDana\n"
    assert (first.chars, first.limit) == (len(first.proof.text), 140)


def test_the_page_shows_the_message_as_it_is_read(root: Path) -> None:
    text = preview_text(previewed(root, "ana@acme.example")[:1], width=100)
    assert text.splitlines() == [
        "Ana Weber <ana@acme.example>",
        "",
        "  Tue 1 Dec 2026 09:30  Europe/Berlin                                106/140",
        "  │ Carts after nine, Ana",
        "  │ ────────────────────────────────────────────────────────────────────────",
        "  │ Hi Ana,",
        "  │",
        "  │ Most of your carts are left after nine in the evening; a reminder at",
        "  │ eight finds their owners still awake.",
        "  │",
        "  │ Dana",
        "  every 2 weeks on Tuesday at 09:30",
    ]


def test_a_text_over_the_limit_is_marked(root: Path) -> None:
    edit(root, 'every = "2 weeks"', 'every = "2 weeks"\nlint = { chars = 100 }')
    assert "106/100  too long" in preview_text(previewed(root))


def test_a_message_that_cannot_be_rendered_says_why_and_the_others_are_shown(root: Path) -> None:
    edit(root, 'subject = "Sizes"', 'subject = "Sizes {{ metrics.nothing }}"')
    shown = previewed(root, "ana@acme.example")
    assert [each.is_fault for each in shown] == [False, True]
    assert "metrics.nothing" in preview_text(shown)


def test_the_json_has_the_words_and_the_slot(root: Path) -> None:
    document = json.loads("".join(preview_json("acme/insights", previewed(root, "ana@acme.example")[:1])))
    message = document["messages"][0]
    assert (document["version"], document["campaign"]) == (1, "acme/insights")
    assert (message["chars"], message["limit"], message["local"]) == (106, 140, "2026-12-01T09:30:00+01:00")
    assert message["contact"] == "ana@acme.example"


def test_only_what_is_asked_for_is_made_and_everybody_is_counted(root: Path) -> None:
    workspace = load(root).workspace
    assert workspace is not None
    found = preview(workspace, Standing(), campaign="acme/insights", now=NOW)

    assert found.readers == 2
    assert {each.recipient.first_name for each in found.first(1)} == {"Ana"}
    assert preview_text(found.first(1), more=1).endswith(
        "\n\nAnd 1 more contacts: `--contact EMAIL` shows one of them, `--json` lists them all."
    )


def test_the_bytes_are_written_one_file_a_message(root: Path, tmp_path: Path) -> None:
    shown = previewed(root)
    count = write_eml(shown, tmp_path / "eml")
    files = sorted((tmp_path / "eml").iterdir())
    assert count == len(files)
    assert [file.name for file in files] == [
        "ana@acme.example.01-carts.eml",
        "ana@acme.example.02-sizes.eml",
        "ben@acme.example.01-carts.eml",
        "ben@acme.example.02-sizes.eml",
    ]
    assert [file.read_bytes() for file in files] == [each.composed.data for each in shown if each.composed]
    assert message_from_bytes(files[0].read_bytes())["Date"] == "Tue, 01 Dec 2026 09:30:00 +0100"


def test_in_a_thread_a_follow_up_answers_the_message_before_it(root: Path) -> None:
    edit(root, 'every = "2 weeks"', 'every = "2 weeks"\nthread = true')
    first, second = (each.composed for each in previewed(root, "ana@acme.example"))
    assert first is not None
    assert second is not None
    read = message_from_bytes(second.data)
    assert (read["In-Reply-To"], read["References"]) == (first.message_id, first.message_id)
    assert read["Subject"] == "Re: Carts after nine, Ana"
