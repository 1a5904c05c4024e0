"""Renders a campaign for its contacts as the worker will: message, greeting and shell; what fails becomes a problem."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from dripper.problem import Passage, Problem
from dripper.text.message import template_at
from dripper.text.render import Template, TemplateError
from dripper.workspace.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dripper.lint.campaign import CampaignFile
    from dripper.text.message import Rendering, Wording
    from dripper.workspace.model.workspace import Recipient


class Renderer:
    """The templates of one campaign; `broken` are the problems of those that failed, each once."""

    def __init__(self, file: CampaignFile) -> None:
        self._file = file
        self._greeting = template_at(file.document, ("greeting",)) if file.campaign.greeting else None
        self._greetings: dict[str, str | None] = {}
        self._wrapped: set[tuple[str, str]] = set()
        self._found: dict[object, Problem] = {}

    @property
    def broken(self) -> tuple[Problem, ...]:
        """Return what could not be rendered so far."""
        return tuple(self._found.values())

    def message(self, wording: Wording, recipient: Recipient, values: Mapping[str, object]) -> Rendering | None:
        """Return what `recipient` gets of a message; `None` where it is not for them, or cannot be rendered."""
        greeting = self._greeting_for(recipient, values)
        try:
            rendering = wording.render(recipient.key, values) if wording.applies(values) else None
        except TemplateError as error:
            self.tell(error, wording.message.id, recipient)
            return None
        if rendering is not None and greeting is not None:
            self._wrap(greeting, rendering.text.text, recipient)
        return rendering

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

    def _greeting_for(self, recipient: Recipient, values: Mapping[str, object]) -> str | None:
        if self._greeting is None:
            return ""
        if recipient.key not in self._greetings:
            try:
                self._greetings[recipient.key] = self._greeting.render(values).text
            except TemplateError as error:
                self._greetings[recipient.key] = None
                self.tell(error, None, recipient)
        return self._greetings[recipient.key]

    def _wrap(self, greeting: str, text: str, recipient: Recipient | None) -> None:
        """Put greeting and text into the workspace's own shell, as `drip.proof` does; the packaged ones are sound."""
        shell_file = self._file.shell_file
        if shell_file is None or (greeting, text) in self._wrapped:
            return
        self._wrapped.add((greeting, text))
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
