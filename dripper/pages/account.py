"""One account's page: what the evidence says, the development plan, promises, and the people with their bosses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dripper.pages.accounts import VERSION, account_row
from dripper.pages.layout import Block, Columns, Items, Page, Section, Table, Text
from dripper.prep.relationship import Label
from dripper.prep.relationship_people import people_of, promise_ledger
from dripper.prep.relationship_plan import plan_of
from dripper.prep.relationship_say import missing, reason, warning
from dripper.prep.words import counted, day, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.prep.relationship import TraitSeen, Weighed
    from dripper.prep.relationship_people import Person
    from dripper.prep.relationship_plan import Course


def account_page(course: Course) -> Page:
    """Return the page that every format is written from."""
    blocks = (_verdict(course), _evidence(course), _plan(course), _promises(course), _people(course))
    return Page(title=course.account.name, subtitle=f"as of {day(course.today)}", blocks=blocks)


def account_json(course: Course) -> dict[str, Any]:
    """Return `{"version": 1, "account": …}`: the account as `accounts --json` has it, with plan, promises, people.

    `plan` is `[{"title", "steps": […]}]`, `promises` `[{"what", "due", "kept_on", "state"}]`, `people` `[{"name",
    "role", "decides", "judged_on", "boss", "boss_judged_on"}]`; `decided_by` names who decides, and may be empty.
    """
    account, people = course.account, people_of(course.account)
    promises = [
        {
            "what": promise.what,
            "due": promise.due.isoformat(),
            "kept_on": promise.kept_on.isoformat() if promise.kept_on else None,
            "state": kept.value,
        }
        for kept, promise in promise_ledger(account, course.today)
    ]
    more = {
        "plan": [{"title": part.title, "steps": list(part.steps)} for part in plan_of(course)],
        "promises": promises,
        "people": [_person_json(person) for person in people],
        "decided_by": [person.name for person in people if person.contact.decides],
    }
    return {"version": VERSION, "account": account_row(account, course.relationship) | more}


def _person_json(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "role": person.contact.role or None,
        "decides": person.contact.decides,
        "judged_on": list(person.contact.judged_on),
        "boss": person.boss or None,
        "boss_judged_on": list(person.boss_judged_on),
    }


def _verdict(course: Course) -> Section:
    said = warning(course.relationship)
    blocks: list[Block] = [Text(text=reason(course.relationship))]
    if course.relationship.later:
        later = counted(course.relationship.later, "piece")
        blocks.append(Text(text=f"{later} of evidence dated after today: not used.", weight="small"))
    good = course.relationship.match is Label.RIGHT
    return Section(title=said[0].upper() + said[1:], blocks=tuple(blocks), kind="verdict", good=good)


def _evidence(course: Course) -> Section:
    rows = tuple(
        (seen.trait.capitalize(), _newest(seen.them), _newest(seen.us), _missing(seen))
        for seen in course.relationship.traits
    )
    table = Table(header=("What", "What they did", "What we did", "Missing"), rows=rows)
    note = Text(text="A piece a year old counts half. How long the relationship has lasted counts nothing.")
    return Section(title="Evidence", blocks=(table, note))


def _newest(side: Weighed) -> str:
    piece = side.newest
    if piece is None:
        return "–"
    more = f", and {len(side.pieces) - 1} more" if len(side.pieces) > 1 else ""
    return f"{piece.says.capitalize()}: {piece.what} ({day(piece.on)}){more}"


def _missing(seen: TraitSeen) -> str:
    # The piece that speaks against it stands in the same row.
    return missing(seen).partition(":")[0] or "–"


def _plan(course: Course) -> Section:
    nothing = Text(text="Nothing is missing here; go on.")
    parts = tuple(
        Section(
            title=part.title,
            blocks=(Items(items=tuple(Text(text=step) for step in part.steps)) if part.steps else nothing,),
        )
        for part in plan_of(course)
    )
    return Section(title="Development plan", blocks=(Columns(sections=parts),))


def _promises(course: Course) -> Section:
    rows = tuple(
        (kept.capitalize(), promise.what, day(promise.due), day(promise.kept_on) if promise.kept_on else "–")
        for kept, promise in promise_ledger(course.account, course.today)
    )
    nothing = Text(text="None is written down: whenever we make one, it belongs into the file.")
    table = Table(header=("State", "Promise", "Due", "Kept on"), rows=rows)
    return Section(title="What we promised", blocks=(table if rows else nothing,))


def _people(course: Course) -> Section:
    people = people_of(course.account)
    blocks: list[Block] = []
    if not any(person.contact.decides for person in people):
        blocks.append(Text(lead="Who decides is not known.", text=""))
    if people:
        blocks.append(Items(items=tuple(Text(lead=person.name, text="; ".join(_said(person))) for person in people)))
    return Section(title="People", blocks=tuple(blocks))


def _said(person: Person) -> Iterator[str]:
    contact = person.contact
    if contact.role:
        yield contact.role
    if contact.decides:
        yield "decides"
    yield f"judged on {listed(contact.judged_on)}" if contact.judged_on else "judged on what we do not know"
    if not person.boss:
        yield "answers to somebody we do not know"
    elif person.boss_judged_on:
        yield f"answers to {person.boss}, who is judged on {listed(person.boss_judged_on)}"
    else:
        yield f"answers to {person.boss}, who is judged on what we do not know"
    if contact.style:
        yield contact.style
