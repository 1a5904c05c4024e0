"""Renders a campaign for its contacts as the worker will: message, greeting and shell; what fails becomes a problem."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from dripper.lint.readers import mark_of
from dripper.problem import Passage, Problem
from dripper.text.message import template_at
from dripper.text.render import Template, TemplateError
from dripper.workspace.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dripper.lint.campaign import CampaignFile
    from dripper.problem import Span
    from dripper.text.branches import Branch
    from dripper.text.message import Rendering, Wording
    from dripper.workspace.model.workspace import Recipient


class Renderer:
    """The templates of one campaign; `broken` are the problems of those that failed, each once."""

    def __init__(self, file: CampaignFile) -> None:
        self._file = file
        self._greeting = template_at(file.document, ("greeting",)) if file.campaign.greeting else None
        self._greetings: dict[str, str | None] = {}
        self._wrapped: set[bytes] = set()
        self._found: dict[object, Problem] = {}

    @property
    def broken(self) -> tuple[Problem, ...]:
        """Return what could not be rendered so far."""
        return tuple(self._found.values())

    def message(self, wording: Wording) -> Iterator[tuple[Recipient, Rendering]]:
        """Yield what each contact gets of a message; nothing for whom it is not, or where it cannot be rendered.

        A subject that falls to nobody is rendered with everybody's values: it may fall to the next contact.
        """
        fallen: set[int] = set()
        for recipient, values in self._reached(wording):
            variant = wording.variant_of(recipient.key)
            fallen.add(variant)
            yield from self._given(wording, variant, recipient, values)
        for variant in sorted(set(range(len(wording.subjects))) - fallen) if fallen else ():
            for recipient, values in self._reached(wording):
                yield from self._given(wording, variant, recipient, values)

    def untaken(self, wordings: Sequence[Wording]) -> Iterator[tuple[int | None, str, Branch, Span]]:
        """Yield each branch that no contact takes: its message (`None` for the greeting), its key, it and its place."""
        if self._greeting is not None:
            for branch, span in self._greeting.untaken():
                yield None, "greeting", branch, span
        for index, wording in enumerate(wordings):
            for key, branch, span in wording.untaken():
                yield index, key, branch, span

    def check_without_contacts(self) -> None:
        """Tell what can be known of greeting and shell where there is nobody to write to."""
        try:
            if self._greeting is not None:
                self._greeting.sketch()
        except TemplateError as error:
            self.tell(error)
        self._wrap("…", "…", None)

    def tell(self, error: TemplateError, message_id: str | None = None, recipient: Recipient | None = None) -> None:
        """Keep the problem that a template of the campaign's file failed."""
        self._tell(self._file.campaign.file, error, message_id, recipient)

    def _reached(self, wording: Wording) -> Iterator[tuple[Recipient, Mapping[str, object]]]:
        people = self._file.people()
        return ((recipient, values) for recipient, values in people if self._applies(wording, recipient, values))

    def _given(
        self, wording: Wording, variant: int, recipient: Recipient, values: Mapping[str, object]
    ) -> Iterator[tuple[Recipient, Rendering]]:
        rendering = self._rendered(wording, variant, recipient, values)
        if rendering is not None:
            yield recipient, rendering

    def _applies(self, wording: Wording, recipient: Recipient, values: Mapping[str, object]) -> bool:
        try:
            return wording.applies(values)
        except TemplateError as error:
            self.tell(error, wording.message.id, recipient)
            return False

    def _rendered(
        self, wording: Wording, variant: int, recipient: Recipient, values: Mapping[str, object]
    ) -> Rendering | None:
        greeting = self._greeting_for(recipient, values)
        _try_subjects(wording, values)
        try:
            rendering = wording.render_variant(variant, values)
        except TemplateError as error:
            self.tell(error, wording.message.id, recipient)
            return None
        if greeting is not None:
            self._wrap(greeting, rendering.text.text, recipient)
        return rendering

    def _greeting_for(self, recipient: Recipient, values: Mapping[str, object]) -> str | None:
        if self._greeting is None:
            return ""
        if recipient.key in self._greetings:
            return self._greetings[recipient.key]
        greeting: str | None = None
        try:
            greeting = self._greeting.render(values).text
        except TemplateError as error:
            self.tell(error, None, recipient)
        if not self._file.is_long:
            self._greetings[recipient.key] = greeting
        return greeting

    def _wrap(self, greeting: str, text: str, recipient: Recipient | None) -> None:
        """Put greeting and text into the workspace's own shell, as `drip.proof` does; the packaged ones are sound."""
        shell_file = self._file.shell_file
        if shell_file is None or (mark := mark_of((greeting, text))) in self._wrapped:
            return
        self._wrapped.add(mark)
        try:
            self._shell.render({"greeting": greeting, "text": text.strip("\n"), **self._closing})
        except TemplateError as error:
            self._tell(shell_file, error, None, recipient)

    @cached_property
    def _shell(self) -> Template:
        source = self._file.workspace.shells[self._file.campaign.shell]
        if re.search(r"\btext\b", source) is None:
            assert self._file.shell_file is not None
            self._found["shell"] = Fault.WRONG_VALUE.problem(
                file=self._file.shell_file,
                span=Passage.of_file(source).locate(0, 0),
                message="the shell leaves the text of the message out",
                cure="write {{ text }} where it belongs",
            )
        return Template(Passage.of_file(source))

    @cached_property
    def _closing(self) -> dict[str, str]:
        mailboxes = self._file.workspace.settings.mailboxes
        name = self._file.campaign.mailbox or next(iter(mailboxes), "")
        if name not in mailboxes:
            return {"signature": "", "footer": ""}
        return {"signature": mailboxes[name].signature, "footer": mailboxes[name].footer}

    def _tell(self, file: str, error: TemplateError, message_id: str | None, recipient: Recipient | None) -> None:
        key = (file, error.fault, error.span, str(error))
        if key not in self._found:
            self._found[key] = error.fault.problem(
                file=file,
                span=error.span,
                message=str(error),
                cure=error.cure,
                message_id=message_id,
                contact=recipient.email if recipient else None,
            )


def _try_subjects(wording: Wording, values: Mapping[str, object]) -> None:
    """Render every subject with conditions: which of several somebody gets is chance, and no reason for a branch."""
    if len(wording.subjects) > 1:
        for subject in wording.subjects:
            with suppress(TemplateError):
                if subject.has_branches:
                    subject.render(values)
