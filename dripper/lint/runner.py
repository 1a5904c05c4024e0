"""Runs the rules over a campaign as each of its contacts gets it, or over a draft."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dripper.lint.allow import MARK, Allow, read_allow
from dripper.lint.campaign import CampaignFile
from dripper.lint.collect import Collector
from dripper.lint.options import Options
from dripper.lint.reading import Reading
from dripper.lint.rule import Origin, Writing
from dripper.lint.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dripper.lint.draft import Draft
    from dripper.lint.reading import Path
    from dripper.lint.rule import Rule
    from dripper.problem import Passage, Problem
    from dripper.text.message import Rendering, Wording
    from dripper.text.render import TemplateError
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Recipient, Workspace
    from dripper.workspace.toml import Document


def lint_draft(draft: Draft, file: str, options: Options, active: tuple[Rule, ...]) -> list[Problem]:
    """Return the problems of a plain draft; `active` are the rules for drafts that are switched on."""
    writing = Writing(subject=draft.subject, text=draft.text, chars=options.chars)
    collector = Collector(file, options)
    for rule in active:
        if rule.on_message is not None:
            for finding in rule.on_message(writing):
                collector.add(rule, finding)
    problems = collector.problems(draft.allows, active, lambda _path: _EVERYWHERE)
    return sorted(problems, key=lambda problem: problem.sort_key)


def lint_campaign(
    workspace: Workspace,
    campaign: Campaign,
    document: Document,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> list[Problem]:
    """Return the problems of every message of `campaign`, as each of its recipients gets it."""
    options = Options.of(workspace.settings.lint).within(campaign.lint).also(select=select, ignore=ignore)
    return _CampaignRun(workspace, campaign, document, options).problems()


def _allows(document: Document) -> list[Allow]:
    if MARK not in document.text:
        return []
    stated = (read_allow(comment.text, comment.span) for comment in document.comments)
    return [allow for allow in stated if allow is not None]


_EVERYWHERE = range(10**9)


class _CampaignRun:
    def __init__(self, workspace: Workspace, campaign: Campaign, document: Document, options: Options) -> None:
        from dripper.text.values import values_of

        recipients = workspace.recipients.get(campaign.id, ())
        self._file = CampaignFile(
            workspace=workspace,
            campaign=campaign,
            document=document,
            recipients=recipients,
            values=tuple(values_of(workspace, campaign, recipient) for recipient in recipients),
        )
        self._options = options
        self._rules = self._options.active(RULES)
        self._collector = Collector(campaign.file, self._options)
        self._broken: dict[object, Problem] = {}

    def problems(self) -> list[Problem]:
        from dripper.text.message import Wording

        for rule in self._rules:
            if rule.on_campaign is not None:
                for finding in rule.on_campaign(self._file):
                    self._collector.add(rule, finding)
        self._greeting()
        for index, message in enumerate(self._file.campaign.messages):
            self._message(Wording(message, self._file.document, index), index)
        found = self._collector.problems(_allows(self._file.document), self._rules, self._file.lines)
        return sorted([*found, *self._broken.values()], key=lambda problem: problem.sort_key)

    def _greeting(self) -> None:
        from dripper.text.render import Template, TemplateError

        if not self._file.campaign.greeting:
            return
        template = Template(self._file.document.passage(("greeting",)))
        for recipient, values in self._people():
            try:
                template.render(values)
            except TemplateError as error:
                self._break(error, None, recipient)

    def _message(self, wording: Wording, index: int) -> None:
        seen: set[tuple[str, str]] = set()
        for recipient, values in self._people():
            rendering = self._rendering(wording, recipient, values)
            if rendering and (rendering.subject.text, rendering.text.text) not in seen:
                seen.add((rendering.subject.text, rendering.text.text))
                self._check(wording, index, rendering.subject, rendering.text, recipient)
        if not self._file.recipients:
            self._sketch(wording, index)

    def _rendering(self, wording: Wording, recipient: Recipient, values: Mapping[str, object]) -> Rendering | None:
        from dripper.text.render import TemplateError

        try:
            return wording.render(recipient.key, values) if wording.applies(values) else None
        except TemplateError as error:
            self._break(error, wording.message.id, recipient)
            return None

    def _sketch(self, wording: Wording, index: int) -> None:
        """Check the words that stand in the file, where there is nobody yet to render them for."""
        from dripper.text.render import TemplateError

        try:
            text = wording.text.sketch()
            for subject in wording.subjects:
                if (words := subject.sketch()) and text:
                    self._check(wording, index, words, text, None)
        except TemplateError as error:
            self._break(error, wording.message.id, None)

    def _check(
        self, wording: Wording, index: int, subject: Passage, text: Passage, recipient: Recipient | None
    ) -> None:
        message = wording.message
        concerned = None if wording.is_same_for_all else recipient
        writing = Writing(
            subject=Reading(subject, ("message", index, "subjects" if message.subjects else "subject")),
            text=Reading(text, ("message", index, "text")),
            chars=self._options.chars,
            asks=message.ask,
            origin=Origin(
                campaign=self._file.campaign,
                message=message,
                recipient=concerned,
                key=partial(self._key, index),
            ),
        )
        for rule in self._rules:
            if rule.on_message is not None:
                for finding in rule.on_message(writing):
                    contact = concerned.email if concerned else None
                    self._collector.add(rule, finding, message_id=message.id, contact=contact)

    def _key(self, index: int, name: str) -> Reading:
        """Return the text of a message's key; of the campaign's where the message leaves it to the campaign."""
        own: Path = ("message", index, name)
        from_campaign = name not in self._file.document.data["message"][index] and hasattr(self._file.campaign, name)
        return self._file.reading((name,) if from_campaign else own)

    def _break(self, error: TemplateError, message_id: str | None, recipient: Recipient | None) -> None:
        span = error.span
        key = (error.fault, span, str(error))
        if key not in self._broken:
            self._broken[key] = error.fault.problem(
                file=self._file.campaign.file,
                span=span,
                message=str(error),
                cure=error.cure,
                message_id=message_id,
                contact=recipient.email if recipient else None,
            )

    def _people(self) -> Iterator[tuple[Recipient, Mapping[str, object]]]:
        return zip(self._file.recipients, self._file.values, strict=True)
