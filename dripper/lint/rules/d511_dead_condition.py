"""A condition is met by nobody, so nobody gets the message, or that part of it.

Finds: a message whose `only` or `when` is true for none of the campaign's contacts; in its subjects, its text and the
greeting a branch of `{% if … %}`, `{% elif … %}`, `{% else %}` or `{{ … if … else … }}` that none of them takes, and a
loop over nothing. What stands in for a name that is empty (`{% if contact.role %}…{% else %}…{% endif %}`) is a
precaution, and may be for nobody.

Why: mostly a role is misspelled. The message would never go out, and its gap in the season would not be noticed; and
what nobody gets cannot be checked as its reader would see it.

Fires:
    [[message]]
    only = { role = "VP Digtal" }
    subject = "Your carts after 9 pm"
    text = "Most of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"

Instead:
    [[message]]
    only = { role = "VP Digital" }
    subject = "Your carts after 9 pm"
    text = "Most of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"

Source: the contacts of the campaign themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dripper.lint.campaign import CampaignFile
from dripper.lint.reading import Path, Reading
from dripper.lint.rule import Finding, Rule
from dripper.problem import Passage, Span
from dripper.workspace.faults import Fault

if TYPE_CHECKING:
    from dripper.text.branches import Branch


def check(file: CampaignFile) -> Iterator[Finding]:
    """Find messages that are for nobody; in vain where somebody may stand in a file that cannot be read."""
    if not file.is_everybody_known:
        return
    for index, message in enumerate(file.campaign.messages):
        if not (message.only or message.when) or not file.values or _reaches_somebody(file, index):
            continue
        found = list(_unmet(file, index))
        yield from found
        if not found:
            both = "`only` and `when` together are" if message.only and message.when else "the condition is"
            key = "when" if message.when else "only"
            told = f"{both} met by no contact"
            yield _finding(file, ("message", index, key), told, "correct it, or delete the message")


def dead_branch(branch: Branch, span: Span, path: Path) -> Finding:
    """Return what to tell of a branch at `span` in the text at `path` that no contact takes."""
    from dripper.text.branches import Way

    told, cure = {
        Way.MET: ("no contact meets this condition", "correct the condition, or delete the branch"),
        Way.ELSE: ("no contact gets what stands behind this else", "correct the conditions before it, or delete it"),
        Way.LOOP: ("for no contact has this loop anything to run over", "correct the list, or delete the loop"),
    }[branch.way]
    reading = Reading(Passage("", lambda _start, _end: span), path)
    return Finding(reading=reading, start=0, end=0, message=told, cure=cure)


def _reaches_somebody(file: CampaignFile, index: int) -> bool:
    from dripper.text.message import Wording
    from dripper.text.render import TemplateError

    wording = Wording(file.campaign.messages[index], file.document, index)
    try:
        return any(wording.applies(values) for values in file.values)
    except TemplateError:
        # The template's own problem is told; whether somebody meets it cannot be known.
        return True


def _unmet(file: CampaignFile, index: int) -> Iterator[Finding]:
    """Find each wanted value of `only` that no contact has."""
    from difflib import get_close_matches

    contacts = [dict(values["contact"]) for values in file.values if isinstance(values["contact"], dict)]
    for key, wanted in file.campaign.messages[index].only.items():
        known = sorted({str(contact[key]) for contact in contacts if contact.get(key)})
        if wanted in known:
            continue
        path = ("message", index, "only", key)
        if known:
            near = get_close_matches(wanted, known, n=1)
            cure = f'did you mean "{near[0]}"?' if near else f"they have: {', '.join(known[:8])}"
            yield _finding(file, path, f'no contact has {key} = "{wanted}"', cure)
        else:
            fields = sorted({name for contact in contacts for name in contact})
            near = get_close_matches(key, fields, n=1)
            cure = f"did you mean {near[0]}?" if near and near[0] != key else f"fill in {key}, or delete the condition"
            yield _finding(file, path, f"no contact has a {key}", cure)


def _finding(file: CampaignFile, path: tuple[str | int, ...], message: str, cure: str) -> Finding:
    reading = file.reading(path)
    return Finding(reading=reading, start=0, end=len(reading.text), message=message, cure=cure)


RULE = Rule(code=Fault.DEAD_CONDITION.code, name=Fault.DEAD_CONDITION.name_, doc=__doc__, on_campaign=check)
