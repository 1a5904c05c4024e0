"""One campaign under the rules: its file, each message as each contact gets it, and the branches that nobody takes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dripper.lint.allow import allows_of, lines_for
from dripper.lint.campaign import CampaignFile
from dripper.lint.collect import Collector
from dripper.lint.options import Options
from dripper.lint.readers import Readers, Values, first_of_each, mark_of
from dripper.lint.reading import Path, Reading
from dripper.lint.renderer import Renderer
from dripper.lint.rule import Origin, Writing
from dripper.lint.rules.d511_dead_condition import RULE as DEAD
from dripper.lint.rules.d511_dead_condition import dead_branch
from dripper.lint.rules.d802_unused_allow import RULE as UNUSED
from dripper.lint.ruleset import RULES
from dripper.lint.sieve import Sieve
from dripper.lint.source import Source
from dripper.workspace.model.workspace import Register

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dripper.lint.rule import Finding, Rule
    from dripper.lint.told import Told
    from dripper.problem import Passage, Problem
    from dripper.text.message import Rendering, Wording
    from dripper.workspace.model.account import Account
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Recipient, Workspace
    from dripper.workspace.toml import Document

# What says whom the texts are for and what their names mean; with a stand-in there, the texts are read without names.
_NAMING: tuple[Path, ...] = (("accounts",), ("buckets",), ("contacts",), ("vars",))


def lint_campaign(
    workspace: Workspace,
    campaign: Campaign,
    document: Document,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    negotiation: bool = False,
    shell_file: str | None = None,
    is_everybody_known: bool = True,
    are_options_known: bool = True,
    told: Told | None = None,
) -> list[Problem]:
    """Return the problems of every message of `campaign`, as each of its recipients gets it.

    `negotiation` says whether the messages are for one, so that the rules for those run too.
    `shell_file` is the file of its shell where that is the workspace's own. Where `document` has stand-ins, what would
    follow from them is left out. `is_everybody_known` says whether the recipients are all there, `are_options_known`
    whether the workspace's `[lint]` is what its file says. `told` is what the messages must not repeat; `None` stands
    for the campaigns of `workspace`.
    """
    options = Options.of(workspace.settings.lint).within(campaign.lint)
    options = options.also(select=select, ignore=ignore, negotiation=negotiation)
    rules = options.active(RULES) if are_options_known and document.is_own(("lint",)) else ()
    file = _campaign_file(workspace, campaign, document, shell_file, told, is_everybody_known=is_everybody_known)
    return CampaignRun(file, options, rules).problems()


def _campaign_file(
    workspace: Workspace,
    campaign: Campaign,
    document: Document,
    shell_file: str | None,
    told: Told | None,
    *,
    is_everybody_known: bool,
) -> CampaignFile:
    from dripper.text.values import values_of

    is_known = document.is_own(*_NAMING)
    everybody = workspace.recipients.get(campaign.id, ()) if is_known else ()
    recipients: tuple[Recipient, ...] | Readers
    values: tuple[dict[str, object], ...] | Values
    if isinstance(everybody, Register):
        recipients = Readers(workspace, campaign, everybody)
        values = Values(recipients)
    else:
        recipients = first_of_each(workspace, campaign, everybody)
        values = tuple(values_of(workspace, campaign, recipient) for recipient in recipients)
    return CampaignFile(
        workspace=workspace,
        campaign=campaign,
        document=document,
        recipients=recipients,
        values=values,
        shell_file=shell_file,
        is_everybody_known=is_everybody_known and is_known,
        told=told,
    )


class CampaignRun:
    """One run over one campaign."""

    def __init__(self, file: CampaignFile, options: Options, rules: tuple[Rule, ...]) -> None:
        self._file = file
        self._options = options
        self._rules = rules
        self._sieve = Sieve(rules)
        self._collector = Collector(file.campaign.file, options, Source(file.document.text))
        self._renderer = Renderer(file)

    def problems(self) -> list[Problem]:
        """Return what the rules find, and what cannot be rendered."""
        from dripper.text.message import Wording

        for rule in self._rules:
            if rule.on_campaign is not None:
                for finding in rule.on_campaign(self._file):
                    self._add(rule, finding, message_id=self._message_at(finding.reading.path))
        if not self._file.recipients:
            self._renderer.check_without_contacts()
        messages = self._file.campaign.messages
        wordings = [Wording(message, self._file.document, index) for index, message in enumerate(messages)]
        for index, wording in enumerate(wordings):
            self._message(wording, index)
        self._branches(wordings)
        lines = partial(lines_for, self._file.document)
        found = self._collector.problems(allows_of(self._file.document), self._told_rules, lines)
        return sorted([*found, *self._renderer.broken], key=lambda problem: problem.sort_key)

    @property
    def _told_rules(self) -> tuple[Rule, ...]:
        """Return the rules, but for unused exceptions where a fault may hide what an exception is for."""
        is_whole = self._file.is_everybody_known and not (self._file.document.stand_ins or self._renderer.broken)
        return self._rules if is_whole else tuple(rule for rule in self._rules if rule is not UNUSED)

    def _message(self, wording: Wording, index: int) -> None:
        broken = len(self._renderer.broken)
        is_read = False
        for rendering, readers in self._texts(wording):
            is_read = True
            self._check(wording, index, rendering.subject, rendering.text, readers)
        if not self._file.recipients or (len(self._renderer.broken) > broken and not is_read):
            self._sketch(wording, index)

    def _texts(self, wording: Wording) -> Iterator[tuple[Rendering, Sequence[Recipient]]]:
        """Yield each text of a message once, as it was first rendered, with everybody who gets it.

        Of a long list, people of no account that the files know are nobody's readers but their own: a text goes as soon
        as it was read, and only a mark of it is kept.
        """
        got: dict[object, tuple[Rendering, list[Recipient]]] = {}
        seen: set[bytes] = set()
        for recipient, rendering in self._renderer.message(wording):
            words = (rendering.subject.text, rendering.text.text, rendering.made_of)
            if not self._file.is_long or recipient.account in self._file.workspace.accounts:
                got.setdefault(words, (rendering, []))[1].append(recipient)
            elif (mark := mark_of(words)) not in seen:
                seen.add(mark)
                yield rendering, (recipient,)
        yield from got.values()

    def _branches(self, wordings: Sequence[Wording]) -> None:
        """Find the branches that nobody takes; in vain where somebody may stand in a file that cannot be read."""
        if DEAD not in self._rules or not self._file.is_everybody_known:
            return
        for index, key, branch, span in self._renderer.untaken(wordings):
            path: Path = (key,) if index is None else ("message", index, key)
            message_id = None if index is None else wordings[index].message.id
            self._add(DEAD, dead_branch(branch, span, path), message_id=message_id)

    def _sketch(self, wording: Wording, index: int) -> None:
        """Check the words that stand in the file, where they cannot be rendered for anybody."""
        from dripper.text.render import TemplateError

        try:
            text = wording.text.sketch()
            for subject in wording.subjects:
                if (words := subject.sketch()) and text:
                    self._check(wording, index, words, text, ())
        except TemplateError as error:
            self._renderer.tell(error, wording.message.id)

    def _check(
        self, wording: Wording, index: int, subject: Passage, text: Passage, readers: Sequence[Recipient]
    ) -> None:
        message = wording.message
        concerned = readers[0] if readers and not wording.is_same_for_all else None
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
                accounts=partial(self._accounts, readers),
            ),
        )
        contact = concerned.email if concerned else None
        for rule, finding in self._sieve.findings(writing):
            self._add(rule, finding, message_id=message.id, contact=contact)

    def _add(self, rule: Rule, finding: Finding, *, message_id: str | None = None, contact: str | None = None) -> None:
        if not self._file.document.stands_in(finding.reading.path):
            self._collector.add(rule, finding, message_id=message_id, contact=contact)

    def _accounts(self, readers: Sequence[Recipient]) -> tuple[Account, ...] | None:
        if not readers:
            return None
        known = self._file.workspace.accounts
        names = dict.fromkeys(reader.account for reader in readers)
        return tuple(known[name] for name in names if name in known)

    def _message_at(self, path: Path) -> str | None:
        """Return the id of the message that `path` leads into, where it does."""
        in_message = path[:1] == ("message",) and len(path) > 1 and isinstance(path[1], int)
        return self._file.campaign.messages[int(path[1])].id if in_message else None

    def _key(self, index: int, name: str) -> Reading:
        """Return the text of a message's key; of the campaign's where the message leaves it to the campaign."""
        own: Path = ("message", index, name)
        from_campaign = name not in self._file.document.data["message"][index] and hasattr(self._file.campaign, name)
        return self._file.reading((name,) if from_campaign else own)
