"""How long each text is for the contact who gets the longest, as `107/140`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.lint.draft import read_draft
from dripper.lint.reading import Reading
from dripper.problem import Passage
from dripper.text.message import Wording
from dripper.text.render import TemplateError
from dripper.text.values import values_of
from dripper.text.words import graphemes
from dripper.workspace.disk import TEXT_LIMIT_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.lsp.buffers import Buffer
    from dripper.lsp.desk import Desk, Home
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Workspace

# Beyond so many contacts the longest of the first ones stands for all.
_MOST_CONTACTS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The length of one text, and where in the file it stands."""

    chars: int
    limit: int
    # Who gets it so long; empty where all get the same.
    whom: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.chars}/{self.limit}"


def counts_of(desk: Desk, buffer: Buffer) -> list[Count]:
    """Return the length of every text in a buffer; none where it cannot be told."""
    if desk.is_draft(buffer):
        return list(_of_draft(desk, buffer))
    home = desk.home(buffer)
    found = desk.campaign(home) if home else None
    return list(_of_campaign(desk, buffer, home, *found)) if home and found else []


def _of_draft(desk: Desk, buffer: Buffer) -> Iterator[Count]:
    is_mail = buffer.place is not None and buffer.place.suffix == ".eml"
    if is_mail or len(buffer.sheet.text) > TEXT_LIMIT_BYTES:
        return
    text = read_draft(buffer.sheet.text).text
    if text.text.strip():
        start, end = buffer.sheet.offsets(text.passage.locate(0, len(text.text)))
        yield Count(chars=graphemes(text.text), limit=desk.options(buffer).chars, whom="", start=start, end=end)


def _of_campaign(desk: Desk, buffer: Buffer, home: Home, workspace: Workspace, campaign: Campaign) -> Iterator[Count]:
    document = desk.loaded(home.root).documents[home.name]
    limit = workspace.settings.lint.chars if campaign.lint.chars is None else campaign.lint.chars
    for index, message in enumerate(campaign.messages):
        path = ("message", index, "text")
        if not document.stands_in(path) and document.source(path):
            chars, whom = _longest(Wording(message, document, index), workspace, campaign)
            start, end = buffer.sheet.offsets(document.value_span(path))
            yield Count(chars=chars, limit=limit, whom=whom, start=start, end=end)


def _longest(wording: Wording, workspace: Workspace, campaign: Campaign) -> tuple[int, str]:
    """Return the most characters that a contact gets, and who; without one the template's own words count."""
    recipients = workspace.recipients.get(campaign.id, ())[:_MOST_CONTACTS]
    if wording.text.is_plain or not recipients:
        return _sketched(wording), ""
    longest, whom = -1, ""
    for recipient in recipients:
        try:
            values = values_of(workspace, campaign, recipient)
            rendered = wording.text.render(values) if wording.applies(values) else None
        except TemplateError:
            continue
        if rendered is not None and (chars := _chars(rendered)) > longest:
            longest, whom = chars, recipient.name or recipient.email
    return (longest, whom) if whom else (_sketched(wording), "")


def _sketched(wording: Wording) -> int:
    try:
        sketch = wording.text.sketch()
    except TemplateError:
        sketch = None
    return _chars(wording.text.source if sketch is None else sketch)


def _chars(passage: Passage) -> int:
    """Return what the reader counts, as the rule `too-long` does."""
    return graphemes(Reading(passage).text)
