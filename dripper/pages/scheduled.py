"""What `dripper schedule` says before it asks: what would change, campaign by campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dripper.drip.change import Scheduled

_MOST_NAMED = 5
_MOST_TOLD = 50


def change_lines(change: Scheduled) -> list[str]:
    """Return the lines about one campaign."""
    if change.is_unchanged:
        return [f"{change.campaign}: scheduled as it stands; nothing changes."]
    lines = [f"{change.campaign}: {'new' if change.is_new else 'changed'}"]
    if change.enrolled:
        lines.append(f"  begins for {_contacts(change.enrolled)}")
    people_of = (("ends for", change.stopped), ("other slots for", change.moved))
    lines += [f"  {verb} {_contacts(people)}: {_some(people)}" for verb, people in people_of if people]
    lines += _moved_house(change)
    if not change.is_new:
        named = (("new text", change.new_texts), ("added", change.added), ("gone", change.gone))
        lines += [f"  {what}: {', '.join(ids)}" for what, ids in named if ids]
    held = sorted(change.held.items())
    lines += [f"  held: {contact}: {reason}" for contact, reason in held[:_MOST_TOLD]]
    more = len(held) - _MOST_TOLD
    return [*lines, f"  held: {more:,} more; `dripper status` counts them"] if more > 0 else lines


def _moved_house(change: Scheduled) -> Iterator[str]:
    """Yield those who are known again at another address."""
    again = sorted(change.readdressed.items())
    for new, former in again[:_MOST_TOLD]:
        yield f"  the same person at a new address, who goes on there: {', '.join(former)} -> {new}"
    if len(again) > _MOST_TOLD:
        yield f"  and {len(again) - _MOST_TOLD:,} more at new addresses"


def _contacts(people: Sequence[str]) -> str:
    return f"{len(people):,} contact{'' if len(people) == 1 else 's'}"


def _some(people: Sequence[str]) -> str:
    more = len(people) - _MOST_NAMED
    return ", ".join(people[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
