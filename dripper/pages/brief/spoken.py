"""The appendix's words: the sentences for the room, and what the language check says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.pages.layout import Block, Table, Text
from dripper.prep.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.prep.brief import Brief
    from dripper.prep.wording import Wording


def words(brief: Brief) -> Iterator[Block]:
    """Yield every `[[say]]`, and the findings of the check where it was made."""
    said = brief.negotiation.say if brief.negotiation else ()
    for say in said:
        yield Text(text=say.text, after=f"({say.source})" if say.source else "(no source)", weight="quote")
    if said and brief.wording:
        yield from _checked(brief.wording)


def _checked(wording: Wording) -> Iterator[Block]:
    if not wording.faults:
        checked = f"Checked, {counted(wording.count, 'entry', 'entries')}"
        yield Text(text=f"{checked}: no bare threat, no feeling word, no number without a source, no third reason.")
        return
    yield Text(text=f"The language check has {counted(len(wording.faults), 'finding')}:")
    rows = tuple((each.code, f"line {each.line}", each.what, each.cure) for each in wording.faults)
    yield Table(header=("Rule", "Where", "What", "Cure"), rows=rows)
