"""Runs the rules over a campaign as each of its contacts gets it, or over a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.campaign import CampaignFile
from dripper.lint.collect import Collector
from dripper.lint.options import Options
from dripper.lint.rule import Writing
from dripper.lint.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.lint.draft import Draft
    from dripper.lint.reading import Path
    from dripper.lint.sieve import Sieve
    from dripper.lint.told import Told
    from dripper.problem import Problem
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Workspace
    from dripper.workspace.toml import Document


def lint_draft(draft: Draft, file: str, options: Options, sieve: Sieve) -> list[Problem]:
    """Return the problems of a plain draft; `sieve` holds the rules for drafts that are switched on."""
    writing = Writing(subject=draft.subject, text=draft.text, chars=options.chars)
    findings = list(sieve.findings(writing))
    if not findings and not draft.allows:
        return []
    collector = Collector(file, options, draft.source)
    for rule, finding in findings:
        collector.add(rule, finding)
    problems = collector.problems(draft.allows, sieve.rules, lambda _path: _EVERYWHERE)
    return sorted(problems, key=lambda problem: problem.sort_key)


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
    from dripper.lint.campaign_run import CampaignRun

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
    recipients = workspace.recipients.get(campaign.id, ()) if is_known else ()
    return CampaignFile(
        workspace=workspace,
        campaign=campaign,
        document=document,
        recipients=recipients,
        values=tuple(values_of(workspace, campaign, recipient) for recipient in recipients),
        shell_file=shell_file,
        is_everybody_known=is_everybody_known and is_known,
        told=told,
    )


_EVERYWHERE = range(10**9)
# What says whom the texts are for and what their names mean; with a stand-in there, the texts are read without names.
_NAMING: tuple[Path, ...] = (("accounts",), ("buckets",), ("contacts",), ("vars",))
