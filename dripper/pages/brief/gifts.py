"""Gifts given, as a part of the brief's appendix, beside the angles that they prepared, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dripper.pages.layout import Block, Items, Table, Text
from dripper.prep.words import counted, day, listed
from dripper.workspace.model.account import Side

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from dripper.prep.angles.angle import Angle
    from dripper.prep.gifts import Gift, Gifts, Reply

# Names beyond these are counted.
_NAMED = 3


def gift_blocks(gifts: Gifts | None) -> Iterator[Block]:
    """Yield the part of the appendix; nothing where the record was left out (`None`)."""
    if gifts is None:
        return
    if not gifts.is_recorded:
        yield Text(text="Nothing is recorded yet: no campaign was scheduled from this workspace.")
        return
    if not gifts.gifts:
        yield Text(text="Nothing was given to them so far.")
        return
    yield Text(text=_summary(gifts))
    rows = tuple(_row(gift) for gift in gifts.gifts)
    yield Table(header=("Gift", "What they have from it", "To", "When", "Prepares", "Answers"), rows=rows)
    answers = tuple(Text(lead=f"{each.name}, {day(each.on)}:", text=f"“{each.words}”") for each in _worded(gifts))
    if answers:
        yield Items(items=answers)


def prepared_by(gifts: Gifts | None, angle: Angle) -> Iterator[Text]:
    """Yield what stands beside an angle of ours: the gifts that prepared it; nothing where none did."""
    given = gifts.preparing(angle.category) if gifts and angle.side is Side.US else ()
    arrived = [gift for gift in given if gift.count]
    if arrived:
        count = sum(gift.count for gift in arrived)
        since = min(gift.first_on for gift in arrived)
        named = _some([f"“{gift.subject}”" for gift in arrived])
        yield Text(lead="Prepared by:", text=f"{counted(count, 'message')} since {day(since)}: {named}.")


def gifts_json(gifts: Gifts | None) -> dict[str, Any] | None:
    """Return the gifts for machines; `None` where the record was left out."""
    if gifts is None:
        return None
    return {
        "recorded": gifts.is_recorded,
        "sent": gifts.count,
        "unknown": gifts.in_doubt,
        "messages": [
            {
                "campaign": gift.campaign,
                "message": gift.message,
                "subject": gift.subject,
                "gift": gift.gift or None,
                "prepares": gift.prepares.value if gift.prepares else None,
                "to": list(gift.people),
                "sent": gift.count,
                "unknown": gift.in_doubt,
                "first_on": gift.first_on.isoformat(),
                "last_on": gift.last_on.isoformat(),
                "answers": [
                    {"contact": each.contact, "on": each.on.isoformat(), "words": each.words} for each in gift.answers
                ],
            }
            for gift in gifts.gifts
        ],
    }


def _summary(gifts: Gifts) -> str:
    people = len(gifts.contacts)
    doubt = f"; {counted(gifts.in_doubt, 'more', 'more')} may have arrived" if gifts.in_doubt else ""
    who = len({answer.contact for answer in gifts.answers})
    answered = f"{who} of them answered" if who else "nobody answered so far"
    return f"{counted(gifts.count, 'message')} to {counted(people, 'person', 'people')}{doubt}; {answered}."


def _row(gift: Gift) -> tuple[str, ...]:
    return (
        gift.subject,
        gift.gift or "–",
        _some(gift.people) + (f" ({gift.in_doubt} in doubt)" if gift.in_doubt else ""),
        _span(gift.first_on, gift.last_on),
        gift.prepares.value if gift.prepares else "–",
        f"{len(gift.answers)}" if gift.answers else "–",
    )


def _worded(gifts: Gifts) -> list[Reply]:
    return [answer for answer in gifts.answers if answer.words]


def _some(names: Sequence[str]) -> str:
    """Return the first names, and how many more there are."""
    more = len(names) - _NAMED
    return listed([*names[:_NAMED], f"{more} more"]) if more > 0 else listed(names)


def _span(first: date, last: date) -> str:
    return day(first) if first == last else f"{day(first)} to {day(last)}"
