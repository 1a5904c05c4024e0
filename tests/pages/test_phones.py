"""Each message in a bubble, contact beside contact."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from fakes.courses import recipient

from dripper.drip.course import Slot
from dripper.drip.proof import Proof
from dripper.drip.shown import Shown
from dripper.pages.phones import phones_page

UTC_TIME = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
SLOT = Slot(
    utc=UTC_TIME,
    local=UTC_TIME.astimezone(ZoneInfo("Europe/Berlin")),
    zone="Europe/Berlin",
    reason="every 2 weeks on Tuesday at 09:30",
)
ANA = recipient(role="VP Digital")


def shown(subject: str = "Carts", body: str = "Hi Ana,\n\nMost carts.\n", *, chars: int = 107) -> Shown:
    proof = Proof(
        name="Ana Weber",
        email="ana@acme.example",
        subject=subject,
        greeting="Hi Ana,",
        text="Most carts.",
        signature="Dana",
        footer="",
        body=body,
    )
    return Shown(
        recipient=ANA,
        message_id="carts",
        number=1,
        proof=proof,
        chars=chars,
        limit=140,
        slot=SLOT,
        composed=None,
    )


def test_a_message_shows_its_words_length_time_and_reason() -> None:
    page = phones_page("acme/insights", [shown()])
    assert '<time datetime="2026-12-01T09:30:00+01:00">Tue 1 Dec 2026, 09:30</time> <small>Europe/Berlin' in page
    assert '<h3 dir="auto">Carts</h3><div class="body">Hi Ana,\n\nMost carts.</div>' in page
    assert '<strong class="count">107/140</strong> every 2 weeks on Tuesday at 09:30' in page
    assert '<h2>Ana Weber</h2>\n<p class="small">VP Digital</p>\n<p class="small">ana@acme.example</p>' in page
    assert "1 message to 1 contact" in page


def test_a_text_that_is_too_long_says_so_in_words() -> None:
    assert '<strong class="count over">152/140 too long</strong>' in phones_page("a", [shown(chars=152)])


def test_what_comes_from_a_file_is_never_markup() -> None:
    page = phones_page("<b>", [shown("<script>", "</div><img src=x>")])
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;/div&gt;&lt;img src=x&gt;" in page


def test_a_message_that_cannot_be_rendered_says_why() -> None:
    broken = replace(shown(), proof=None, slot=None, note="there is no metric 'x'", is_fault=True)
    page = phones_page("a", [broken])
    assert '<article class="bubble fault"><h3>carts</h3><p>there is no metric &#x27;x&#x27;</p></article>' in page
    assert "107/140" not in page


def test_a_message_without_a_slot_says_what_became_of_it() -> None:
    assert '<p class="when">sent</p>' in phones_page("a", [replace(shown(), slot=None, note="sent")])


def test_those_who_are_not_shown_are_counted() -> None:
    many = [replace(shown(), recipient=recipient(f"p{number}@acme.example")) for number in range(3)]
    page = phones_page("a", many, more=200)
    assert page.count('<section class="phone">') == 3
    assert "And 200 more contacts" in page
    assert "203 contacts" in page


def test_nobody_is_said_in_words() -> None:
    assert "Nobody gets anything" in phones_page("a", [])
