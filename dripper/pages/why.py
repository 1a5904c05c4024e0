"""The page of `dripper why`: one contact's story in time order, then what is to come and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dripper.drip.delivery import State

if TYPE_CHECKING:
    from datetime import tzinfo

    from dripper.drip.story import Moment, Story, Upcoming


def why_json(story: Story) -> dict[str, Any]:
    """Return the story as JSON."""
    return {
        "version": 1,
        "contact": story.contact,
        "name": story.name,
        "suppressed": story.suppressed or None,
        "note": story.note or None,
        "story": [
            {"at": each.at.isoformat(), "what": each.what, "campaign": each.campaign, "message": each.message}
            | {"text": each.text}
            for each in story.moments
        ],
        "ahead": [_ahead_json(each) for each in story.ahead],
    }


def why_text(story: Story, zone: tzinfo) -> str:
    """Return the story for a terminal; the past in the workspace's zone, the future in the contact's."""
    title = story.name if story.name == story.contact else f"{story.name} <{story.contact}>"
    lines = [title]
    if story.suppressed:
        lines.append(f"Never written to again: {story.suppressed}.")
    lines += [_moment(each, zone) for each in story.moments]
    if any(each.what == State.UNKNOWN for each in story.moments):
        lines.append(f"What is unknown may have arrived: `dripper reconcile {story.contact}` settles it.")
    lines += [_ahead(each) for each in story.ahead]
    if len(lines) == 1:
        lines.append(f"Nothing was scheduled for this contact{f': {story.note}' if story.note else ''}.")
    return "\n".join(lines)


def _moment(each: Moment, zone: tzinfo) -> str:
    about = " ".join(part for part in (each.campaign, each.message) if part)
    words = ": ".join(part for part in (about, each.text) if part)
    return f"  {each.at.astimezone(zone):%d %b %Y %H:%M}  {each.what:<10} {words}".rstrip()


def _ahead(each: Upcoming) -> str:
    if not each.message:
        return f"  {each.campaign}: nothing further ({each.obstacle})"
    if each.obstacle:
        return f"  {each.campaign} {each.message}: {each.obstacle}"
    if each.slot is None:
        return f"  {each.campaign} {each.message}: gets its slot when a worker next looks"
    at = (each.at or each.retry_at or each.slot.utc).astimezone(each.slot.local.tzinfo)
    trouble = f" ({each.trouble})" if each.trouble else ""
    if each.retry_at is not None:
        return f"  {each.campaign} {each.message}: tried again {at:%a %d %b %Y %H:%M %Z}{trouble}"
    return f"  {each.campaign} {each.message}: {at:%a %d %b %Y %H:%M %Z}, {each.slot.reason}{trouble}"


def _ahead_json(each: Upcoming) -> dict[str, Any]:
    slot = each.slot
    return {
        "campaign": each.campaign,
        "message": each.message or None,
        "local": slot.local.isoformat() if slot else None,
        "utc": slot.utc.isoformat() if slot else None,
        "reason": slot.reason if slot else None,
        "at": each.at.isoformat() if each.at else None,
        "retry_at": each.retry_at.isoformat() if each.retry_at else None,
        "obstacle": each.obstacle or None,
        "trouble": each.trouble or None,
    }
