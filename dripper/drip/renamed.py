"""Whether an edit gave a scheduled message another id: whoever got it under the old one would get it again."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from dripper.workspace.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.problem import Problem
    from dripper.workspace.model.campaign import Campaign, Message
    from dripper.workspace.toml import Document

# From here on two texts are one and the same, edited: a reader would call them so.
_SAME_TEXT = 0.8


def renamed_problems(document: Document, campaign: Campaign, scheduled: Campaign) -> Iterator[Problem]:
    """Yield the problem (D507) of each message of `campaign` that is one of `scheduled` under another id.

    A message is the same where it kept its text, or nearly, or a subject. One that was taken out, or is really new, is
    no problem.
    """
    known = {message.id for message in scheduled.messages}
    kept = {message.id for message in campaign.messages}
    vanished = [message for message in scheduled.messages if message.id not in kept]
    for index, message in enumerate(campaign.messages):
        if message.id in known:
            continue
        before = next((old for old in vanished if _is_same(old, message)), None)
        if before is not None:
            vanished.remove(before)
            yield _problem(document, index, message, before.id)


def _is_same(old: Message, new: Message) -> bool:
    if set(old.variants) & set(new.variants):
        return True
    matcher = SequenceMatcher(a=old.text, b=new.text, autojunk=False)
    return matcher.quick_ratio() >= _SAME_TEXT and matcher.ratio() >= _SAME_TEXT


def _problem(document: Document, index: int, message: Message, before: str) -> Problem:
    written = next(key for key in ("id", "subject", "subjects") if key in document.data["message"][index])
    return Fault.VANISHED_ID.problem(
        file=document.file,
        span=document.value_span(("message", index, written)),
        message=f'this message was scheduled as "{before}"; as "{message.id}" it would go out again to all who had it',
        cure=f'write id = "{before}" into it' if written != "id" else f'write id = "{before}" again',
        message_id=message.id,
    )
