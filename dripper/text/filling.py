"""Fills in templates that only print names, several times faster than Jinja2 does.

Most texts hold `{{ contact.first_name }}` and nothing else. Whatever is more than that, and every value that is
missing, blank, or no plain text or number, is left to `Template`, so the words and the faults are the same.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from dripper.problem import Passage
from dripper.text.render import Template, TemplateError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

# A printed name, with the name that it belongs to.
_NAME = re.compile(r"\{\{ *([a-zA-Z]\w*)(?:\.([a-zA-Z]\w*))? *\}\}", re.ASCII)
_PRINTED = re.compile(r"\{\{-?\s*(\w+)\s*-?\}\}", re.ASCII)
_WORD = re.compile(r"\w+")
# Something more than words begins here, or with the brace of the name that follows.
_BRACE = re.compile(r"\{(?:[{%#]|\Z)")
_FIRST_MARK = 0xF0000
# Below what a template may have and make (`compiled`).
_LONGEST_SOURCE_CHARS = 20_000
_LONGEST_TEXT_CHARS = 100_000


class Filling:
    """A template made ready to be filled in again and again."""

    def __init__(self, source: str) -> None:
        self._template = Template(Passage.of_file(source))
        self._pieces = _pieces(self._template.source.text)

    def text(self, values: Mapping[str, object]) -> str:
        """Return the text for `values`; raise `TemplateError` like `Template.render`."""
        text = None if self._pieces is None else _filled(self._pieces, values)
        return self._template.render(values).text if text is None else text


class Frame:
    """A template with values of two kinds: `fixed`, known when it is made, and those named `open_names`."""

    def __init__(self, source: str, fixed: Mapping[str, str], open_names: Collection[str]) -> None:
        self._filling = Filling(source)
        self._fixed = dict(fixed)
        self._pieces = _framed(source, fixed, open_names)

    def text(self, values: Mapping[str, str]) -> str:
        """Return the text with the open `values`; raise `TemplateError` like `Template.render`."""
        text = None if self._pieces is None else _filled(self._pieces, values)
        return self._filling.text({**self._fixed, **values}) if text is None else text


# Words as they are, or the names of a value: the group (empty: none), and the name in it.
_Piece = str | tuple[str, str]
# The words, empty where a value comes, and for each value its place, its group and its name.
_Form = tuple[list[str], list[tuple[int, str, str]]]


def _pieces(source: str) -> _Form | None:
    """Return what a template consists of; `None` where it is more than words and printed names."""
    if len(source) > _LONGEST_SOURCE_CHARS:
        return None
    words = _NAME.split(source)
    if any(_BRACE.search(literal) for literal in words[::3]):
        return None
    pieces: list[_Piece] = [words[0]]
    for first, second, literal in zip(words[1::3], words[2::3], words[3::3], strict=True):
        pieces += [("", first) if second is None else (first, second), literal]
    return _form([piece for piece in pieces if piece])


def _filled(form: _Form, values: Mapping[str, object]) -> str | None:
    """Return the text; `None` where a value is not there, blank, or not simply printed."""
    words, names = form
    found = words.copy()
    for place, group, name in names:
        owner = values.get(group) if group else values
        value = owner.get(name) if isinstance(owner, dict) else None
        if isinstance(value, Decimal):
            value = str(value)
        if not isinstance(value, str) or (group and not value.strip()):
            return None
        found[place] = value
    text = "".join(found)
    return text if len(text) <= _LONGEST_TEXT_CHARS else None


def _form(pieces: Sequence[_Piece]) -> _Form:
    words = [piece if isinstance(piece, str) else "" for piece in pieces]
    names = [(place, *piece) for place, piece in enumerate(pieces) if not isinstance(piece, str)]
    return words, names


def _framed(source: str, fixed: Mapping[str, str], open_names: Collection[str]) -> _Form | None:
    """Render what is fixed, with a mark for each open name; `None` where more is done to one than to print it."""
    template = Template(Passage.of_file(source))
    marks = {chr(_FIRST_MARK + number): name for number, name in enumerate(open_names)}
    stamped = {name: mark for mark, name in marks.items()}
    known = (template.source.text, *fixed.values())
    if any(mark in text for mark in marks for text in known):
        return None
    try:
        if not template.is_plain and not _only_prints(template.source.text, open_names):
            return None
        output = template.render({**fixed, **stamped}).text
    except TemplateError:
        return None
    parts = re.split(f"([{''.join(marks)}])", output)
    return _form([("", marks[part]) if part in marks else part for part in parts if part])


def _only_prints(source: str, names: Collection[str]) -> bool:
    """Whether a template does nothing with `names` but print them as they are."""
    from dripper.text.chunks import Kind
    from dripper.text.compiled import BrokenError, compiled

    try:
        chunks = compiled(source).chunks
    except BrokenError:
        return False
    inner = (source[chunk.start : chunk.end] for chunk in chunks if chunk.kind is not Kind.LITERAL)
    return all(_PRINTED.fullmatch(words) or not set(names) & set(_WORD.findall(words)) for words in inner)
