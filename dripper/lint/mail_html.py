"""The words of a mail that is written in HTML alone, as a reader sees them."""

from __future__ import annotations

from html.parser import HTMLParser

_BREAKS = frozenset(
    {"p", "br", "div", "tr", "table", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "section", "article"}
)
_UNSEEN = frozenset({"head", "script", "style", "title", "template", "blockquote"})


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._hidden.append(tag)
        elif tag in _BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]
        elif tag in _BREAKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(" " if data.isspace() else _folded(data))


def _folded(data: str) -> str:
    """Return `data` with each run of white space as one space, as a browser shows it."""
    inner = " ".join(data.split())
    return f"{' ' * data[0].isspace()}{inner}{' ' * data[-1].isspace()}"


def text_of_html(html: str) -> str:
    """Return the words of `html`, its blocks on lines of their own; what it quotes of another mail is left out."""
    words = _Words()
    words.feed(html)
    words.close()
    lines = (line.strip() for line in "".join(words.pieces).split("\n"))
    return "\n".join(line for line in lines if line)
