"""Ideas as `[[message]]` blocks that can be put into a campaign as they are, and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dripper.workspace.toml_text import toml_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.prep.ideas import Idea, Passed
    from dripper.prep.ideas_said import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An idea in one of its wordings; `id` is that of the message."""

    id: str
    idea: Idea
    wording: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Ideas:
    """What there is to tell an account, and what was passed over."""

    account: str
    drafts: tuple[Draft, ...]
    passed: tuple[Passed, ...]
    # The file of a campaign that is the account's own; empty where it has none.
    campaign_file: str = ""


def ideas_text(found: Ideas) -> str:
    """Return the blocks, ready to be put behind the messages of a campaign."""
    return "".join(f"\n{block(draft)}" for draft in found.drafts)


def passed_text(found: Ideas) -> Iterator[str]:
    """Yield a line for everything that gave no draft."""
    for each in found.passed:
        yield f"  {' '.join(each.what.split())}: {each.why}"


def block(draft: Draft) -> str:
    """Return a draft as a `[[message]]` of a campaign file."""
    idea, wording = draft.idea, draft.wording
    keys = {
        "id": draft.id,
        "subject": wording.subject,
        "text": wording.text,
        "gift": idea.gift,
        "shifts": idea.shifts,
        "source": idea.source,
    }
    lines = [f"{key} = {toml_text(value)}" for key, value in keys.items()]
    return "\n".join(["[[message]]", *lines, ""])


def ideas_json(found: Ideas) -> dict[str, Any]:
    """Return `{"version": 1, "account", "ideas": [{"id", "kind", "metric", "on", "subject", …}], "passed_over"}`."""
    return {
        "version": 1,
        "account": found.account,
        "ideas": [_data(draft) for draft in found.drafts],
        "passed_over": [{"what": each.what, "why": each.why} for each in found.passed],
    }


def _data(draft: Draft) -> dict[str, Any]:
    idea = draft.idea
    return {
        "id": draft.id,
        "kind": idea.kind.value,
        "metric": idea.metric or None,
        "on": idea.on.isoformat(),
        "subject": draft.wording.subject,
        "text": draft.wording.text,
        "gift": idea.gift,
        "shifts": idea.shifts,
        "source": idea.source,
    }
