"""A message for one recipient: which subject, whether at all, and its subject and text as the reader gets them."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from dripper.problem import Passage
from dripper.text.render import Template

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dripper.problem import Span
    from dripper.text.branches import Branch
    from dripper.workspace.model.campaign import Message
    from dripper.workspace.model.workspace import Recipient
    from dripper.workspace.places import Path
    from dripper.workspace.toml import Document

_NO = frozenset({"", "false", "0", "none", "no"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """What one recipient gets of one message, greeting and signature aside."""

    subject: Passage
    text: Passage
    # Which subject, and which branches of it and of the text: the same words may stand at several places.
    made_of: tuple[int, frozenset[int], frozenset[int]]


class Wording:
    """The templates of one message; made once, rendered for each recipient."""

    def __init__(self, message: Message, document: Document | None = None, index: int = 0) -> None:
        """Take the texts of `message`; with its `document` and `index` there, places lead into the file."""

        def passage(text: str, *path: str | int) -> Template:
            if document is None:
                return Template(Passage.of_file(text))
            return template_at(document, ("message", index, *path))

        self.message = message
        self.text = passage(message.text, "text")
        self.when = passage(message.when, "when") if message.when else None
        if message.subjects:
            self.subjects = [passage(text, "subjects", number) for number, text in enumerate(message.subjects)]
        else:
            self.subjects = [passage(message.subject, "subject") if message.subject else _no_subject()]

    @property
    def is_same_for_all(self) -> bool:
        """Whether every contact who gets the message gets the same words."""
        return self.text.is_plain and len(self.subjects) == 1 and self.subjects[0].is_plain

    def render(self, contact_key: str, values: Mapping[str, object]) -> Rendering:
        """Return what the contact gets; raise `TemplateError`."""
        return self.render_variant(self.variant_of(contact_key), values)

    def variant_of(self, contact_key: str) -> int:
        """Return the number of the subject that the contact gets."""
        return variant_index(contact_key, self.message.id, len(self.subjects))

    def render_variant(self, variant: int, values: Mapping[str, object]) -> Rendering:
        """Return what the contact would get with the subject number `variant`; raise `TemplateError`."""
        subject, in_subject = self.subjects[variant].rendered(values)
        text, in_text = self.text.rendered(values)
        return Rendering(subject=subject, text=text, made_of=(variant, in_subject, in_text))

    def untaken(self) -> Iterator[tuple[str, Branch, Span]]:
        """Yield the branches that nobody's rendering so far took, each with the key it stands in and its place.

        Nothing where a condition of the message failed for somebody, who might have taken them.
        """
        if self.when is not None and self.when.has_failed:
            return
        key = "subjects" if self.message.subjects else "subject"
        for name, template in (*((key, subject) for subject in self.subjects), ("text", self.text)):
            for branch, span in template.untaken():
                yield name, branch, span

    def applies(self, values: Mapping[str, object]) -> bool:
        """Whether the contact of `values` gets the message, by its `only` and `when`; raise `TemplateError`."""
        contact = values["contact"]
        assert hasattr(contact, "get")
        if any(str(contact.get(field, "")) != wanted for field, wanted in self.message.only.items()):
            return False
        return self.when is None or self.when.render(values).text.strip().lower() not in _NO


def template_at(document: Document, path: Path) -> Template:
    """Return the template at `path` of a file; where only a stand-in is there, one that cannot fail."""
    if document.stands_in(path):
        return Template(Passage("…", lambda _start, _end: document.value_span(path)))
    return Template(document.passage(path))


def body_of(message: Message, recipient: Recipient, values: Mapping[str, object]) -> Rendering:
    """Return what `recipient` gets of `message`; raise `TemplateError`."""
    return Wording(message).render(recipient.key, values)


def applies(message: Message, values: Mapping[str, object]) -> bool:
    """Whether the recipient of `values` gets `message`, by its `only` and `when`; raise `TemplateError`."""
    return Wording(message).applies(values)


def variant_index(contact_key: str, message_id: str, count: int) -> int:
    """Return which of `count` subjects a contact gets: always the same one, and each by about as many contacts."""
    if count == 1:
        return 0
    digest = sha256(f"{contact_key}\n{message_id}".encode()).digest()
    return int.from_bytes(digest[:8]) % count


def _no_subject() -> Template:
    return Template(Passage.of_file(""))
