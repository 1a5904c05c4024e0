"""What `dripper schedule` says before it asks: what would change, campaign by campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dripper.drip.change import Scheduled


def change_lines(change: Scheduled) -> list[str]:
    """Return the lines about one campaign."""
    if change.is_unchanged:
        return [f"{change.campaign}: scheduled as it stands; nothing changes."]
    lines = [f"{change.campaign}: {'new' if change.is_new else 'changed'}"]
    parts = (
        ("begins for", change.enrolled, "contact"),
        ("ends for", change.stopped, "contact"),
        ("other slots for", change.moved, "contact"),
    )
    lines += [
        f"  {verb} {len(people)} {noun}{'' if len(people) == 1 else 's'}" for verb, people, noun in parts if people
    ]
    for new, former in sorted(change.readdressed.items()):
        lines.append(f"  the same person at a new address, who goes on there: {', '.join(former)} -> {new}")
    if not change.is_new:
        named = (("new text", change.new_texts), ("added", change.added), ("gone", change.gone))
        lines += [f"  {what}: {', '.join(ids)}" for what, ids in named if ids]
    lines += [f"  held: {contact}: {reason}" for contact, reason in sorted(change.held.items())]
    return lines
