"""Threads: what a follow-up answers, read from what really went out."""

from __future__ import annotations

from dataclasses import dataclass
from email.parser import BytesHeaderParser
from email.policy import default
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_RE = "Re: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """What a follow-up answers: the ids of the messages that really went out, oldest first, and their subject."""

    message_ids: tuple[str, ...]
    subject: str

    @property
    def answer(self) -> str:
        """Return the subject of whatever answers it."""
        return f"{_RE}{self.subject}"

    @classmethod
    def of(cls, sent: Sequence[bytes]) -> Thread | None:
        """Return the thread of archived messages, oldest first; `None` where there is none yet.

        A message that answered others carries their ids (`References`), also those that went to a former address and
        are not among `sent`.
        """
        if not sent:
            return None
        parsed = [BytesHeaderParser(policy=default).parsebytes(data) for data in sent]
        ids = [each for message in parsed for each in (*_answered(message["References"]), str(message["Message-ID"]))]
        subject = str(parsed[0]["Subject"])
        is_answer = parsed[0]["In-Reply-To"] is not None
        return cls(message_ids=tuple(dict.fromkeys(ids)), subject=subject.removeprefix(_RE) if is_answer else subject)


def _answered(references: object) -> list[str]:
    return str(references).split() if references is not None else []
