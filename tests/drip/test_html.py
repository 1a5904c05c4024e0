from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from dripper.drip.html import paragraphs
from dripper.drip.shell import Shell


class Reader(HTMLParser):
    """Collects the tags and the words that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not attrs
        self.tags.append(tag)
        self.words += "\n" if tag == "br" else ""

    def handle_data(self, data: str) -> None:
        self.words += data


def seen(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def test_paragraphs_and_lines() -> None:
    assert paragraphs("Hi Ana,\n\nOne.\nTwo.\n \n\nDana") == "<p>Hi Ana,</p>\n<p>One.<br>\nTwo.</p>\n<p>Dana</p>"
    assert paragraphs("") == ""


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("<>&\"'\n/!-;# ab"), max_size=80))
def test_nothing_in_a_text_becomes_markup_and_every_word_is_seen(text: str) -> None:
    reader = seen(paragraphs(text))
    assert set(reader.tags) <= {"p", "br"}
    assert reader.words.split() == text.split()


def test_a_frozen_shell_comes_back() -> None:
    for shell in (Shell("a"), Shell("a", "<p>b</p>"), Shell("a", "")):
        assert Shell.of(shell.frozen) == shell


def test_a_text_shell_alone_is_frozen_as_it_was_before_there_was_html() -> None:
    assert Shell("{{ text }}").frozen == "{{ text }}"
    assert Shell("a\x1eb").frozen == "ab"
