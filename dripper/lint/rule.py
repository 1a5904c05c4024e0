"""The shape of a rule: what it is called, how much it weighs, what it looks at, and what it says about itself.

A rule is one module in `rules/`. Its docstring explains it to users (`dripper rule CODE`): a first line, then the
sections Finds, Why, Fires, Instead and Source. What stands under Fires fires the rule and what stands under Instead
does not; a test holds every rule to that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from inspect import cleandoc
from typing import TYPE_CHECKING, NamedTuple

from dripper.lint.lazy import lazy
from dripper.problem import Severity

if TYPE_CHECKING:
    from dripper.lint.asks.ask import Kind
    from dripper.lint.campaign import CampaignFile
    from dripper.lint.reading import Reading
    from dripper.lint.sending import Sending
    from dripper.workspace.model.account import Account
    from dripper.workspace.model.campaign import Campaign, Message
    from dripper.workspace.model.workspace import Recipient

_SECTION = re.compile(r"^(Finds|Why|Fires|Instead|Source)(?: \(([\w.]+)\))?:\s*", re.MULTILINE)


class Finding(NamedTuple):
    """Something that a rule found in `reading[start:end]`."""

    reading: Reading
    start: int
    end: int
    message: str
    cure: str
    # What may stand there instead without a person's look; `None` where a person decides.
    replacement: str | None = None
    # Of the findings of one rule in one message that have a weight only the heaviest is shown: the longest of the
    # texts that its contacts get.
    weight: int | None = None


class Origin(NamedTuple):
    """Where the writing of a campaign comes from."""

    campaign: Campaign
    message: Message
    # None where there is nobody to write to, and the text stands with `…` for its names.
    recipient: Recipient | None
    # The place of a key of the message; of the message itself where the key is not there.
    key: Callable[[str], Reading]
    # The accounts of everybody who gets these very words; None where nobody does yet.
    accounts: Callable[[], tuple[Account, ...] | None]


class Said(NamedTuple):
    """What a negotiation file holds beside a sentence for the room."""

    # Whether the sentence has its `source`.
    is_sourced: bool
    # What we do without a deal, in words; empty where the file does not say it.
    alternative: str


class Writing:
    """A message as one reader gets it: a draft, or a message of a campaign rendered for a contact.

    Or a sentence for the room, of a negotiation file. Nothing changes one.
    """

    def __init__(
        self,
        *,
        subject: Reading | None,
        text: Reading,
        chars: int,
        asks: bool = False,
        origin: Origin | None = None,
        remark: str = "",
        said: Said | None = None,
    ) -> None:
        self.subject = subject
        self.text = text
        # The most characters that the text may have.
        self.chars = chars
        # Whether the message is marked as one that asks.
        self.asks = asks
        # None for a draft.
        self.origin = origin
        # How a draft states an exception.
        self.remark = remark
        # None for all but a sentence of a negotiation file.
        self.said = said
        # Subject, where there is one, and text.
        self.readings = (text,) if subject is None else (subject, text)

    @lazy
    def vocabulary(self) -> frozenset[str]:
        """Return the words, numbers and marks of subject and text, in small letters."""
        words = self.text.vocabulary
        return words if self.subject is None else words | self.subject.vocabulary

    def meant(self, code: str) -> str:
        """Return how a text that asks on purpose says so: a draft has no keys, so it says it in a remark."""
        if self.origin is not None:
            return "set ask = true for a message that asks on purpose"
        return f"say why it asks: {self.remark.format(code=code)}"

    @property
    def whom(self) -> str:
        """Return ` for NAME` where the text is made for one contact, else nothing."""
        recipient = self.origin.recipient if self.origin else None
        return f" for {recipient.name or recipient.email}" if recipient else ""


class Section(NamedTuple):
    """One section of a rule's docstring; `file` names the file that an example stands in, where it says so."""

    body: str
    file: str


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule: its name, its weight, its check, and its docstring for users."""

    code: str
    name: str
    severity: Severity = Severity.ERROR
    doc: str | None = field(repr=False)
    on_message: Callable[[Writing], Iterable[Finding]] | None = None
    on_campaign: Callable[[CampaignFile], Iterable[Finding]] | None = None
    on_mailbox: Callable[[Sending], Iterable[Finding]] | None = None
    # The words (or marks) of which a writing has one where `on_message` finds anything; `None` where any may.
    cues: Callable[[], frozenset[str]] | None = None
    # The table of phrases of which `on_message` may find some without a cue; where it has no `cues`, only these.
    phrases: str | None = None
    # One look at the characters of a text, seen or as written: `on_message` finds something only where it says yes.
    glance: Callable[[str], bool] | None = None
    # The kind of asks that it tells, where it is a rule about asks; it reads only what asks so.
    ask: Kind | None = None
    # Whether it also looks at plain drafts, which have no contacts, gift or source.
    drafts: bool = False
    # Whether it is for what is said in a negotiation alone.
    negotiation: bool = False
    # Whether it runs without being selected by its own name.
    default: bool = True
    # Whether it only explains what reading, rendering or planning finds, which nothing can switch off.
    by_reader: bool = False

    @cached_property
    def summary(self) -> str:
        """Return the first line of the docstring."""
        return cleandoc(self.doc or "").partition("\n")[0]

    @cached_property
    def sections(self) -> dict[str, Section]:
        """Return the sections of the docstring by their titles, in their order."""
        text = cleandoc(self.doc or "")
        found = list(_SECTION.finditer(text))
        ends = [*(match.start() for match in found[1:]), len(text)]
        return {
            match[1]: Section(body=_body(text[match.end() : end]), file=match[2] or "")
            for match, end in zip(found, ends, strict=True)
        }


def _body(text: str) -> str:
    """Return a section's text without the indentation of its lines."""
    lines = text.strip("\n").rstrip().split("\n")
    indent = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    return "\n".join([lines[0].lstrip(), *(line[indent:] for line in lines[1:])])
