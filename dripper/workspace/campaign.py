"""Reads a campaign file: its messages get their ids, and what does not fit together is told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dripper.workspace.faults import Fault
from dripper.workspace.model.campaign import Campaign, Message
from dripper.workspace.reading import Read, read

if TYPE_CHECKING:
    from dripper.problem import Problem
    from dripper.workspace.reading import IsOwn
    from dripper.workspace.toml import Document

_ID_LENGTH = 60


def read_campaign(document: Document, *, default_id: str) -> Read[Campaign]:
    """Return the campaign that `document` says, ids filled in, and every problem of the file.

    Its value is there wherever it could be made, so a frozen text with a key that is unknown by now still reads; a
    caller that must not go on with a faulty file looks at the problems.
    """

    def named(campaign: Campaign, is_own: IsOwn) -> Campaign:
        identity = (campaign.id if is_own(("id",)) else "") or default_id
        messages = (
            replace(message, id=message_id(message) if is_own(("message", index, "id")) else slug(message.variants[0]))
            for index, message in enumerate(campaign.messages)
        )
        return replace(
            campaign,
            id=identity,
            name=campaign.name or identity.rpartition("/")[2],
            messages=tuple(messages),
            file=document.file,
        )

    return read(document, Campaign, CHECKS).named(named)


def message_id(message: Message) -> str:
    """Return the id of `message`: as written, or made from its first subject."""
    return message.id or slug(message.variants[0])


def slug(text: str) -> str:
    """Return `text` in small letters, digits and hyphens, at most 60 of them; empty where it has no letters of ours."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"['’]", "", plain)
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-")[:_ID_LENGTH].rstrip("-")


def _subjects(document: Document, campaign: Campaign) -> Iterator[Problem]:
    for index, message in enumerate(campaign.messages):
        path = ("message", index)
        if not document.is_own((*path, "subject"), (*path, "subjects")):
            continue
        if message.subject and message.subjects:
            cure = "keep `subject` for one, or put all variants into `subjects`"
            yield document.problem(
                Fault.WRONG_VALUE, (*path, "subjects"), 'both "subject" and "subjects" are set', cure
            )
        if not message.subject and not message.subjects:
            yield document.problem(Fault.MISSING_KEY, path, 'the message has no "subject"', 'add subject = "…"')
        for number, subject in enumerate(message.subjects):
            if not subject.strip():
                yield document.problem(
                    Fault.WRONG_VALUE, (*path, "subjects", number), "this subject is empty", "fill it in, or delete it"
                )


def _message_ids(document: Document, campaign: Campaign) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, message in enumerate(campaign.messages):
        if not document.is_own(*(("message", index, key) for key in ("id", "subject", "subjects"))):
            continue
        identity = message_id(message)
        path = ("message", index, "id" if message.id else "subjects" if message.subjects else "subject")
        if message.id and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", message.id) is None:
            cure = f'write id = "{slug(message.id) or "size-guide"}"'
            yield document.problem(
                Fault.WRONG_VALUE, path, f'"{message.id}" is no id: small letters, digits and hyphens make one', cure
            )
        elif not identity and message.variants[0]:
            yield document.problem(
                Fault.MISSING_KEY, path, "no id can be made from this subject", 'add id = "size-guide"'
            )
        elif identity in seen:
            line = document.value_span(("message", seen[identity])).line
            yield document.problem(
                Fault.DUPLICATE_ID,
                path,
                f'the id "{identity}" is already that of the message in line {line}',
                'give this message an id of its own: id = "…"',
            )
        if identity:
            seen.setdefault(identity, index)


def _start(document: Document, campaign: Campaign) -> Iterator[Problem]:
    if not document.is_own(("start",), ("before",)):
        return
    if campaign.start is None and not campaign.before:
        span = document.value_span(())
        yield Fault.MISSING_KEY.problem(
            file=document.file,
            span=span,
            message='the campaign has no "start"',
            cure='add start = 2026-12-01, or before = "renewal" to count back from a negotiation',
        )
    if campaign.start is not None and campaign.before:
        yield document.problem(
            Fault.WRONG_VALUE, ("before",), 'both "start" and "before" are set', "keep the one that the dates come from"
        )


def _messages(document: Document, campaign: Campaign) -> Iterator[Problem]:
    if not campaign.messages and document.is_own(("message",)):
        yield document.problem(
            Fault.MISSING_KEY, (), "the campaign has no message", "add a [[message]] with subject, text and gift"
        )


def _numbers(document: Document, campaign: Campaign) -> Iterator[Problem]:
    if campaign.lint.chars == 0:
        yield document.problem(Fault.WRONG_VALUE, ("lint", "chars"), '"chars" cannot be 0', "write chars = 140")
    if campaign.spread_minutes > 720:
        yield document.problem(
            Fault.WRONG_VALUE,
            ("spread_minutes",),
            '"spread_minutes" cannot be more than 720, half a day',
            "write spread_minutes = 20",
        )


CHECKS = (_messages, _subjects, _message_ids, _start, _numbers)
